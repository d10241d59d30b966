"""Well-known networks with random weights, as ONNX models: `make bench` measures them. Written here, since no exporter is among what dlc needs."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper, save, shape_inference


class Net:
    """A graph under construction. Values are names; weights are drawn so that activations keep their size."""

    def __init__(self, name, shape):
        self.name, self.nodes, self.weights, self.shape = name, [], [], shape
        self.random = np.random.default_rng(7)

    def constant(self, array):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def weight(self, *shape, fan=None):
        fan = fan or int(np.prod(shape[1:]))
        return self.constant((self.random.standard_normal(shape) * np.sqrt(2.0 / fan)).astype(np.float32))

    def vector(self, size):
        return self.constant(self.random.uniform(-0.1, 0.1, size).astype(np.float32))

    def integers(self, *values):
        return self.constant(np.array(values, np.int64))

    def op(self, kind, *inputs, **attributes):
        output = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def conv(self, x, ci, co, kernel, stride=1, pad=None, groups=1, act="Relu"):
        pad = kernel // 2 if pad is None else pad
        x = self.op("Conv", x, self.weight(co, ci // groups, kernel, kernel), self.vector(co), kernel_shape=[kernel] * 2,
                    strides=[stride] * 2, pads=[pad] * 4, group=groups)
        if act == "Clip":
            return self.op("Clip", x, self.constant(np.float32(0)), self.constant(np.float32(6)))
        return self.op(act, x) if act else x

    def pool(self, x, kernel, stride, pad=0, kind="MaxPool", **attributes):
        return self.op(kind, x, kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[pad] * 4, **attributes)

    def linear(self, x, size, out, act=None):
        x = self.op("Gemm", x, self.weight(out, size), self.vector(out), transB=1)
        return self.op(act, x) if act else x

    def flatten(self, x):
        return self.op("Flatten", x, axis=1)

    def model(self, result):
        self.nodes[-1].output[0] = "y"
        assert result == f"v{len(self.nodes) - 1}"
        graph = helper.make_graph(
            self.nodes, self.name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, self.shape)],
            [helper.make_empty_tensor_value_info("y")], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        return shape_inference.infer_shapes(model, strict_mode=True)


IMAGE = (1, 3, 224, 224)


def resnet18():
    n = Net("resnet18", IMAGE)
    x, size = n.pool(n.conv("x", 3, 64, 7, 2), 3, 2, 1), 64
    for channels, stride in ((64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)):
        same = x if stride == 1 else n.conv(x, size, channels, 1, stride, act=None)
        y = n.conv(n.conv(x, size, channels, 3, stride), channels, channels, 3, act=None)
        x, size = n.op("Relu", n.op("Add", y, same)), channels
    return n.model(n.linear(n.flatten(n.op("GlobalAveragePool", x)), 512, 1000))


def mobilenet_v2():
    n = Net("mobilenet_v2", IMAGE)
    x, size = n.conv("x", 3, 32, 3, 2, act="Clip"), 32
    for expand, channels, count, stride in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        for i in range(count):
            wide = size * expand
            y = n.conv(x, size, wide, 1, act="Clip") if expand > 1 else x
            y = n.conv(y, wide, wide, 3, stride if i == 0 else 1, groups=wide, act="Clip")
            y = n.conv(y, wide, channels, 1, act=None)
            x, size = n.op("Add", x, y) if size == channels and i > 0 else y, channels
    x = n.conv(x, 320, 1280, 1, act="Clip")
    return n.model(n.linear(n.flatten(n.op("GlobalAveragePool", x)), 1280, 1000))


def squeezenet1_1():
    n = Net("squeezenet1_1", IMAGE)
    x, size = n.pool(n.conv("x", 3, 64, 3, 2, pad=0), 3, 2, ceil_mode=1), 64
    for i, (squeeze, expand) in enumerate(((16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256))):
        x = n.pool(x, 3, 2, ceil_mode=1) if i in (2, 4) else x
        s = n.conv(x, size, squeeze, 1)
        x, size = n.op("Concat", n.conv(s, squeeze, expand, 1), n.conv(s, squeeze, expand, 3), axis=1), 2 * expand
    return n.model(n.flatten(n.op("GlobalAveragePool", n.conv(x, 512, 1000, 1))))


def alexnet():
    n = Net("alexnet", IMAGE)
    x = n.pool(n.conv("x", 3, 64, 11, 4, 2), 3, 2)
    x = n.pool(n.conv(x, 64, 192, 5), 3, 2)
    x = n.conv(n.conv(n.conv(x, 192, 384, 3), 384, 256, 3), 256, 256, 3)
    x = n.flatten(n.pool(x, 3, 2))
    return n.model(n.linear(n.linear(n.linear(x, 9216, 4096, "Relu"), 4096, 4096, "Relu"), 4096, 1000))


def vgg11():
    n = Net("vgg11", IMAGE)
    x, size = "x", 3
    for channels in (64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0):
        x, size = (n.conv(x, size, channels, 3), channels) if channels else (n.pool(x, 2, 2), size)
    x = n.flatten(x)
    return n.model(n.linear(n.linear(n.linear(x, 25088, 4096, "Relu"), 4096, 4096, "Relu"), 4096, 1000))


def lenet5():
    n = Net("lenet5", (1, 1, 28, 28))
    x = n.pool(n.conv("x", 1, 6, 5), 2, 2)
    x = n.flatten(n.pool(n.conv(x, 6, 16, 5, pad=0), 2, 2))
    return n.model(n.linear(n.linear(n.linear(x, 400, 120, "Relu"), 120, 84, "Relu"), 84, 10))


def mlp():
    n = Net("mlp", (1, 784))
    return n.model(n.linear(n.linear(n.linear("x", 784, 512, "Relu"), 512, 512, "Relu"), 512, 10))


def recurrent(name, kind, hidden, steps, gates):
    n = Net(name, (1, steps, hidden))
    x = n.op("Transpose", "x", perm=[1, 0, 2])
    for _ in range(2):
        weights = [n.weight(1, gates * hidden, hidden, fan=hidden * 4) for _ in range(2)]
        x = n.op(kind, x, *weights, n.vector((1, 2 * gates * hidden)), hidden_size=hidden)
        x = n.op("Squeeze", x, n.integers(1))
    return n.model(n.op("Transpose", x, perm=[1, 0, 2]))


def transformer(name, tokens, width, heads, hidden):
    """One encoder layer with the normalisation after each part, as BERT has it."""
    n = Net(name, (1, tokens, width))

    def linear(x, a, b):
        return n.op("Add", n.op("MatMul", x, n.weight(a, b, fan=a)), n.vector(b))

    def norm(x):
        return n.op("LayerNormalization", x, n.vector(width), n.vector(width), axis=-1, epsilon=1e-5)

    def split(x, order):
        return n.op("Transpose", n.op("Reshape", x, n.integers(1, tokens, heads, width // heads)), perm=order)

    q, k, v = (linear("x", width, width) for _ in range(3))
    scores = n.op("MatMul", split(q, [0, 2, 1, 3]), split(k, [0, 2, 3, 1]))
    scores = n.op("Mul", scores, n.constant(np.float32((width // heads) ** -0.5)))
    mixed = n.op("MatMul", n.op("Softmax", scores, axis=-1), split(v, [0, 2, 1, 3]))
    mixed = n.op("Reshape", n.op("Transpose", mixed, perm=[0, 2, 1, 3]), n.integers(1, tokens, width))
    x = norm(n.op("Add", "x", linear(mixed, width, width)))
    h = linear(x, width, hidden)
    gate = n.op("Add", n.op("Erf", n.op("Div", h, n.constant(np.float32(2**0.5)))), n.constant(np.float32(1)))
    h = n.op("Mul", n.op("Mul", h, gate), n.constant(np.float32(0.5)))
    return n.model(norm(n.op("Add", x, linear(h, hidden, width))))


# Name: (what it is, how it is built).
NETWORKS = {
    "resnet18": ("ResNet-18, 224 x 224", resnet18),
    "mobilenet_v2": ("MobileNetV2, 224 x 224", mobilenet_v2),
    "squeezenet1_1": ("SqueezeNet 1.1, 224 x 224", squeezenet1_1),
    "alexnet": ("AlexNet, 224 x 224", alexnet),
    "vgg11": ("VGG-11, 224 x 224", vgg11),
    "lenet5": ("LeNet-5", lenet5),
    "mlp": ("perceptron 784-512-512-10", mlp),
    "lstm": ("LSTM, 2 layers of 256, 50 steps", lambda: recurrent("lstm", "LSTM", 256, 50, 4)),
    "rnn": ("RNN, 2 layers of 128, 20 steps", lambda: recurrent("rnn", "RNN", 128, 20, 1)),
    "bert_layer": ("BERT-base layer, 32 tokens", lambda: transformer("bert_layer", 32, 768, 12, 3072)),
    "encoder_layer": ("transformer layer of 64, 16 tokens", lambda: transformer("encoder_layer", 16, 64, 4, 128)),
}


def write(name, path):
    """Writes the model; returns the shape of its one input, "x"."""
    model = NETWORKS[name][1]()
    save(model, path)
    return tuple(d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim)
