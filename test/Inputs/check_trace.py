"""Checks a trace of `dlc-run --profile`: well-formed, spans nested, one span a launch of a kernel.

    check_trace.py TRACE.json LAUNCHES [NODE...]

LAUNCHES is how many kernels a run launches; each NODE must be named by some span.
"""
import json
import sys

with open(sys.argv[1]) as file:
    trace = json.load(file)
launches, nodes = int(sys.argv[2]), sys.argv[3:]

events = [event for event in trace["traceEvents"] if event["ph"] == "X"]
runs = [event for event in events if event["cat"] == "run"]
kernels = [event for event in events if event["cat"] == "kernel"]
assert runs, "no span of a run"
assert len(events) == len(runs) + len(kernels)
assert len({event["tid"] for event in events}) == 1
assert {event["name"] for event in trace["traceEvents"] if event["ph"] == "M"} == {"process_name", "thread_name"}
assert trace["otherData"]["runs"] >= len(runs)

slack = 0.002  # times have three digits
for run in runs:
    begin, end = run["ts"] - slack, run["ts"] + run["dur"] + slack
    inside = [k for k in kernels if begin <= k["ts"] and k["ts"] + k["dur"] <= end]
    assert len(inside) == launches, f"{len(inside)} kernels in a run, not {launches}"
    at = begin
    for kernel in inside:
        assert kernel["ts"] >= at - slack, "spans overlap"
        at = kernel["ts"] + kernel["dur"]
assert len(kernels) == launches * len(runs)

for kernel in kernels:
    arguments = kernel["args"]
    for key in ("launch", "what", "nodes", "shapes", "schedule", "GFLOP", "GFLOP/s", "MB", "GB/s"):
        assert key in arguments, f"{kernel['name']} has no {key}"
    assert "{" not in arguments["shapes"]
    expected = arguments["GFLOP"] / max(kernel["dur"], 0.001) * 1e6
    assert abs(arguments["GFLOP/s"] - expected) <= 1e-4 * expected + 1e-9
named = ", ".join(kernel["args"]["nodes"] for kernel in kernels)
for node in nodes:
    assert node in named, f"no span of {node}"
print(f"{launches} kernels a run, spans are good")
