"""hand_schedules.py IN.json OUT.json SCHEDULE: an export of dlc-tune whose best schedule of every convolution tried is SCHEDULE."""
import json
import sys

source, target, schedule = sys.argv[1:]
data = json.load(open(source))
records = {}
for trial in data["trials"]:
    if "contraction" in trial["schedule"] and trial["schedule"].count("tile = [1,") == 1:
        records[trial["kernel"]] = {
            "kernel": trial["kernel"], "processor": trial["processor"], "schedule": schedule, "ns": 0, "default_ns": 0,
            "label": "by hand", "origin": "hand", "time": 1}
data["best"] = list(records.values())
data["trials"] = []
json.dump(data, open(target, "w"))
