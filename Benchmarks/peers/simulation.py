"""Simulated voxels and units that see the same stimuli: the costs that solvers find hard.

A stimulus is a point in a space of latent features. A population at a depth of the hierarchy, from
0 to 1, weighs the features that belong there most. Voxels lie on a folded sheet on which tuning
and noise vary smoothly; units are a sparse readout of rectified random features. Voxels and units
thus share a low-dimensional signal, as real recordings and networks do, and many matches are
nearly as good as the best.
"""

import numpy as np

FEATURES = 96


def latents(stimuli, seed):
    """Stimuli × features, standard normal."""
    return np.random.default_rng(seed).standard_normal((stimuli, FEATURES))


def gains(depth):
    """How strongly a population at a depth responds to each feature."""
    place = np.linspace(0, 1, FEATURES)
    order = np.random.default_rng(3).permutation(FEATURES)
    return np.exp(-np.abs(place - depth) / 0.4) / (1 + order / 3)


def voxels(features, count, depth, seed):
    """Stimuli × voxels, with a noise ceiling of their own each."""
    rng = np.random.default_rng([seed, 1])
    sheet = rng.random((count, 2)) * [count / 100, 5]
    sheet = sheet[np.argsort(sheet[:, 0])]
    tuning = smooth(sheet, FEATURES, 1.5, rng) + 0.5 * rng.standard_normal((FEATURES, count))
    signal = unit_variance((features * gains(depth)) @ tuning)
    shared = smooth(sheet, len(features), 4.0, rng)
    noise = unit_variance(shared + rng.standard_normal(shared.shape))
    ceiling = rng.uniform(0.1, 0.7, count)
    return np.sqrt(ceiling) * signal + np.sqrt(1 - ceiling) * noise


def units(features, count, depth, seed):
    """Stimuli × units of a network layer: rectified, sparse, of unequal scale."""
    rng = np.random.default_rng([seed, 2])
    hidden = (features * gains(depth)) @ rng.standard_normal((FEATURES, 3 * FEATURES))
    hidden = np.maximum(unit_variance(hidden) - rng.uniform(-0.5, 0.5, 3 * FEATURES), 0)
    readout = rng.standard_normal((3 * FEATURES, count)) * (rng.random((3 * FEATURES, count)) < 0.1)
    drive = hidden @ readout + 0.1 * rng.standard_normal((len(features), count))
    activity = np.maximum(unit_variance(drive) - rng.uniform(0, 1, count), 0)
    quiet = 1e-3 * rng.standard_normal(activity.shape)
    return activity * rng.lognormal(0, 0.5, count) + quiet


def smooth(places, fields, frequency, rng, waves=200):
    """Random fields over the sheet, fields × places: sums of waves, of unit variance."""
    directions = rng.standard_normal((places.shape[1], waves)) * frequency
    phases = rng.uniform(0, 2 * np.pi, waves)
    basis = np.cos(places @ directions + phases).T
    return rng.standard_normal((fields, waves)) @ basis * np.sqrt(2 / waves)


def unit_variance(values):
    """Every column with mean 0 and standard deviation 1."""
    centred = values - values.mean(axis=0)
    return centred / centred.std(axis=0)
