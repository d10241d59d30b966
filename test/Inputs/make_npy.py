"""Writes tensors for tests of what is refused: make_npy.py FOLDER"""
import os
import sys

import numpy as np

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)


def save(name, values):
    np.save(os.path.join(folder, name), values)


def raw(name, data):
    with open(os.path.join(folder, name), "wb") as f:
        f.write(data)


save("f32_2x3.npy", np.ones((2, 3), np.float32))
save("f32_3x3.npy", np.ones((3, 3), np.float32))
save("f32_2x4.npy", np.ones((2, 4), np.float32))
save("f32_3.npy", np.ones(3, np.float32))
save("f64_2x3.npy", np.ones((2, 3)))
save("c64_2x3.npy", np.ones((2, 3), np.complex64))
save("objects.npy", np.array([{}], object))
save("indices.npy", np.array([0, 9]))
save("huge_size.npy", np.array([1 << 60]))
save("negative_size.npy", np.array([-1]))
with open(os.path.join(folder, "f32_2x3.npy"), "rb") as f:
    good = f.read()
raw("short.npy", good[:-5])
raw("header_cut.npy", good[:40])
raw("header_wrong.npy", good.replace(b"'shape'", b"'shapf'"))
raw("version.npy", good[:6] + b"\x09" + good[7:])
raw("no_tensor.npy", b"this is text")
raw("empty.npy", b"")
