"""Writes a matrix of costs, float64: make_cost.py OUT.npy KIND ROWS COLUMNS

lr     1 − correlation of simulated voxels and units, 1,000 stimuli: the realistic case
noise  1 − correlation of unrelated noise, 500 stimuli
iid    uniform random numbers: the easy case
"""

import os
import sys

import numpy as np
import simulation


def correlation_cost(x, y):
    """1 − the correlation of every column of x with every column of y."""
    return 1 - simulation.unit_variance(x).T @ simulation.unit_variance(y) / len(x)


def cost(kind, rows, columns):
    """The costs of a kind; the sizes are the seed."""
    rng = np.random.default_rng([rows, columns])
    if kind == "iid":
        return rng.random((rows, columns))
    if kind == "noise":
        return correlation_cost(
            rng.standard_normal((500, rows)), rng.standard_normal((500, columns))
        )
    features = simulation.latents(1000, seed=0)
    x = simulation.voxels(features, rows, depth=0.5, seed=rows)
    y = simulation.units(features, columns, depth=0.55, seed=columns)
    return correlation_cost(x, y)


def main():
    """Writes the file whole or not at all."""
    path, kind, rows, columns = sys.argv[1:]
    with open(path + ".part", "wb") as file:
        np.save(file, cost(kind, int(rows), int(columns)))
    os.replace(path + ".part", path)


main()
