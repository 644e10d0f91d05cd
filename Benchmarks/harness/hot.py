"""Whole alignments by `chiasm align` and by `peers/align.py`, two threads each."""

import json
import shutil

from measuring import BenchmarkError, alternate, measure, megabytes, ratios, spread
from report import Section
from workplace import DATA, SHARED, ensure, peer

REPEATS = 3
THREADS = 2
TOLERANCE = 1e-6


def run(chiasm, quick, repeats):
    """Two rows; returns the section, and sentences about what does not agree."""
    section = Section("Whole alignments")
    section.add(
        f"HOT, both with {THREADS} threads (POT itself uses one): median (least–greatest) of "
        f"{repeats} runs by turns. The time of chiasm is that of the whole process, with controls, "
        "files and SHA-256, but without the nulls, intervals and controls that the peer does not have; "
        "that of Python starts after its imports. Difference: the greatest "
        "between costs of pairs, and between held-out scores.",
        "",
    )
    section.head(
        "case",
        "Python and POT s",
        "chiasm s",
        "times faster",
        "Python MB",
        "chiasm MB",
        "memory share",
        "cost difference",
        "score difference",
    )
    troubles = []
    for case in (on_recordings, on_simulation):
        try:
            troubles += case(section, chiasm, quick, repeats)
        except BenchmarkError as failure:
            troubles.append(f"HOT: {failure}")
    return section, troubles


def on_recordings(section, chiasm, quick, repeats):
    """The recordings of nsdlike: 5 regions, 12 layers, 5 splits."""
    data = SHARED / "nsdlike"
    if not data.exists():
        section.row("nsdlike: skipped, ../shared/data/nsdlike is absent", *[""] * 8)
        return []
    brain = extract_brain(chiasm, data / "recordings")
    splits = data / "splits.tsv"
    stages, title = ("", ""), "nsdlike, 60 pairs of about 1000 × 1000, 5 splits"
    if quick:
        stages, title = ("V3,hV4", "block00,block03,gap"), "nsdlike, 6 pairs, 5 splits"
    return compare(section, chiasm, title, (brain, data / "activations", splits), repeats, stages)


def extract_brain(chiasm, recordings):
    """The response set of the brain, by chiasm itself."""
    brain = DATA / "nsdlike"
    options = ["--regions-from", "nsd", "--scale", "1/300", "--min-noise-ceiling", "0.3"]
    atlases = [recordings / f"{name}.nii.gz" for name in ("prf-visualrois", "streams")]
    images = sorted(recordings.glob("betas_session*.nii.gz"))
    brain.parent.mkdir(parents=True, exist_ok=True)
    words = ["extract", "--image", *images, "--trials", recordings / "trials.tsv"]
    words += ["--atlas", *atlases, "--ncsnr", recordings / "ncsnr.nii.gz", *options]
    measure([chiasm, *words, "--output", brain, "--force", "--quiet"])
    return brain


def on_simulation(section, chiasm, quick, repeats):
    """Simulated stages: 5 × 12 pairs of 2000 × 4096; POT gets three of them."""
    regions, voxels, layers, units = (3, 100, 4, 230) if quick else (5, 2000, 12, 4096)
    name = f"{regions}x{layers}_{voxels}x{units}"
    folder = DATA / "hot" / name
    gigabytes = 500 * 4e-9 * (regions * voxels + layers * units)
    counts = [500, regions, voxels, layers, units]
    ensure(folder, "make_responses", *counts, gigabytes=gigabytes)
    last = (regions - 1, layers - 1)
    pairs = [(0, 0), (last[0] // 2, last[1] // 2), last]
    title = f"{regions * layers} pairs of {voxels} × {units}, 1 split; POT: {len(pairs)} of them, "
    title += f"their time × {regions * layers // len(pairs)}"
    inputs = (folder / "brain", folder / "model", folder / "splits.tsv")
    return compare(section, chiasm, title, inputs, repeats, pairs=pairs)


def compare(section, chiasm, title, inputs, repeats, stages=("", ""), pairs=None):
    """Measures one case: all pairs, or some by the peer and all by chiasm."""
    source, target, splits = inputs
    output = DATA / "alignment"
    ours_command = [chiasm, "align", "--source", source, "--target", target, "--quiet"]
    # The controls of the peer, and no null or interval, which it does not make.
    ours_command += ["--controls", "perm-p,single-best,pairwise-best,uniform-p"]
    ours_command += ["--layer-permutations", "0", "--score-draws", "0"]
    ours_command += ["--splits-file", splits, "--threads", THREADS, "--output", output, "--force"]
    for option, names in zip(("--regions", "--layers"), stages, strict=True):
        ours_command += [option, names] if names else []
    peers_command = peer("align", source, target, splits, f"--stages={':'.join(stages)}")
    if pairs:
        peers_command.append(f"--pairs={','.join(f'{i}:{j}' for i, j in pairs)}")
    theirs, ours = alternate(
        repeats,
        lambda: measure(peers_command, threads=THREADS),
        lambda: measure(ours_command, threads=THREADS),
    )
    answer = json.loads((output / "alignment.json").read_text())["splits"]
    shutil.rmtree(output)
    reference = theirs[0].answer["splits"]
    count = len(answer[next(iter(answer))]["C"]) * len(answer[next(iter(answer))]["C"][0])
    factor = count / len(pairs) if pairs else 1
    costs, scores = differences(reference, answer, pairs)
    slow = [run.answer["seconds"] + (factor - 1) * run.answer["pair_seconds"] for run in theirs]
    fast = [run.seconds for run in ours]
    peaks = [max(run.peak_bytes for run in runs) for runs in (theirs, ours)]
    section.row(
        title,
        spread(slow),
        spread(fast),
        ratios(slow, fast),
        megabytes(theirs),
        megabytes(ours),
        f"{peaks[1] / peaks[0]:.2f}",
        f"{costs:.1e}",
        "" if scores is None else f"{scores:.1e}",
    )
    troubles = []
    for name, value in (("costs", costs), ("scores", scores or 0)):
        if not value <= TOLERANCE:
            troubles.append(f"{title}: {name} differ by {value:.1e}, more than {TOLERANCE:.0e}.")
    return troubles


def differences(reference, answer, pairs):
    """The greatest differences between costs, and between scores where all pairs were fitted."""
    costs, scores = [], []
    for name, theirs in reference.items():
        mine = answer[name]
        if pairs:
            expected = [mine["C"][i][j] for i, j in pairs]
            costs += [abs(a - b) for a, b in zip(theirs["C"], expected, strict=True)]
            continue
        for one, other in zip(theirs["C"], mine["C"], strict=True):
            costs += [abs(a - b) for a, b in zip(one, other, strict=True)]
        for a, b in zip(theirs["hot"], mine["scores"]["hot"], strict=True):
            scores.append(abs(a - b))
    return max(costs), max(scores) if scores else None
