"""What each floor may include: the direction in which the parts of the compiler know each other (docs/architecture.md).

A file knows its own folder and what FLOORS lists for it: a floor never the one above it in the pipeline, but for the seam between kernels and
their code. No source file sees both Halide's and MLIR's or LLVM's headers: the two bring an LLVM each.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Folder: the folders and headers that its files may include. Longer names win.
FLOORS = {
    "dialects": [],
    "runtime": [],
    "compiler/include": ["runtime/include"],
    "compiler/import": ["dialects"],
    "compiler/graph": ["dialects"],
    "compiler/structure": ["dialects"],
    "compiler/kernels": ["dialects"],
    "compiler/codegen": ["dialects", "compiler/kernels/backend.h", "runtime/include"],
    "compiler/host": ["dialects", "compiler/kernels", "compiler/codegen/llvm", "runtime/include"],
    "compiler/report": ["dialects", "compiler/kernels", "compiler/host"],
    "compiler/tuner": ["dialects", "compiler/kernels", "compiler/driver"],
    # What puts the floors together.
    "compiler/driver": ["dialects", "runtime", "compiler/import", "compiler/graph", "compiler/structure", "compiler/kernels", "compiler/codegen",
                        "compiler/host", "compiler/report", "compiler/include", "compiler/register.h", "compiler/tuner/database.h"],
    "compiler/register": ["dialects", "compiler/graph", "compiler/structure", "compiler/kernels", "compiler/codegen", "compiler/host"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def is_below(path, places):
    return any(path == place or path.startswith(place + "/") or path.startswith(place + ".") for place in places)


def owner(path):
    """The longest entry of FLOORS that the file belongs to."""
    return max((floor for floor in FLOORS if is_below(path, [floor])), key=len, default=None)


def includes(root, path, known):
    """(header, whether it is of this project) of each include; `known` are the files of the project."""
    with open(os.path.join(root, path)) as f:
        for _, header in INCLUDE.findall(f.read()):
            candidates = [header, os.path.join(os.path.dirname(path), header), "runtime/include/" + header, "compiler/include/" + header]
            own = next((c for c in map(os.path.normpath, candidates) if c in known), None)
            yield own or header, own is not None


def sources(root):
    for top in ("dialects", "compiler", "runtime"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                if name.endswith((".h", ".hpp", ".c", ".cpp")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def breaches(root=ROOT):
    """(number of files, messages): each include that runs the wrong way, each file that mixes the two LLVMs."""
    known = set(sources(root))
    graph = {path: list(includes(root, path, known)) for path in sorted(known)}
    messages = []
    for path, headers in graph.items():
        floor = owner(path)
        if floor is None:
            messages.append(f"{path}: belongs to no folder that scripts/floors.py lists")
            continue
        for header, own in headers:
            if not own or owner(header) == floor:
                continue
            if not is_below(header, FLOORS[floor]):
                messages.append(f"{path}: includes {header}, which {floor} must not know")

    def reached(path, seen):
        for header, own in graph[path]:
            if header not in seen:
                seen.add(header)
                if own:
                    reached(header, seen)
        return seen

    for path in graph:
        seen = reached(path, set())
        llvm = next((header for header in sorted(seen) if header.startswith(("mlir/", "llvm/"))), None)
        if "Halide.h" in seen and llvm:
            messages.append(f"{path}: sees Halide.h and {llvm}")
    return len(graph), messages


if __name__ == "__main__":
    count, found = breaches()
    print("\n".join(found + [f"floors: {count} files, {len(found)} breaches"]))
    sys.exit(1 if found else 0)
