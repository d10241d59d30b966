"""Compares what dlc-run wrote with a test data set: compare.py OUT_DIR DATA_SET

OUT_DIR holds one .npy file an output, in the order of the outputs when sorted by name; DATA_SET holds output_J.pb. rtol 1e-3, atol 1e-5.
"""
import glob
import os
import sys

import numpy as np
from onnx import TensorProto, numpy_helper


def main() -> int:
    out, data = sys.argv[1:]
    ours = sorted(glob.glob(os.path.join(out, "*.npy")))
    theirs = sorted(glob.glob(os.path.join(data, "output_*.pb")))
    if len(ours) != len(theirs):
        print(f"{len(ours)} outputs were written, {len(theirs)} expected")
        return 1
    for file, proto in zip(ours, theirs):
        tensor = TensorProto()
        with open(proto, "rb") as f:
            tensor.ParseFromString(f.read())
        np.testing.assert_allclose(np.load(file), numpy_helper.to_array(tensor), rtol=1e-3, atol=1e-5, err_msg=tensor.name)
    return 0


sys.exit(main())
