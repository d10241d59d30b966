// The generated definitions of all nn operations (a translation unit of its own: it is large).
#include "dialects/nn/nn.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace dlc::nn;

#define GET_OP_CLASSES
#include "dialects/nn/nn_ops.cpp.inc"

void NNDialect::registerOps() {
  addOperations<
#define GET_OP_LIST
#include "dialects/nn/nn_ops.cpp.inc"
      >();
}
