"""Whether p-values and intervals keep their promise, on simulated data sets."""

import subprocess

from report import Section
from workplace import BENCHMARKS

REPEATS = 1


def run(_chiasm, quick, _repeats):
    """Simulates 200 data sets of each kind, 20 if quick; returns the section and what is wrong."""
    count = 20 if quick else 200
    section = Section("Calibration")
    command = ["swift", "run", "-c", "release", "--package-path", BENCHMARKS, "chiasm-calibration"]
    done = subprocess.run([*command, str(count)], capture_output=True, text=True, check=False)
    section.add(f"{count} simulated data sets without any relation, 99 permutations each:", "")
    lines = done.stdout.rstrip().split("\n")
    tables = "\n".join(lines[:-1]).strip().split("\n\n")
    section.add(*tables[0].split("\n"))
    section.add("", f"{count} data sets of each kind whose stimuli depend on each other, without any")
    section.add("relation, 99 permutations each:", "")
    section.add(*tables[1].split("\n"))
    sizes = f"{5 * count} of the first kind, {count} of the others, {count // 4} with 100 refits each"
    section.add("", f"Data sets with a known score, {sizes}:", "")
    section.add(*tables[-1].split("\n"))
    if done.returncode == 0 or quick:
        return section, []
    return section, ["calibration: " + (done.stderr.strip().split("\n")[-1] or lines[-1])]
