"""Writes a session of simulated betas with seven regions: make_recording.py OUT I J K VOLUMES

OUT gets betas.nii.gz (int16, percent × 300, 0 outside the brain), trials.tsv, regions.nii.gz with
its table regions.tsv, and a mask NAME.nii.gz for each region. The betas are smooth, and compress
about as well as real ones.
"""

import gzip
import os
import shutil
import sys
from pathlib import Path

import nibabel
import numpy as np
from scipy.ndimage import gaussian_filter

AFFINE = np.diag([1.8, 1.8, 1.8, 1.0])
# The voxels of each region on the full grid, and its middle as shares of the grid.
REGIONS = {
    "V1": (1350, (0.50, 0.20, 0.45)),
    "V2": (1433, (0.42, 0.24, 0.45)),
    "V3": (1187, (0.60, 0.24, 0.45)),
    "hV4": (661, (0.36, 0.30, 0.36)),
    "LO": (1200, (0.66, 0.32, 0.42)),
    "PPA": (900, (0.40, 0.42, 0.36)),
    "IT": (5931, (0.58, 0.50, 0.36)),
}
FULL_GRID = 81 * 104 * 83


def distances(shape, middle):
    """The distance of every voxel from a place, in shares of the grid."""
    axes = [np.linspace(0, 1, n) - m for n, m in zip(shape, middle, strict=True)]
    i, j, k = np.meshgrid(*axes, indexing="ij")
    return np.sqrt(i**2 + j**2 + k**2)


def label(shape):
    """Labels 1 to 7: the voxels nearest to the middle of each region that are not taken yet."""
    labels = np.zeros(shape, np.int16)
    for value, (count, middle) in enumerate(REGIONS.values(), start=1):
        distance = np.where(labels == 0, distances(shape, middle), np.inf)
        count = max(2, round(count * labels.size / FULL_GRID))
        nearest = np.argpartition(distance, count, axis=None)[:count]
        labels.flat[nearest] = value
    return labels


def write_betas(path, shape, volumes):
    """Writes the image volume by volume."""
    header = nibabel.Nifti1Header()
    header.set_data_dtype(np.int16)
    header.set_data_shape((*shape, volumes))
    header.set_sform(AFFINE, code=1)
    header.set_xyzt_units("mm")
    header["magic"], header["vox_offset"] = b"n+1", 352
    rng = np.random.default_rng(5)
    brain = distances(shape, (0.5, 0.5, 0.45)) < 0.44
    pattern = 150 * gaussian_filter(rng.standard_normal(shape, np.float32), 2) * 10
    with gzip.open(path, "wb", compresslevel=6) as file:
        file.write(header.binaryblock + bytes(4))
        for _ in range(volumes):
            noise = gaussian_filter(rng.standard_normal(shape, np.float32), 0.7)
            betas = np.where(brain, np.rint(pattern + 450 / 0.25 * noise), 0)
            file.write(betas.astype("<i2").tobytes(order="F"))


def write_image(path, values):
    """Writes a small image."""
    nibabel.save(nibabel.Nifti1Image(values, AFFINE), path)


def main():
    """Writes the folder whole or not at all."""
    out = Path(sys.argv[1])
    *shape, volumes = (int(word) for word in sys.argv[2:])
    part = out.with_name(out.name + ".part")
    for old in (part, out):
        shutil.rmtree(old, ignore_errors=True)
    part.mkdir(parents=True)
    labels = label(shape)
    write_image(part / "regions.nii.gz", labels)
    rows = [f"{value}\t{name}\n" for value, name in enumerate(REGIONS, start=1)]
    (part / "regions.tsv").write_text("index\tname\n" + "".join(rows))
    for value, name in enumerate(REGIONS, start=1):
        write_image(part / f"{name}.nii.gz", (labels == value).astype(np.uint8))
    rows = [f"1\t{trial}\tstimulus{trial:04d}\n" for trial in range(1, volumes + 1)]
    (part / "trials.tsv").write_text("session\ttrial\tstimulus_id\n" + "".join(rows))
    write_betas(part / "betas.nii.gz", shape, volumes)
    os.replace(part, out)


main()
