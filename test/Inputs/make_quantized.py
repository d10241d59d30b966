"""Makes a case folder of quantised operators, with numpy's answers: make_quantized.py NAME OUT

OUT/model.onnx has one operator a node with parameters drawn from a fixed seed, OUT/test_data_set_0/ what numpy says of it, by formulas of
its own. The order of roundings is that of onnxruntime, so that integers are exact.
"""
import os
import sys

import numpy as np
from onnx import ValueInfoProto, helper, numpy_helper, save

MICROSOFT = "com.microsoft"
f32 = np.float32


class Case:
    """Collects nodes, inputs and answers. Tensors are inputs of the model, parameters are weights."""

    def __init__(self):
        self.nodes, self.weights, self.inputs, self.values, self.answers = [], [], [], [], []
        self.rng = np.random.default_rng(11)

    def input(self, values):
        name = f"x{len(self.inputs)}"
        self.inputs.append(helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(values.dtype), values.shape))
        self.values.append(numpy_helper.from_array(values, name))
        return name

    def weight(self, values):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def node(self, kind, inputs, answers, domain=MICROSOFT, **attributes):
        """An array of no or one dimension is a weight, others are inputs; a string is a name, "" an absent input."""
        names = [x if isinstance(x, str) else (self.input if np.ndim(x) > 1 else self.weight)(x) for x in inputs]
        answers = answers if isinstance(answers, list) else [answers]
        outputs = [f"{kind}_{len(self.nodes)}_{i}" for i in range(len(answers))]
        self.nodes.append(helper.make_node(kind, names, outputs, domain=domain, **attributes))
        self.answers += [numpy_helper.from_array(a, name) for a, name in zip(answers, outputs)]

    def bytes(self, dtype, *shape):
        limits = np.iinfo(dtype)
        return self.rng.integers(limits.min, limits.max + 1, shape).astype(dtype)

    def scale(self, low=0.001, high=0.1):
        return f32(self.rng.uniform(low, high))

    def zero(self, dtype):
        return self.bytes(dtype)[()]

    def write(self, folder):
        outputs = [ValueInfoProto(name=a.name) for a in self.answers]
        for info, answer in zip(outputs, self.answers):
            info.type.tensor_type.elem_type = answer.data_type
            for size in answer.dims:
                info.type.tensor_type.shape.dim.add().dim_value = size
        graph = helper.make_graph(self.nodes, "quantized", self.inputs, outputs, self.weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        data = os.path.join(folder, "test_data_set_0")
        os.makedirs(data, exist_ok=True)
        save(helper.make_model(graph, opset_imports=opsets, ir_version=8), os.path.join(folder, "model.onnx"))
        for kind, tensors in (("input", self.values), ("output", self.answers)):
            for i, tensor in enumerate(tensors):
                with open(os.path.join(data, f"{kind}_{i}.pb"), "wb") as f:
                    f.write(tensor.SerializeToString())


# --- arithmetic of f32


def dequantize(q, scale, zero):
    return scale * (q.astype(np.int32) - np.asarray(zero, np.int32)).astype(f32)


def clamp(x, dtype):
    limits = np.iinfo(dtype)
    return np.clip(x, limits.min, limits.max).astype(dtype)


def quantize(x, scale, zero, dtype):
    return clamp(np.rint(x / scale) + np.asarray(zero, f32), dtype)


def fused(a, b, c):
    """a * b + c, rounded once."""
    return f32(np.float64(a) * np.float64(b) + np.float64(c))


# --- operators


def add(c, dtype, a, b):
    (sa, za), (sb, zb) = ((c.scale(), c.zero(dtype)) for _ in range(2))
    sc, zc = f32(sa + sb), c.zero(dtype)
    (s, z, first), (t, u, second) = (sa, za, a), (sb, zb, b)
    if a.shape[-1:] < b.shape[-1:]:  # what is the same for the whole innermost dimension comes last
        (s, z, first), (t, u, second) = (t, u, second), (s, z, first)
    rs, rt = s / sc, t / sc
    shift = f32(zc) - fused(rs, f32(z), rt * f32(u))
    y = fused(second.astype(f32), rt, fused(first.astype(f32), rs, shift))
    c.node("QLinearAdd", [a, sa, za, b, sb, zb, sc, zc], clamp(np.rint(y), dtype))


def mul(c, dtype, a, b):
    (sa, za), (sb, zb), zc = (c.scale(), c.zero(dtype)), (c.scale(), c.zero(dtype)), c.zero(dtype)
    sc = f32(sa * sb * 70)
    product = (a.astype(np.int32) - np.int32(za)) * (b.astype(np.int32) - np.int32(zb))
    y = product.astype(f32) * (sa * sb / sc) + f32(zc)
    c.node("QLinearMul", [a, sa, za, b, sb, zb, sc, zc], clamp(np.rint(y), dtype))


def functions(c, dtype):
    x, s, z = c.bytes(dtype, 3, 411), c.scale(), c.zero(dtype)
    real = dequantize(x, s, z)
    sigmoid = f32(1 / (1 + np.exp(-real.astype(np.float64))))
    sy, zy = f32([1 / 256]), np.array([np.iinfo(dtype).min], dtype)
    c.node("QLinearSigmoid", [x, s, z, sy, zy], quantize(sigmoid, sy, zy, dtype))
    sy, zy = c.scale(), c.zero(dtype)
    c.node("QLinearLeakyRelu", [x, s, z, sy, zy], quantize(np.where(real >= 0, real, f32(0.01) * real), sy, zy, dtype))
    c.node("QLinearLeakyRelu", [x, s, z, sy, zy], quantize(np.where(real >= 0, real, f32(0.3) * real), sy, zy, dtype), alpha=0.3)
    real = dequantize(x, s, 0)
    c.node("QLinearLeakyRelu", [x, s, "", sy, ""], quantize(np.where(real >= 0, real, f32(0.01) * real), sy, 0, dtype))


def concat(c, dtype):
    a, b = c.bytes(dtype, 2, 40, 3), c.bytes(dtype, 2, 7, 3)
    (sa, za), (sb, zb), (sy, zy) = ((c.scale(), c.zero(dtype)) for _ in range(3))
    y = np.concatenate([quantize(dequantize(a, sa, za), sy, zy, dtype), quantize(dequantize(b, sb, zb), sy, zy, dtype), a], 1)
    c.node("QLinearConcat", [sy, zy, a, sa, za, b, sb, zb, a, sy, zy], y, axis=-2)


def where(c, dtype):
    a, b, condition = c.bytes(dtype, 2, 40, 3), c.bytes(dtype, 40, 1), c.rng.integers(0, 2, (2, 40, 3)).astype(bool)
    (sa, za), (sb, zb), (sy, zy) = ((c.scale(), c.zero(dtype)) for _ in range(3))
    y = np.where(condition, quantize(dequantize(a, sa, za), sy, zy, dtype), quantize(dequantize(b, sb, zb), sy, zy, dtype))
    c.node("QLinearWhere", [condition, a, sa, za, b, sb, zb, sy, zy], y)


def mean(x, s, z, sy, zy, axes):
    count = np.prod([x.shape[a] for a in axes])
    total = x.astype(np.int32).sum(axes, keepdims=True, dtype=np.int32) - np.int32(z) * np.int32(count)
    return clamp(np.rint(total.astype(f32) * (s / (sy * f32(count)))) + f32(zy), x.dtype)


def windows(x, s, z, sy, zy, kernel, strides, pads, include):
    """Means over windows of the last two dimensions, added one after another."""
    real, (height, width) = dequantize(x, s, z), x.shape[2:]
    rows = range(-pads[0], height + pads[2] - kernel[0] + 1, strides[0])
    columns = range(-pads[1], width + pads[3] - kernel[1] + 1, strides[1])
    y = np.zeros((*x.shape[:2], len(rows), len(columns)), x.dtype)
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            inside = [
                real[:, :, h, w]
                for h in range(max(top, 0), min(top + kernel[0], height))
                for w in range(max(left, 0), min(left + kernel[1], width))
            ]
            total = np.zeros(x.shape[:2], f32)
            for value in inside:
                total = total + value
            count = kernel[0] * kernel[1] if include else len(inside)
            y[:, :, i, j] = clamp(np.rint(total / f32(count) / sy + f32(zy)), x.dtype)
    return y


def pools(c, dtype):
    x, s, z = c.bytes(dtype, 2, 3, 9, 7), c.scale(), c.zero(dtype)
    sy, zy = f32(s * f32(0.7)), c.zero(dtype)
    last = np.ascontiguousarray(np.moveaxis(x, 1, -1))
    parameters = [s, z, sy, zy]
    y = mean(x, s, z, sy, zy, (2, 3))
    c.node("QLinearGlobalAveragePool", [x, *parameters], y)
    c.node("QLinearGlobalAveragePool", [last, *parameters], np.moveaxis(y, 1, -1).copy(), channels_last=1)
    c.node("QLinearAveragePool", [x, *parameters], y, kernel_shape=[9, 7], strides=[2, 2])
    c.node("QLinearAveragePool", [last, *parameters], np.moveaxis(y, 1, -1).copy(), kernel_shape=[9, 7], channels_last=1)
    for include in (0, 1):
        window = dict(kernel_shape=[3, 2], strides=[2, 1], pads=[1, 0, 1, 1], count_include_pad=include)
        y = windows(x, s, z, sy, zy, (3, 2), (2, 1), (1, 0, 1, 1), include)
        c.node("QLinearAveragePool", [x, *parameters], y, **window)
        c.node("QLinearAveragePool", [last, *parameters], np.moveaxis(y, 1, -1).copy(), channels_last=1, **window)


def softmax(c, dtype):
    x, s, low = c.bytes(dtype, 3, 10, 12), c.scale(), dtype(np.iinfo(dtype).min)
    sy = f32(1 / 256)

    def along(values, axis):
        real = np.exp((values.astype(np.float64) - values.max(axis, keepdims=True)) * np.float64(s))
        return clamp(np.rint(real / real.sum(axis, keepdims=True) * 256) + low, dtype)

    c.node("QLinearSoftmax", [x, s, low, sy, low], along(x, -1), opset=13)
    c.node("QLinearSoftmax", [x, s, low, sy, low], along(x, 1), axis=1, opset=17)
    c.node("QLinearSoftmax", [x, s, "", sy, low], along(x.reshape(3, -1), 1).reshape(x.shape), axis=1, opset=12)
    c.node("QLinearSoftmax", [x, s, low, sy, low], along(x, -1), opset=12)
    c.node("QLinearSoftmax", [x[:, :, :1], s, low, sy, low], clamp(np.full((3, 10, 1), 256 + int(low)), dtype), opset=13)


def gemm(c, dtype, weights, number):
    """alpha * A' B' (+ C), quantised and as f32."""
    rows, depth, columns = 5, 17, 9
    a, b = c.bytes(dtype, rows, depth), c.bytes(weights, depth, columns)
    (sa, za), zb = (c.scale(), c.zero(dtype)), c.zero(weights)
    sb = c.scale(0.001, 0.01)
    if number % 3 == 2:
        sb, zb = f32(c.rng.uniform(0.001, 0.01, columns)), c.bytes(weights, columns)
    transA, transB = number & 1, number >> 1 & 1
    bias = [None, (columns,), (rows, 1), (rows, columns)][number % 4]
    total = (a.astype(np.int32) - np.int32(za)) @ (b.astype(np.int32) - np.int32(zb))
    inputs = [a.T.copy() if transA else a, sa, za, b.T.copy() if transB else b, sb, zb, ""]
    if bias:
        values = c.rng.integers(-9000, 9000, bias).astype(np.int32)
        total, inputs[6] = total + values, c.weight(values)
    inputs[3] = c.weight(inputs[3]) if number % 2 else inputs[3]
    attributes = dict(transA=transA, transB=transB, alpha=0.37 if number > 3 else 1.0)
    factor = f32(attributes["alpha"]) * sa * sb
    sy, zy = c.scale(), c.zero(dtype)
    c.node("QGemm", [*inputs, sy, zy], clamp(np.rint(total.astype(f32) * (factor / sy)) + f32(zy), dtype), **attributes)
    c.node("QGemm", inputs, total.astype(f32) * factor, **attributes)


def linear(c):
    for dtype in (np.uint8, np.int8):
        whole, row = (4, 300), (300,)
        for a, b in ((whole, whole), ((1, 300), whole), (whole, (1, 1)), ((3, 5, 80), (5, 1)), ((5, 1), (3, 5, 80))):
            add(c, dtype, c.bytes(dtype, *a), c.bytes(dtype, *b))
            mul(c, dtype, c.bytes(dtype, *a), c.bytes(dtype, *b))
        for operator in (functions, concat, where, pools, softmax):
            operator(c, dtype)
        for number in range(6):
            gemm(c, dtype, np.int8, number)
    for number in range(4):
        gemm(c, np.uint8, np.uint8, number)


def layers(c):
    """QuantizeLinear and DequantizeLinear of 16 bits, QLinearConv with the channels last."""
    for dtype in (np.uint8, np.int8, np.uint16, np.int16):
        x, s, z = f32(c.rng.uniform(-1, 1, (4, 6, 5))), f32(c.rng.uniform(0.001, 0.01, 6)), c.bytes(dtype, 6)
        column, zeros = s.reshape(6, 1), z.reshape(6, 1)
        y = quantize(x, column, zeros, dtype)
        c.node("QuantizeLinear", [x, s, z], y)
        c.node("DequantizeLinear", [y, s, z], dequantize(y, column, zeros))
    for dtype in (np.uint8, np.int8):
        x, w, s, z = c.bytes(dtype, 2, 5, 6, 4), c.bytes(np.int8, 6, 2, 3, 3), c.scale(), c.zero(dtype)
        ws, bias, sy, zy = f32(c.rng.uniform(0.001, 0.01, 6)), c.rng.integers(-500, 500, 6).astype(np.int32), c.scale(0.2, 0.5), c.zero(dtype)
        padded = np.pad(x.astype(np.int32) - np.int32(z), ((0, 0), (1, 0), (1, 1), (0, 0)))
        total = np.zeros((2, 4, 6, 6), np.int32) + bias
        for o in range(6):
            group = slice(o // 3 * 2, o // 3 * 2 + 2)
            for i, j in np.ndindex(4, 6):
                total[:, i, j, o] += (padded[:, i : i + 3, j : j + 3, group] * np.moveaxis(w[o].astype(np.int32), 0, -1)).sum((1, 2, 3))
        y = clamp(np.rint(total.astype(f32) * (s * ws / sy)) + f32(zy), dtype)
        inputs = [x, s, z, c.weight(w), ws, np.zeros(6, np.int8), sy, zy, bias]
        c.node("QLinearConv", inputs, y, group=2, pads=[1, 1, 0, 1], channels_last=1)


def quantize_dynamically(x):
    low, high = min(x.min(), f32(0)), max(x.max(), f32(0))
    scale = (high - low) / f32(255) or f32(1)
    zero = clamp(np.rint((f32(0) - low) / scale), np.uint8)
    return quantize(x, scale, zero, np.uint8), scale, zero


def product(x, w, scale, zero):
    """x w of two quantised tensors, as f32; x is a triple."""
    q, s, z = x
    total = (q.astype(np.int32) - np.int32(z)) @ (w.astype(np.int32) - np.asarray(zero, np.int32))
    return total.astype(f32) * (s * scale)


def dynamic(c):
    """Products whose activations are quantised when they run, or given with their parameters; the result is f32."""
    depth, columns = 40, 23
    for weights in (np.int8, np.uint8):
        for count in ((), (columns,)):
            w, s, z = c.bytes(weights, depth, columns), f32(c.rng.uniform(0.001, 0.01, count)), c.bytes(weights, *count)
            bias = f32(c.rng.uniform(-1, 1, columns))
            x = f32(c.rng.uniform(-1, 2, (3, 5, depth)))
            y = product(quantize_dynamically(x), w, s, z)
            c.node("DynamicQuantizeMatMul", [x, c.weight(w), s, z, bias], y + bias)
            c.node("DynamicQuantizeMatMul", [x[0], w, s], product(quantize_dynamically(x[0]), w, s, 0))
            a = c.bytes(np.uint8, 5, depth), c.scale(), c.zero(np.uint8)
            c.node("MatMulIntegerToFloat", [a[0], c.weight(w), a[1], s, a[2], z], product(a, w, s, z))
            if count:  # the scales the other way round, as onnxruntime's fusion may write them
                y = product((a[0], a[1], 0), w, s, 0) + bias
                c.node("MatMulIntegerToFloat", [a[0], w, s, a[1], "", "", bias], y)


def lstm(c):
    """DynamicQuantizeLSTM: the inputs are quantised once, the state at each step, for all of the batch."""
    steps, batch, size, hidden = 6, 3, 10, 8
    sigmoid = lambda x: f32(1 / (1 + np.exp(-x.astype(np.float64))))
    for number, direction in enumerate(["forward", "reverse", "bidirectional"] * 2):
        count, weights = 1 + (number % 3 == 2), (np.int8, np.uint8)[number // 3]
        shape = (count, 4 * hidden) if number % 2 else (count,)
        x = f32(c.rng.uniform(-1, 1, (steps, batch, size)))
        w, r = c.bytes(weights, count, size, 4 * hidden), c.bytes(weights, count, hidden, 4 * hidden)
        ws, rs = (f32(c.rng.uniform(0.001, 0.006, shape)) for _ in range(2))
        zero = np.full(shape, 0 if weights == np.int8 else 128, weights)
        bias = f32(c.rng.uniform(-0.3, 0.3, (count, 8 * hidden))) if number < 3 else None
        states = [f32(c.rng.uniform(-0.5, 0.5, (count, batch, hidden))) for _ in range(2)] if number < 2 else [None, None]
        ys, hs, cs = np.zeros((steps, count, batch, hidden), f32), [], []
        for d in range(count):
            projected = product(quantize_dynamically(x), w[d], ws[d], zero[d])
            h, cell = (np.zeros((batch, hidden), f32) if state is None else state[d] for state in states)
            for t in range(steps)[:: -1 if direction == "reverse" or d else 1]:
                gates = projected[t] + product(quantize_dynamically(h), r[d], rs[d], zero[d])
                if bias is not None:
                    gates = gates + (bias[d, : 4 * hidden] + bias[d, 4 * hidden :])
                i, o, f, g = np.split(gates, 4, 1)
                cell = cell * sigmoid(f) + sigmoid(i) * np.tanh(g)
                h = np.tanh(cell) * sigmoid(o)
                ys[t, d] = h
            hs.append(h)
            cs.append(cell)
        optional = ["" if value is None else value for value in (bias, None, *states, None)]
        inputs = [x, c.weight(w), c.weight(r), *optional, *map(c.weight, (ws, zero, rs, zero))]
        c.node("DynamicQuantizeLSTM", inputs, [ys, np.stack(hs), np.stack(cs)], direction=direction, hidden_size=hidden)


def main() -> int:
    name, folder = sys.argv[1:]
    case = Case()
    {"linear": linear, "layers": layers, "dynamic": dynamic, "lstm": lstm}[name](case)
    case.write(folder)
    return 0


sys.exit(main())
