# PREFIX/bin, include/dlc, lib/libdlcrt.a (the runtime), lib/libdlc.so (dlc/compiler.hpp), share/doc/dlc.
#
# Halide comes from a Python package, so its library is installed, too: into lib/dlc, where nobody else's is. LLVM and MLIR are the system's.
# Programs and libdlc.so find both by themselves.
set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib/dlc;${LLVM_LIBRARY_DIR}")
file(REAL_PATH ${HALIDE_LIBRARY} halide_file)
install(PROGRAMS ${halide_file} DESTINATION lib/dlc RENAME libHalide.so)
