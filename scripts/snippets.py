"""The snippets in the documentation, so that the tests can run them (scripts/check.py).

On a page, in order:
  ```sh                              is run by bash, in a folder of the page's own; the first command that fails fails the page
  <!-- file: NAME --> then a block   is written to NAME in that folder
  <!-- prints: --> then a block      each of its lines must be part of what the ```sh block before printed, in this order; `...` stands for anything
  <!-- not run: REASON --> ```sh     is left alone
Every other block is only read by people. Paths in ```sh blocks are those of the project's folder: build/..., scripts/..., docs/... are there.
"""
import glob
import os
import re
import shutil
import subprocess
from dataclasses import dataclass

BLOCK = re.compile(r"(?:<!-- *(?P<kind>file|prints|not run): *(?P<argument>.*?) *-->\s*\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass
class Block:
    kind: str  # sh, file, prints or text
    argument: str
    text: str
    line: int

    @property
    def runs(self):
        return self.kind != "text"


def pages(root):
    return [os.path.join(root, name) for name in ("README.md", "CONTRIBUTING.md")] + sorted(
        glob.glob(os.path.join(root, "docs", "**", "*.md"), recursive=True)
    )


def read(page):
    with open(page, encoding="utf-8") as f:
        text = f.read()
    blocks = []
    for match in BLOCK.finditer(text):
        kind = match["kind"] or ("sh" if match["language"] == "sh" else "text")
        if kind == "not run":
            kind = "text"
        blocks.append(Block(kind, match["argument"] or "", match["text"], text[: match.start("text")].count("\n") + 1))
    return blocks


def run_page(blocks, folder, build, root):
    """Runs a page from top to bottom; returns None, or what went wrong."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name in ("scripts", "docs", "runtime", "test", "compiler"):
        os.symlink(os.path.join(root, name), os.path.join(folder, name))
    os.symlink(build, os.path.join(folder, "build"))
    printed = ""
    for block in blocks:
        if block.kind == "file":
            with open(os.path.join(folder, block.argument), "w", encoding="utf-8") as f:
                f.write(block.text)
        elif block.kind == "sh":
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", block.text], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600
            )
            printed = done.stdout
            if done.returncode:
                return f"line {block.line}: exit code {done.returncode} of\n{block.text}{printed[-1500:]}"
        elif block.kind == "prints":
            missing = first_missing(block.text, printed)
            if missing is not None:
                return f"line {block.line}: the page says that this is printed:\n{missing}\nbut it was:\n{printed[-1500:]}"
    return None


def first_missing(expected, printed):
    """The first line of `expected` that does not come, in order, among the lines printed."""
    lines = iter(printed.splitlines())
    for want in expected.splitlines():
        if not want.strip() or want.strip() == "...":
            continue
        pattern = ".*".join(re.escape(part.strip()) for part in want.split("..."))
        if not any(re.search(pattern, line) for line in lines):
            return want
    return None
