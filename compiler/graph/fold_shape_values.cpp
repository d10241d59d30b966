// nn-fold-shape-values: what shape arithmetic computed is written down, so that the arithmetic
// itself disappears.
#include "compiler/graph/graph.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;
using nn::ShapeValue;

namespace dlc {
#define GEN_PASS_DEF_NNFOLDSHAPEVALUES
#include "compiler/graph/passes.h.inc"
} // namespace dlc

namespace {
struct FoldShapeValues : dlc::impl::NNFoldShapeValuesBase<FoldShapeValues> {
  void runOnOperation() override {
    llvm::DenseMap<Value, ShapeValue> known;
    getOperation().walk([&](Operation *op) {
      if (!nn::canEvaluate(op))
        return;
      SmallVector<std::optional<ShapeValue>> operands;
      for (Value operand : op->getOperands()) {
        auto it = known.find(operand);
        operands.push_back(it == known.end() ? std::nullopt : std::optional(it->second));
      }
      FailureOr<SmallVector<ShapeValue>> results = nn::evaluateShape(op, operands);
      if (failed(results))
        return;
      for (auto [result, elements] : llvm::zip_equal(op->getResults(), *results)) {
        known[result] = elements;
        if (!isa<nn::ConstantOp, nn::DimsOp>(op) && !result.use_empty())
          write(result, elements, known);
      }
    });
    eraseUnused();
  }

  /// Replaces `result` by a constant, or by nn.dims where it names symbols.
  static void write(Value result, const ShapeValue &elements,
                    llvm::DenseMap<Value, ShapeValue> &known) {
    auto type = cast<RankedTensorType>(result.getType());
    OpBuilder builder(result.getContext());
    builder.setInsertionPointAfterValue(result);
    Value folded;
    if (llvm::all_of(elements, [](const Dim &d) { return d.constant().has_value(); })) {
      SmallVector<APInt> values;
      for (const Dim &element : elements)
        values.push_back(APInt(64, *element.constant(), true).trunc(type.getElementTypeBitWidth()));
      auto value = DenseElementsAttr::get(type, values);
      folded = nn::ConstantOp::create(builder, result.getLoc(), type, value);
    } else {
      SmallVector<StringRef> texts;
      SmallVector<std::string> storage;
      for (const Dim &element : elements)
        storage.push_back(element.str());
      texts.assign(storage.begin(), storage.end());
      folded = nn::DimsOp::create(builder, result.getLoc(), type, builder.getStrArrayAttr(texts));
    }
    known[folded] = elements;
    result.replaceAllUsesWith(folded);
  }

  void eraseUnused() {
    SmallVector<Operation *> ops;
    getOperation().walk([&](Operation *op) { ops.push_back(op); });
    for (Operation *op : llvm::reverse(ops))
      if (isOpTriviallyDead(op))
        op->erase();
  }
};
} // namespace
