"""Runs a command that must end with a given exit code: exits.py CODE COMMAND...

Its output passes through. `not` of LLVM does not tell codes apart, and the codes are part of what the tools promise.
"""
import subprocess
import sys

code = subprocess.run(sys.argv[2:]).returncode
if code != int(sys.argv[1]):
    print(f"exits.py: exit code {code}, expected {sys.argv[1]}", file=sys.stderr)
    sys.exit(1)
