#!/usr/bin/env python3
"""Writes alignment_reference.json: two small systems, aligned with NumPy and POT in double precision.

Run: python3 alignment_reference.py   (numpy and POT 0.9.7)
Responses are whole numbers k that stand for k / 256, so that float32 holds them exactly. Two units do
not vary over the training stimuli: one is constant, one changes on held-out stimuli only.
"""
import itertools
import json
import pathlib

import numpy as np
import ot

rng = np.random.default_rng(31)
STIMULI, SOURCE, TARGET = 40, [7, 10, 12], [9, 12, 5, 20]
SPLITS = {"first": list(range(0, 40, 5)), "second": [1, 2, 3, 17, 25, 30, 38, 39]}


def systems():
    """Units mix slow-changing features of the stimuli: deeper stages, later features."""
    features = rng.standard_normal((STIMULI, 12))

    def stage(units, depth):
        weights = rng.standard_normal((12, units))
        weights *= np.exp(-0.5 * (np.arange(12)[:, None] / 11 - depth) ** 2 / 0.05)
        noisy = features @ weights + 0.8 * rng.standard_normal((STIMULI, units))
        return np.round(256 * noisy).astype(int)

    def system(sizes):
        return [stage(n, i / (len(sizes) - 1)) for i, n in enumerate(sizes)]

    source, target = system(SOURCE), system(TARGET)
    source[0][:, 2] = 77
    target[1][:, 5] = -3
    target[1][SPLITS["first"], 5] = 40  # varies over the training stimuli of the second split only
    return source, target


def standardized(stage, train):
    x = np.float32(stage / 256).astype(np.float64)
    mean, deviation = x[train].mean(0), x[train].std(0)
    varying = np.flatnonzero(deviation > 1e-12 * np.maximum(1, np.abs(mean)))
    return (x[:, varying] - mean[varying]) / deviation[varying], varying


def correlations(a, b):
    """ρ of every column of a with every column of b."""
    a, b = a - a.mean(0), b - b.mean(0)
    return (a / np.linalg.norm(a, axis=0)).T @ (b / np.linalg.norm(b, axis=0))


def solve(cost):
    p, q = cost.shape
    plan, log = ot.emd(np.full(p, 1 / p), np.full(q, 1 / q), cost, numItermax=10**8, log=True)
    assert log["warning"] is None
    return plan, float((plan * cost).sum())


def align(source, target, held_out):
    train = [i for i in range(STIMULI) if i not in held_out]
    xs, ys = ([standardized(s, train) for s in side] for side in (source, target))
    inner = [[solve(1 - correlations(x[train], y[train])) for y, _ in ys] for x, _ in xs]
    costs = np.array([[cost for _, cost in row] for row in inner])
    coupling, cost = solve(costs)
    stages = range(len(xs))

    def unit_scores(l, weights):
        """ρ of every unit of stage l with Σ_m w_m n_l Y_m Q_lmᵀ, on held-out stimuli."""
        x = xs[l][0]
        guess = sum(
            w * x.shape[1] * y @ inner[l][m][0].T for m, (w, (y, _)) in enumerate(zip(weights, ys)))
        return np.diag(correlations(x[held_out], guess[held_out]))

    def matched(l, weights):
        """Mean over units of Σ_m w_m Σ_j n_l Q_ij ρ(x_i, y_j), on held-out stimuli."""
        x = xs[l][0]
        return sum(
            w * (inner[l][m][0] * correlations(x[held_out], y[held_out])).sum()
            for m, (w, (y, _)) in enumerate(zip(weights, ys)))

    def score(weights):
        return [float(unit_scores(l, weights[l]).mean()) for l in stages]

    shares = len(xs) * coupling
    # Many masses of a vertex are equal; of equals the one of least cost counts.
    tied = coupling >= coupling.max(1, keepdims=True) - 1e-12
    best = np.where(tied, costs, np.inf).argmin(1)
    identity = np.eye(len(ys))
    uniform = np.full_like(shares, 1 / len(ys))
    others = [list(order) for order in itertools.permutations(stages)][1:]
    return {
        "heldOut": held_out,
        "sourceUnits": [kept.tolist() for _, kept in xs],
        "targetUnits": [kept.tolist() for _, kept in ys],
        "costs": costs.ravel().tolist(), "coupling": coupling.ravel().tolist(), "cost": cost,
        "scores": {
            "hot": score(shares),
            "hot-matched": [float(matched(l, shares[l])) for l in stages],
            "single-best": score(identity[best]),
            "pairwise-best": score(identity[costs.argmin(1)]),
            "uniform-p": score(uniform),
            "uniform-p-matched": [float(matched(l, uniform[l])) for l in stages],
        },
        "otherOrders": [float(np.mean(score(shares[order]))) for order in others],
        "unitScores": [unit_scores(l, shares[l]).tolist() for l in stages],
    }


source, target = systems()
reference = {
    "stimulusCount": STIMULI,
    "source": [{"units": s.shape[1], "responses": s.ravel().tolist()} for s in source],
    "target": [{"units": s.shape[1], "responses": s.ravel().tolist()} for s in target],
    "splits": [{"name": n} | align(source, target, h) for n, h in SPLITS.items()],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference) + "\n")
