"""Turns a model in ONNX's text syntax into a .onnx file: onnx_text.py IN.onnxtxt OUT.onnx

Lines that begin with `//` are comments (lit's RUN and CHECK lines live there); the rest is what onnx.parser reads. The model is not
checked, since most of these files are wrong on purpose.
"""
import sys

import onnx
import onnx.parser


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as f:
        text = "".join(line for line in f if not line.lstrip().startswith("//"))
    try:
        model = onnx.parser.parse_model(text)
    except onnx.parser.ParseError as e:
        print(f"{source}: {e}", file=sys.stderr)
        return 1
    onnx.save(model, target)
    return 0


sys.exit(main())
