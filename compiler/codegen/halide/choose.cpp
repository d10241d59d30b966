#include "compiler/codegen/halide/choose.h"

using namespace mlir;
using namespace dlc;

SmallVector<kernel::ScheduleAttr> dlc::halide::chooseSchedules(kernel::FuncOp func,
                                                               const TargetInfo &target) {
  using kernel::Placement;
  return {kernel::ScheduleAttr::get(func.getContext(), "halide", kernel::Template::Elementwise, {},
                                    {}, target.vectorBytes / 4, {}, Placement::Inline,
                                    Placement::Inline, 1, false)};
}
