"""What dlc knows of each operator: ops.py --build BUILD check | table

`check` walks every operation of the nn dialect and says which piece is missing: a summary, shape inference, a lowering, a test. `table` prints the
operator tables of the documentation. Both see what the compiler itself has registered (build/bin/dlc-ops) and the dialect's definition.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


@dataclass
class Op:
    name: str
    family: str
    summary: str
    typed: bool
    lowers: bool
    tested: bool


def definitions(build):
    """{operation: (family, summary, verified)} from the ODS files; the family is the name of the file."""
    command = ["/usr/lib/llvm-22/bin/llvm-tblgen", "-dump-json", os.path.join(ROOT, "dialects", "nn", "ops.td")]
    command += ["-I", ROOT, "-I", build, "-I", "/usr/lib/llvm-22/include"]
    records = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    result = {}
    for name in records["!instanceof"]["NN_Op"]:
        record = records[name]
        family = re.match(r"(?:.*/)?(\w+)\.td", record["!locs"][0])[1]
        result[record["opName"]] = (family, record["summary"] or "", bool(record["hasVerifier"]))
    return result


def registered(build):
    return json.loads(subprocess.run([os.path.join(build, "bin", "dlc-ops")], check=True, capture_output=True, text=True).stdout)


def mentions():
    """{family: names of nn operations in its tests}."""
    found = defaultdict(set)
    for file in glob.glob(os.path.join(ROOT, "test", "ops", "*", "*")):
        with open(file, encoding="utf-8") as f:
            found[os.path.basename(os.path.dirname(file))] |= set(re.findall(r"\bnn\.([\w.]+)", f.read()))
    return found


def operations(build):
    defined, tested = definitions(build), mentions()
    result = []
    for op in registered(build)["nn"]:
        family, summary, verified = defined.get(op["name"], ("", "", False))
        # Where the result's type is not inferred it is written down, and must be checked.
        result.append(Op(op["name"], family, summary, op["infers"] or verified, op["lowers"], op["name"] in tested[family]))
    order = list(dict.fromkeys(family for family, _, _ in defined.values()))
    return sorted(result, key=lambda op: (order.index(op.family) if op.family in order else -1, op.name))


def missing(op):
    """The pieces that an operation lacks, each with where it belongs."""
    if not op.family:
        yield "a definition in dialects/nn"
    if not op.summary:
        yield f"a summary in dialects/nn/{op.family}.td"
    if not op.typed:
        yield f"shape inference, or a verifier, in dialects/nn/{op.family}.cpp"
    if not op.lowers:
        yield f"a lowering in compiler/structure/{op.family}.cpp"
    if not op.tested:
        yield f"a test in test/ops/{op.family}/"


def table(build):
    """Two tables in Markdown."""
    lines = ["# Operators", "", "## ONNX", "", "Since: the opset versions at which the meaning changed, all of which are read.", ""]
    lines += ["| operator | since |", "| --- | --- |"]
    since = defaultdict(list)
    for row in registered(build)["onnx"]:
        since[row["domain"], row["op"]].append(row["since"])
    for (domain, op), versions in sorted(since.items()):
        lines.append(f"| {domain + '.' if domain else ''}{op} | {', '.join(map(str, sorted(versions)))} |")
    lines += ["", f"{len(since)} operators.", "", "## The nn dialect", ""]
    ops = operations(build)
    for family in dict.fromkeys(op.family for op in ops):
        lines += [f"### {family}", "", "| operation | |", "| --- | --- |"]
        lines += ["| `nn.{}` | {} |".format(op.name, op.summary.replace("|", "\\|")) for op in ops if op.family == family]
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    parser.add_argument("command", choices=["check", "table"])
    args = parser.parse_args()
    if args.command == "table":
        print(table(args.build))
        return 0
    code = 0
    for op in operations(args.build):
        for piece in missing(op):
            print(f"nn.{op.name} lacks {piece}")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
