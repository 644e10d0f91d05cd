#!/usr/bin/env python3
"""Writes measures_reference.json: measures between small stages, by other packages.

Run: python3 measures_reference.py
Made with numpy 2.4.6, scipy 1.17.1, POT 0.9.7.post1, rsatoolbox 0.3.2, scikit-learn 1.9.1.
Transport: ot.emd, ot.partial.partial_wasserstein. RSA: rsatoolbox (its dissimilarities where it has
them, scipy's cosine distance otherwise). Ridge: StandardScaler and Ridge of scikit-learn, refitted for
every fold, block and penalty. CKA: its formulas in numpy. Procrustes: netrep is not published as a
package, so the formula of its LinearMetric(alpha=1) with scipy.linalg.orthogonal_procrustes.
Responses are whole numbers k that stand for k / 64, so that float32 holds them exactly.
"""
import json
import pathlib
import warnings

import numpy as np
import ot
import rsatoolbox
from scipy.linalg import orthogonal_procrustes
from scipy.spatial.distance import pdist, squareform
from sklearn.linear_model import Ridge
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("error", category=RuntimeWarning)
rng = np.random.default_rng(8)
STIMULI, FOLDS = 24, 4
PENALTIES = [0.01, 0.1, 1.0, 10.0, 100.0]
MASSES = [0.25, 0.5, 0.7, 1.0]

features = rng.standard_normal((STIMULI, 6))


def stage(units, noise, shift):
    mixed = features @ rng.standard_normal((6, units)) + noise * rng.standard_normal((STIMULI, units))
    return np.round(64 * (mixed + shift)).astype(int)


# Fewer units than stimuli, as many as the first, more than stimuli; a constant unit in the second.
stages = [stage(7, 1.0, 0.5), stage(10, 1.0, 0.0), stage(31, 2.0, -0.25)]
stages[1][:, 4] = 33
PAIRS = [(0, 1), (1, 0), (0, 2), (2, 1), (2, 2)]


def varying(stage):
    x = stage / 64
    return x[:, x.std(0) > 0]


def correlations(x, y):
    return np.corrcoef(x.T, y.T)[: x.shape[1], x.shape[1]:]


def emd(x, y):
    cost = 1 - correlations(x, y)
    n, q = cost.shape
    return 1 - ot.emd2(np.full(n, 1 / n), np.full(q, 1 / q), cost)


def partial(x, y, mass):
    cost = 1 - correlations(x, y)
    n, q = cost.shape
    if mass == 1:
        return emd(x, y)
    plan = ot.partial.partial_wasserstein(np.full(n, 1 / n), np.full(q, 1 / q), cost, m=mass)
    assert abs(plan.sum() - mass) < 1e-9
    return 1 - (plan * cost).sum() / mass


def rdm(x, kind):
    if kind == "cosine":
        return rsatoolbox.rdm.RDMs(pdist(x, "cosine")[None, :])
    method = {"pearson": "correlation", "euclidean": "euclidean"}[kind]
    return rsatoolbox.rdm.calc_rdm(rsatoolbox.data.Dataset(x), method=method)


def rsa(x, y, kind, comparison):
    method = {"pearson": "corr"}.get(comparison, comparison)
    return float(rsatoolbox.rdm.compare(rdm(x, kind), rdm(y, kind), method=method)[0, 0])


def kernel(x, fraction):
    if fraction is None:
        return (x - x.mean(0)) @ (x - x.mean(0)).T
    distances = squareform(pdist(x))
    sigma = fraction * np.median(pdist(x))
    return np.exp(-(distances**2) / (2 * sigma**2))


def hsic(k, l):
    centre = np.eye(len(k)) - 1 / len(k)
    return np.trace(k @ centre @ l @ centre)


def unbiased_hsic(k, l):
    """Equation of Song and others, 2012: the diagonals are set to zero."""
    k, l, m = k - np.diag(np.diag(k)), l - np.diag(np.diag(l)), len(k)
    one = np.ones(m)
    return (
        np.trace(k @ l)
        + (one @ k @ one) * (one @ l @ one) / ((m - 1) * (m - 2))
        - 2 / (m - 2) * (one @ k @ l @ one)) / (m * (m - 3))


def cka(x, y, fraction, estimate):
    k, l = kernel(x, fraction), kernel(y, fraction)
    return estimate(k, l) / np.sqrt(estimate(k, k) * estimate(l, l))


def procrustes(x, y):
    width = max(x.shape[1], y.shape[1])

    def shape(z):
        z = np.pad(z - z.mean(0), ((0, 0), (0, width - z.shape[1])))
        return z / np.linalg.norm(z)

    x, y = shape(x), shape(y)
    rotation, nuclear = orthogonal_procrustes(y, x)
    return [np.linalg.norm(x - y @ rotation), np.arccos(min(1, nuclear)), nuclear]


def ridge(x, y, folds):
    """Held-out r of every column of x predicted from y, and the penalty chosen for it in each fold."""
    scores, chosen = [], []
    for held in range(FOLDS):
        train = np.concatenate([folds[f] for f in range(FOLDS) if f != held])
        z = StandardScaler().fit(y[train]).transform(y)
        scale = max(len(train), y.shape[1])

        def predict(fit, test, penalty):
            return Ridge(alpha=penalty * scale, solver="svd").fit(z[fit], x[fit]).predict(z[test])

        errors = np.zeros((len(PENALTIES), x.shape[1]))
        for row, penalty in enumerate(PENALTIES):
            for block in (folds[f] for f in range(FOLDS) if f != held):
                fit = np.setdiff1d(train, block)
                errors[row] += ((x[block] - predict(fit, block, penalty)) ** 2).sum(0)
        best = errors.argmin(0)
        guesses = [predict(train, folds[held], penalty) for penalty in PENALTIES]
        chosen.append([PENALTIES[row] for row in best])
        scores.append([
            np.corrcoef(x[folds[held], unit], guesses[row][:, unit])[0, 1]
            for unit, row in enumerate(best)])
    return {"unitScores": np.mean(scores, 0).tolist(), "penalties": chosen}


def measures(x, y):
    values = {
        "soft-matching": emd(x, y),
        "semi-matching": correlations(x, y).max(1).mean(),
        "cka": cka(x, y, None, hsic),
        "cka-debiased": cka(x, y, None, unbiased_hsic),
    }
    values |= {f"partial-soft-matching-{mass}": partial(x, y, mass) for mass in MASSES}
    for fraction in (0.5, 1.0):
        values[f"cka-rbf-{fraction}"] = cka(x, y, fraction, hsic)
        values[f"cka-rbf-{fraction}-debiased"] = cka(x, y, fraction, unbiased_hsic)
    for kind in ("pearson", "cosine", "euclidean"):
        for comparison in ("spearman", "pearson", "cosine"):
            values[f"rsa-{kind}-{comparison}"] = rsa(x, y, kind, comparison)
    values["rsa"] = values.pop("rsa-pearson-spearman")
    names = ("procrustes", "procrustes-angle", "procrustes-similarity")
    values |= dict(zip(names, procrustes(x, y)))
    return {name: float(value) for name, value in values.items()}


folds = [np.sort(part) for part in np.array_split(rng.permutation(STIMULI), FOLDS)]
reference = {
    "stimulusCount": STIMULI,
    "stages": [{"units": s.shape[1], "responses": s.ravel().tolist()} for s in stages],
    "folds": [part.tolist() for part in folds],
    "penalties": PENALTIES,
    "pairs": [
        {"source": a, "target": b, "values": measures(varying(stages[a]), varying(stages[b])),
         "ridge": ridge(varying(stages[a]), varying(stages[b]), folds)}
        for a, b in PAIRS],
}
concatenated = np.hstack([varying(stages[1]), varying(stages[2])])
reference["concatenated"] = ridge(varying(stages[0]), concatenated, folds)
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(reference) + "\n")
