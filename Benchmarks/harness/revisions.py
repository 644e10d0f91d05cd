"""Two revisions of the program by turns, without a peer: ratios of time and memory."""

import statistics
from functools import partial

import extract
import hot
import inner
from measuring import BenchmarkError, alternate, greatest_difference, spread
from report import Section

BENCHES = {"inner": inner, "hot": hot, "extract": extract}
TITLES = {"inner": "Inner problems", "hot": "Whole alignments", "extract": "Extraction"}
WHAT = {
    "inner": "seconds of solving alone; one thread; difference between costs",
    "hot": f"seconds of the whole process; {hot.THREADS} threads; difference between costs of pairs "
    "and scores",
    "extract": "seconds of the whole process; difference between means of voxels",
}


def run(name, programs, revision, quick, repeats):
    """A row for each case; returns what is wrong."""
    repeats = repeats or (2 if quick else BENCHES[name].COMPARED)
    section = Section(f"{TITLES[name]}: the working tree beside {revision}")
    section.add(
        f"Median (least–greatest) of {repeats} runs by turns: {WHAT[name]}. Shares are those of the "
        f"working tree, run by run; below 1 it is faster, or smaller.",
        "",
    )
    try:
        cases = BENCHES[name].cases(section, programs[0], quick)
    except BenchmarkError as failure:
        return [f"{name}: {failure}"]
    section.head(
        "case",
        f"{revision} s",
        "working tree s",
        "time share",
        f"{revision} MB",
        "working tree MB",
        "memory share",
        "difference",
    )
    shares, troubles = [], []
    for case in cases:
        try:
            shares.append(compare(section, case, programs, repeats, troubles))
        except BenchmarkError as failure:
            troubles.append(f"{case.title}: {failure}")
    if len(shares) > 1:
        time, memory = map(statistics.geometric_mean, zip(*shares, strict=True))
        section.row("geometric mean", "", "", f"{time:.3f}", "", "", f"{memory:.3f}", "")
    section.add("")
    return troubles


def compare(section, case, programs, repeats, troubles):
    """Measures one case; returns the shares of time and memory."""
    ours, others = alternate(repeats, *(partial(case.run, program) for program in programs))
    times = [[run.seconds for run in runs] for runs in (others, ours)]
    shares = [new / old for old, new in zip(*times, strict=True)]
    peaks = [max(run.peak_bytes for run in runs) for runs in (others, ours)]
    difference = greatest_difference(others[0].values, ours[0].values)
    section.row(
        case.title,
        *map(spread, times),
        spread(shares),
        *(f"{peak / 1e6:.0f}" for peak in peaks),
        f"{peaks[1] / peaks[0]:.3f}",
        f"{difference:.1e}",
    )
    if not difference <= case.limit:
        troubles.append(
            f"{case.title}: the revisions differ by {difference:.1e}, more than {case.limit:.0e}."
        )
    return statistics.median(shares), peaks[1] / peaks[0]
