"""How fast kernels and whole networks are, beside the processor's roofs and other engines: `make bench`.

Two parts, each a table in docs/performance.md between its markers:

  kernels   dlc-bench-kernels: each kernel as a percentage of the multiply-adds, or of the loads, that the processor can do
  networks  well-known networks (scripts/networks.py) and pretrained ones (scripts/models.py), compiled by dlc and run by onnxruntime,
            OpenVINO, ncnn and MNN, on one thread and on two

Engines take turns, each in a process of its own, and the least time of a burst counts; on one thread it is processor time. Engines live in
build/bench-venv, which the first run makes. No number here passes or fails. Safe to run again: only what was measured is replaced.
"""
import argparse
import itertools
import json
import math
import os
import re
import subprocess
import sys
import time
import venv

import numpy as np

import models
import networks

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PAGE = os.path.join(ROOT, "docs", "performance.md")
REQUIREMENTS = os.path.join(ROOT, "scripts", "requirements-bench.txt")
PEERS = ["onnxruntime", "OpenVINO", "ncnn", "MNN"]


def say(text):
    print(text, flush=True)


# --- the engines' environment


def make_environment(o):
    """The Python that has the engines. What cannot be installed is left out: its engine then has no times."""
    folder = os.path.join(o.build, "bench-venv")
    python, stamp = os.path.join(folder, "bin", "python3"), os.path.join(folder, "complete")
    with open(REQUIREMENTS) as f:
        wanted = f.read()
    if os.path.exists(stamp) and open(stamp).read() == wanted:
        return python
    say(f"bench: installing the engines into {os.path.relpath(folder)} (about 400 MB)")
    venv.create(folder, with_pip=True)
    packages = [line.split("#")[0].strip() for line in wanted.splitlines()]
    for package in filter(None, packages):
        # pnnx asks for torch, which its converter does not need for ONNX.
        options = ["--no-deps"] if package.startswith("pnnx") else []
        done = subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *options, package], capture_output=True, text=True)
        if done.returncode:
            say(f"bench: {package} cannot be installed: {(done.stderr.strip().splitlines() or ['pip failed'])[-1][:150]}")
    with open(stamp, "w") as f:
        f.write(wanted)
    return python


def on_cores(threads):
    """Runs a command on as many cores as it has threads: the first of those that this process may use."""
    cores = sorted(os.sched_getaffinity(0))[:threads]
    return ["taskset", "-c", ",".join(map(str, cores))]


# --- kernels


def kernels(o):
    tool = os.path.join(o.bin, "dlc-bench-kernels")
    listed = subprocess.run([tool, "--benchmark_list_tests"], capture_output=True, text=True, check=True).stdout.split("\n")
    families = list(dict.fromkeys(line.split("/")[0] for line in listed if line))
    best = {}
    for family, _ in itertools.product(families, range(o.rounds)):
        command = [*on_cores(1), tool, f"--benchmark_filter=^{family}/", "--benchmark_format=json"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            say(f"bench: {family}: {done.stderr.strip()[-300:]}")
            continue
        for b in json.loads(done.stdout)["benchmarks"]:
            key = family, b["name"].split("/iterations")[0].split("/", 1)[1]
            if key not in best or b.get("us", math.inf) < best[key].get("us", math.inf):
                best[key] = b  # with the roofs of that round: of the same minute
    rows = []
    for (family, name), b in best.items():
        if b.get("error_occurred"):
            say(f"  {family:10} {name:22} {b['error_message']}")
            continue
        rows.append((family, name, b))
        say(f"  {family:10} {name:22}{b['us']:10.1f} us{b['gops']:8.1f} GOP/s{b['gbps']:8.1f} GB/s{b['percent']:7.1f} %{b['of_both']:7.1f} %   {b.get('label', '')}")
    return rows


def kernel_table(rows):
    lines = ["| family | kernel | us | GOP/s | GB/s | roof | % of it | % of the nearer roof |", "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for family, name, b in rows:
        roof = f"{b['memory_gbps']:.0f} GB/s" if b["moves"] else f"{b['peak_gops']:.0f} GOP/s"
        lines.append(f"| {family} | {name} | {b['us']:.1f} | {b['gops']:.0f} | {b['gbps']:.1f} | {roof} | {b['percent']:.0f} | {b['of_both']:.0f} |")
    return lines


# --- networks


class Network:
    """A model with its inputs as files."""

    def __init__(self, name, title, path, inputs, folder):
        self.name, self.title, self.path = name, title, path
        self.files = {}
        for j, (key, value) in enumerate(inputs.items()):
            self.files[key] = os.path.join(folder, f"{name}-{j}.npy")
            np.save(self.files[key], value)
        self.shapes = [f"--shape={key}:{','.join(map(str, value.shape))}" for key, value in inputs.items() if value.shape]


def all_networks(o):
    folder = os.path.join(o.build, "bench")
    os.makedirs(folder, exist_ok=True)
    random = np.random.default_rng(1)
    for name, (title, _) in networks.NETWORKS.items():
        if o.wants(name):
            path = os.path.join(folder, name + ".onnx")
            shape = networks.write(name, path)
            yield Network(name, title, path, {"x": random.uniform(-1, 1, shape).astype(np.float32)}, folder)
    for model in models.MODELS:
        if o.wants(model.name):
            path = models.fetch(o.build, model)
            yield Network(model.name, f"{model.name} (pretrained)", path, models.inputs_of(path, model), folder)


class Peer:
    """An engine's process with a model; `error` says why there is none."""

    def __init__(self, o, engine, network, threads):
        command = [*on_cores(threads), o.python, os.path.join(ROOT, "scripts", "peers.py"), engine, network.path, str(threads)]
        command += [f"{name}={path}" for name, path in network.files.items()]
        environment = {**os.environ, "OMP_NUM_THREADS": str(threads)}
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
        self.error = self.answer().get("error")

    def answer(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": "its process ended"}

    def burst(self, seconds):
        try:
            print(seconds, file=self.process.stdin, flush=True)
        except BrokenPipeError:
            return {"error": "its process ended"}
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


class Dlc:
    """The same for dlc's library, a process a burst."""

    def __init__(self, o, network, threads):
        self.library = os.path.join(o.build, "bench", f"{network.name}-{threads}.so")
        start = time.perf_counter()
        done = subprocess.run([os.path.join(o.bin, "dlc"), network.path, "-o", self.library, f"--threads={threads}", *network.shapes, *o.dlc_args],
                              capture_output=True, text=True)
        self.seconds = time.perf_counter() - start
        self.error = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[0] if done.returncode else None
        self.command = [*on_cores(threads), os.path.join(o.bin, "dlc-run"), self.library, "--json", f"--threads={threads}",
                        *(f"--input={name}={path}" for name, path in network.files.items())]

    def burst(self, seconds):
        done = subprocess.run([*self.command, f"--bench={seconds}"], capture_output=True, text=True)
        if done.returncode:
            return {"error": done.stderr.strip()[-160:]}
        result = json.loads(done.stdout)
        return {"us": result["us_per_inference"], "cpu_us": result["cpu_us_per_inference"]}

    def close(self):
        os.remove(self.library) if os.path.exists(self.library) else None


def compare(o, network, threads):
    """{engine: least us of an inference}, {engine: why there is none}."""
    engines = {"dlc": Dlc(o, network, threads)}
    for engine in o.engines:
        engines[engine] = Peer(o, engine, network, threads)
    errors = {name: engine.error for name, engine in engines.items() if engine.error}
    best = {}
    for _ in range(o.rounds):
        for name, engine in engines.items():
            if name in errors:
                continue
            result = engine.burst(o.seconds)
            if "error" in result:
                errors[name] = result["error"]
                best.pop(name, None)
                continue
            value = result["cpu_us" if threads == 1 else "us"]
            best[name] = min(best.get(name, math.inf), value)
    for engine in engines.values():
        engine.close()
    return best, errors


def ratio(best):
    peers = [value for name, value in best.items() if name != "dlc"]
    return min(peers) / best["dlc"] if peers and "dlc" in best else None


def measure_networks(o):
    """{threads: [(network's title, times)]}"""
    rows = {threads: [] for threads in o.threads}
    say(f"  {'us an inference':36}" + "".join(f"{name:>13}" for name in ["dlc", *o.engines]) + "   best / dlc")
    for network in all_networks(o):
        for threads in o.threads:
            best, errors = compare(o, network, threads)
            rows[threads].append((network.title, best))
            cells = "".join(f"{best[name]:13.1f}" if name in best else f"{'-':>13}" for name in ["dlc", *o.engines])
            r = ratio(best)
            say(f"  {network.title + (', 2 threads' if threads == 2 else ''):36}{cells}" + (f"{r:13.2f}" if r else ""))
            for name, error in errors.items():
                say(f"    {name}: {error}")
    return rows


def network_tables(o, rows):
    lines = []
    for threads, table in rows.items():
        ratios = [r for r in (ratio(best) for _, best in table) if r]
        lines += [f"| us an inference, {threads} thread{'s' * (threads > 1)} | dlc | {' | '.join(o.engines)} | best of them / dlc |",
                  "| --- " * (len(o.engines) + 3) + "|"]
        for title, best in table:
            cells = [f"{best[name]:,.0f}" if best.get(name, 0) >= 1000 else f"{best[name]:.1f}" if name in best else "-" for name in ["dlc", *o.engines]]
            r = ratio(best)
            lines.append(f"| {title} | {' | '.join(cells)} | {f'{r:.2f}' if r else '-'} |")
        if ratios:
            mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
            lines += ["", f"Geometric mean of the last column: {mean:.2f}; the least is {min(ratios):.2f}.", ""]
    return lines


# --- the page


def replace(part, lines):
    """Puts the lines between the markers of that part of the page."""
    with open(PAGE) as f:
        text = f.read()
    begin, end = f"<!-- bench: {part} -->", f"<!-- end: {part} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        return say(f"bench: {os.path.relpath(PAGE)} has no markers for {part}")
    text = pattern.sub(lambda _: "\n".join([begin, *lines, end]), text)
    with open(PAGE, "w") as f:
        f.write(text)
    say(f"bench: {os.path.relpath(PAGE)} has the new {part}")


def processor():
    with open("/proc/cpuinfo") as f:
        names = [line.split(":", 1)[1].strip() for line in f if line.startswith("model name")]
    return f"{names[0]}, {len(names)} cores" if names else "unknown processor"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    parser.add_argument("--only", default="kernels,networks", help="one of the two parts")
    parser.add_argument("--networks", default="", help="comma-separated names; all if empty")
    parser.add_argument("--engines", default=",".join(PEERS))
    parser.add_argument("--threads", default="1,2", help="thread counts to measure with")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.4, help="of a burst")
    parser.add_argument("--python", default="", help="a Python that has the engines, instead of build/bench-venv")
    parser.add_argument("--dlc-args", default="", help="more options for dlc: --tuning-db=FILE")
    parser.add_argument("--print", action="store_true", help="leave docs/performance.md as it is")
    o = parser.parse_args()
    o.build = os.path.abspath(o.build)
    o.bin = os.path.join(o.build, "bin")
    o.engines = [name for name in o.engines.split(",") if name]
    cores = len(os.sched_getaffinity(0))
    o.threads = [n for n in map(int, o.threads.split(",")) if n <= cores]
    o.dlc_args = o.dlc_args.split()
    o.wants = lambda name: not o.networks or name in o.networks.split(",")
    start = time.time()
    where = f"Measured on {processor()}."
    if "kernels" in o.only:
        say("bench kernels: each beside its roof, one thread")
        rows = kernels(o)
        if not o.print:
            replace("kernels", [where, "", *kernel_table(rows)])
    if "networks" in o.only:
        o.python = o.python or make_environment(o)
        say(f"bench networks: {o.rounds} rounds of bursts of {o.seconds} s, in turns")
        rows = measure_networks(o)
        if not o.print:
            replace("networks", [where, "", *network_tables(o, rows)])
    say(f"bench: ok ({time.time() - start:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
