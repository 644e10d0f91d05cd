"""Compares optimal costs with POT on many problems: agreement.py CHIASM [COUNT]

Sizes from 1 to 4096, divisible and coprime, extreme aspects, ties, constant and negative costs, costs
up to 1e6, weights with zeros. Prints a line for each kind and exits with 1 when a cost differs by more
than 1e-9 of its size, or a gap or violation is above 1e-9 of the greatest cost.
"""

import json
import subprocess
import sys
import tempfile
from math import gcd
from pathlib import Path

import numpy as np
import ot
import simulation


def costs(kind, p, q, rng):
    if kind in ("lr", "noise"):
        seed = int(rng.integers(1 << 30))
        features = simulation.latents(200, seed)
        x, y = ((simulation.voxels(features, p, 0.5, seed), simulation.units(features, q, 0.5, seed))
                if kind == "lr" else (rng.standard_normal((200, p)), rng.standard_normal((200, q))))
        x, y = (a - a.mean(0) for a in (x, y))
        return 1 - (x / np.linalg.norm(x, axis=0)).T @ (y / np.linalg.norm(y, axis=0))
    if kind == "iid":
        return rng.random((p, q))
    if kind == "wide":
        return 1e6 * rng.random((p, q))
    if kind == "negative":
        return rng.standard_normal((p, q)) * 3 - 1
    if kind == "ties":
        return rng.integers(0, 4, (p, q)).astype(float)
    if kind == "constant":
        return np.full((p, q), 0.7)
    return np.abs(rng.random(p)[:, None] - rng.random(q)[None, :])


def sizes(count, rng):
    fixed = [(1, 1), (1, 4096), (4096, 1), (2, 3001), (3001, 2), (7, 4096), (500, 500), (512, 1024),
             (997, 1009), (1000, 1500), (2000, 4096), (4096, 4096)]
    for size in fixed:
        yield size
    for _ in range(count - len(fixed)):
        top = int(rng.choice([4, 16, 64, 256, 700]))
        p, q = (int(n) for n in rng.integers(1, top + 1, 2))
        yield (p, p) if rng.random() < 0.2 else (p, p * int(rng.integers(1, 5))) if rng.random() < 0.2 else (p, q)


def masses(count, rng):
    weights = rng.integers(0, 5, count).astype(float) * rng.random(count)
    if weights.sum() == 0:
        weights[0] = 1
    return weights / weights.sum()


def main(chiasm, count):
    rng = np.random.default_rng(11)
    kinds = ["lr", "noise", "iid", "wide", "negative", "ties", "constant", "line"]
    worst, number, weighted_number = {}, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: str(Path(folder) / f"{name}.npy") for name in "cab"}
        for index, (p, q) in enumerate(sizes(count, rng)):
            kind = kinds[index % len(kinds)] if p * q < 4_000_000 else "iid"
            weighted = p * q < 1_000_000 and index % 3 == 2
            cost = costs(kind, p, q, rng)
            a, b = (masses(n, rng) if weighted else np.full(n, 1 / n) for n in (p, q))
            np.save(paths["c"], cost), np.save(paths["a"], a), np.save(paths["b"], b)
            command = [chiasm, "transport", paths["c"], "--json"]
            if weighted:
                command += ["--source-weights", paths["a"], "--target-weights", paths["b"]]
            ours = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            theirs = float(ot.emd2(a, b, cost, numItermax=10**9))
            scale = max(1e-300, abs(theirs))
            size = max(1.0, float(np.abs(cost).max()))
            difference = abs(ours["cost"] - theirs) / max(scale, 1e-7 * size)
            proof = max(abs(ours["gap"]), ours["violation"], ours["marginal_error"]) / size
            number, weighted_number = number + 1, weighted_number + weighted
            key = kind + (" weighted" if weighted else "")
            worst[key] = tuple(np.maximum(worst.get(key, (0, 0)), (difference, proof)))
            if difference > 1e-9 or proof > 1e-9 or ours["nonzeros"] > p + q - 1:
                print(f"{kind} {p} x {q}, gcd {gcd(p, q)}: {ours} against {theirs!r}")
    for key, (difference, proof) in sorted(worst.items()):
        print(f"{key:20} cost {difference:.1e}  proof {proof:.1e}")
    print(f"{number} problems, {weighted_number} of them weighted")
    return any(max(pair) > 1e-9 for pair in worst.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 240))
