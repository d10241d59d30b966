"""kill_tuners.py DLC_TUNE MODEL DATABASE: kills one tuner at work, then lets two others go on with its database."""
import sqlite3
import subprocess
import sys
import time

tool, model, path = sys.argv[1:]


def command(seed):
    return [tool, model, f"--tuning-db={path}", "--threads=1", "--search=random", f"--seed={seed}", "--progress=none"]


def trials():
    with sqlite3.connect(path, timeout=20) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return database.execute("SELECT count(*) FROM trials").fetchone()[0]


first = subprocess.Popen(command(1) + ["--time=10m"], stdout=subprocess.DEVNULL)
deadline = time.time() + 240
while time.time() < deadline:
    time.sleep(0.3)
    try:
        if trials() >= 3:
            break
    except sqlite3.OperationalError:  # it is just being made
        pass
first.kill()
first.wait()
before = trials()
print(f"killed: {before} trials kept, the database is ok")

both = [subprocess.Popen(command(seed) + ["--time=12s"], stdout=subprocess.DEVNULL) for seed in (2, 3)]
codes = [process.wait() for process in both]
after = trials()
print(f"two more: {'more' if after > before else 'no'} trials, {'no failure' if codes == [0, 0] else codes}, the database is ok")
