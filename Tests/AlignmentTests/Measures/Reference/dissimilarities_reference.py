#!/usr/bin/env python3
"""Writes dissimilarities_reference.json: measures between RDMs, by other packages.

Run: python3 dissimilarities_reference.py
Made with numpy 2.4.6, scipy 1.17.1 and rsatoolbox 0.3.2.
RSA: rsatoolbox.rdm.compare of the methods spearman, corr and cosine. CKA: its formulas in numpy, of the
kernels -D / 2 and exp(-D / (2 s^2)), D being squared distances.
RDMs are lists of the upper triangle, row by row, as rsatoolbox and scipy have them. The second has
values below 0, as distances have that are cross-validated; the third has many that are equal.
"""
import json
import pathlib

import numpy as np
import rsatoolbox
from scipy.spatial.distance import pdist, squareform

rng = np.random.default_rng(5)
STIMULI = 12
features = rng.standard_normal((STIMULI, 4))
squared = pdist(features @ rng.standard_normal((4, 9)), "sqeuclidean")
noisy = pdist(features @ rng.standard_normal((4, 6)), "sqeuclidean")
noisy = noisy - np.quantile(noisy, 0.1) + rng.standard_normal(len(noisy))
steps = np.round(pdist(features @ rng.standard_normal((4, 7)), "correlation") * 4)
lists = [squared, noisy, steps]
assert (noisy < 0).any() and len(set(steps)) < 10


def rsa(one, other, method):
    rdms = [rsatoolbox.rdm.RDMs(values[None]) for values in (one, other)]
    return float(rsatoolbox.rdm.compare(*rdms, method=method)[0, 0])


def kernel(values, fraction):
    if fraction is None:
        return -squareform(values) / 2
    values = np.maximum(values, 0)
    width = fraction * np.median(np.sqrt(values))
    return np.exp(-squareform(values) / (2 * width**2))


def biased(kernel):
    centring = np.eye(STIMULI) - 1 / STIMULI
    return centring @ kernel @ centring


def debiased(kernel):
    n, kernel = STIMULI, kernel - np.diag(np.diag(kernel))
    sums = kernel.sum(0)
    centred = kernel - (sums[:, None] + sums) / (n - 2) + sums.sum() / ((n - 1) * (n - 2))
    return centred - np.diag(np.diag(centred))


def cka(one, other, fraction, centre):
    one, other = (centre(kernel(values, fraction)) for values in (one, other))
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum()))


pairs = []
for source, target in [(0, 1), (0, 2), (1, 2), (2, 2)]:
    one, other = lists[source], lists[target]
    values = {
        "rsa": rsa(one, other, "spearman"),
        "rsa-euclidean-pearson": rsa(one, other, "corr"),
        "rsa-cosine-cosine": rsa(one, other, "cosine"),
    }
    for name, fraction in [("cka", None), ("cka-rbf-0.5", 0.5)]:
        values[name] = cka(one, other, fraction, biased)
        values[name + "-debiased"] = cka(one, other, fraction, debiased)
    pairs.append({"source": source, "target": target, "values": values})

text = json.dumps({"stimulusCount": STIMULI, "lists": [list(x) for x in lists], "pairs": pairs}, indent=1)
(pathlib.Path(__file__).parent / "dissimilarities_reference.json").write_text(text + "\n")
