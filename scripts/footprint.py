#!/usr/bin/env python3
"""What compiled models cost beside their time: start, memory, size. Fails where a limit is broken.

    footprint.py [--bin DIR] [--dlc-args "..."] MODEL.onnx|CASE_DIR...

The limits, which docs/performance.md promises:
  start      from opening the library to the first answer: two warm runs + 15 ms (the best of some attempts: a busy machine is slower)
  anonymous  memory that no file holds, after the first run: the arena + 10 MB
  library    the packed weights + 1.5 MB
  arena      the largest set of values that are live at a time + 10 %
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

ATTEMPTS = 5


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip() or 'exit ' + str(done.returncode)}")
    return done.stdout


def measure(model, args, folder):
    if os.path.isdir(model):
        model = os.path.join(model, "model.onnx")
    library, page = os.path.join(folder, "model.so"), os.path.join(folder, "model.html")
    run([os.path.join(args.bin, "dlc"), model, "-o", library, f"--report={page}", "--threads=1", *args.dlc_args.split()])
    with open(page, encoding="utf-8") as f:
        data = json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', f.read(), re.S).group(1))
    start, warm, row = float("inf"), float("inf"), {}
    for _ in range(ATTEMPTS):
        row = json.loads(run([os.path.join(args.bin, "dlc-run"), library, "--bench=0.1", "--json", "--threads=1"]))
        start = min(start, row["open_us"] + row["first_us"])
        warm = min(warm, row["us_per_inference"])
        if start <= 2 * warm + 15e3:
            break
    arena = data["arena"]
    return {
        "start": (start, 2 * warm + 15e3),
        "anonymous": (row["anonymous_bytes"], row["arena_bytes"] + 10e6),
        "library": (os.path.getsize(library), row["weights_bytes"] + 1.5e6),
        "arena": (arena["bytes"], 1.1 * arena["largest_live"]),
        "huge pages": (row["huge_bytes"], None),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+")
    parser.add_argument("--bin", default="build/bin", help="folder of dlc and dlc-run")
    parser.add_argument("--dlc-args", default="", help="further arguments for dlc")
    args = parser.parse_args()
    broken = 0
    for model in args.models:
        with tempfile.TemporaryDirectory() as folder:
            rows = measure(model, args, folder)
        texts = []
        for name, (value, most) in rows.items():
            unit, scale = ("ms", 1e3) if name == "start" else ("MB", 1e6)
            texts.append(f"{name} {value / scale:.1f}" + (f" of {most / scale:.1f} {unit}" if most is not None else f" {unit}"))
            if most is not None and value > most:
                texts[-1] += " TOO MUCH"
                broken += 1
        print(f"{os.path.basename(os.path.normpath(model))}: " + ", ".join(texts), flush=True)
    print(f"{broken} limits broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
