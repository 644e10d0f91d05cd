"""Extraction of seven regions from one long 4-D image, against nilearn, nibabel and inflating."""

import shutil

from measuring import BenchmarkError, alternate, measure, megabytes, ratios, spread
from report import Section
from workplace import DATA, ensure, peer

REPEATS = 3
TOLERANCE = 1e-6
WAYS = {
    "nilearn": "seven NiftiMasker.fit_transform",
    "nibabel": "nibabel: load, index by seven masks",
    "inflate": "inflating alone, nothing kept",
}


def run(chiasm, quick, repeats):
    """A row for each way; returns the section, and sentences about what does not agree."""
    size = [20, 26, 21, 60] if quick else [81, 104, 83, 750]
    name = "x".join(str(count) for count in size)
    section = Section("Extraction")
    section.add(
        f"Seven regions from {name.replace('x', ' × ')} int16, `.nii.gz`, in the page cache: "
        f"median (least–greatest) of {repeats} runs by turns. The time of chiasm is that of the "
        "whole process and writes the response set; that of Python starts after its imports and "
        "writes nothing. Difference: the greatest between means of voxels.",
        "",
    )
    section.head("program", "s", "times the time of chiasm", "MB", "difference")
    folder = DATA / "extract" / name
    try:
        ensure(folder, "make_recording", *size, gigabytes=0.7)
        return section, compare(section, chiasm, folder, repeats)
    except BenchmarkError as failure:
        return section, [f"extract: {failure}"]


def compare(section, chiasm, folder, repeats):
    """Measures all ways by turns."""
    measure(["cat", folder / "betas.nii.gz"], keep=False)
    output = DATA / "brain"
    command = [chiasm, "extract", "--image", folder / "betas.nii.gz", "--output", output]
    command += ["--atlas", f"{folder / 'regions.nii.gz'}:{folder / 'regions.tsv'}"]
    command += ["--trials", folder / "trials.tsv", "--force", "--quiet"]
    peers = [lambda way=way: measure(peer("mask", way, folder)) for way in WAYS]
    ours, *theirs = alternate(repeats, lambda: measure(command), *peers)
    means = measure(peer("mask", "read", output)).answer["means"]
    shutil.rmtree(output)
    fast = [run.seconds for run in ours]
    section.row("chiasm extract", spread(fast), "1", megabytes(ours), "")
    troubles = []
    for (way, title), runs in zip(WAYS.items(), theirs, strict=True):
        slow = [run.answer["seconds"] for run in runs]
        shown = ""
        if way != "inflate":
            difference = greatest_difference(runs[0].answer["means"], means)
            shown = f"{difference:.1e}"
            if not difference <= TOLERANCE:
                troubles.append(f"extract: {way} and chiasm differ by {shown} in a voxel's mean.")
        section.row(title, spread(slow), ratios(slow, fast), megabytes(runs), shown)
    return troubles


def greatest_difference(theirs, ours):
    """The greatest difference between means; infinite when regions or voxels are not the same."""
    sizes = [{name: len(means) for name, means in side.items()} for side in (theirs, ours)]
    if sizes[0] != sizes[1]:
        return float("inf")
    return max(abs(a - b) for name in theirs for a, b in zip(theirs[name], ours[name], strict=True))
