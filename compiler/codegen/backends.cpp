// Which backends this build has.
#include "compiler/kernels/backend.h"

using namespace dlc;

const KernelBackend *dlc::findBackend(llvm::StringRef name) {
  if (name == "loops")
    return &loopsBackend();
#ifdef DLC_HAS_HALIDE_BACKEND
  if (name == "halide")
    return &halideBackend();
#endif
  return nullptr;
}
