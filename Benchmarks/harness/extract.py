"""Extraction of seven regions from one long 4-D image, against nilearn, nibabel and inflating; and of
every tenth voxel of betas in HDF5, against h5py."""

import shutil
import subprocess
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
from workplace import BENCHMARKS, DATA, ensure, peer

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
        troubles = compare(section, chiasm, recording(quick), repeats)
        return section, troubles + compare_betas(section, quick, repeats)
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


def compare_betas(section, quick, repeats):
    """A row for each way to read every tenth voxel of betas in HDF5; returns what does not agree."""
    shape = [60, 10, 12, 11] if quick else [750, 41, 42, 40]
    folder = DATA / "betas" / "x".join(map(str, shape))
    ensure(folder, "make_betas", *shape, gigabytes=0.2)
    measure(["cat", folder / "betas.hdf5"], keep=False)
    section.add(
        "",
        f"Every tenth voxel of betas in HDF5, {' × '.join(map(str, shape))} int16, gzip, a chunk a "
        "voxel, in the page cache: seconds from opening the file to the last voxel, runs by turns.",
        "",
    )
    section.head("program", "s", "times the time of chiasm, 2 threads", "MB", "difference")
    program = built("chiasm-benchmarks")
    ways = {
        f"chiasm, {threads} thread{'s' * (threads > 1)}": [program, folder / "betas.hdf5", threads]
        for threads in (2, 1)
    }
    ways["h5py, voxel by voxel"] = peer("take_betas", "each", folder)
    ways["h5py, all at once"] = peer("take_betas", "all", folder)
    results = alternate(
        repeats, *(lambda command=command: measure(command) for command in ways.values())
    )
    fast = [run.answer["seconds"] for run in results[0]]
    means = results[0][0].answer["means"]["every_tenth"]
    troubles = []
    for title, runs in zip(ways, results, strict=True):
        difference = greatest_difference(runs[0].answer["means"]["every_tenth"], means)
        if not difference <= TOLERANCE:
            troubles.append(f"extract: {title} differs by {difference:.1e} in a voxel's mean.")
        seconds = [run.answer["seconds"] for run in runs]
        numbers = spread(seconds), ratios(seconds, fast), megabytes(runs), f"{difference:.1e}"
        section.row(title, *numbers)
    return troubles


def built(product):
    """The program of a product of the benchmarks' own package."""
    command = ["swift", "build", "-c", "release", "--package-path", BENCHMARKS, "--product", product]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchmarkError(f"{product} is not built: {done.stdout.strip()}")
    place = subprocess.run(
        [*command[:-2], "--show-bin-path"], capture_output=True, text=True, check=True
    )
    return f"{place.stdout.strip()}/{product}"
