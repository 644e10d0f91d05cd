"""Writes two response sets that share their stimuli, and one split of 80 % to train on:

    make_responses.py OUT STIMULI REGIONS VOXELS LAYERS UNITS

OUT gets brain/, model/ and splits.tsv. Regions and layers lie at even steps of one hierarchy.
"""

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import simulation


def write_set(folder, stimuli, stages):
    """Writes one response set."""
    folder.mkdir(parents=True)
    for name, matrix in stages:
        np.save(folder / f"{name}.npy", matrix.astype(np.float32))
    write_table(folder / "stages.tsv", ["name", "file"], [(n, f"{n}.npy") for n, _ in stages])
    write_table(folder / "stimuli.tsv", ["stimulus_id"], [(stimulus,) for stimulus in stimuli])


def write_table(path, names, rows):
    """Writes a tab-separated table."""
    path.write_text("".join("\t".join(row) + "\n" for row in [names, *rows]))


def population(kind, features, stages, count, name):
    """The stages of one side, from the first depth of the hierarchy to the last."""
    depths = np.linspace(0, 1, stages)
    return [
        (f"{name}{k + 1:02d}", kind(features, count, depth, seed=k))
        for k, depth in enumerate(depths)
    ]


def main():
    """Writes the folder whole or not at all."""
    out = Path(sys.argv[1])
    count, regions, voxels, layers, units = (int(word) for word in sys.argv[2:])
    part = out.with_name(out.name + ".part")
    for old in (part, out):
        shutil.rmtree(old, ignore_errors=True)
    features = simulation.latents(count, seed=1)
    stimuli = [f"stimulus{k:04d}" for k in range(count)]
    brain = population(simulation.voxels, features, regions, voxels, "region")
    model = population(simulation.units, features, layers, units, "layer")
    write_set(part / "brain", stimuli, brain)
    write_set(part / "model", stimuli, model)
    held_out = set(np.random.default_rng(2).choice(count, count // 5, replace=False))
    roles = [(name, "test" if k in held_out else "train") for k, name in enumerate(stimuli)]
    write_table(part / "splits.tsv", ["stimulus_id", "split_1"], roles)
    os.replace(part, out)


main()
