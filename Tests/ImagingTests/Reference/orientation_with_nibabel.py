"""Writes orientation.json: how nibabel turns images towards the head's axes.

Run in this folder; made with nibabel 5.4.2 and numpy 2.

cases    an affine, the axis and way of each voxel axis (io_orientation; null where there is none),
         and, where all three are known, shape and affine of the closest canonical image.
slices   an image of 2 x 3 x 4 numbered voxels (i fastest) under some of these affines, and its
         canonical array cut in three planes as one looks at it: rows from the top.
markers  small NIfTI files (base64) with one voxel set in the right hemisphere, front and top.
"""

import base64
import gzip
import io
import itertools
import json

import nibabel
import numpy as np
from nibabel.orientations import io_orientation

random = np.random.default_rng(7)
SHAPE = (2, 3, 4)


def rotation(*degrees):
    """Turns about x, then y, then z."""
    matrix = np.eye(3)
    for axis, angle in enumerate(np.radians(degrees)):
        turn = np.eye(3)
        first, second = [(1, 2), (2, 0), (0, 1)][axis]
        turn[first, first] = turn[second, second] = np.cos(angle)
        turn[first, second], turn[second, first] = -np.sin(angle), np.sin(angle)
        matrix = turn @ matrix
    return matrix


def affine(linear, shift=(-3.5, 7, 11)):
    whole = np.eye(4)
    whole[:3, :3], whole[:3, 3] = linear, shift
    return whole


def signed_permutations():
    for axes in itertools.permutations(range(3)):
        for signs in itertools.product([1, -1], repeat=3):
            matrix = np.zeros((3, 3))
            for column in range(3):
                matrix[axes[column], column] = signs[column]
            yield matrix


SIZES = np.diag([1.8, 2.5, 3.1])
permutations = [affine(p @ SIZES) for p in signed_permutations()]
obliques = [affine(rotation(*random.uniform(-40, 40, 3)) @ p @ SIZES) for p in signed_permutations()]
shears = []
for p in signed_permutations():
    shear = np.eye(3)
    shear[0, 1], shear[0, 2], shear[1, 2] = random.uniform(-0.8, 0.8, 3)
    shears.append(affine(rotation(*random.uniform(-20, 20, 3)) @ p @ shear @ SIZES))
anything = [affine(random.normal(size=(3, 3))) for _ in range(40)]
degenerate = [
    affine(np.diag([2, 0, 3])),
    affine(np.diag([0, 0, -3])),
    affine(np.zeros((3, 3))),
    affine(np.array([[0, 0, 2], [0, 0, 0], [0, -2, 0]])),
    affine(np.array([[2, 2, 0], [0, 0, 0], [0, 0, 3]])),
    affine(np.array([[1, 2, 0], [2, 4, 0], [0, 0, 3.0]])),
    affine(np.diag([1e-6, 1e6, -1])),
    affine(np.diag([-1e-150, 1e-150, 1e-150])),
]


def image(matrix):
    values = np.arange(np.prod(SHAPE)).reshape(SHAPE, order="F").astype(np.int16)
    return nibabel.Nifti1Image(values, matrix)


cases = []
for matrix in permutations + obliques + shears + anything + degenerate:
    directions = io_orientation(matrix)
    case = {
        "affine": matrix[:3].tolist(),
        "directions": [None if np.isnan(d).any() else [int(d[0]), int(d[1])] for d in directions],
        "shape": None,
        "canonical": None,
    }
    if not np.isnan(directions).any():
        canonical = nibabel.as_closest_canonical(image(matrix))
        case["shape"], case["canonical"] = canonical.shape, canonical.affine[:3].tolist()
    cases.append(case)

slices = []
for matrix in permutations + obliques[::7] + shears[::7]:
    data = np.asarray(nibabel.as_closest_canonical(image(matrix)).dataobj)
    slices.append(
        {
            "affine": matrix[:3].tolist(),
            "axial": [data[:, ::-1, k].T.tolist() for k in range(data.shape[2])],
            "coronal": [data[:, j, ::-1].T.tolist() for j in range(data.shape[1])],
            "sagittal": [data[i, :, ::-1].T.tolist() for i in range(data.shape[0])],
        }
    )

markers = []
for name, linear in [
    ("oblique", rotation(14, -11, 23) @ np.diag([3, 2, 2.5])),
    ("flipped left to right", np.diag([-3, 2, 2.5])),
    ("oblique and flipped", rotation(-17, 8, 12) @ np.diag([-3, 2, 2.5])),
    ("stored from top to bottom and back to front", rotation(5, 9, -4)[:, [2, 1, 0]] @ np.diag([-2, -2, 3])),
]:
    shape = (20, 24, 18)
    matrix = affine(linear)
    matrix[:3, 3] = -linear @ ((np.array(shape) - 1) / 2)
    marker = np.round(nibabel.affines.apply_affine(np.linalg.inv(matrix), [18, 12, 9])).astype(int)
    data = np.zeros(shape, np.int16)
    data[tuple(marker)] = 7
    made = nibabel.Nifti1Image(data, matrix)
    canonical = np.asarray(nibabel.as_closest_canonical(made).dataobj)
    markers.append(
        {
            "name": name,
            "file": base64.b64encode(gzip.compress(made.to_bytes(), mtime=0)).decode(),
            "shape": canonical.shape,
            "marker": [int(n) for n in np.argwhere(canonical)[0]],
        }
    )

with open("orientation.json", "w") as file:
    json.dump({"cases": cases, "slices": slices, "markers": markers}, file, separators=(",", ":"))
    file.write("\n")
