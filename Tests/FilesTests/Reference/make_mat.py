#!/usr/bin/env python3
"""Writes the .mat files that MatFileReference reads.

Run: python3 make_mat.py
Made with numpy 2.4.6 and scipy 1.17.1.
"""
import io
import pathlib

import numpy as np
import scipy.io
import scipy.sparse

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
# What is not read, beside what is; classes; a stack of three axes.
write(
    "classes",
    {
        "sparse": scipy.sparse.csc_array(np.eye(3)),
        "numbers": np.array([1, 2.5], dtype=object),
        "V1": np.arange(24, dtype=np.int16).reshape(4, 3, 2) - 5,
        "V2": (np.arange(8).reshape(4, 2) / 3).astype(np.float32),
        "mask": np.array([[True, False], [False, True], [True, True], [False, False]]),
        "big": np.array([[2**63, 2**53 + 1]], np.uint64),
        "stimulus_id": np.array([["a", "b", "c", "d"]], dtype=object),
    },
    True,
)


def element(kind, data):
    return np.uint32([kind, len(data)]).tobytes() + data + b"\0" * (-len(data) % 8)


def narrow(name, kind, flags, shape, stored, data):
    """A variable as MATLAB writes it: numbers in the narrowest type that holds them."""
    content = element(6, np.uint32([kind | flags, 0]).tobytes()) + element(5, np.int32(shape).tobytes())
    return element(14, content + element(1, name.encode()) + element(stored, data))


header = b"MATLAB 5.0 MAT-file, as MATLAB writes it".ljust(124) + b"\x00\x01IM"
(here / "narrow.mat").write_bytes(
    header
    + narrow("double", 6, 0, [2, 3], 2, bytes([1, 2, 3, 4, 5, 200]))
    + narrow("single", 7, 0, [1, 2], 3, np.int16([-7, 300]).tobytes())
    + narrow("wide", 12, 0, [2, 1], 1, np.int8([-1, 5]).tobytes())
    + narrow("logical", 9, 0x200, [1, 3], 2, bytes([1, 0, 1]))
)
