#!/usr/bin/env python3
"""Writes the safetensors files, text matrices and refused .npy files that SafetensorsReference and
TextMatrixReference read.

Run: python3 arrays_reference.py
Made with numpy 2.4.6, safetensors 0.8.0, ml_dtypes 0.6.0 and pandas 3.1.1.
"""
import pathlib

import ml_dtypes
import numpy as np
import pandas as pd
import safetensors.numpy

here = pathlib.Path(__file__).parent
NAMES = ["face", "house", "Übung", "a b"]

grid = np.arange(24).reshape(4, 3, 2)
tensors = {
    "F64": grid / 7,
    "F32": (grid / 7).astype(np.float32),
    "F16": (grid / 7).astype(np.float16),
    "I64": grid.astype(np.int64) - 2**40,
    "I32": grid.astype(np.int32) - 2**20,
    "I16": grid.astype(np.int16) - 300,
    "I8": grid.astype(np.int8) - 12,
    "U64": grid.astype(np.uint64) + 2**63,
    "U32": grid.astype(np.uint32) + 2**31,
    "U16": grid.astype(np.uint16) + 2**15,
    "U8": grid.astype(np.uint8) + 200,
    "BOOL": grid % 3 == 0,
    "BF16": (grid / 7).astype(ml_dtypes.bfloat16),
    "scalar": np.array(2.5, np.float32),
    "empty": np.zeros((4, 0), np.float32),
}
safetensors.numpy.save_file(
    tensors, here / "types.safetensors", metadata={"stimulus_id": "\n".join(NAMES), "note": 'a "b" \\ \t é'})
# The numbers of each, as doubles, in the order of the keys.
with open(here / "types.tsv", "w") as table:
    for name, array in tensors.items():
        values = np.asarray(array).astype(np.float64).ravel()
        table.write("\t".join([name, "x".join(map(str, np.shape(array)))] + [repr(float(v)) for v in values]) + "\n")

layers = {name: np.full((4, 2), number, np.float32) for number, name in enumerate(["layer10", "layer2", "layer1"])}
safetensors.numpy.save_file(layers, here / "layers.safetensors")

for name in ["types", "layers"]:
    (here / f"{name}.safetensors").chmod(0o644)

np.save(here / "bfloat16.npy", np.ones((2, 2), ml_dtypes.bfloat16))
np.save(here / "float8.npy", np.ones(2, ml_dtypes.float8_e4m3fn))

# Text: what pandas and numpy write.
numbers = np.array([[0.1, -2.5e-300, 1 / 3], [7, 12345678901234567890, 0], [5e-324, np.nan, 2.0**53 + 2],
                    [-0.0, 1e22, 123456.789e-5]])
frame = pd.DataFrame(numbers, columns=["u1", "u,2", 'u"3'])
frame.insert(1, "stimulus_id", ['face', 'ho"use', "Übung", "a, b"])
frame.to_csv(here / "matrix.csv", index=False)
frame.columns = ["u1", "stimulus_id", "u2", "u3"]
frame.loc[1, "stimulus_id"] = "house"
frame.to_csv(here / "matrix.tsv", index=False, sep="\t", na_rep="n/a", lineterminator="\r\n")
pd.DataFrame(numbers).to_csv(here / "index.csv")
pd.DataFrame(numbers).to_csv(here / "counted.csv", index=False)
np.savetxt(here / "saved.txt", numbers, header="u1 u2 u3")
np.savetxt(here / "commas.txt", numbers, delimiter=",")
np.save(here / "matrix_values.npy", numbers)
