"""Makes small files and folders of the layouts of other tools beside this script, as these tools make them.

    pip install numpy scipy h5py xarray netCDF4 pandas tables bdpy && python make_layouts.py

Numbers count 0, 1, 2 ... in C order of the whole array, so that the tests can count too.
"""

import pathlib
import shutil

import bdpy
import h5py
import numpy as np
import pandas as pd
import scipy.io
import xarray as xr


def count(*shape, dtype="float32"):
    return np.arange(int(np.prod(shape))).reshape(shape).astype(dtype)


def folder(name):
    path = pathlib.Path(name)
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


# thingsvision: one module in parts, and a folder of modules.
single = folder("thingsvision_parts")
(single / "file_names.txt").write_text("dog/a.jpg\ndog/b.jpg\ncat/c.jpg\n")
np.save(single / "features_1.npy", count(2, 4))
np.save(single / "features_2.npy", count(1, 4) + 8)
modules = folder("thingsvision_modules")
(modules / "file_names.txt").write_text("a.jpg\nb.jpg\nc.jpg")
for name in ["layer10.conv", "layer2.conv"]:
    (modules / name).mkdir()
np.save(modules / "layer2.conv" / "features.npy", count(3, 2, 2, 2))
with h5py.File(modules / "layer10.conv" / "features.hdf5", "w") as file:
    file["features_01"] = count(2, 5)
    file["features_02"] = count(1, 5) + 10
matlab = folder("thingsvision_mat")
(matlab / "file_names.txt").write_text("a.jpg\nb.jpg\nc.jpg\n")
scipy.io.savemat(matlab / "features.mat", {"features": count(3, 4)})

# Net2Brain: an archive a stimulus, and an archive a layer.
plain = folder("net2brain")
for number, name in enumerate(["image_10", "image_9", "image_11"]):
    np.savez(plain / f"{name}.npz", layer2=count(1, 2, 2, 2) + 8 * number, layer1=count(1, 3) + 3 * number)
consolidated = folder("net2brain_consolidated")
for layer in ["layer1", "fc"]:
    np.savez(consolidated / f"consolidated_{layer}.npz", **{f"image_{n}": count(1, 3) + 3 * n for n in [2, 0, 1]})

# Brain-Score: presentations x neuroids, with and without repetitions.
xr.DataArray(
    count(4, 6), dims=["presentation", "neuroid"],
    coords={
        "stimulus_id": ("presentation", ["b", "a", "b", "a"]),
        "repetition": ("presentation", [0, 0, 1, 1]),
        "region": ("neuroid", ["V4", "V4", "IT", "V4", "IT", "IT"]),
    }).to_netcdf("assembly_brain.nc", engine="netcdf4")
xr.DataArray(
    count(3, 4), dims=["stimulus_path", "neuroid"],
    coords={
        "stimulus_path": ["/images/a.jpg", "/images/b.jpg", "/images/c.jpg"],
        "layer": ("neuroid", ["features.2", "fc", "fc", "features.2"]),
    }).to_netcdf("assembly_model.nc", engine="netcdf4")
xr.DataArray(
    count(3, 4, 2), dims=["presentation", "neuroid", "time_bin"],
    coords={"stimulus_id": ("presentation", ["a", "b", "c"]), "region": ("neuroid", ["IT"] * 4)},
).to_netcdf("assembly_time.nc", engine="netcdf4")

# bdpy: brain and labels side by side.
data = bdpy.BData()
data.add(count(6, 5, dtype="float64"), "VoxelData")
data.add(np.array([1, 1, 1, 2, 2, 3])[:, np.newaxis].astype(float), "DataType")
data.add(np.array([1, 2, 3, 1, 2, 1])[:, np.newaxis].astype(float), "stimulus_name")
data.add_metadata("ROI_V1", [1, 1, 0, 0, 0], where="VoxelData")
data.add_metadata("ROI_LOC", [0, 1, 0, 1, 1], where="VoxelData")
data.add_vmap("stimulus_name", {1: "n01_1", 2: "n02_7", 3: "n03_2"})
data.save("bdata_with_header.h5")
# bdpy's header tells the script, its path and the time: left out, so that equal data make an equal file.
with h5py.File("bdata_with_header.h5") as old, h5py.File("bdata.h5", "w") as new:
    for name in ["dataset", "metadata", "vmap"]:
        old.copy(name, new)
pathlib.Path("bdata_with_header.h5").unlink()

# THINGS-fMRI: voxels x trials as a pandas frame, and two tables.
things = folder("things")
frame = pd.DataFrame(count(4, 5, dtype="float64"), columns=[str(n) for n in range(5)])
frame.insert(0, "voxel_id", np.arange(4))
frame.to_hdf(things / "sub-01_ResponseData.h5", key="ResponseData")
pd.DataFrame({
    "trial_type": ["train", "train", "test", "test", "train"], "session": 1, "run": 1, "subject_id": 1,
    "trial_id": range(5), "stimulus": ["dog_1s.jpg", "cat_2s.jpg", "cup_3s.jpg", "cup_3s.jpg", "pen_4s.jpg"],
    "concept": ["dog", "cat", "cup", "cup", "pen"],
}).to_csv(things / "sub-01_StimulusMetadata.csv", index=False)
pd.DataFrame({
    "voxel_id": range(4), "voxel_x": [1, 2, 3, 4], "voxel_y": 7, "voxel_z": 8, "nc_testset": [1.5, 2.5, 3.5, 4.5],
    "V1": [1, 1, 0, 0], "hV4": [0, 1, 1, 0], "FFA": [0, 0, 0, 0],
}).to_csv(things / "sub-01_VoxelMetadata.csv", index=False)

# Algonauts 2023: both hemispheres in challenge space.
subject = folder("algonauts")
for name in ["training_split/training_fmri", "training_split/training_images", "roi_masks"]:
    (subject / name).mkdir(parents=True)
for row in range(3):
    (subject / f"training_split/training_images/train-000{row + 1}_nsd-0001{row}.png").touch()
np.save(subject / "training_split/training_fmri/lh_training_fmri.npy", count(3, 4))
np.save(subject / "training_split/training_fmri/rh_training_fmri.npy", count(3, 3) + 100)
np.save(subject / "roi_masks/lh.prf-visualrois_challenge_space.npy", np.array([1, 0, 2, 7]))
np.save(subject / "roi_masks/rh.prf-visualrois_challenge_space.npy", np.array([2, 3, 0]))
