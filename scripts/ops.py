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


def tablegen(build):
    """The records of the dialect's definition."""
    command = ["/usr/lib/llvm-22/bin/llvm-tblgen", "-dump-json", os.path.join(ROOT, "dialects", "nn", "ops.td")]
    command += ["-I", ROOT, "-I", build, "-I", "/usr/lib/llvm-22/include"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def definitions(build):
    """{operation: (family, summary, verified)} from the ODS files; the family is the name of the file."""
    records = tablegen(build)
    result = {}
    for name in records["!instanceof"]["NN_Op"]:
        record = records[name]
        family = re.match(r"(?:.*/)?(\w+)\.td", record["!locs"][0])[1]
        result[record["opName"]] = (family, record["summary"] or "", bool(record["hasVerifier"]))
    return result


def registered(build):
    return json.loads(subprocess.run([os.path.join(build, "bin", "dlc-ops")], check=True, capture_output=True, text=True).stdout)


def mentions():
    """{family: names of nn operations in those of its tests that run them and compare numbers}."""
    found = defaultdict(set)
    for file in glob.glob(os.path.join(ROOT, "test", "ops", "*", "*.mlir")):
        with open(file, encoding="utf-8") as f:
            text = f.read()
        # A function of a test, up to the next one.
        for function in text.split("func.func")[1:]:
            if "check.expect" in function:
                found[os.path.basename(os.path.dirname(file))] |= set(re.findall(r"\bnn\.([\w.]+)", function))
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
        yield f"a test in test/ops/{op.family}/ that runs it"


# --- the operator table: what the source of the importer says of each row

IMPORT = os.path.join(ROOT, "compiler", "import")
# What asks for an operation instead of building it.
QUERIES = {"isa", "cast", "dyn_cast", "isa_and_nonnull", "dyn_cast_or_null", "getDefiningOp"}
TYPES = {"NN_Tensor": "all", "NN_FloatTensor": "float", "NN_IntegerTensor": "integer", "NN_BoolTensor": "bool", "NN_IndexTensor": "i32, i64"}


def functions(text):
    """{name: source} of the functions and structs of a C++ file; clang-format puts their ends at the start of a line."""
    found = {}
    for match in re.finditer(r"^(?:template <[^\n]*>\s)?(?:struct (\w+)|(?!namespace|using|typedef)\w[\w:<>,&* ]*?[ &*](\w+)\()[^;]*?\{", text, re.M):
        line_end = text.find("\n", match.end())
        closed = text[match.end() : line_end].rstrip().endswith("}")  # a function of one line
        end = line_end if closed else text.find("\n}", match.end())
        name = match[1] or match[2]
        found[name] = found.get(name, "") + text[match.start() : end]
    return found


def import_rows():
    """{(domain, operator): (sources, shared)} for each row of the families' tables: the source of its builder and of all that it calls in the same file, and of
    what it calls in the files that the families share, and in their headers."""
    texts = {}
    for file in sorted(glob.glob(os.path.join(IMPORT, "*.cpp")) + glob.glob(os.path.join(IMPORT, "*.h"))):
        with open(file, encoding="utf-8") as f:
            texts[file] = re.sub(r"//[^\n]*", "", f.read())
    shared = {}
    for file, text in texts.items():
        if file.endswith(".h"):
            shared.update({name: source for name, source in functions(text).items() if source.startswith("inline")})
        elif header := texts.get(file.removesuffix("cpp") + "h"):
            shared.update({name: source for name, source in functions(text).items() if re.search(rf"\b{name}\(", header)})
    rows = defaultdict(lambda: ([], []))
    for text in texts.values():
        local = functions(text)
        for domain, op, builder in re.findall(r'\{"([\w.]*)",\s*"(\w+)",\s*\d+,\s*(\w+(?:<[^{}"]*>)?)', text):
            sources, others = rows[domain, op]
            sources.append(builder)
            seen, called, pending = set(), set(), re.findall(r"\w+", builder)
            while pending:
                name = pending.pop(0)
                source = local.get(name) or (shared.get(name) if name in called else None)
                if source and name not in seen:
                    seen.add(name)
                    (sources if name in local else others).append(source)
                    called |= set(re.findall(r"\b(\w+)\(n\b", source))  # what is shared takes the node first
                    pending += re.findall(r"(?<![.>])\b\w+\b(?=[(<{ ])", source)
    return rows


# What the builders call to move values around.
HELPERS = {"reshape": "reshape", "transpose": "transpose", "expand": "expand", "slice": "slice", "gather": "gather", "castTo": "cast", "concat": "concat"}
HELPERS |= {"constant": "constant", "dimsTensor": "dims"}


def built(sources, classes):
    """The nn operations that these sources build, in order."""
    found = []
    for source in sources:
        for function, argument, direct in re.findall(r"\b(\w+)<[^;{}()]*?nn::(\w+)|nn::(\w+)::create\b", source):
            name = classes.get(direct or argument)
            if name and name != "yield" and function not in QUERIES and name not in found:
                found.append(name)
    # Helpers count where they give the result, or nothing else does anything.
    call = r"\bn\.results?\(\s*n\.(\w+)\(" if found else r"\bn\.(\w+)\("
    helpers = [HELPERS[m] for s in sources for m in re.findall(call, s) if m in HELPERS]
    return list(dict.fromkeys(helpers + found))


def types_of(constraint):
    """What a type constraint of the dialect's definition allows, in short."""
    listed = re.fullmatch(r"ranked tensor of (.*) values", constraint["summary"])
    short = {"signless integer": "i", "unsigned integer": "ui", "float": "f"}
    names = re.findall(r"(\d+)-bit ([a-z ]+?)(?: or |$)", listed[1]) if listed else []
    return TYPES.get(constraint["!name"]) or ", ".join(short.get(kind, kind) + width for width, kind in names)


def first_argument(text):
    """Up to the first comma or closing bracket outside of strings and brackets."""
    depth = 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[(){}\[\],]', text):
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(match[0], 0)
        if depth < 0 or (match[0] == "," and not depth):
            return text[: match.start()]
    return text


def limits(sources):
    """The messages with which these sources refuse a model; what is only known at run time is `...`."""
    found = []
    for source in sources:
        for match in re.finditer(r"\bunsupported\(", source):
            message = first_argument(source[match.end() :])
            message = re.sub(r'"\s+"', "", message.strip())
            message = re.sub(r'"((?:[^"\\]|\\.)*)"|[^"]+', lambda m: m[1] if m[1] is not None else "...", message)
            if message.strip("." ) and message not in found:
                found.append(message)
    return found


def table(build):
    """The page on operators, in Markdown."""
    records, ops = tablegen(build), operations(build)
    classes = {name.removeprefix("NN_"): records[name]["opName"] for name in records["!instanceof"]["NN_Op"]}
    operands = {}
    for name in records["!instanceof"]["NN_Op"]:
        arguments = records[name]["arguments"]["args"]
        types = [types_of(records[argument["def"]]) for argument, _ in arguments if "TypeConstraint" in records[argument["def"]]["!superclasses"]]
        operands[records[name]["opName"]] = "; ".join(filter(None, dict.fromkeys(types)))
    rows = import_rows()
    since = defaultdict(list)
    for row in registered(build)["onnx"]:
        since[row["domain"], row["op"]].append(row["since"])
    lines = [
        "# Operators",
        "",
        "## ONNX",
        "",
        "*Since*: the opset versions at which the meaning changed; all of them are read. *Becomes*: the operations of the nn dialect that the importer makes of it (some or",
        "all of them, by its attributes). *Types*, where it is one operation: `float` is f16, bf16, f32, f64; `integer` is 8 to 64 bits, signed or not; `all` is both and booleans; data before indices. Strings,",
        "complex numbers and numbers of less than 8 bits are read by no operator of this table, 8-bit floats neither. *Refused*: what ends with exit code 3.",
        "",
        "| operator | since | becomes | types | refused |",
        "| --- | --- | --- | --- | --- |",
    ]
    for (domain, op), versions in sorted(since.items()):
        sources, shared = rows[domain, op]
        names, refused = built(sources + shared, classes), limits(sources + shared)
        cells = [
            f"{domain}.{op}" if domain else op,
            ", ".join(map(str, sorted(versions))),
            " ".join(f"`nn.{name}`" for name in names),
            operands.get(names[0], "") if len(names) == 1 else "",
            "; ".join(refused),
        ]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    lines += ["", f"{len(since)} operators.", "", "## The nn dialect", "", "[The dialect's page](nn.md) has the definitions.", ""]
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
