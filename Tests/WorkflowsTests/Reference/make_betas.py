"""Makes the files of betas beside this script with h5py.

    pip install h5py && python make_betas.py

Two sessions of 6 trials on a grid of 4 × 3 × 2 voxels. The tests compute the same numbers, so that none
are kept.
"""

import h5py
import numpy as np

I, J, K, TRIALS = 4, 3, 2, 6
MASK = [1, 2, 7, 13, 14, 18, 23]


def betas(session):
    """Trials × voxels, i fastest."""
    trial, voxel = np.ogrid[:TRIALS, :I * J * K]
    return ((97 * session + 31 * trial + 7 * voxel + trial * voxel % 13 * 5) % 211 - 100).astype("i2")


def grid(values):
    """Trials × k × j × i."""
    return values.reshape(-1, K, J, I)


one, both = grid(betas(1)), grid(np.concatenate([betas(1), betas(2)]))

# As NSD has them.
for session in [1, 2]:
    with h5py.File(f"betas_session0{session}.hdf5", "w") as file:
        file.create_dataset(
            "betas", data=grid(betas(session)), chunks=(TRIALS, 1, 1, 1), compression="gzip")

# The first session in other ways, and what is refused.
with h5py.File("betas.h5", "w") as file:
    file["contiguous"] = one
    file.create_dataset("chunked", data=one, chunks=(4, 1, 3, 2), compression="gzip", shuffle=True)
    file["big"] = one.astype(">f8")
    file["last"] = one.T.astype("f4")
    file.create_dataset("last_chunked", data=one.T.astype("f4"), chunks=(3, 2, 1, 4), compression="gzip")
    # As NumPy ravels i × j × k.
    file["flat"] = one.T.reshape(-1, TRIALS)
    file["flat_first"] = one.T.reshape(-1, TRIALS).T
    file["flat_4d"] = one.T.reshape(-1, 1, 1, TRIALS)
    inside = np.isin(np.arange(I * J * K), MASK).reshape(K, J, I).T
    file["masked"] = one.T[inside]
    nan = one.astype("f4")
    nan[2, 0, 0, 1] = np.nan
    file["nan"] = nan
    file["short"] = one[..., :3]
    file["line"] = np.arange(24)
    file["text"] = ["a", "b"]
    file["ambiguous"] = np.zeros((4, 3, 3, 4), "f4")
    file["square"] = np.zeros((24, 24), "f4")
    file["elsewhere"] = h5py.ExternalLink("betas_session01.hdf5", "/betas")
    file["gone"] = h5py.SoftLink("/nowhere")
    file.create_dataset("lzf", data=one, chunks=(TRIALS, 1, 1, 1), compression="lzf")

with h5py.File("linked.h5", "w") as file:
    file["betas"] = h5py.ExternalLink("betas_session01.hdf5", "/betas")

# As GLMsingle has them in Python: all trials in one dataset.
with h5py.File("TYPED_FITHRF_GLMDENOISE_RR.hdf5", "w") as file:
    file["betasmd"] = both.T.astype("f4")
    file["R2"] = np.zeros((I, J, K), "f4")
    file["HRFindex"] = np.ones((I, J, K), "i8")
    file.attrs["pcnum"] = 3

# And in MATLAB 7.3, where axes are turned round.
with h5py.File("TYPED_FITHRF_GLMDENOISE_RR.mat", "w", userblock_size=512) as file:
    for name, values in [("modelmd", both.T), ("flat", both.reshape(-1, I * J * K).T)]:
        variable = file.create_dataset(name, data=values.T.astype("f4"))
        variable.attrs["MATLAB_class"] = np.bytes_("single")
with open("TYPED_FITHRF_GLMDENOISE_RR.mat", "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, made by h5py".ljust(124) + b"\0\2IM")
