"""How fast compiled networks are, beside onnxruntime in the same run: `make bench`.

For each network (scripts/models.py): time for one inference on one thread, of dlc and of onnxruntime, taken in turns so that a busy machine hits both, and
the time to compile, cold and from the cache. No number here passes or fails.
"""
import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time

import onnxruntime as ort
from onnx import TensorProto, numpy_helper

import models

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROUNDS = 3


def read(path):
    tensor = TensorProto()
    with open(path, "rb") as f:
        tensor.ParseFromString(f.read())
    return tensor.name, numpy_helper.to_array(tensor)


def compile_model(bin, path, library, shapes, cache):
    start = time.perf_counter()
    command = [os.path.join(bin, "dlc"), path, "-o", library, *shapes]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "XDG_CACHE_HOME": cache})
    return time.perf_counter() - start, done.returncode, done.stderr


def time_dlc(bin, library, inputs):
    command = [os.path.join(bin, "dlc-run"), library, *inputs, "--threads=1", "--bench=0.7", "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["us_per_inference"]


def time_onnxruntime(session, feeds):
    times = []
    while sum(times) < 0.7:
        start = time.perf_counter()
        session.run(None, feeds)
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e6


def bench(o, model):
    """One row of the table, or a reason why there is none."""
    path = models.fetch(o.build, model)
    case = os.path.join(o.build, "models", "cases", model.name)
    if not os.path.exists(case):
        models.write_case(case, path, model)
    data = os.path.join(case, "test_data_set_0")
    files = [os.path.join(data, f"input_{j}.pb") for j in range(len(model.inputs))]
    feeds = dict(read(f) for f in files)
    shapes = [f"--shape={name}:{','.join(map(str, value.shape))}" for name, value in feeds.items() if value.shape]
    with tempfile.TemporaryDirectory() as folder:
        library = os.path.join(folder, "model.so")
        cold, code, error = compile_model(o.bin, path, library, shapes, folder)
        if code:
            return None, (error.strip().splitlines() or [f"exit code {code}"])[0]
        warm, _, _ = compile_model(o.bin, path, library, shapes, folder)
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(time_dlc(o.bin, library, [f"--input={f}" for f in files]))
            theirs.append(time_onnxruntime(session, feeds))
    return (min(ours), min(theirs), cold, warm), None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    o = parser.parse_args()
    o.bin = os.path.join(o.build, "bin")
    print("bench: one inference on one thread, the best of three; compile times cold and from the cache")
    print(f"{'':18}{'dlc':>12}{'onnxruntime':>14}{'speed-up':>10}{'cold':>9}{'cached':>9}")
    ratios = []
    for model in models.MODELS:
        row, reason = bench(o, model)
        if reason:
            print(f"{model.name:18}{reason}", flush=True)
            continue
        ours, theirs, cold, warm = row
        ratios.append(theirs / ours)
        print(f"{model.name:18}{ours / 1000:9.3f} ms{theirs / 1000:11.3f} ms{ratios[-1]:9.2f}x{cold:7.1f} s{warm:7.1f} s", flush=True)
    mean = math.exp(statistics.fmean(map(math.log, ratios))) if ratios else float("nan")
    print(f"bench: ok, {len(ratios)} of {len(models.MODELS)} networks, speed-up over onnxruntime {mean:.2f}x (geometric mean)")
    return 0


sys.exit(main())
