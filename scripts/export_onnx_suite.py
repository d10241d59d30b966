"""Writes the backend tests of the installed onnx package as case folders: export_onnx_suite.py OUT

A case is OUT/KIND/NAME/{model.onnx, case.json, test_data_set_K/{input,output}_J.pb}, the layout that `dlc-run --verify` reads, where J counts
the graph's inputs that are no initialisers. case.json holds the tolerance that ONNX itself gives the case.
"""
import json
import os
import shutil
import sys

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.loader import DATA_DIR, load_model_tests
from onnx.backend.test.runner import Runner

KINDS = ["node", "simple", "pytorch-converted", "pytorch-operator"]


def to_proto(value, info):
    """The protobuf message of a test value: what it is follows from the type that the graph declares."""
    kind = info.type.WhichOneof("value")
    if kind == "map_type":
        return numpy_helper.from_dict(value, info.name)
    if kind == "sequence_type":
        return to_sequence(value, info.name)
    if kind == "optional_type":
        return to_optional(value, info)
    return to_tensor(value, info.name, info.type.tensor_type.elem_type)


def to_tensor(value, name, dtype):
    if isinstance(value, onnx.TensorProto):
        tensor = onnx.TensorProto()
        tensor.CopyFrom(value)
        tensor.name = name
        return tensor
    array = np.asarray(value)
    if dtype == onnx.TensorProto.STRING:
        strings = [s if isinstance(s, bytes) else str(s).encode() for s in array.ravel()]
        return onnx.helper.make_tensor(name, dtype, array.shape, strings)
    tensor = numpy_helper.from_array(array, name)
    if tensor.data_type != dtype:  # numpy has no such type: the suite holds the values as a wider one
        tensor = onnx.helper.make_tensor(name, dtype, array.shape, array.ravel().astype(np.float32))
    return tensor


def to_sequence(values, name):
    values = list(values)
    if values:
        return numpy_helper.from_list(values, name)
    return onnx.SequenceProto(name=name, elem_type=onnx.SequenceProto.TENSOR)


def to_optional(value, info):
    optional = onnx.OptionalProto(name=info.name)
    element = info.type.optional_type.elem_type
    if value is None:
        optional.elem_type = onnx.OptionalProto.UNDEFINED
    elif element.WhichOneof("value") == "sequence_type":
        optional.elem_type = onnx.OptionalProto.SEQUENCE
        optional.sequence_value.CopyFrom(to_sequence(value, info.name))
    else:
        optional.elem_type = onnx.OptionalProto.TENSOR
        optional.tensor_value.CopyFrom(to_tensor(value, info.name, element.tensor_type.elem_type))
    return optional


def write_set(folder, number, inputs, outputs):
    folder = os.path.join(folder, f"test_data_set_{number}")
    os.makedirs(folder)
    for prefix, protos in (("input", inputs), ("output", outputs)):
        for j, proto in enumerate(protos):
            with open(os.path.join(folder, f"{prefix}_{j}.pb"), "wb") as f:
                f.write(proto.SerializeToString())


def write_case(folder, case):
    os.makedirs(folder)
    if case.model_dir:  # lies in the package as files
        shutil.copy(os.path.join(case.model_dir, "model.onnx"), folder)
        for name in sorted(os.listdir(case.model_dir)):
            if name.startswith("test_data_set_"):
                shutil.copytree(os.path.join(case.model_dir, name), os.path.join(folder, name))
    else:  # made by the package's code
        onnx.save(case.model, os.path.join(folder, "model.onnx"))
        graph = case.model.graph
        for k, (inputs, outputs) in enumerate(case.data_sets):
            write_set(folder, k, map(to_proto, inputs, graph.input), map(to_proto, outputs, graph.output))
    with open(os.path.join(folder, "case.json"), "w") as f:
        json.dump({"name": case.name, "rtol": case.rtol, "atol": case.atol}, f)


def write_light(folder, case):
    """Whole networks without their weights (all constants are computed): the package holds the model and its output."""
    os.makedirs(folder)
    source = os.path.join(DATA_DIR, "light", f"light_{case.model_name}.onnx")
    shutil.copy(source, os.path.join(folder, "model.onnx"))
    graph = onnx.load(source).graph
    weights = {i.name for i in graph.initializer}
    inputs = [
        numpy_helper.from_array(Runner.generate_dummy_data(i, seed=0, name=case.model_name, random=False), i.name)
        for i in graph.input
        if i.name not in weights
    ]
    output = onnx.TensorProto()
    with open(source.replace(".onnx", "_output_0.pb"), "rb") as f:
        output.ParseFromString(f.read())
    write_set(folder, 0, inputs, [output])
    with open(os.path.join(folder, "case.json"), "w") as f:
        json.dump({"name": case.name, "rtol": case.rtol, "atol": case.atol}, f)


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    out = sys.argv[1]
    np.random.seed(0)
    count = 0
    for kind in KINDS:
        for case in load_model_tests(kind=kind):
            write_case(os.path.join(out, kind, case.name), case)
            count += 1
    for case in load_model_tests(kind="real"):
        write_light(os.path.join(out, "light", case.name), case)
        count += 1
    print(count)
    return 0


sys.exit(main())
