"""The demo: `make demo`.

Draws a line of text, turns the picture upside down, and asks two pretrained networks of PaddleOCR about it: which way up it is, and what it says.
Both are compiled to libraries by `dlc` and run by `dlc-run`, and onnxruntime answers beside them. Exits with 1 where the two disagree.
"""
import argparse
import json
import os
import subprocess
import sys
import time

import numpy as np
import onnx
import onnxruntime as ort
from PIL import Image, ImageDraw, ImageFont

import models

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TEXT = "Networks become machine code"
HEIGHT, WIDTH = 48, 480


def draw(text):
    """Black text on white, as high as the networks want it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    font = ImageFont.load_default(size=30)
    ImageDraw.Draw(image).text((WIDTH // 2, HEIGHT // 2), text, fill="black", font=font, anchor="mm")
    return image


def to_tensor(image):
    """NCHW in [-1, 1], which is what both networks were trained on."""
    pixels = np.asarray(image, np.float32).transpose(2, 0, 1)[None]
    return np.ascontiguousarray(pixels / 127.5 - 1)


def read_angle(output):
    names = ("the right way up", "upside down")
    return f"{names[int(output[0].argmax())]} ({output[0].max():.1%} sure)"


def read_text(alphabet):
    """A network that reads gives, for each column of the picture, how probable each character is, where the first stands for none. Repeats merge
    unless a none lies between them."""

    def read(output):
        best = output[0].argmax(axis=1)
        kept = [c for i, c in enumerate(best) if c != 0 and (i == 0 or c != best[i - 1])]
        return '"' + "".join(alphabet[c] for c in kept).strip() + '"'

    return read


class Failure(Exception):
    """Something to tell the user in one line."""


def call(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Failure(f"{' '.join(command)} ended with code {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def run_dlc(bin, library, x, folder):
    """The library's answer and its time for one inference, in microseconds."""
    source, out = os.path.join(folder, "x.npy"), os.path.join(folder, "out")
    np.save(source, x)
    os.makedirs(out, exist_ok=True)
    for old in os.listdir(out):
        os.remove(os.path.join(out, old))
    dlc_run = os.path.join(bin, "dlc-run")
    call(dlc_run, library, f"--input={source}", f"--output-dir={out}", "--threads=1")
    timing = json.loads(call(dlc_run, library, f"--input={source}", "--threads=1", "--bench=1", "--json"))
    (name,) = os.listdir(out)
    return np.load(os.path.join(out, name)), timing["us_per_inference"]


def run_onnxruntime(path, x):
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    feeds = {session.get_inputs()[0].name: x}
    (answer,) = session.run(None, feeds)
    times = []
    while sum(times) < 1:
        start = time.perf_counter()
        session.run(None, feeds)
        times.append(time.perf_counter() - start)
    return answer, sorted(times)[len(times) // 2] * 1e6


def ask(o, question, name, image, read):
    """Compiles a network, puts the question to it and to onnxruntime; returns how far apart their numbers are."""
    path = models.fetch(o.build, models.by_name(name))
    library = os.path.join(o.folder, name + ".so")
    x = to_tensor(image)
    start = time.time()
    call(os.path.join(o.bin, "dlc"), path, "-o", library, "--shape=x:" + ",".join(map(str, x.shape)))
    seconds = time.time() - start
    nodes = sum(node.op_type != "Constant" for node in onnx.load(path).graph.node)
    print(f"\n{question}")
    print(f"    {name}, {nodes} operators, compiled in {seconds:.1f} s to {os.path.relpath(library)} ({os.path.getsize(library) / 1e6:.1f} MB)")
    ours, our_us = run_dlc(o.bin, library, x, o.folder)
    theirs, their_us = run_onnxruntime(path, x)
    for who, answer, us in (("dlc", ours, our_us), ("onnxruntime", theirs, their_us)):
        print(f"    {who:12} {read(answer):45} {us / 1000:8.2f} ms")
    if ours.shape != theirs.shape:
        raise Failure(f"dlc's answer has the shape {ours.shape}, onnxruntime's {theirs.shape}")
    if read(ours) != read(theirs):
        raise Failure("the two answers differ")
    return float(np.abs(ours - theirs).max())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    o = parser.parse_args()
    o.bin = os.path.join(o.build, "bin")
    o.folder = os.path.join(o.build, "demo")
    os.makedirs(o.folder, exist_ok=True)

    line = draw(TEXT)
    turned = line.rotate(180)
    picture = os.path.join(o.folder, "line.png")
    turned.save(picture)
    print(f"demo: a line of text in a picture ({os.path.relpath(picture)}), upside down; two pretrained networks are asked about it, on one thread")
    try:
        reader = onnx.load(models.fetch(o.build, models.by_name("ppocr-rec")))
        characters = next(p.value for p in reader.metadata_props if p.key == "character").splitlines()
        difference = max(
            ask(o, "Which way up is it?", "ppocr-cls", turned, read_angle),
            ask(o, "Turned round, what does it say?", "ppocr-rec", turned.rotate(180), read_text(["", *characters, " "])),
        )
    except (Failure, subprocess.CalledProcessError) as e:
        print(f"demo: failed: {e}")
        return 1
    if not difference < 1e-3:
        print(f"demo: failed: the numbers are {difference:.1e} apart")
        return 1
    print(f"\ndemo: ok, dlc and onnxruntime agree (no number differs by more than {difference:.0e})")
    return 0


sys.exit(main())
