"""Makes a small network of a well-known architecture with random weights, as a case folder: make_case.py NAME OUT

OUT/model.onnx and OUT/test_data_set_0/ with onnxruntime's outputs. The same NAME always gives the same bytes.
"""
import os
import sys

import numpy as np
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper, save

F32 = TensorProto.FLOAT


class Graph:
    """Collects nodes and weights; each method returns the name of the value it makes."""

    def __init__(self):
        self.nodes, self.weights = [], []
        self.rng = np.random.default_rng(7)

    def weight(self, *shape, scale=None):
        fan_in = int(np.prod(shape[1:])) or 1
        values = self.rng.normal(0, scale or (2 / fan_in) ** 0.5, shape).astype(np.float32)
        return self.constant(values)

    def constant(self, values):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def op(self, kind, *inputs, outputs=1, **attributes):
        names = [f"{kind.lower()}{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=f"{kind.lower()}_{len(self.nodes)}", **attributes))
        return names[0] if outputs == 1 else names


def mlp(g):
    """Three layers; the batch is open."""
    h = g.op("Relu", g.op("Gemm", "x", g.weight(32, 20), g.weight(32, scale=0.1), transB=1))
    h = g.op("Tanh", g.op("Gemm", h, g.weight(16, 32), g.weight(16, scale=0.1), transB=1))
    y = g.op("Softmax", g.op("Gemm", h, g.weight(5, 16), g.weight(5, scale=0.1), transB=1), axis=-1)
    return {"x": ["N", 20]}, [y], {"x": (3, 20)}


def lenet5(g):
    """LeCun's network for digits, with max pooling."""
    h = g.op("Relu", g.op("Conv", "image", g.weight(6, 1, 5, 5), g.weight(6, scale=0.1), pads=[2, 2, 2, 2]))
    h = g.op("MaxPool", h, kernel_shape=[2, 2], strides=[2, 2])
    h = g.op("Relu", g.op("Conv", h, g.weight(16, 6, 5, 5), g.weight(16, scale=0.1)))
    h = g.op("Flatten", g.op("MaxPool", h, kernel_shape=[2, 2], strides=[2, 2]))
    for inputs, outputs in ((400, 120), (120, 84)):
        h = g.op("Relu", g.op("Gemm", h, g.weight(outputs, inputs), g.weight(outputs, scale=0.1), transB=1))
    y = g.op("Gemm", h, g.weight(10, 84), g.weight(10, scale=0.1), transB=1)
    return {"image": [1, 1, 28, 28]}, [y], {"image": (1, 1, 28, 28)}


def residual(g):
    """Two residual blocks with batch normalisation and a global pool, height and width open."""

    def conv(x, channels_in, channels_out, stride=1):
        x = g.op("Conv", x, g.weight(channels_out, channels_in, 3, 3), pads=[1, 1, 1, 1], strides=[stride, stride])
        statistics = [g.constant(v.astype(np.float32)) for v in (
            g.rng.uniform(0.5, 1.5, channels_out), g.rng.normal(0, 0.1, channels_out), g.rng.normal(0, 0.1, channels_out), g.rng.uniform(0.5, 1.5, channels_out)
        )]
        return g.op("BatchNormalization", x, *statistics)

    h = g.op("Relu", conv("image", 3, 16))
    h = g.op("Relu", g.op("Add", conv(g.op("Relu", conv(h, 16, 16)), 16, 16), h))
    short = g.op("Conv", h, g.weight(32, 16, 1, 1), strides=[2, 2])
    h = g.op("Relu", g.op("Add", conv(g.op("Relu", conv(h, 16, 32, 2)), 32, 32), short))
    y = g.op("Gemm", g.op("Flatten", g.op("GlobalAveragePool", h)), g.weight(7, 32), g.weight(7, scale=0.1), transB=1)
    return {"image": ["N", 3, "H", "W"]}, [y], {"image": (2, 3, 20, 23)}


def lstm(g):
    """A bidirectional LSTM over a sequence, then a linear layer at each step; batch and length are open."""
    hidden = 12
    h = g.op("LSTM", "x", g.weight(2, 4 * hidden, 6, scale=0.3), g.weight(2, 4 * hidden, hidden, scale=0.3), g.weight(2, 8 * hidden, scale=0.1),
             outputs=3, hidden_size=hidden, direction="bidirectional")[0]  # [T, 2, N, hidden]
    h = g.op("Reshape", g.op("Transpose", h, perm=[0, 2, 1, 3]), g.constant(np.int64([0, 0, -1])))
    y = g.op("Add", g.op("MatMul", h, g.weight(2 * hidden, 4, scale=0.3)), g.weight(4, scale=0.1))
    return {"x": ["T", "N", 6]}, [y], {"x": (9, 2, 6)}


def transformer(g):
    """One encoder layer as exporters write it, with the attention spelled out; batch and length are open."""
    width, heads = 32, 4

    def linear(x, inputs, outputs):
        return g.op("Add", g.op("MatMul", x, g.weight(inputs, outputs, scale=inputs**-0.5)), g.weight(outputs, scale=0.1))

    def split(x):
        return g.op("Transpose", g.op("Reshape", x, g.constant(np.int64([0, 0, heads, -1]))), perm=[0, 2, 1, 3])

    q, k, v = (split(linear("x", width, width)) for _ in range(3))
    scores = g.op("Mul", g.op("MatMul", q, g.op("Transpose", k, perm=[0, 1, 3, 2])), g.constant(np.float32((width / heads) ** -0.5)))
    mixed = g.op("Transpose", g.op("MatMul", g.op("Softmax", scores, axis=-1), v), perm=[0, 2, 1, 3])
    h = linear(g.op("Reshape", mixed, g.constant(np.int64([0, 0, -1]))), width, width)

    def norm(x):
        return g.op("LayerNormalization", x, g.constant(g.rng.uniform(0.5, 1.5, width).astype(np.float32)), g.weight(width, scale=0.1), axis=-1)

    h = norm(g.op("Add", h, "x"))
    y = norm(g.op("Add", linear(g.op("Gelu", linear(h, width, 2 * width)), 2 * width, width), h))
    return {"x": ["N", "T", width]}, [y], {"x": (2, 7, width)}


def wide(g):
    """Megabytes of weights and of intermediate results: two convolutions, a pool, two wide layers."""
    h = g.op("Relu", g.op("Conv", "image", g.weight(64, 3, 3, 3), g.weight(64, scale=0.1), pads=[1, 1, 1, 1]))
    h = g.op("Relu", g.op("Conv", h, g.weight(64, 64, 3, 3), g.weight(64, scale=0.1), pads=[1, 1, 1, 1]))
    h = g.op("Flatten", g.op("GlobalAveragePool", h))
    h = g.op("Relu", g.op("Gemm", h, g.weight(1200, 64), g.weight(1200, scale=0.1), transB=1))
    y = g.op("Gemm", h, g.weight(1200, 1200), g.weight(1200, scale=0.1), transB=1)
    return {"image": [1, 3, 96, 96]}, [y], {"image": (1, 3, 96, 96)}


def detector(g):
    """Convolutions whose activation reads the sum twice, as detectors have them; and a scale for each place, in a shape that is computed."""

    def conv(x, channels_in, channels_out, taps):
        pad = taps // 2
        return g.op("Conv", x, g.weight(channels_out, channels_in, taps, taps), g.weight(channels_out, scale=0.1), pads=[pad] * 4)

    def silu(x):
        return g.op("Mul", x, g.op("Sigmoid", x))

    h = silu(conv("image", 3, 32, 3))
    h = g.op("Add", silu(conv(silu(conv(h, 32, 32, 3)), 32, 32, 3)), h)
    h = g.op("Mish", conv(h, 32, 32, 3))
    h = g.op("Gelu", g.op("Add", conv(h, 32, 32, 1), h))
    h = silu(g.op("Add", g.op("Mul", conv(h, 32, 16, 1), g.weight(16, 1, 1)), g.weight(16, 1, 1)))
    rows = g.op("Reshape", h, g.constant(np.array([0, 0, -1])))
    size = g.op("Div", g.op("Shape", rows, start=2), g.constant(np.array([2])))
    scales = g.op("Expand", g.constant(np.float32(0.5)), g.op("Concat", g.op("Mul", size, g.constant(np.array([2]))), g.constant(np.array([1])), axis=0))
    y = g.op("Mul", rows, g.op("Transpose", scales, perm=[1, 0]))
    return {"image": [1, 3, 20, "W"]}, [y], {"image": (1, 3, 20, 24)}


def embedding(g):
    """Sums of embeddings of positions and of what the input says, normalised; batch and length open."""
    length = g.op("Shape", "x", start=1, end=2)
    places = g.op("Range", g.constant(np.int64(0)), g.op("Squeeze", length), g.constant(np.int64(1)))
    words = g.op("Cast", g.op("Clip", g.op("Abs", g.op("Mul", "x", g.constant(np.float32(9)))), g.constant(np.float32(0)), g.constant(np.float32(29))), to=TensorProto.INT64)
    h = g.op("Add", g.op("Gather", g.weight(30, 192, scale=1), words), g.op("Gather", g.weight(40, 192, scale=1), places))
    y = g.op("LayerNormalization", h, g.weight(192, scale=1), g.weight(192, scale=1))
    return {"x": ["N", "T"]}, [y], {"x": (3, 17)}


NETWORKS = {f.__name__: f for f in (mlp, lenet5, residual, lstm, transformer, wide, detector, embedding)}


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[1] not in NETWORKS:
        print(__doc__ + "\nNAME: " + ", ".join(NETWORKS), file=sys.stderr)
        return 2
    name, out = sys.argv[1:]
    g = Graph()
    inputs, outputs, shapes = NETWORKS[name](g)
    graph = helper.make_graph(
        g.nodes,
        name,
        [helper.make_tensor_value_info(n, F32, s) for n, s in inputs.items()],
        [helper.make_tensor_value_info(n, F32, None) for n in outputs],
        g.weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    data = os.path.join(out, "test_data_set_0")
    os.makedirs(data, exist_ok=True)
    save(model, os.path.join(out, "model.onnx"))
    feeds = {n: g.rng.normal(0, 1, s).astype(np.float32) for n, s in shapes.items()}
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    protos = {f"input_{j}": numpy_helper.from_array(v, n) for j, (n, v) in enumerate(feeds.items())}
    protos |= {f"output_{j}": numpy_helper.from_array(v, n) for j, (n, v) in enumerate(zip(outputs, session.run(None, feeds)))}
    for file, proto in protos.items():
        with open(os.path.join(data, file + ".pb"), "wb") as f:
            f.write(proto.SerializeToString())
    with open(os.path.join(out, "case.json"), "w") as f:
        f.write('{"rtol": 1e-3, "atol": 1e-5}')
    return 0


sys.exit(main())
