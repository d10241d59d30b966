# How the tests below this folder run: `make check` calls lit on the build's copy of lit.site.cfg.py, which loads this.
import os

import lit.formats

config.name = "dlc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".onnxtxt"]
config.excludes = ["unit", "bench", "onnx", "Inputs"]
config.test_source_root = os.path.join(config.dlc_src, "test")
config.test_exec_root = os.path.join(config.dlc_obj, "test")

# The tools under test come first in PATH, then FileCheck, not, count, split-file of the LLVM that we build on.
config.environment["PATH"] = os.pathsep.join([config.dlc_bin, config.llvm_bin, config.environment.get("PATH", "")])
# Each run has its own object cache, so that a stale one can never make a test pass.
config.environment["XDG_CACHE_HOME"] = os.path.join(config.test_exec_root, "cache")

# dlc-tune --mpi, where this build has it. (Open MPI wants to be told that root and more ranks than cores are meant.)
if config.mpirun:
    config.available_features.add("mpi")
    config.environment.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMPI_MCA_rmaps_base_oversubscribe="1",
                              OMPI_MCA_hwloc_base_binding_policy="none")

config.substitutions += [
    ("%mpirun", config.mpirun),
    ("%dlc-opt", os.path.join(config.dlc_bin, "dlc-opt")),
    ("%dlc-run", os.path.join(config.dlc_bin, "dlc-run")),
    ("%dlc-tune", os.path.join(config.dlc_bin, "dlc-tune")),
    ("%dlc", os.path.join(config.dlc_bin, "dlc")),
    ("%onnx_text", config.python + " " + os.path.join(config.dlc_src, "scripts", "onnx_text.py")),
    ("%make_case", config.python + " " + os.path.join(config.test_source_root, "Inputs", "make_case.py")),
    ("%make_quantized", config.python + " " + os.path.join(config.test_source_root, "Inputs", "make_quantized.py")),
    ("%make_npy", config.python + " " + os.path.join(config.test_source_root, "Inputs", "make_npy.py")),
    ("%exits", config.python + " -IS " + os.path.join(config.test_source_root, "Inputs", "exits.py")),
    ("%compare", config.python + " " + os.path.join(config.test_source_root, "Inputs", "compare.py")),
    ("%python", config.python),
    ("%src", config.dlc_src),
    ("%bin", config.dlc_bin),
    ("%obj", config.dlc_obj),
]
