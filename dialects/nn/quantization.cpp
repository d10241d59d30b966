// Shapes of integer products; their constraints are those of the float forms.
#include "dialects/nn/nn.h"
#include "dialects/nn/window.h"

using namespace mlir;
using namespace dlc::nn;

LogicalResult ConvIntegerOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                              ValueRange operands, DictionaryAttr attributes,
                                              OpaqueProperties properties, RegionRange regions,
                                              SmallVectorImpl<Type> &results) {
  Adaptor op(operands, attributes, properties, regions);
  // conv_integer_c1: sums are i32 or f32.
  if (!op.getTo().isInteger(32) && !op.getTo().isF32())
    return inferError(loc, "sums of integers are of type i32 or f32");
  FailureOr<SmallVector<Dim>> output =
      convOutput(loc, op.getInput().getType(), op.getFilter().getType(), op.getWindow(),
                 op.getGroups(), op.getChannelsLast());
  if (failed(output))
    return failure();
  results.push_back(tensorOf(*output, op.getTo()));
  return success();
}

LogicalResult MatmulIntegerOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                                ValueRange operands, DictionaryAttr attributes,
                                                OpaqueProperties properties, RegionRange regions,
                                                SmallVectorImpl<Type> &results) {
  Adaptor op(operands, attributes, properties, regions);
  FailureOr<SmallVector<Dim>> output =
      matmulOutput(loc, op.getLhs().getType(), op.getRhs().getType(), op.getTransposeLhs(),
                   op.getTransposeRhs());
  if (failed(output))
    return failure();
  results.push_back(tensorOf(*output, IntegerType::get(context, 32)));
  return success();
}
