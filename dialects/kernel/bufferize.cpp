// kernel.launch for one-shot bufferisation: inputs are read, destinations written, each result is
// its destination.
#include "dialects/kernel/kernel.h"

#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"

using namespace mlir;
using namespace mlir::bufferization;
using namespace dlc::kernel;

namespace {
struct LaunchBufferization : BufferizableOpInterface::ExternalModel<LaunchBufferization, LaunchOp> {
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand, const AnalysisState &) const {
    auto launch = cast<LaunchOp>(op);
    return !launch.isDpsInit(&operand) || launch.getReadsOuts();
  }
  bool bufferizesToMemoryWrite(Operation *op, OpOperand &operand, const AnalysisState &) const {
    return cast<LaunchOp>(op).isDpsInit(&operand);
  }
  AliasingValueList getAliasingValues(Operation *op, OpOperand &operand,
                                      const AnalysisState &) const {
    auto launch = cast<LaunchOp>(op);
    if (launch.isDpsInit(&operand))
      return {{launch.getTiedOpResult(&operand), BufferRelation::Equivalent}};
    return {};
  }
  bool bufferizesToElementwiseAccess(Operation *op, const AnalysisState &,
                                     ArrayRef<OpOperand *>) const {
    return cast<LaunchOp>(op).getElementwise();
  }
  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options, BufferizationState &state) const {
    auto launch = cast<LaunchOp>(op);
    SmallVector<Value> ins, outs;
    auto buffers = [&](OperandRange operands, SmallVector<Value> &list) {
      for (Value operand : operands) {
        FailureOr<Value> buffer = isa<TensorType>(operand.getType())
                                      ? getBuffer(rewriter, operand, options, state)
                                      : FailureOr<Value>(operand);
        if (failed(buffer))
          return failure();
        list.push_back(*buffer);
      }
      return success();
    };
    if (failed(buffers(launch.getIns(), ins)) || failed(buffers(launch.getOuts(), outs)))
      return failure();
    LaunchOp::create(rewriter, launch.getLoc(), TypeRange(), launch.getCalleeAttr(), ins,
                     launch.getSizes(), outs, launch.getElementwiseAttr(),
                     launch.getReadsOutsAttr());
    replaceOpWithBufferizedValues(rewriter, op, outs);
    return success();
  }
};
} // namespace

void dlc::kernel::registerBufferization(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, KernelDialect *) {
    LaunchOp::attachInterface<LaunchBufferization>(*context);
  });
}
