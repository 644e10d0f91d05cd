"""Solves one dense transport problem by POT: solve_emd.py COST.npy WAY

WAY is one of exact.py's. Prints JSON: the optimal cost, the seconds of solving alone, and whether POT
warned.
"""

import json
import sys
import time

import exact
import numpy as np


def main():
    """Solves a small problem first: nothing is charged for being the first call."""
    path, way = sys.argv[1:]
    cost = np.load(path)
    exact.solve(np.random.default_rng(0).random((10, 12)), way)
    start = time.perf_counter()
    _, log = exact.solve(cost, way)
    seconds = time.perf_counter() - start
    answer = {"cost": float(log["cost"]), "solve_seconds": seconds, "warning": log["warning"]}
    print(json.dumps(answer))


main()
