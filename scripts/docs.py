"""The documentation as a site: `make docs`.

Generates the reference pages (operators, passes) from the definitions that the compiler itself is built from, puts them beside the pages in docs/ and
makes build/site of both.
"""
import argparse
import glob
import os
import shutil
import subprocess
import sys

import ops

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TBLGEN = "/usr/lib/llvm-22/bin/mlir-tblgen"


def generate(build, generator, definition):
    include = ["-I", ROOT, "-I", build, "-I", "/usr/lib/llvm-22/include"]
    return subprocess.run([TBLGEN, *generator, definition, *include], check=True, capture_output=True, text=True).stdout


def reference(build, folder):
    """One page a dialect, and one with all passes."""
    os.makedirs(folder)
    for dialect in sorted(os.listdir(os.path.join(ROOT, "dialects"))):
        # A dialect with families has one file that includes them all.
        names = ("ops.td", f"{dialect}.td")
        definition = next((d for d in (os.path.join(ROOT, "dialects", dialect, name) for name in names) if os.path.exists(d)), "")
        if definition:
            with open(os.path.join(folder, f"{dialect}.md"), "w") as f:
                f.write(generate(build, ["-gen-dialect-doc", f"-dialect={dialect}"], definition))
    with open(os.path.join(folder, "ops.md"), "w") as f:
        f.write(ops.table(build))
    with open(os.path.join(folder, "passes.md"), "w") as f:
        f.write("# Passes\n\n`dlc-opt` runs each of them by its name.\n\n")
        for definition in sorted(glob.glob(os.path.join(ROOT, "compiler", "**", "*asses.td"), recursive=True)):
            f.write(f"## {os.path.basename(os.path.dirname(definition)).capitalize()}\n\n")
            f.write(generate(build, ["-gen-pass-doc"], definition) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    build = os.path.abspath(parser.parse_args().build)
    source = os.path.join(build, "site-source")
    print("docs: generating the reference pages", flush=True)
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(os.path.join(ROOT, "docs"), source)
    for page, name in (("README.md", "index.md"), ("CONTRIBUTING.md", "contributing.md")):
        with open(os.path.join(ROOT, page)) as f, open(os.path.join(source, name), "w") as out:
            out.write(f.read().replace("](docs/", "](").replace("](CONTRIBUTING.md)", "](contributing.md)").replace("([LICENSE](LICENSE))", "(LICENSE)"))
    reference(build, os.path.join(source, "reference"))
    print("docs: making the site (MkDocs Material)", flush=True)
    requirements = os.path.join(ROOT, "scripts", "requirements-docs.txt")
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", requirements], check=True)
    log = os.path.join(build, "docs.log")
    with open(log, "w") as f:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", os.path.join(ROOT, "mkdocs.yml")]
        if subprocess.run(command, stdout=f, stderr=subprocess.STDOUT).returncode:
            print(f"docs: failed, see {os.path.relpath(log)}")
            return 1
    print(f"docs: ok, open {os.path.relpath(os.path.join(build, 'site', 'index.html'))}")
    return 0


sys.exit(main())
