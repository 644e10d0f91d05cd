"""Whole alignments by `chiasm align` and by `peers/align.py`, two threads each."""

import json
import shutil
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from measuring import (
    BenchmarkError,
    Case,
    Outcome,
    alternate,
    fastest,
    greatest_difference,
    measure,
    megabytes,
    ratios,
    spread,
)
from report import Section
from workplace import DATA, SHARED, WAYS, ensure, peer

REPEATS = 3
COMPARED = 5
THREADS = 2
# Of plans whose costs differ by the 1e-8 that single precision leaves open, another may be taken: its
# cost is the same, and its scores differ in the fifth decimal.
TOLERANCE = 1e-6
SCORE_TOLERANCE = 1e-4
OUTPUT = DATA / "alignment"
ORDERS = "numbers of orders of perm-p"


def run(chiasm, quick, repeats):
    """Two rows; returns the section, and sentences about what does not agree."""
    section = Section("Whole alignments")
    section.add(
        f"HOT, both with {THREADS} threads (POT itself uses one): median (least–greatest) of "
        f"{repeats} runs by turns, POT's by the way that was faster in a first run. The time of chiasm "
        "is that of the whole process, with controls, files and SHA-256, but without the nulls, "
        "intervals and controls that the peer does not have; that of Python starts after its imports "
        "and leaves its controls out. Difference: the greatest between costs of pairs, and between "
        "held-out scores of HOT and its controls.",
        "",
    )
    section.head(
        "case",
        "POT's way",
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
    for make in (on_recordings, on_simulation):
        try:
            if inputs := make(section, chiasm, quick):
                troubles += compare(section, chiasm, inputs, repeats)
        except BenchmarkError as failure:
            troubles.append(f"HOT: {failure}")
    return section, troubles


@dataclass(frozen=True)
class Inputs:
    """What is aligned: names of stages where not all are, and the pairs that the peer gets."""

    title: str
    source: Path
    target: Path
    splits: Path
    stages: tuple = ("", "")
    pairs: tuple = ()


def cases(section, chiasm, quick):
    """What revisions are compared on: all pairs."""
    made = (make(section, chiasm, quick) for make in (on_recordings, on_simulation))
    return [Case(inputs.title, partial(once, inputs)) for inputs in made if inputs]


def once(inputs, program):
    """One run of chiasm; the values are costs of pairs and scores."""
    run = align(program, inputs)
    splits = take_splits().values()
    tables = [row for split in splits for row in (*split["C"], *split["scores"].values())]
    return Outcome(run.seconds, run.peak_bytes, [x for row in tables for x in row])


def on_recordings(section, chiasm, quick):
    """The recordings of nsdlike: 5 regions, 12 layers, 5 splits; None where they are absent."""
    data = SHARED / "nsdlike"
    if not data.exists():
        section.add("nsdlike is skipped: ../shared/data/nsdlike is absent.", "")
        return None
    brain = extract_brain(chiasm, data / "recordings")
    places = brain, data / "activations", data / "splits.tsv"
    if quick:
        stages = "V3,hV4", "block00,block03,gap"
        return Inputs("nsdlike, 6 pairs, 5 splits", *places, stages)
    return Inputs("nsdlike, 60 pairs of about 1000 × 1000, 5 splits", *places)


@cache
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


def on_simulation(_section, _chiasm, quick):
    """Simulated stages: 5 × 12 pairs of 2000 × 4096; POT gets three of them."""
    regions, voxels, layers, units = (3, 100, 4, 230) if quick else (5, 2000, 12, 4096)
    folder = DATA / "hot" / f"{regions}x{layers}_{voxels}x{units}"
    gigabytes = 500 * 4e-9 * (regions * voxels + layers * units)
    ensure(folder, "make_responses", 500, regions, voxels, layers, units, gigabytes=gigabytes)
    last = (regions - 1, layers - 1)
    pairs = ((0, 0), (last[0] // 2, last[1] // 2), last)
    title = f"{regions * layers} pairs of {voxels} × {units}, 1 split"
    places = folder / "brain", folder / "model", folder / "splits.tsv"
    return Inputs(title, *places, pairs=pairs)


def align(chiasm, inputs):
    """The alignment of all pairs by chiasm."""
    command = [chiasm, "align", "--source", inputs.source, "--target", inputs.target, "--quiet"]
    # The controls of the peer, and no null or interval, which it does not make.
    command += ["--controls", "perm-p,single-best,pairwise-best,uniform-p"]
    command += ["--layer-permutations", "0", "--score-draws", "0", "--threads", THREADS]
    command += ["--splits-file", inputs.splits, "--output", OUTPUT, "--force"]
    for option, names in zip(("--regions", "--layers"), inputs.stages, strict=True):
        command += [option, names] if names else []
    return measure(command, threads=THREADS)


def take_splits():
    """The splits of what chiasm aligned last."""
    splits = json.loads((OUTPUT / "alignment.json").read_text())["splits"]
    shutil.rmtree(OUTPUT)
    return splits


def compare(section, chiasm, inputs, repeats):
    """Measures one case: all pairs, or some by the peer and all by chiasm."""
    words = [inputs.source, inputs.target, inputs.splits, f"--stages={':'.join(inputs.stages)}"]
    if inputs.pairs:
        words.append(f"--pairs={','.join(f'{i}:{j}' for i, j in inputs.pairs)}")
    peers = {
        way: partial(measure, peer("align", *words, f"--way={way}"), threads=THREADS) for way in WAYS
    }
    way = fastest(peers, lambda run: run.answer["seconds"])
    theirs, ours = alternate(repeats, peers[way], partial(align, chiasm, inputs))
    answer, reference = take_splits(), theirs[0].answer["splits"]
    title, factor = inputs.title, 1
    if inputs.pairs:
        costs = next(iter(answer.values()))["C"]
        factor = len(costs) * len(costs[0]) / len(inputs.pairs)
        title += f"; POT: {len(inputs.pairs)} of them, their time × {factor:.0f}"
    costs, scores = differences(reference, answer, inputs.pairs)
    slow = [run.answer["seconds"] + (factor - 1) * run.answer["pair_seconds"] for run in theirs]
    fast = [run.seconds for run in ours]
    peaks = [max(run.peak_bytes for run in runs) for runs in (theirs, ours)]
    section.row(
        title,
        way,
        spread(slow),
        spread(fast),
        ratios(slow, fast),
        megabytes(theirs),
        megabytes(ours),
        f"{peaks[1] / peaks[0]:.2f}",
        f"{costs:.1e}",
        f"{max(x for name, x in scores.items() if name != ORDERS):.1e}" if scores else "",
    )
    return [
        f"{title}: {name} differ by {value:.1e}, more than {limit:.0e}."
        for name, value, limit in (
            ("costs", costs, TOLERANCE),
            *((name, value, SCORE_TOLERANCE) for name, value in scores.items()),
        )
        if not value <= limit
    ]


def differences(reference, answer, pairs):
    """The greatest difference of costs, and of each method's scores where all pairs were fitted.

    The orders that Perm-P goes over must be as many.
    """
    costs, scores = 0.0, {}
    for name, theirs in reference.items():
        mine = answer[name]["C"]
        expected = [mine[i][j] for i, j in pairs] if pairs else mine
        costs = max(costs, greatest_difference(theirs["C"], expected))
        for method, values in theirs.get("scores", {}).items():
            found = greatest_difference(values, answer[name]["scores"][method])
            scores[f"scores of {method}"] = max(scores.get(f"scores of {method}", 0), found)
        if theirs.get("orders"):
            counts = theirs["orders"], answer[name]["draws"]["perm-p"]["count"]
            scores[ORDERS] = max(scores.get(ORDERS, 0), greatest_difference(*counts))
    return costs, scores
