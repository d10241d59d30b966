# What dlc is built with. Set-up (scripts/setup.sh) installs all of it; the versions are pinned there.
find_package(MLIR 22.1 REQUIRED CONFIG HINTS /usr/lib/llvm-22/lib/cmake/mlir)
find_package(LLD 22.1 REQUIRED CONFIG HINTS /usr/lib/llvm-22/lib/cmake/lld)
list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
include(TableGen)
include(AddLLVM)
include(AddMLIR)
# mlir_tablegen() reads the directory's include paths, not a target's.
include_directories(SYSTEM ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
include_directories(${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR})

# Python packages (Halide, onnx, onnxruntime, lit) live in a virtual environment of the build folder.
set(DLC_VENV "${CMAKE_SOURCE_DIR}/build/venv" CACHE PATH "virtual environment made by scripts/setup.sh")
set(DLC_PYTHON "${DLC_VENV}/bin/python3")
file(GLOB DLC_SITE_PACKAGES "${DLC_VENV}/lib/python3*/site-packages")
if(NOT DLC_SITE_PACKAGES)
  message(FATAL_ERROR "no virtual environment at ${DLC_VENV}: run scripts/setup.sh")
endif()

# Halide as a plain imported target: its own package file needs a newer CMake than Debian 12 has.
find_path(HALIDE_INCLUDE Halide.h PATHS "${DLC_SITE_PACKAGES}/halide/include" "${DLC_SITE_PACKAGES}/include" REQUIRED NO_DEFAULT_PATH)
find_library(HALIDE_LIBRARY Halide PATHS "${DLC_SITE_PACKAGES}/halide/lib64" "${DLC_SITE_PACKAGES}/halide/lib" REQUIRED NO_DEFAULT_PATH)
add_library(Halide::Halide SHARED IMPORTED)
set_target_properties(Halide::Halide PROPERTIES
  IMPORTED_LOCATION ${HALIDE_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${HALIDE_INCLUDE})

find_package(Protobuf 3.21 REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED) # the tuning database
find_package(MPI QUIET COMPONENTS C) # optional: dlc-tune --mpi; the C interface alone
