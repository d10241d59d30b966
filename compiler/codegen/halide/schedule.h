// Schedules: which Funcs are computed where, and how their loops are arranged.
//
// A template arranges the stages that it knows the meaning of; whatever it leaves gets the default:
// producers that would be recomputed too often are computed at the root, their innermost dimension
// in vectors, everything else is inlined.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_SCHEDULE_H
#define DLC_COMPILER_CODEGEN_HALIDE_SCHEDULE_H

#include "compiler/codegen/halide/translator.h"

namespace dlc::halide {

/// Sizes of dynamic dimensions are unknown when schedules are made: this stands for them.
inline constexpr int64_t kGuessedExtent = 64;

struct Plan {
  std::vector<bool> inlined;   ///< of each stage
  std::vector<bool> scheduled; ///< a template has placed it
};

/// Decides what is inlined.
Plan planStages(const Translator &translator);

/// Every stage that `stage` needs, itself included.
std::vector<bool> cone(const Translator &translator, int stage);

/// Inlines what is computed from `stage` on the way to the outputs, however often that is asked
/// for: where a template computes a tile of the output at a time, what is common to an element is
/// computed once. False, and nothing is done, if there is a reduction among it.
bool inlineConsumers(const Translator &translator, Plan &plan, int stage);

/// Places every stage that is neither inlined nor scheduled yet.
void scheduleDefault(Translator &translator, Plan &plan);

/// The whole: the template of the program's schedule where it fits, then the default.
void applySchedule(Translator &translator);

/// Templates. False: the kernel does not have the form that the template needs, nothing was done.
/// `scheduleTiled` is that of contractions, windows, elementwise kernels and transposes.
bool scheduleTiled(Translator &translator, Plan &plan);
bool scheduleWinograd(Translator &translator, Plan &plan);
bool scheduleRowwise(Translator &translator, Plan &plan);

/// Whether vectors along the innermost dimension of a stage that is only computed from others, or
/// copied, are gathered: it reads along another one, or divides to find out what it reads.
bool gathers(const Stage &stage);

/// One vector at a time along the innermost dimension, or a block of them along the one that is
/// read; tails are guarded.
void arrangeInnermost(const Translator &translator, Stage &stage);

/// Product of extents, dynamic ones guessed.
int64_t elementsOf(const Stage &stage);
int64_t rangeOf(const Stage &stage);
/// Lanes of a full vector of the widest element that the stage computes with.
int naturalLanes(const Translator &translator, const Stage &stage);
/// A power of two up to `lanes` that the extent (-1: unknown) has room for.
int fittingLanes(int64_t extent, int64_t lanes);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_SCHEDULE_H
