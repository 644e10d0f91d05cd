"""Extraction of seven regions from one long 4-D image, against nilearn, nibabel and inflating."""

import shutil
from functools import partial

from measuring import (
    BenchmarkError,
    Case,
    Outcome,
    alternate,
    greatest_difference,
    measure,
    megabytes,
    ratios,
    spread,
)
from report import Section
from workplace import DATA, ensure, peer

REPEATS = 3
COMPARED = 7
TOLERANCE = 1e-6
OUTPUT = DATA / "brain"
WAYS = {
    "nilearn": "seven NiftiMasker.fit_transform",
    "nibabel": "nibabel: load, index by seven masks",
    "inflate": "inflating alone, nothing kept",
}


def run(chiasm, quick, repeats):
    """A row for each way; returns the section, and sentences about what does not agree."""
    section = Section("Extraction")
    section.add(
        f"Seven regions from {' × '.join(map(str, size(quick)))} int16, `.nii.gz`, in the page cache: "
        f"median (least–greatest) of {repeats} runs by turns. The time of chiasm is that of the "
        "whole process and writes the response set; that of Python starts after its imports and "
        "writes nothing. Difference: the greatest between means of voxels.",
        "",
    )
    section.head("program", "s", "times the time of chiasm", "MB", "difference")
    try:
        return section, compare(section, chiasm, recording(quick), repeats)
    except BenchmarkError as failure:
        return section, [f"extract: {failure}"]


def size(quick):
    """Voxels along i, j, k, and volumes."""
    return [20, 26, 21, 60] if quick else [81, 104, 83, 750]


def recording(quick):
    """The folder of the recording, read once so that it lies in the page cache."""
    folder = DATA / "extract" / "x".join(map(str, size(quick)))
    ensure(folder, "make_recording", *size(quick), gigabytes=0.7)
    measure(["cat", folder / "betas.nii.gz"], keep=False)
    return folder


def cases(_section, _chiasm, quick):
    """What revisions are compared on."""
    return [Case(" × ".join(map(str, size(quick))), partial(once, recording(quick)))]


def once(folder, program):
    """One run of chiasm; the values are the means of the voxels."""
    run = extract(program, folder)
    return Outcome(run.seconds, run.peak_bytes, list(take_means().values()))


def extract(chiasm, folder):
    """The seven regions by chiasm."""
    command = [chiasm, "extract", "--image", folder / "betas.nii.gz", "--output", OUTPUT]
    command += ["--atlas", f"{folder / 'regions.nii.gz'}:{folder / 'regions.tsv'}"]
    command += ["--trials", folder / "trials.tsv", "--force", "--quiet"]
    return measure(command)


def take_means():
    """The means of the voxels that chiasm extracted last."""
    means = measure(peer("mask", "read", OUTPUT)).answer["means"]
    shutil.rmtree(OUTPUT)
    return means


def compare(section, chiasm, folder, repeats):
    """Measures all ways by turns."""
    peers = [lambda way=way: measure(peer("mask", way, folder)) for way in WAYS]
    ours, *theirs = alternate(repeats, lambda: extract(chiasm, folder), *peers)
    means = take_means()
    fast = [run.seconds for run in ours]
    section.row("chiasm extract", spread(fast), "1", megabytes(ours), "")
    troubles = []
    for (way, title), runs in zip(WAYS.items(), theirs, strict=True):
        slow = [run.answer["seconds"] for run in runs]
        shown = ""
        if way != "inflate":
            slowly = runs[0].answer["means"]
            same = slowly.keys() == means.keys()
            pairs = ([slowly[name], means[name]] for name in means) if same else ()
            difference = max((greatest_difference(*pair) for pair in pairs), default=float("inf"))
            shown = f"{difference:.1e}"
            if not difference <= TOLERANCE:
                troubles.append(f"extract: {way} and chiasm differ by {shown} in a voxel's mean.")
        section.row(title, spread(slow), ratios(slow, fast), megabytes(runs), shown)
    return troubles
