// kernel-specialize: one kernel.func per layout.
//
// After bufferisation a launch's operands have strides. The clone of the kernel for them keeps the
// kernel's shapes (its `?` are its index arguments) and takes the strides of the launch; the offset
// is dropped, since the caller passes the address of the first element.
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {
#define GEN_PASS_DEF_KERNELSPECIALIZE
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// The argument type for a tensor of the kernel, given what the launch passes.
FailureOr<MemRefType> argumentType(RankedTensorType tensor, Value passed) {
  auto memref = cast<MemRefType>(passed.getType());
  SmallVector<int64_t> strides;
  int64_t offset;
  if (memref.getRank() != tensor.getRank() || memref.getElementType() != tensor.getElementType() ||
      failed(memref.getStridesAndOffset(strides, offset)))
    return failure();
  auto plain = MemRefType::get(tensor.getShape(), tensor.getElementType());
  if (memref.getLayout().isIdentity())
    return plain;
  // A dimension of one element has no stride that matters.
  SmallVector<int64_t> plainStrides;
  (void)plain.getStridesAndOffset(plainStrides, offset);
  for (auto [size, stride, natural] : llvm::zip(tensor.getShape(), strides, plainStrides))
    if (size == 1 && !ShapedType::isDynamic(natural))
      stride = natural;
  if (tensor.hasStaticShape() && strides == plainStrides)
    return plain;
  return MemRefType::get(tensor.getShape(), tensor.getElementType(),
                         StridedLayoutAttr::get(tensor.getContext(), 0, strides));
}

kernel::FuncOp specialize(kernel::FuncOp func, ArrayRef<Type> buffers, bool readsOuts,
                          StringRef name) {
  OpBuilder b(func);
  unsigned outCount = func.getNumResults();
  SmallVector<Type> types(buffers);
  SmallVector<Type> oldTypes(func.getArgumentTypes());
  unsigned tensorCount = oldTypes.size() - func.getIndexArguments().size();
  types.append(oldTypes.begin() + tensorCount, oldTypes.end());
  unsigned inCount = buffers.size() - outCount;

  auto clone = kernel::FuncOp::create(b, func.getLoc(), name, b.getFunctionType(types, {}));
  for (NamedAttribute attr : func->getDiscardableAttrs())
    clone->setAttr(attr.getName(), attr.getValue());
  clone.setScheduleAttr(func.getScheduleAttr());
  for (unsigned i = 0; i < inCount; ++i)
    if (auto extents = func.getArgAttr(i, kernel::kExtentsAttr))
      clone.setArgAttr(i, kernel::kExtentsAttr, extents);
  for (unsigned i = 0; i < outCount; ++i)
    if (auto extents = func.getResultAttr(i, kernel::kExtentsAttr))
      clone.setArgAttr(inCount + i, kernel::kExtentsAttr, extents);

  Block *body = &clone.getBody().emplaceBlock();
  for (Type type : types)
    body->addArgument(type, func.getLoc());
  b.setInsertionPointToStart(body);
  IRMapping map;
  for (unsigned i = 0; i < tensorCount; ++i) {
    // Destinations that are read are the last tensors of the kernel, and the destinations of the
    // clone.
    BlockArgument buffer = body->getArgument(i);
    map.map(Value(func.getArgument(i)),
            bufferization::ToTensorOp::create(b, func.getLoc(), oldTypes[i], buffer,
                                              /*restrict=*/true, /*writable=*/i >= inCount)
                .getResult());
  }
  for (unsigned i = tensorCount; i < oldTypes.size(); ++i)
    map.map(func.getArgument(i), body->getArgument(buffers.size() + i - tensorCount));
  for (Operation &op : func.getBody().front().without_terminator())
    b.clone(op, map);
  Operation *ret = func.getBody().front().getTerminator();
  for (unsigned i = 0; i < outCount; ++i) {
    auto store = bufferization::MaterializeInDestinationOp::create(
        b, ret->getLoc(), TypeRange(), map.lookupOrDefault(ret->getOperand(i)),
        body->getArgument(inCount + i));
    store.setRestrict(true);
    store.setWritable(true);
  }
  kernel::ReturnOp::create(b, ret->getLoc(), ValueRange());
  return clone;
}

struct KernelSpecializePass : dlc::impl::KernelSpecializeBase<KernelSpecializePass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SymbolTable symbols(module);
    /// Variants of each kernel, by argument types; made in the order of the launches.
    llvm::MapVector<kernel::FuncOp, llvm::MapVector<Type, kernel::FuncOp>> variants;
    SmallVector<kernel::FuncOp> old;
    for (auto func : module.getOps<kernel::FuncOp>())
      if (!func.isSpecialized())
        old.push_back(func);

    WalkResult result = module.walk([&](kernel::LaunchOp launch) -> WalkResult {
      auto func = symbols.lookup<kernel::FuncOp>(launch.getCallee());
      if (!func || func.isSpecialized())
        return WalkResult::advance();
      SmallVector<Type> tensors(func.getArgumentTypes());
      unsigned inCount = launch.getIns().size();
      SmallVector<Type> buffers;
      auto add = [&](Type tensor, Value passed) -> LogicalResult {
        auto type = isa<MemRefType>(passed.getType())
                        ? argumentType(cast<RankedTensorType>(tensor), passed)
                        : FailureOr<MemRefType>(failure());
        if (failed(type))
          return launch.emitError() << "passes " << passed.getType() << " where " << func.getName()
                                    << " takes " << tensor;
        buffers.push_back(*type);
        return success();
      };
      for (unsigned i = 0; i < inCount; ++i)
        if (failed(add(tensors[i], launch.getIns()[i])))
          return WalkResult::interrupt();
      for (auto [type, passed] : llvm::zip(func.getResultTypes(), launch.getOuts()))
        if (failed(add(type, passed)))
          return WalkResult::interrupt();

      auto &known = variants[func];
      auto &variant = known[FunctionType::get(&getContext(), buffers, {})];
      if (!variant) {
        std::string name = func.getName().str();
        if (known.size() == 1)
          func.setName((name + "_tensors").c_str()); // the first variant inherits the name
        else
          name = variantName(known.front().second.getName(), known.size() - 1, symbols);
        variant = specialize(func, buffers, launch.getReadsOuts(), name);
      }
      launch.setCallee(variant.getName());
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return signalPassFailure();
    for (kernel::FuncOp func : old)
      func.erase();
  }

  static std::string variantName(StringRef base, size_t number, SymbolTable &symbols) {
    std::string name;
    do
      name = (base + "_" + Twine(number++)).str();
    while (symbols.lookup(name));
    return name;
  }
};
} // namespace
