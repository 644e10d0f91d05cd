"""Hierarchical optimal transport in numpy and POT, as one writes it at a desk.

    align.py SOURCE TARGET SPLITS.tsv [--way dense] [--stages A,B:a,b] [--pairs 0:3,1:5]

SOURCE and TARGET are folders with stimuli.tsv, stages.tsv and a matrix (.npy) a stage; WAY is one of
exact.py's. Prints JSON: for each split the costs C of all pairs, the coupling P, the held-out scores of
HOT and of its controls, and how many orders Perm-P goes over; the seconds since the imports without
those of the controls, and those that went into pairs of stages. With --pairs only those pairs are
fitted, without coupling and scores.
"""

import argparse
import csv
import json
import time
from itertools import permutations
from math import factorial
from pathlib import Path

import exact
import numpy as np
from scipy.sparse import csr_matrix

# Perm-P goes over all orders of so many or fewer; more it draws, which no other program repeats.
ALL_ORDERS = 1000


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
    known = matrix[train]
    mean, deviation = known.mean(axis=0), known.std(axis=0)
    kept = deviation > 1e-12 * np.abs(known).max(axis=0)
    scores = (matrix[:, kept] - mean[kept]) / deviation[kept]
    return scores[train], scores[test]


class Matcher:
    """Plans between the units of two stages, by one way; adds up the seconds they take."""

    def __init__(self, way):
        """Nothing is solved yet."""
        self.way, self.seconds, self.potentials = way, 0.0, {}

    def match(self, pair, x, y):
        """The plan and its cost. The potentials of a pair start the same pair of the next split."""
        start = time.perf_counter()
        cost = np.clip(1 - x.T @ y / len(x), 0, 2)
        known = self.potentials.get(pair)
        # Other units may vary in another split.
        if known and (len(known[0]), len(known[1])) != cost.shape:
            known = None
        plan, log = exact.solve(cost, self.way, known)
        self.potentials[pair] = log["u"], log["v"]
        answer = csr_matrix(plan), float(log["cost"])
        self.seconds += time.perf_counter() - start
        return answer


def correlations(x, y):
    """The correlation of each column of x with the same column of y."""
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    return (x * y).sum(axis=0) / np.sqrt((x**2).sum(axis=0) * (y**2).sum(axis=0))


def predict(shares, plans, target, count):
    """Held-out rows of a source stage of so many units, from the target stages with a share."""
    return sum(
        share * count * (plan @ y.T).T
        for share, plan, y in zip(shares, plans, target, strict=True)
        if share > 0
    )


def with_mean(scores):
    """The scores of the source stages, then their mean."""
    return [*map(float, scores), float(np.mean(scores))]


def score(coupling, plans, source, target):
    """The mean held-out correlation of every source stage with its prediction, then their mean."""
    mixtures = zip(len(source) * coupling, plans, source, strict=True)
    return with_mean(
        [
            correlations(x, predict(shares, row, target, x.shape[1])).mean()
            for shares, row, x in mixtures
        ]
    )


def controls(coupling, costs, plans, source, target):
    """The scores of Single-Best, Pairwise-Best, Uniform-P and Perm-P, and the orders of the last.

    Of Single-Best's target stages with as much as the greatest mass, to 1e-12, the one of least cost
    counts. Perm-P is the mean over all orders of P's rows but their own, None where there are too many.
    """
    rows, columns = coupling.shape
    tied = coupling >= coupling.max(axis=1, keepdims=True) - 1e-12
    chosen = {
        "single-best": np.where(tied, costs, np.inf).argmin(axis=1),
        "pairwise-best": costs.argmin(axis=1),
    }
    scores = {name: [] for name in (*chosen, "uniform-p")}
    # What a source stage scores with the row of P of each.
    exchanged = np.empty((rows, rows))
    for stage, (row, x) in enumerate(zip(plans, source, strict=True)):
        alone = [predict([1], [q], [y], x.shape[1]) for q, y in zip(row, target, strict=True)]
        mixtures = [*(rows * coupling), np.full(columns, 1 / columns)]
        mixtures += [np.eye(columns)[stages[stage]] for stages in chosen.values()]
        found = [
            correlations(x, sum(w * z for w, z in zip(weights, alone, strict=True) if w > 0)).mean()
            for weights in mixtures
        ]
        exchanged[stage], rest = found[:rows], found[rows:]
        for name, value in zip(("uniform-p", *chosen), rest, strict=True):
            scores[name].append(value)
    answer = {name: with_mean(values) for name, values in scores.items()}
    if not 1 < factorial(rows) <= ALL_ORDERS:
        return answer, None
    own = tuple(range(rows))
    orders = np.array([order for order in permutations(own) if order != own])
    answer["perm-p"] = with_mean(exchanged[own, orders].mean(axis=0))
    return answer, len(orders)


def align(source, target, train, test, pairs, matcher):
    """Fits one split and scores it; returns the seconds of the controls too."""
    source = [standardize(matrix, train, test) for matrix in source]
    target = [standardize(matrix, train, test) for matrix in target]
    if pairs:
        costs = [matcher.match((i, j), source[i][0], target[j][0])[1] for i, j in pairs]
        return {"C": costs}, 0
    matches = [
        [matcher.match((i, j), x, y) for j, (y, _) in enumerate(target)]
        for i, (x, _) in enumerate(source)
    ]
    plans = [[plan for plan, _ in row] for row in matches]
    costs = np.array([[cost for _, cost in row] for row in matches])
    coupling, log = exact.solve(costs, "dense")
    source, target = ([test for _, test in side] for side in (source, target))
    hot = score(coupling, plans, source, target)
    start = time.perf_counter()
    others, orders = controls(coupling, costs, plans, source, target)
    seconds = time.perf_counter() - start
    answer = {"C": costs.tolist(), "P": coupling.tolist(), "cost": float(log["cost"])}
    return {**answer, "scores": {"hot": hot, **others}, "orders": orders}, seconds


def main():
    """Reads, aligns every split, prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("splits", type=Path)
    parser.add_argument("--way", choices=exact.WAYS, default="dense")
    parser.add_argument("--stages", default=":")
    parser.add_argument("--pairs", default="")
    arguments = parser.parse_args()
    # Nothing is charged for being the first call.
    exact.solve(np.ones((10, 12)) @ np.ones((12, 12)), arguments.way)
    matcher, start = Matcher(arguments.way), time.perf_counter()
    regions, layers = (names.split(",") if names else [] for names in arguments.stages.split(":"))
    pairs = [tuple(map(int, pair.split(":"))) for pair in arguments.pairs.split(",") if pair]
    stimuli, source = read_set(arguments.source, regions)
    others, target = read_set(arguments.target, layers)
    row = {stimulus: index for index, stimulus in enumerate(others)}
    order = [row[stimulus] for stimulus in stimuli]
    target = [matrix[order] for matrix in target]
    splits, free = {}, 0.0
    for name, (train, test) in read_splits(arguments.splits, stimuli).items():
        splits[name], seconds = align(source, target, train, test, pairs, matcher)
        free += seconds
    seconds = time.perf_counter() - start - free
    print(json.dumps({"splits": splits, "seconds": seconds, "pair_seconds": matcher.seconds}))


main()
