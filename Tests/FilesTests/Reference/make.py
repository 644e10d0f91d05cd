"""Writes the reference files beside this script: python3 make.py

NumPy and SciPy write every file here, so that the tests compare with them without needing them.
The tests name what is expected of each.
"""

import io
import pathlib
import zipfile

import numpy as np
import scipy.sparse as sparse

here = pathlib.Path(__file__).parent
grid = np.arange(24).reshape(2, 3, 4)


def save(name, array, version=None):
    with open(here / f"{name}.npy", "wb") as file:
        np.lib.format.write_array(file, np.asanyarray(array), version=version, allow_pickle=True)


# Element types: 0, 1, the smallest, the largest.
for kind in "iu":
    for size in (1, 2, 4, 8):
        for order in "<>" if size > 1 else "|":
            limits = np.iinfo(f"{kind}{size}")
            name = {"<": "little", ">": "big", "|": "byte"}[order]
            save(f"{kind}{size}_{name}",
                 np.array([0, 1, limits.min, limits.max], f"{order}{kind}{size}"))
for size in (2, 4, 8):
    for order, name in (("<", "little"), (">", "big")):
        limits = np.finfo(f"f{size}")
        save(f"f{size}_{name}", np.array(
            [0, -0.0, 1.5, -2.25, limits.max, limits.tiny, limits.smallest_subnormal,
             np.inf, -np.inf, np.nan], f"{order}f{size}"))
save("bool", np.array([True, False, True]))
words = np.array([["V1", "hV4 ", ""], ["layer 2.conv", "naïve – 脳 🧠", "a\0b"]])
save("text_little", words.astype("<U"))
save("text_big", words.astype(">U"))
save("bytes", np.array([b"csr", b"", b"na\xc3\xafve"]))
save("bytes_not_utf8", np.array([b"ok", b"\xff"]))

# Order, shape, version.
save("fortran_3d", np.asfortranarray(grid.astype("<i4")))
save("fortran_big", np.asfortranarray((np.arange(70 * 45).reshape(70, 45) / 7).astype(">f8")))
save("fortran_text", np.asfortranarray(words))
save("scalar", np.float64(np.pi))
save("empty", np.zeros((3, 0, 2), "<f4"))
save("version_2", grid.astype("<i2"), version=(2, 0))
save("version_3", grid.astype("<i2"), version=(3, 0))

# Refused.
save("pickle", np.array([{"a": 1}, None], dtype=object))
save("complex", np.array([1 + 2j]))
save("record", np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f8")]))
save("date", np.array(["2020-01-01"], dtype="M8[D]"))

# What numpy.save writes, for comparing bytes.
save("saved_floats", (np.arange(6, dtype="<f4") / 3).reshape(2, 3))
save("saved_integers", np.array([-1, 0, 2**40]))
save("saved_words", np.array(["V1", "naïve 脳"]))

# Archives.
members = {"block00": (grid[0] / 8).astype("<f2"), "a/b.c": grid, "name": np.array(["x", "yz"])}
np.savez(here / "stored.npz", **members)
np.savez_compressed(here / "deflated.npz", **members)
with zipfile.ZipFile(here / "bzip2.npz", "w", zipfile.ZIP_BZIP2) as archive:
    buffer = io.BytesIO()
    np.save(buffer, grid)
    archive.writestr("grid.npy", buffer.getvalue())
with zipfile.ZipFile(here / "with_note.npz", "w") as archive:
    archive.writestr("grid.npy", buffer.getvalue())
    archive.writestr("note.txt", "not an array")
plan = sparse.csr_matrix(
    ([0.25, 1 / 3, -2.5e-300], ([0, 2, 2], [4, 0, 3])), shape=(4, 5), dtype=float)
sparse.save_npz(here / "csr.npz", plan)
sparse.save_npz(here / "csr_float32_stored.npz", plan.astype("f4"), compressed=False)
sparse.save_npz(here / "csc.npz", plan.tocsc())
