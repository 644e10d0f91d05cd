#!/usr/bin/env python3
"""Writes pot_reference.json: small transport problems and their optimal costs by POT.

Run: python3 pot_reference.py   (numpy and POT 0.9.7)
A case has either its costs or a modulus m, which stands for c[i, j] = (7919 i + 104729 j + i j) mod m.
"""
import json
import pathlib

import numpy as np
import ot

rng = np.random.default_rng(20)
LIMIT = 10**8


def solved(name, costs, a=None, b=None, modulus=None):
    costs = np.asarray(costs, dtype=np.float64)
    p, q = costs.shape
    source = np.full(p, 1 / p) if a is None else np.asarray(a, dtype=np.float64)
    target = np.full(q, 1 / q) if b is None else np.asarray(b, dtype=np.float64)
    plan, log = ot.emd(source, target, costs, numItermax=LIMIT, log=True)
    assert log["warning"] is None, name
    case = {"name": name, "rows": p, "columns": q, "cost": float((plan * costs).sum())}
    if a is not None:
        case |= {"source": source.tolist(), "target": target.tolist()}
    case |= {"modulus": modulus} if modulus else {"costs": costs.ravel().tolist()}
    return case


def uniform(p, q):
    return np.round(rng.random((p, q)), 6)


def formula(p, q, modulus):
    i, j = np.arange(p)[:, None], np.arange(q)[None, :]
    return (7919 * i + 104729 * j + i * j) % modulus


def masses(count, zeros, decimals=None):
    w = rng.random(count)
    w[rng.choice(count, zeros, replace=False)] = 0
    return w / w.sum()


def halved(count):
    return np.full(count, 0.5) / count


cases = [
    solved("square", uniform(12, 12)),
    solved("coprime", uniform(13, 17)),
    solved("divisible", uniform(8, 24)),
    solved("common divisor", uniform(12, 18)),
    solved("one row", uniform(1, 9)),
    solved("one column", uniform(9, 1)),
    solved("negative", np.round(rng.standard_normal((11, 14)), 6)),
    solved("ties", rng.integers(0, 3, (15, 10))),
    solved("great costs", np.round(rng.random((9, 16)) * 1e6, 3)),
    solved("weights", uniform(10, 14), masses(10, 0), masses(14, 0)),
    solved("weights with zeros", uniform(14, 12), masses(14, 5), masses(12, 3)),
    solved("weights with total 1/2", uniform(7, 9), halved(7), halved(9)),
    solved("formula, square", formula(120, 120, 1009), modulus=1009),
    solved("formula, coprime", formula(101, 144, 10007), modulus=10007),
    solved("formula, ties", formula(90, 200, 11), modulus=11),
]
path = pathlib.Path(__file__).with_name("pot_reference.json")
path.write_text(json.dumps({"pot": ot.__version__, "cases": cases}, indent=None) + "\n")
