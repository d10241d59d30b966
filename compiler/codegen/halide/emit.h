// The one entry to the Halide side: a description in, bitcode out. Nothing is thrown.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_EMIT_H
#define DLC_COMPILER_CODEGEN_HALIDE_EMIT_H

#include "compiler/codegen/halide/program.h"

#include <string>
#include <string_view>
#include <vector>

namespace dlc::halide {

struct EmitOptions {
  std::string architecture;          ///< "x86_64" or "aarch64"
  std::vector<std::string> features; ///< LLVM's names of those that are on
  int vectorBytes = 16;
  int vectorRegisters = 16;
  int threads = 1;
  bool checked = false;
  bool precise = false;
};

/// LLVM bitcode (of Halide's own LLVM, which is older than ours) of a function that takes, in
/// order: a halide_buffer_t * for each input, the size arguments as int32, an int32 that is 0 (see
/// launder()), a halide_buffer_t * for each output. Returns false and sets `error` on failure.
bool emitBitcode(const Program &program, const EmitOptions &options, std::string &bitcode,
                 std::string &error);

/// Halide's own text of the lowered loops, for people and tests.
bool emitStatement(const Program &program, const EmitOptions &options, std::string &text,
                   std::string &error);

/// Whether the translator knows the scalar operation of this name.
bool knowsScalarOp(std::string_view name);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_EMIT_H
