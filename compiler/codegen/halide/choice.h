// What the heuristics fill in, template by template.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_CHOICE_H
#define DLC_COMPILER_CODEGEN_HALIDE_CHOICE_H

#include "compiler/codegen/halide/analyze.h"

#include <optional>

namespace dlc::halide {

/// The fields of a #kernel.schedule of this backend.
struct Choice {
  kernel::Template kind = kernel::Template::Elementwise;
  llvm::SmallVector<int64_t> tile, order, parallel;
  int64_t lanes = 1, unroll = 1, prefetch = 0, winograd = 0, dot = 0;
  kernel::Placement producers = kernel::Placement::Inline, pad = kernel::Placement::Inline;
};

/// For a sum of products, depthwise ones too; none for a scalar.
std::optional<Choice> chooseContraction(const KernelInfo &kernel);

/// Whether sharing the kernel among threads gains more than waking them costs.
bool isWorthThreads(const KernelInfo &kernel);

/// The loop that threads share, if any, which becomes the outermost one. Reads tile and order.
void chooseParallel(Choice &choice, const KernelInfo &kernel);

/// Whether operations of half vectors take half the time.
bool halvesAreFree(const TargetInfo &target);

/// Lanes for `channels` elements of the kernel: half vectors where they waste less.
int64_t lanesFor(const KernelInfo &kernel, int64_t channels);

/// The same where all data end with the channels, weights too: half vectors rather than a masked
/// one, which costs more than the lanes that it saves.
int64_t lanesWithoutTail(const KernelInfo &kernel, int64_t channels);

/// The same for loops that would mask the last ones in each step: so few that they divide the
/// channels, unless these are many.
int64_t lanesWithoutMasks(const KernelInfo &kernel, int64_t channels);

/// Elements of a shape, dynamic extents by a guess.
int64_t productOf(llvm::ArrayRef<int64_t> shape);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_CHOICE_H
