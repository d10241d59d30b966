# The thin front of everything: each target says what it does and ends with one line that says how it went.
#   make            set up and build into build/bin/
#   make demo       compile a real pretrained network and let it answer
#   make check      every test
BUILD ?= build
VENV  := build/venv
PY    := $(VENV)/bin/python3
JOBS  ?=
PREFIX ?= /usr/local

.DEFAULT_GOAL := build
.PHONY: build setup configure demo check check-corpus bench format docs install clean

setup:
	@scripts/setup.sh

# Ninja runs CMake again by itself where a CMakeLists.txt has changed; only the first time is ours.
configure: setup
	@test -f $(BUILD)/build.ninja || { echo "build: configuring $(BUILD) (clang 22, lld, ccache, Release with assertions)"; \
	  $(VENV)/bin/cmake --preset release -B $(BUILD) > $(BUILD)/configure.log 2>&1 || \
	  { tail -30 $(BUILD)/configure.log; rm -f $(BUILD)/build.ninja; echo "build: failed to configure, log: $(BUILD)/configure.log"; exit 1; }; }

build: configure
	@echo "build: compiling into $(BUILD)/bin"
	@$(VENV)/bin/cmake --build $(BUILD) $(if $(JOBS),-j$(JOBS)) || { echo "build: failed, the first error is above"; exit 1; }
	@echo "build: ok, the tools are in $(BUILD)/bin: $$(ls $(BUILD)/bin 2>/dev/null | tr '\n' ' ')"

demo: build
	@$(PY) scripts/demo.py --build $(BUILD)

check: build
	@$(PY) scripts/check.py --build $(BUILD)

# make check-corpus CORPUS=DIR: DIR is a case folder of ONNX's layout or a folder of them.
check-corpus: build
	@test -n "$(CORPUS)" || { echo "check-corpus: say which folder: make check-corpus CORPUS=DIR"; exit 2; }
	@echo "check-corpus: every case below $(CORPUS) with both backends"
	@$(PY) scripts/check.py --build $(BUILD) --corpus "$(CORPUS)"

# BENCH="--only=kernels", BENCH="--networks=resnet18 --threads=1", ...: see scripts/bench.py --help.
bench: build
	@$(PY) scripts/bench.py --build $(BUILD) $(BENCH)

format: setup
	@echo "format: clang-format-22 over every C++ file"
	@git ls-files '*.h' '*.hpp' '*.c' '*.cpp' | xargs -r clang-format-22 -i
	@echo "format: ok, $$(git diff --name-only -- '*.h' '*.hpp' '*.c' '*.cpp' | wc -l) files differ from the last commit"

docs: build
	@$(PY) scripts/docs.py --build $(BUILD)

install: build
	@echo "install: copying to $(PREFIX) (PREFIX=DIR changes that)"
	@$(VENV)/bin/cmake --install $(BUILD) --prefix $(PREFIX)
	@echo "install: ok, into $(PREFIX)"

clean:
	@test ! -f $(BUILD)/build.ninja || $(VENV)/bin/cmake --build $(BUILD) --target clean
	@echo "clean: ok (the set-up in build/venv stays)"
