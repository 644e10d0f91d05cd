"""Writes a session of simulated betas as NSD's HDF5 has them: make_betas.py OUT TRIALS K J I

OUT gets betas.hdf5 (a dataset `betas`, int16, percent × 300, trials × k × j × i, packed by gzip, a
chunk a voxel), mask.nii (every tenth voxel) and trials.tsv.
"""

import os
import shutil
import struct
import sys
from pathlib import Path

import h5py
import numpy as np

EVERY = 10


def write_betas(path, shape):
    """Writes the dataset slice by slice: a pattern that stays, and noise."""
    trials, slices, *plane = shape
    rng = np.random.default_rng(5)
    with h5py.File(path, "w") as file:
        betas = file.create_dataset(
            "betas", shape, "<i2", chunks=(trials, 1, 1, 1), compression="gzip"
        )
        for k in range(slices):
            pattern = 150 * rng.standard_normal(plane)
            noise = 450 * rng.standard_normal((trials, *plane))
            betas[:, k] = np.rint(pattern + noise).astype("<i2")


def write_mask(path, extents):
    """Writes an image of uint8, 1 at every tenth voxel, i fastest, and 0 elsewhere."""
    header = bytearray(352)
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *extents, 1, 1, 1, 1)
    struct.pack_into("<2h", header, 70, 2, 8)
    struct.pack_into("<8f", header, 76, 1, 1.8, 1.8, 1.8, 0, 0, 0, 0)
    struct.pack_into("<f", header, 108, 352)
    header[123] = 2
    struct.pack_into("<2h", header, 252, 0, 1)
    for axis in range(3):
        struct.pack_into("<4f", header, 280 + 16 * axis, *(1.8 * np.eye(4)[axis]))
    header[344:348] = b"n+1\0"
    inside = np.arange(np.prod(extents)) % EVERY == 0
    path.write_bytes(bytes(header) + inside.astype(np.uint8).tobytes())


def main():
    """Writes the folder whole or not at all."""
    out = Path(sys.argv[1])
    shape = [int(word) for word in sys.argv[2:]]
    part = out.with_name(out.name + ".part")
    for old in (part, out):
        shutil.rmtree(old, ignore_errors=True)
    part.mkdir(parents=True)
    write_mask(part / "mask.nii", shape[:0:-1])
    rows = [f"1\t{trial}\tstimulus{trial:04d}\n" for trial in range(1, shape[0] + 1)]
    (part / "trials.tsv").write_text("session\ttrial\tstimulus_id\n" + "".join(rows))
    write_betas(part / "betas.hdf5", shape)
    os.replace(part, out)


main()
