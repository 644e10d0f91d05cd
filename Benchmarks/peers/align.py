"""Hierarchical optimal transport in numpy and POT, as one writes it at a desk.

    align.py SOURCE TARGET SPLITS.tsv [--stages A,B:a,b] [--pairs 0:3,1:5]

SOURCE and TARGET are folders with stimuli.tsv, stages.tsv and a matrix (.npy) a stage. Prints JSON:
for each split the costs C of all pairs, the coupling P and the held-out scores; the seconds since
the imports, and those of them that went into pairs of stages. With --pairs only those pairs are
fitted, without coupling and scores.
"""

import argparse
import csv
import json
import time
from pathlib import Path

import numpy as np
import ot


def read_table(path):
    """The rows of a tab-separated table as dictionaries."""
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def read_set(folder, names):
    """The stimuli of a response set, and the matrices of its stages in order."""
    stimuli = [row["stimulus_id"] for row in read_table(folder / "stimuli.tsv")]
    stages = {row["name"]: row["file"] for row in read_table(folder / "stages.tsv")}
    matrices = [np.load(folder / stages[name]) for name in names or stages]
    return stimuli, [matrix.astype(np.float64) for matrix in matrices]


def read_splits(path, stimuli):
    """For each split the rows of training and those held out."""
    rows = {row["stimulus_id"]: row for row in read_table(path)}
    names = [name for name in next(iter(rows.values())) if name != "stimulus_id"]
    roles = {name: np.array([rows[stimulus][name] for stimulus in stimuli]) for name in names}
    return {
        name: [np.flatnonzero(role == which) for which in ("train", "test")]
        for name, role in roles.items()
    }


def standardize(matrix, train, test):
    """z-scores by the training rows; units that do not vary there are left out."""
    mean, deviation = matrix[train].mean(axis=0), matrix[train].std(axis=0)
    kept = deviation > 1e-12 * np.maximum(1, np.abs(mean))
    scores = (matrix[:, kept] - mean[kept]) / deviation[kept]
    return scores[train], scores[test]


def match(x, y, clock):
    """The plan between the units of two stages, and its cost; the clock gets the seconds."""
    start = time.perf_counter()
    cost = np.clip(1 - x.T @ y / len(x), 0, 2)
    answer = exact(cost)
    clock.append(time.perf_counter() - start)
    return answer


def exact(cost):
    """The optimal plan with uniform marginals, and its cost."""
    p, q = cost.shape
    a, b = np.full(p, 1 / p), np.full(q, 1 / q)
    plan, log = ot.emd(a, b, cost, numItermax=10**9, log=True)
    return plan, float(log["cost"])


def correlations(x, y):
    """The correlation of each column of x with the same column of y."""
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    return (x * y).sum(axis=0) / np.sqrt((x**2).sum(axis=0) * (y**2).sum(axis=0))


def score(coupling, plans, source, target):
    """The mean held-out correlation of every source stage with its prediction, then their mean."""
    scores = []
    for shares, row, x in zip(len(source) * coupling, plans, source, strict=True):
        prediction = sum(
            share * x.shape[1] * (y @ plan.T)
            for share, plan, y in zip(shares, row, target, strict=True)
            if share > 0
        )
        scores.append(float(correlations(x, prediction).mean()))
    return [*scores, float(np.mean(scores))]


def align(source, target, train, test, pairs, clock):
    """Fits one split and scores it."""
    source = [standardize(matrix, train, test) for matrix in source]
    target = [standardize(matrix, train, test) for matrix in target]
    if pairs:
        return {"C": [match(source[i][0], target[j][0], clock)[1] for i, j in pairs]}
    matches = [[match(x, y, clock) for y, _ in target] for x, _ in source]
    plans = [[plan for plan, _ in row] for row in matches]
    costs = np.array([[cost for _, cost in row] for row in matches])
    coupling, cost = exact(costs)
    scores = score(coupling, plans, [test for _, test in source], [test for _, test in target])
    return {"C": costs.tolist(), "P": coupling.tolist(), "cost": cost, "hot": scores}


def main():
    """Reads, aligns every split, prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("splits", type=Path)
    parser.add_argument("--stages", default=":")
    parser.add_argument("--pairs", default="")
    arguments = parser.parse_args()
    exact(np.ones((10, 12)) @ np.ones((12, 12)))  # Nothing is charged for being the first call.
    clock, start = [], time.perf_counter()
    regions, layers = (names.split(",") if names else [] for names in arguments.stages.split(":"))
    pairs = [tuple(map(int, pair.split(":"))) for pair in arguments.pairs.split(",") if pair]
    stimuli, source = read_set(arguments.source, regions)
    others, target = read_set(arguments.target, layers)
    row = {stimulus: index for index, stimulus in enumerate(others)}
    order = [row[stimulus] for stimulus in stimuli]
    target = [matrix[order] for matrix in target]
    splits = {
        name: align(source, target, train, test, pairs, clock)
        for name, (train, test) in read_splits(arguments.splits, stimuli).items()
    }
    seconds = time.perf_counter() - start
    print(json.dumps({"splits": splits, "seconds": seconds, "pair_seconds": sum(clock)}))


main()
