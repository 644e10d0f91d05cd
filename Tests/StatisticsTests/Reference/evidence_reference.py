#!/usr/bin/env python3
"""Writes evidence_reference.json: rank correlations, bootstrap intervals, paired tests and tests of
uniformity by SciPy, and what SciPy has not by plain NumPy.

Run: python3 evidence_reference.py   (SciPy 1.17.1, NumPy 2.4.6, mpmath 1.3.0)
SciPy's tail of the Kolmogorov-Smirnov distance is right to some 1e-6 for more than 140 values; the
"exact" one here is Durbin's matrix power with 60 digits.
"""
import itertools
import json
import pathlib

import mpmath
import numpy as np
from scipy import stats

rng = np.random.default_rng(44)


def ranks():
    def case(name, x, y):
        x, y = np.asarray(x, float), np.asarray(y, float)
        return {
            "name": name, "x": x.tolist(), "y": y.tolist(), "ranks": stats.rankdata(x).tolist(),
            "spearman": float(stats.spearmanr(x, y).statistic),
            "kendall": float(stats.kendalltau(x, y, variant="b").statistic),
        }

    x = np.round(rng.standard_normal(50), 6)
    noise = np.round(rng.standard_normal(50), 6)
    return [
        case("related", x, x + noise),
        case("opposed", x, noise - 2 * x),
        case("ties on both sides", np.round(x), np.round(x + noise)),
        case("ties on one side", np.round(2 * x), noise),
        case("five stages", [1, 2, 3, 4, 5], [2.5, 1, 3, 3, 7]),
        case("two stages", [1, 2], [3, 0]),
    ]


def bootstraps():
    def case(name, data, statistic, paired=False, level=0.95, count=499):
        data = tuple(np.asarray(d, float) for d in data)
        keep = dict(confidence_level=level, vectorized=False, paired=paired)
        drawn = stats.bootstrap(data, statistic, n_resamples=count, method="BCa", rng=rng, **keep)
        draws = drawn.bootstrap_distribution

        def interval(method):
            found = stats.bootstrap(
                data, statistic, n_resamples=0, bootstrap_result=drawn, method=method, **keep)
            return [float(found.confidence_interval.low), float(found.confidence_interval.high)]

        n = len(data[0])
        left_out = [
            float(statistic(*(np.delete(d, i) for d in data))) for i in range(n)]
        return {
            "name": name, "level": level, "draws": draws.tolist(), "jackknife": left_out,
            "estimate": float(statistic(*data)), "percentile": interval("percentile"),
            "accelerated": interval("BCa"),
        }

    skewed = np.round(rng.exponential(size=30), 6)
    x = np.round(rng.standard_normal(25), 6)
    y = np.round(x + rng.standard_normal(25), 6)
    return [
        case("mean of skewed data", [skewed], np.mean),
        case("variance", [skewed], np.var, level=0.9),
        case("correlation", [x, y], lambda a, b: np.corrcoef(a, b)[0, 1], paired=True),
        case("mean of whole numbers, many ties", [np.round(skewed)], np.mean, count=200),
        case("few draws", [x], np.mean, count=19, level=0.99),
    ]


def comparisons():
    def case(name, first, second, test_count, training_count):
        first, second = np.asarray(first, float), np.asarray(second, float)
        d = first - second
        student = stats.ttest_rel(first, second)
        ends = student.confidence_interval(0.95)
        ratio = test_count / training_count
        error = np.sqrt((1 / len(d) + ratio) * d.var(ddof=1))
        t = d.mean() / error
        reach = stats.t.ppf(0.975, len(d) - 1) * error
        return {
            "name": name, "first": first.tolist(), "second": second.tolist(), "ratio": ratio,
            "studentT": float(student.statistic), "studentP": float(student.pvalue),
            "studentInterval": [float(ends.low), float(ends.high)],
            "correctedT": float(t), "correctedP": float(2 * stats.t.sf(abs(t), len(d) - 1)),
            "correctedInterval": [float(d.mean() - reach), float(d.mean() + reach)],
        }

    x = np.round(rng.standard_normal(12), 6)
    return [
        case("five splits", [.31, .29, .33, .30, .32], [.28, .27, .31, .31, .29], 20, 80),
        case("twelve pairs", x, x - np.round(rng.standard_normal(12) + 0.5, 6), 1, 9),
        case("ties and zeros", [1, 2, 3, 3, 5, 6], [1, 1, 2, 2, 6, 5], 1, 1),
        case("strong", np.arange(8.0) + 10, np.arange(8.0) - np.round(x[:8], 3) / 10, 1, 4),
    ]


def uniformity():
    def case(name, values):
        values = np.asarray(values, float)
        found = stats.kstest(values, "uniform")
        return {
            "name": name, "values": values.tolist(), "statistic": float(found.statistic),
            "p": float(found.pvalue),
        }

    return [
        case("one", [0.3]), case("two", [0.1, 0.15]),
        case("ten", np.round(rng.random(10), 6)),
        case("hundred", np.round(rng.random(100), 6)),
        case("two hundred", np.round(rng.random(200), 6)),
        case("two hundred, low", np.round(rng.random(200) ** 1.3, 6)),
        case("two hundred, far", np.round(rng.random(200) ** 2, 6)),
        case("grid of p-values", rng.integers(1, 1001, 200) / 1000),
        case("ends", [0, 0, 1, 1]),
    ]


def tails():
    pairs = [(1, .6), (2, .3), (3, .9), (5, .4), (20, .1), (20, .5), (200, .05), (200, .07),
             (200, .12), (200, .2), (200, .5), (1000, .02), (1000, .05), (1000, .1), (5000, .02),
             (20_000, .004), (20_000, .008), (20_000, .013), (100_000, .005)]
    return [
        {"count": n, "statistic": d, "p": float(stats.kstwo.sf(d, n)),
         "exact": exact_tail(n, d) if n <= 200 and n * d * d < 5 else None} for n, d in pairs]


def exact_tail(n, d):
    mpmath.mp.dps = 60
    d, k = mpmath.mpf(d), int(n * d) + 1
    h, m, f = k - n * d, 2 * k - 1, mpmath.factorial
    H = mpmath.matrix(m, m)
    for i in range(m):
        for j in range(min(i + 2, m)):
            H[i, j] = 1 / f(i - j + 1)
    for i in range(m):
        H[i, 0] -= h ** (i + 1) / f(i + 1)
        H[m - 1, i] -= h ** (m - i) / f(m - i)
    H[m - 1, 0] += max(0, 2 * h - 1) ** m / f(m)
    return float(1 - (H ** n)[k - 1, k - 1] * f(n) / mpmath.mpf(n) ** n)


def normals():
    p = [1e-300, 1e-20, 1e-9, .001, .025, .2, .4999, .5, .7, .975, 1 - 1e-9]
    return [{"p": q, "x": float(stats.norm.ppf(q))} for q in p]


def students():
    pairs = itertools.product([1, 2, 4, 11, 99, 5000], [0, 1e-6, .3, 1, 2.5, 12])
    return [{"degrees": n, "t": t, "p": float(2 * stats.t.sf(t, n))} for n, t in pairs]


def hierarchies():
    def case(name, coupling):
        p = np.asarray(coupling, float)
        rows, columns = p.shape
        l, m = np.arange(1, rows + 1), np.arange(1, columns + 1)
        depths = (p / p.sum(1, keepdims=True)) @ m
        apart = np.abs((l[:, None] - .5) / rows - (m - .5) / columns)
        near = apart <= max(1 / rows, 1 / columns) + 1e-12
        return {
            "name": name, "coupling": p.tolist(), "depths": depths.tolist(),
            "spearman": float(stats.spearmanr(l, depths).statistic),
            "kendall": float(stats.kendalltau(l, depths).statistic),
            "near": float(p[near].sum() / p.sum()),
        }

    return [
        case("random 5 x 12", rng.random((5, 12))),
        case("random 12 x 5", rng.random((12, 5))),
        case("random 7 x 7, mass 3", 3 * rng.random((7, 7)) / 25),
        case("sparse 4 x 10", rng.random((4, 10)) * (rng.random((4, 10)) < .3) + np.eye(4, 10)),
        case("reversed", np.fliplr(np.eye(6))),
    ]


cases = {
    "scipy": __import__("scipy").__version__, "ranks": ranks(), "bootstraps": bootstraps(),
    "comparisons": comparisons(), "uniformity": uniformity(), "tails": tails(),
    "normals": normals(), "students": students(), "hierarchies": hierarchies(),
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(cases) + "\n")
