#!/usr/bin/env python3
"""Writes the .mat files that MatFileReference reads.

Run: python3 make_mat.py
Made with numpy 2.4.6 and scipy 1.17.1.
"""
import io
import pathlib

import numpy as np
import scipy.io

here = pathlib.Path(__file__).parent
FIVE = np.array([[0, 1, 2, 3, 4], [1, 0, 5, 6, 7], [2, 5, 0, 8, 9], [3, 6, 8, 0, 10], [4, 7, 9, 10, 0]])
NAMES = ["face", "house", "Übung", "a b", "5"]

variables = {
    "rdm": FIVE / 8,
    "subjects": np.stack([FIVE, FIVE + FIVE, 4 * FIVE], axis=2) / 8,
    "rows": np.arange(6, dtype=np.int16).reshape(2, 3) - 3,
    "single": np.float32([[1.5, -0.25]]),
    "bytes": np.uint8([[255, 0]]),
    "large": np.int64([[-(2**40), 2**40]]),
    "yes": np.array([[True, False]]),
    "stimulus_id": np.array(NAMES, dtype=object),
    "word": "one line",
    "words": np.array(["one", "three"]),
    "mixed": np.array(["one", 2], dtype=object),
    "model": {"name": "v1", "depth": 3},
    "complex": np.array([[1 + 2j]]),
    "empty": np.zeros((0, 3)),
}


def write(name, variables, compressed):
    buffer = io.BytesIO()
    scipy.io.savemat(buffer, variables, do_compression=compressed, oned_as="column")
    data = bytearray(buffer.getvalue())
    # The header holds the date.
    data[:116] = b"MATLAB 5.0 MAT-file, written by SciPy".ljust(116)
    (here / f"{name}.mat").write_bytes(data)


write("variables", variables, False)
write("compressed", variables, True)
# Names of stimuli in other types: rows of char, which are filled with blanks, and numbers.
rdm = {"rdm": FIVE / 8}
write("chars", rdm | {"stimulus_id": np.array(["face", "house", "a b", "5", "six"])}, True)
write("numbers", rdm | {"stimulus_id": np.float64([[30, 1, 200, 4, 5]])}, True)
# 10,000,000 bytes of zeros in some 10,000: 80,000,000 bytes as doubles.
write("zeros", {"zeros": np.zeros((2500, 4000), np.uint8)}, True)
