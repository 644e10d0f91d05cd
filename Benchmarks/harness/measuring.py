"""Runs programs one at a time; measures their time and peak memory, and compares them in pairs.

Nothing here imports more than the standard library: the peak memory that the kernel reports for a
child is never below that of the process that started it.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
)
# The kernel counts peak memory in these bytes.
UNIT = 1 if sys.platform == "darwin" else 1024


class BenchmarkError(Exception):
    """A program that failed, or two answers that differ."""


@dataclass
class Measurement:
    """What one run of a program took, and what it printed."""

    seconds: float
    peak_bytes: int
    output: str

    @property
    def answer(self):
        """The JSON object that the program printed."""
        return json.loads(self.output)


@dataclass
class Outcome:
    """One run of a program on a case: its seconds, its peak memory, and the numbers it found."""

    seconds: float
    peak_bytes: int
    values: list


@dataclass
class Case:
    """What two revisions of the program are compared on.

    Their values may differ by the limit; where there is none, a later revision may have better ones.
    """

    title: str
    run: Callable[..., Outcome]
    limit: float = float("inf")


def measure(command, threads=1, pinned=False, keep=True):
    """Runs a command to its end; with `pinned`, on a single processor whatever it starts.

    Unless it is to be kept, what the command prints is thrown away.
    """
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
    if grown > 64e6:
        raise BenchmarkError(f"The driver holds {grown / 1e6:.0f} MB; less would not be seen.")
    environment = dict(os.environ, **dict.fromkeys(THREAD_VARIABLES, str(threads)))
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as messages:
        everywhere = pin() if pinned else None
        try:
            start = time.perf_counter()
            child = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=output if keep else subprocess.DEVNULL,
                stderr=messages,
                env=environment,
            )
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - start
        finally:
            if everywhere:
                os.sched_setaffinity(0, everywhere)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            messages.seek(0)
            text = messages.read().decode(errors="replace")
            line = " ".join(str(word) for word in command)
            raise BenchmarkError(f"Status {child.returncode} of: {line}\n{text}")
        output.seek(0)
        return Measurement(seconds, usage.ru_maxrss * UNIT, output.read().decode())


def pin():
    """Binds this process and the children to come to one processor; returns those of before."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(everywhere)})
    return everywhere


def alternate(repeats, *runs):
    """Runs functions by turns, so that all meet the same load; a list of results for each.

    Every other turn goes backwards, so that none always follows the same.
    """
    results = [[] for _ in runs]
    for turn in range(repeats):
        for place in range(len(runs))[:: -1 if turn % 2 else 1]:
            results[place].append(runs[place]())
    return results


def fastest(runs, seconds):
    """The name of the function whose measurement took the fewest seconds; each runs once."""
    return min(runs, key=lambda name: seconds(runs[name]()))


def spread(values, digits=3):
    """The median, and in brackets the least and the greatest: `0.354 (0.349–0.371)`."""
    middle, least, most = (
        f"{value:.{digits}g}" if value < 10**digits else f"{value:.0f}"
        for value in (statistics.median(values), min(values), max(values))
    )
    return middle if len(values) == 1 else f"{middle} ({least}–{most})"


def ratios(peer, ours):
    """How many times the time of ours each run of the peer took; run by run."""
    return spread([theirs / mine for theirs, mine in zip(peer, ours, strict=True)], 2)


def megabytes(measurements):
    """The greatest peak memory of several runs, in MB of 10⁶ bytes."""
    return f"{max(measurement.peak_bytes for measurement in measurements) / 1e6:.0f}"


def greatest_difference(some, others):
    """The greatest difference between numbers in nested lists; infinite when these differ in shape.

    Numbers that are undefined (None) on both sides do not differ.
    """
    if isinstance(some, list) and isinstance(others, list):
        if len(some) != len(others):
            return float("inf")
        pairs = zip(some, others, strict=True)
        return max((greatest_difference(*pair) for pair in pairs), default=0.0)
    if some is None and others is None:
        return 0.0
    if not isinstance(some, (int, float)) or not isinstance(others, (int, float)):
        return float("inf")
    difference = abs(some - others)
    return difference if difference == difference else float("inf")
