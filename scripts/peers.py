"""One engine with one model: loads it, then measures a burst of inferences for each line with a number of seconds on standard input.

  peers.py ENGINE MODEL.onnx THREADS NAME=INPUT.npy...

Answers are lines of JSON: {"ready": true} or {"error": "..."}, then {"us": wall time, "cpu_us": processor time of all threads} of an inference.
Runs in the environment that has the engines (build/bench-venv), see bench.py.
"""
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import numpy as np


def convert(command, folder):
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def only(inputs):
    if len(inputs) != 1:
        raise ValueError("takes models of one input")
    return next(iter(inputs.values()))


def onnxruntime(path, inputs, threads):
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    # Bound values: nothing is copied or converted in a run.
    binding = session.io_binding()
    held = [ort.OrtValue.ortvalue_from_numpy(value) for value in inputs.values()]
    for name, value in zip(inputs, held):
        binding.bind_ortvalue_input(name, value)
    for meta, value in zip(session.get_outputs(), session.run(None, inputs)):
        held.append(ort.OrtValue.ortvalue_from_numpy(value))
        binding.bind_ortvalue_output(meta.name, held[-1])
    return lambda: session.run_with_iobinding(binding), held


def openvino(path, inputs, threads):
    import openvino as ov

    core = ov.Core()
    model = core.read_model(path)
    model.reshape({name: list(value.shape) for name, value in inputs.items()})
    settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"}
    request = core.compile_model(model, "CPU", settings).create_infer_request()
    for name, value in inputs.items():
        request.set_tensor(name, ov.Tensor(value, shared_memory=True))
    return request.infer, inputs


def ncnn(path, inputs, threads):
    import ncnn as engine

    array = only(inputs)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, os.path.join(folder, "m.onnx"))
        # The program alone: its Python side wants torch.
        (package,) = importlib.util.find_spec("pnnx").submodule_search_locations
        convert([os.path.join(package, "pnnx"), "m.onnx", f"inputshape=[{','.join(map(str, array.shape))}]", "fp16=0"], folder)
        net = engine.Net()
        net.opt.num_threads = threads
        net.opt.use_fp16_packed = net.opt.use_fp16_storage = net.opt.use_fp16_arithmetic = net.opt.use_bf16_storage = False
        if net.load_param(os.path.join(folder, "m.ncnn.param")) or net.load_model(os.path.join(folder, "m.ncnn.bin")):
            raise RuntimeError("cannot load the converted model")
    source = engine.Mat(np.ascontiguousarray(array[0] if array.ndim == 4 else array)).clone()

    def run():
        with net.create_extractor() as extractor:
            extractor.input(net.input_names()[0], source)
            for name in net.output_names():
                if extractor.extract(name)[0]:
                    raise RuntimeError("cannot run the converted model")

    return run, net


def mnn(path, inputs, threads):
    from MNN import expr, nn

    array = only(inputs)
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "m.mnn")
        convert([os.path.join(os.path.dirname(sys.executable), "mnnconvert"), "-f", "ONNX", "--modelFile", path, "--MNNModel", target, "--bizCode", "bench"], folder)
        manager = nn.create_runtime_manager(({"backend": "CPU", "precision": "high", "numThread": threads},))
        net = nn.load_module_from_file(target, [], [], runtime_manager=manager)
    source = expr.const(array, list(array.shape), expr.NCHW)

    def run():
        results = net.forward(source)
        for value in results if isinstance(results, list) else [results]:
            value.read()

    return run, manager


ENGINES = {"onnxruntime": onnxruntime, "OpenVINO": openvino, "ncnn": ncnn, "MNN": mnn}


def main():
    engine, path, threads, *files = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # some engines talk

    def say(**answer):
        print(json.dumps(answer), file=answers, flush=True)

    inputs = {name: np.load(file) for name, file in (f.split("=", 1) for f in files)}
    try:
        run, _held = ENGINES[engine](os.path.abspath(path), inputs, int(threads))
        run()
    except subprocess.CalledProcessError as error:
        return say(error=f"{os.path.basename(error.cmd[0])} cannot convert the model")
    except Exception as error:  # whatever an engine has against a model is a result
        return say(error=" ".join(f"{type(error).__name__}: {error}".split())[:160])
    say(ready=True)
    for line in sys.stdin:
        count, cpu, start = 0, time.process_time(), time.perf_counter()
        while time.perf_counter() - start < float(line) or count == 0:
            run()
            count += 1
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        say(us=wall / count * 1e6, cpu_us=cpu / count * 1e6)


if __name__ == "__main__":
    main()
