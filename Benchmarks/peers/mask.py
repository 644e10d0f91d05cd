"""Takes the voxels of regions from a 4-D image: mask.py nilearn|nibabel|inflate|read FOLDER

FOLDER is what make_recording.py writes, or for `read` a response set of a brain. Prints JSON: the
seconds since the imports, and for each region the means of its voxels over the volumes, the voxels
in the order of (i, j, k). `inflate` only inflates the image.
"""

import json
import sys
import time
import zlib
from pathlib import Path

import numpy as np


def table(path):
    """The columns of a tab-separated table by name."""
    head, *rows = (line.split("\t") for line in path.read_text().splitlines())
    return dict(zip(head, zip(*rows, strict=True), strict=True))


def by_nilearn(folder):
    """A masker a region."""
    from nilearn.maskers import NiftiMasker

    def take(name):
        masker = NiftiMasker(mask_img=str(folder / f"{name}.nii.gz"), standardize=None)
        return masker.fit_transform(str(folder / "betas.nii.gz"))

    return lambda: {name: take(name) for name in table(folder / "regions.tsv")["name"]}


def by_nibabel(folder):
    """The whole image loaded once, then indexed by each mask."""
    import nibabel

    def take_all():
        image = np.asanyarray(nibabel.load(folder / "betas.nii.gz").dataobj)
        masks = {
            name: np.asanyarray(nibabel.load(folder / f"{name}.nii.gz").dataobj) > 0
            for name in table(folder / "regions.tsv")["name"]
        }
        return {name: image[mask].T for name, mask in masks.items()}

    return take_all


def by_inflating(folder):
    """What any reader has to do first: inflate the whole file, and forget it."""

    def inflate():
        stream = zlib.decompressobj(wbits=31)
        with open(folder / "betas.nii.gz", "rb") as file:
            while chunk := file.read(1 << 18):
                stream.decompress(chunk)
        return {}

    return inflate


def from_responses(folder):
    """The matrices of a response set, voxels put in order."""

    def take(name):
        units = table(folder / f"{name}_units.tsv")
        places = np.array([units[axis] for axis in "ijk"], dtype=int)
        return np.load(folder / f"{name}.npy")[:, np.lexsort(places[::-1])]

    return lambda: {name: take(name) for name in table(folder / "stages.tsv")["name"]}


WAYS = {
    "nilearn": by_nilearn,
    "nibabel": by_nibabel,
    "inflate": by_inflating,
    "read": from_responses,
}


def main():
    """Takes the voxels once, timed from after the imports, and prints."""
    way, folder = sys.argv[1:]
    take = WAYS[way](Path(folder))
    start = time.perf_counter()
    matrices = take()
    seconds = time.perf_counter() - start
    means = {name: x.mean(axis=0, dtype=np.float64).tolist() for name, x in matrices.items()}
    print(json.dumps({"seconds": seconds, "means": means}))


main()
