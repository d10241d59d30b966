# Writes OUTPUT, a header with one constant that changes when any of SOURCES, VERSION, LLVM or HALIDE does.
set(text "${VERSION};${LLVM};${HALIDE}")
foreach(source ${SOURCES})
  file(SHA256 ${source} hash)
  string(APPEND text ";${hash}")
endforeach()
string(SHA256 hash "${text}")
file(WRITE ${OUTPUT} "// Generated: what objects in the cache depend on besides their kernel.\ninline constexpr char kCodegenVersion[] = \"${hash}\";\n")
