"""Takes every tenth voxel of betas by h5py: take_betas.py each|all FOLDER

FOLDER is what make_betas.py writes. `each` reads one voxel after the other, `all` the whole dataset.
Prints JSON: the seconds since the imports, and the means of the voxels over the trials, i fastest.
"""

import json
import sys
import time
from pathlib import Path

import h5py
import numpy as np

EVERY = 10


def by_each(betas):
    """A read for each voxel."""
    places = np.arange(0, np.prod(betas.shape[1:]), EVERY)
    taken = np.empty((betas.shape[0], len(places)), betas.dtype)
    for column, (k, j, i) in enumerate(zip(*np.unravel_index(places, betas.shape[1:]), strict=True)):
        taken[:, column] = betas[:, k, j, i]
    return taken


def by_all(betas):
    """One read of everything, of which the voxels are kept."""
    return betas[...].reshape(betas.shape[0], -1)[:, ::EVERY]


def main():
    """Takes the voxels once and prints."""
    way, folder = sys.argv[1:]
    start = time.perf_counter()
    with h5py.File(Path(folder) / "betas.hdf5") as file:
        taken = {"each": by_each, "all": by_all}[way](file["betas"])
    seconds = time.perf_counter() - start
    means = taken.mean(axis=0, dtype=np.float64).tolist()
    print(json.dumps({"seconds": seconds, "means": {"every_tenth": means}}))


main()
