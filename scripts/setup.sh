#!/bin/bash
# Installs what building dlc needs, on Debian 12: Debian packages (as root or by sudo) and a Python virtual environment in
# build/venv. Safe to run at any time; when nothing has to be done it ends at once. `--force` looks at everything again.
#
# Where the packages are already there it goes on without apt, so it needs no root then.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

PACKAGES=(
  # the compiler's own libraries
  llvm-22-dev libmlir-22-dev mlir-22-tools liblld-22-dev
  libprotobuf-dev protobuf-compiler libcli11-dev libsqlite3-dev zlib1g-dev libzstd-dev
  # what compiles and links it
  clang-22 lld-22 ninja-build ccache
  # tests (FileCheck and `not` are in llvm-22-tools)
  llvm-22-tools libgtest-dev libbenchmark-dev valgrind binutils
  # tuning on several machines
  libopenmpi-dev openmpi-bin
  # the rest
  clang-format-22 python3 python3-venv ca-certificates
)
VENV=build/venv
STAMP=build/setup.stamp

say() { echo "setup: $*"; }
die() { echo "setup: error: $*" >&2; exit 1; }

# The stamp holds a hash of this script and of the pinned versions: as long as both are unchanged there is nothing to do.
hash=$(cat scripts/setup.sh scripts/requirements.txt | sha256sum | cut -d' ' -f1)
if [[ "${1:-}" != --force && -f $STAMP && "$(cat $STAMP)" == "$hash" && -x $VENV/bin/python3 ]]; then
  exit 0
fi
mkdir -p build

# --- Debian packages

missing=()
command -v dpkg-query >/dev/null || die "this is not Debian: install ${PACKAGES[*]} (Debian 12's names) in your own way"
for package in "${PACKAGES[@]}"; do
  [[ "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" == "install ok installed" ]] || missing+=("$package")
done

as_root=()
if [[ $(id -u) != 0 ]]; then
  as_root=(sudo)
fi

# apt-get with no questions asked; where another apt is at work, waits for it (up to ten minutes).
apt_get() {
  local out=build/setup-apt.log tries=0
  while true; do
    if ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get -y -q -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@" >$out 2>&1; then
      return 0
    fi
    if grep -qi 'could not get lock\|unable to lock' $out && (( tries++ < 60 )); then
      say "another apt holds the lock, waiting"
      sleep 10
      continue
    fi
    return 1
  done
}

if (( ${#missing[@]} )); then
  say "Debian packages missing: ${missing[*]}"
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || die "not root and no sudo here; as root, run: apt-get install --no-install-recommends ${missing[*]}"
    sudo -n true 2>/dev/null || [[ -t 0 ]] || die "sudo wants a password and there is no terminal; as root, run: apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "asking Debian's archive for the current lists (apt-get update)"
  apt_get update || { say "apt-get update had errors, going on with the lists there are:"; grep '^[EW]:' build/setup-apt.log >&2 || true; }
  for package in "${missing[@]}"; do
    apt-cache show "$package" >/dev/null 2>&1 || die "Debian has no package $package here. dlc is built on Debian 12 with its security archive, which carries LLVM 22:
  echo 'deb http://deb.debian.org/debian-security bookworm-security main' >> /etc/apt/sources.list"
  done
  say "installing them (about 500 MB the first time; log: build/setup-apt.log)"
  apt_get install --no-install-recommends "${missing[@]}" || { tail -25 build/setup-apt.log >&2; die "apt-get install failed, its last words are above"; }
fi

# --- Python packages

# Debian's own Python comes first: python3-venv belongs to it.
python=/usr/bin/python3
"$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  python=$(command -v python3) || die "no python3 found"
"$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
  die "$python lacks the venv module or is older than 3.11"

if [[ ! -x $VENV/bin/python3 ]] || ! $VENV/bin/python3 -c '' 2>/dev/null; then
  say "making a virtual environment in $VENV"
  rm -rf $VENV
  "$python" -m venv $VENV
fi
say "installing the pinned Python packages (scripts/requirements.txt)"
$VENV/bin/python3 -m pip install --disable-pip-version-check -q -r scripts/requirements.txt ||
  die "pip could not install scripts/requirements.txt"

echo "$hash" > $STAMP
say "ok: LLVM $(/usr/lib/llvm-22/bin/llvm-config --version), Halide $($VENV/bin/python3 -c 'import importlib.metadata as m; print(m.version("halide"))'), $($VENV/bin/cmake --version | head -1)"
