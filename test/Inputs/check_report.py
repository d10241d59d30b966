"""Checks a page of --report: complete in itself, and what it says about the graph and the memory is consistent.

    check_report.py REPORT.html [KEY=VALUE...]

Prints a summary; with `measured` as an argument, times must be there.
"""
import json
import re
import sys

page = open(sys.argv[1], encoding="utf-8").read()
addresses = set(re.findall(r"https?://[^\s\"'`)]+", page))
assert addresses <= {"http://www.w3.org/2000/svg"}, f"the page refers to {addresses}"
assert not re.search(r"<(?:script|img|link|iframe)[^>]*\s(?:src|href)=", page), "the page loads something"
assert "/*" not in re.search(r"<style>(.{40})", page, re.S).group(1), "the style is missing"
data = json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', page, re.S).group(1))

kernels, nodes, edges = data["kernels"], data["nodes"], data["edges"]
launches = [node for node in nodes if "launch" in node]
assert [node["launch"] for node in launches] == list(range(len(launches)))
for kernel in kernels:
    assert kernel["what"] and kernel["schedule"] and kernel["code"] > 0 and kernel["seconds"] > 0, kernel
    assert kernel["cached"] in (True, False)
for node in launches:
    assert node["nodes"], f"launch {node['launch']} has no ONNX nodes"
    assert 0 <= node["kernel"] < len(kernels)
    for key in ("flops", "direct", "bytes"):
        assert node[key] is not None and node[key] >= 0, (key, node)
    if "machine" in data:
        assert node["predicted_us"] >= 0

# Edges go forward, but for those of loops; everything but constants is reached from an input and leads to an output.
into, out_of = set(), set()
for source, target, carried in edges:
    assert -len(data["inputs"]) <= source < len(nodes) and 0 <= target < len(nodes) + len(data["outputs"])
    assert carried or source < target
    if carried:
        assert nodes[source]["loop"] >= 0 and nodes[target]["loop"] >= 0
    into.add(target)
    out_of.add(source)
for i in range(len(nodes)):  # other code may be a check, which nobody reads
    assert i in out_of or "launch" not in nodes[i], f"nobody reads node {i}: {nodes[i]['nodes']}"
for i in range(len(data["outputs"])):
    assert len(nodes) + i in into, f"output {i} comes from nowhere"

# No two buffers share bytes at a time, and the peak is what the plan says.
arena = data["arena"]
buffers = arena["buffers"]
for i, a in enumerate(buffers):
    assert a["first"] <= a["last"] and a["offset"] + a["size"] <= arena["bytes"]
    for b in buffers[:i]:
        apart = a["offset"] >= b["offset"] + b["size"] or b["offset"] >= a["offset"] + a["size"]
        # A kernel that works in place reads one and writes the other.
        assert apart or a["last"] <= b["first"] or b["last"] <= a["first"], f"{a} and {b} overlap"
assert 0 <= arena["largest_live"]
if buffers:
    assert arena["largest_live"] > 0

if "measured" in sys.argv[2:]:
    assert data["measured"]["run_us"] > 0
    taken = [node for node in launches if "us" in node]
    assert taken and sum(node["us"] for node in taken) <= 1.02 * data["measured"]["run_us"]
carried = sum(edge[2] for edge in edges)
print(f"{len(kernels)} kernels, {len(launches)} launches, {len(edges)} edges ({carried} carried), {len(buffers)} buffers, "
      f"arena {arena['bytes']}, live {arena['largest_live']}, loops {[loop['trips'] for loop in data['loops']]}, "
      f"{sum(k['cached'] for k in kernels)} cached")
