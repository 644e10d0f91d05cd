"""Makes the HDF5 files beside this script with h5py and netCDF4.

    pip install h5py netCDF4 xarray && python make_hdf5.py

Every dataset of numbers holds 0, 1, 2 ... 119, 0, 1 ... in C order, of its own shape and type; what was
never written holds its fill value, 7. The tests count in the same way, so that no values are kept.
"""

import h5py
import numpy as np
import xarray as xr


def count(shape, dtype="f4"):
    return (np.arange(int(np.prod(shape))) % 120).reshape(shape).astype(dtype)


with h5py.File("types.h5", "w") as file:
    for dtype in ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8", "<i1", "<i2", ">i2", "<i4", "<i8", ">i8",
                  "<u1", "<u2", "<u4", ">u4", "<u8"]:
        file[("big_" if dtype[0] == ">" else "little_") + dtype[1:]] = count((5, 4), dtype)
    file["bool"] = count((5, 4)) % 2 == 0
    file["scalar"] = np.float64(3)
    file["list"] = count((6,), "i2")
    file["none"] = h5py.Empty("f4")
    file["zero"] = np.zeros((5, 0), "f4")
    file["complex"] = np.zeros((5, 4), "c16")
    file["vlen_text"] = ["a", "ß", "日本", ""]
    file["fixed_text"] = np.array(["a", "bcd"], "S4")

with h5py.File("layouts.h5", "w") as file:
    def add(name, shape=(7, 5, 6), dtype="f4", **options):
        file.create_dataset(name, data=count(shape, dtype), **options)

    add("contiguous")
    add("chunked", chunks=(3, 2, 4))
    add("gzip", chunks=(3, 2, 4), compression="gzip")
    add("shuffled", chunks=(3, 2, 4), compression="gzip", shuffle=True, dtype="f8")
    add("shuffled_only", chunks=(3, 5, 6), shuffle=True, dtype="i2")
    add("checked", chunks=(3, 2, 4), compression="gzip", fletcher32=True)
    add("voxels", chunks=(7, 1, 1), compression="gzip", dtype="i2")
    add("rows", chunks=(1, 5, 6), compression="gzip")
    add("flat", shape=(7, 30), chunks=(4, 7), compression="gzip")
    add("lzf", chunks=(3, 2, 4), compression="lzf")
    holes = file.create_dataset("holes", (7, 30), "i4", chunks=(4, 7), fillvalue=7, compression="gzip")
    holes[:4, 7:14] = count((7, 30), "i4")[:4, 7:14]
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((7, 30))
    h5py.h5d.create(file.id, b"compact", h5py.h5t.IEEE_F32LE, space, compact).write(
        h5py.h5s.ALL, h5py.h5s.ALL, count((7, 30)))

with h5py.File("links.h5", "w") as file:
    group = file.create_group("net/conv10")
    group["weight"] = count((4, 3))
    file["net/conv2/out"] = count((4, 2))
    file["net/alias"] = h5py.SoftLink("/net/conv2/out")
    file["net/self"] = file["net"]
    file["net/gone"] = h5py.SoftLink("/nowhere")
    file["net/circle"] = h5py.SoftLink("/net/circle")
    file["net/elsewhere"] = h5py.ExternalLink("types.h5", "/little_f4")
    file["net/away"] = h5py.SoftLink("/net/elsewhere")
    file["net/stimulus_id"] = ["s1", "s2", "s3", "s4"]

with h5py.File("ordered.h5", "w", track_order=True, libver="latest") as file:
    for name in ["zeta", "alpha", "mid"]:
        file[name] = count((3, 2))
    file["stimulus_id"] = np.array([3, 1, 2])

layout = h5py.VirtualLayout((4, 3), "f4")
layout[:] = h5py.VirtualSource("links.h5", "net/conv10/weight", shape=(4, 3))
with h5py.File("elsewhere.h5", "w") as file:
    file.create_virtual_dataset("virtual", layout)
    file.create_dataset("external", (4, 3), "f4", external=[("types.h5", 0, 48)])
    file.create_dataset("huge", (1 << 40, 1 << 20), "f4", chunks=(1, 1024))
    file.create_dataset("large", (1 << 20, 1 << 10), "f4", chunks=(1024, 1024))

# As MATLAB 7.3 writes them: axes turned round, text as UTF-16, cells as references.
with h5py.File("matlab73.mat", "w", userblock_size=512) as file:
    def add(name, values, kind, **attributes):
        values = file.create_dataset(name, data=values.T)
        values.attrs["MATLAB_class"] = np.bytes_(kind)
        for key, value in attributes.items():
            values.attrs[key] = value
        return values

    def text(name, letters):
        codes = np.array([[ord(letter) for letter in line] for line in letters], "u2")
        return add(name, codes, "char", MATLAB_int_decode=np.int32(2))

    add("betas", count((3, 2, 5), "f8"), "double")
    add("single", count((3, 4), "f4"), "single")
    add("mask", count((3, 4), "u1") % 2, "logical", MATLAB_int_decode=np.int32(1))
    text("names", ["ab ", "cde"])
    cells = [text(f"#refs#/{number}", [name]) for number, name in enumerate(["s1", "s2", "s3"])]
    cell = file.create_dataset("stimulus_id", (1, 3), h5py.ref_dtype)
    cell[0] = [one.ref for one in cells]
    cell.attrs["MATLAB_class"] = np.bytes_("cell")
    numbers = file.create_dataset("numbers_in_cells", (1, 1), h5py.ref_dtype)
    numbers[0, 0] = file["betas"].ref
    numbers.attrs["MATLAB_class"] = np.bytes_("cell")
    empty = file.create_dataset("empty", data=np.array([0, 4], "u8"))
    empty.attrs["MATLAB_class"] = np.bytes_("double")
    empty.attrs["MATLAB_empty"] = np.uint8(1)
    struct = file.create_group("info")
    struct.attrs["MATLAB_class"] = np.bytes_("struct")
    add("info/size", np.array([[2.0]]), "double")
with open("matlab73.mat", "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64, made by h5py".ljust(124) + b"\0\2IM")

assembly = xr.DataArray(
    count((4, 6)), dims=["presentation", "neuroid"], name="responses",
    coords={
        "stimulus_id": ("presentation", ["b", "a", "d", "c"]),
        "repetition": ("presentation", [0, 0, 0, 0]),
        "layer": ("neuroid", ["conv", "conv", "fc", "conv", "fc", "fc"]),
        "neuroid_id": ("neuroid", np.arange(6)),
    })
assembly.to_netcdf("assembly.nc", engine="netcdf4")
