// Floor 3: nn becomes linalg, tensor and scf on tensors. One file a family; this header is what
// they share.
#ifndef DLC_COMPILER_STRUCTURE_STRUCTURE_H
#define DLC_COMPILER_STRUCTURE_STRUCTURE_H

#include "dialects/nn/nn.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Pass/Pass.h"
#include "llvm/ADT/StringMap.h"

namespace dlc {
class Lowering;
} // namespace dlc

#include "compiler/structure/structure_interfaces.h.inc"

namespace dlc {

/// The element type below floor 3: signless.
mlir::Type signless(mlir::Type element);

/// State of lowering one function: what each nn value and each symbol became, and how to emit what
/// many families need. All `Value`s given to and returned from the helpers below are lowered
/// (signless) tensors unless said otherwise.
class Lowering {
public:
  explicit Lowering(mlir::OpBuilder &builder) : builder(builder), loc(builder.getUnknownLoc()) {}

  mlir::OpBuilder &builder;
  mlir::Location loc; ///< of the operation being lowered

  //===-- Values and symbols --===//

  /// The lowered tensor of an nn value.
  mlir::Value get(mlir::Value value) const { return values.lookup(value); }
  /// Says what an nn value became. Symbols that its type is the first to name are defined by the
  /// tensor's dimensions.
  void set(mlir::Value value, mlir::Value lowered);
  /// The value (of type index) of a symbol; it must have been defined.
  mlir::Value symbol(llvm::StringRef name) const { return symbols.lookup(name); }
  void define(llvm::StringRef name, mlir::Value value) { symbols[name] = value; }
  /// Lowers all operations of an nn block at the builder's position, terminator excluded. Symbols
  /// defined inside are forgotten after it.
  mlir::LogicalResult lowerBlock(mlir::Block &block);
  /// The same for a region's only block, with these values for its arguments; gives what it yields.
  mlir::FailureOr<llvm::SmallVector<mlir::Value>> lowerRegion(mlir::Block &block,
                                                              mlir::ValueRange arguments);

  //===-- Types and sizes --===//

  /// Signless, without encoding.
  mlir::RankedTensorType typeOf(mlir::Type nnType) const;
  mlir::OpFoldResult size(const nn::Dim &dim);
  mlir::Value sizeValue(const nn::Dim &dim);
  llvm::SmallVector<mlir::OpFoldResult> sizes(llvm::ArrayRef<nn::Dim> dims);
  llvm::SmallVector<mlir::OpFoldResult> sizes(mlir::Type nnType) {
    return sizes(nn::dimsOf(nnType));
  }

  //===-- Building blocks --===//

  mlir::Value empty(llvm::ArrayRef<mlir::OpFoldResult> sizes, mlir::Type element);
  mlir::Value empty(mlir::Type nnType);
  /// A scalar constant of a signless or float type.
  mlir::Value scalar(mlir::Type type, double value);
  mlir::Value scalar(mlir::Type type, const llvm::APInt &value);
  mlir::Value fill(mlir::Value tensor, mlir::Value scalar);
  /// A fresh tensor of that shape, filled with `value`.
  mlir::Value filled(llvm::ArrayRef<mlir::OpFoldResult> sizes, mlir::Type element, double value);
  /// linalg.generic with parallel loops over `output`'s shape.
  using Body = llvm::function_ref<mlir::Value(mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;
  mlir::Value parallel(mlir::Value output, mlir::ValueRange inputs,
                       llvm::ArrayRef<mlir::AffineMap> inputMaps, Body body);
  /// linalg.generic that folds `inputs` into `init` (the last body argument is the running value).
  mlir::Value reduce(mlir::Value init, mlir::ValueRange inputs,
                     llvm::ArrayRef<mlir::AffineMap> inputMaps, mlir::AffineMap outputMap,
                     llvm::ArrayRef<mlir::utils::IteratorType> iterators, Body body);
  /// A generic over `output` whose element is `data[position(indices)]`: for reads that no affine
  /// map describes. Positions must lie inside.
  using Position = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;
  mlir::Value gather(mlir::Value output, mlir::Value data, Position position);
  /// Elements in the type `to`; floats and (signed) integers widen or narrow as C does.
  mlir::Value convert(mlir::Value tensor, mlir::Type to, bool isUnsigned = false);
  /// The map by which an operand of shape `from` is read when it broadcasts to `to`; emits run-time
  /// checks for symbolic dimensions that must be equal but are not known to be.
  mlir::AffineMap broadcastMap(llvm::ArrayRef<nn::Dim> from, llvm::ArrayRef<nn::Dim> to);
  /// `tensor` (of shape `from`) in another shape with as many elements: expand and collapse where
  /// groups align, through one dimension otherwise.
  mlir::Value reshape(mlir::Value tensor, llvm::ArrayRef<nn::Dim> from, llvm::ArrayRef<nn::Dim> to);
  mlir::Value transpose(mlir::Value tensor, llvm::ArrayRef<int64_t> permutation);
  /// Pads with a constant; `low` and `high` have one entry a dimension. Entries must not be
  /// negative.
  mlir::Value pad(mlir::Value tensor, llvm::ArrayRef<mlir::OpFoldResult> low,
                  llvm::ArrayRef<mlir::OpFoldResult> high, mlir::Value scalar);
  /// cf.assert that `condition` (i1) holds; the model then fails with `message` instead of
  /// computing.
  void require(mlir::Value condition, const llvm::Twine &message);
  /// require(a == b); nothing is emitted where the expressions are equal.
  void requireEqual(const nn::Dim &a, const nn::Dim &b, const llvm::Twine &what);

private:
  mlir::IRMapping values;
  llvm::StringMap<mlir::Value> symbols;
};

/// Lowers an elementwise operation by its scalar formula.
mlir::LogicalResult lowerElementwise(nn::ElementwiseOpInterface op, Lowering &lowering);

//===-- The families: each attaches its models. --===//

void registerContractionStructure(mlir::DialectRegistry &registry);
void registerControlStructure(mlir::DialectRegistry &registry);
void registerConvolutionStructure(mlir::DialectRegistry &registry);
void registerElementwiseStructure(mlir::DialectRegistry &registry);
void registerNormalizationStructure(mlir::DialectRegistry &registry);
void registerPoolingStructure(mlir::DialectRegistry &registry);
void registerQuantizationStructure(mlir::DialectRegistry &registry);
void registerRecurrentStructure(mlir::DialectRegistry &registry);
void registerReductionStructure(mlir::DialectRegistry &registry);
void registerIndexingStructure(mlir::DialectRegistry &registry);
void registerResizeStructure(mlir::DialectRegistry &registry);
void registerSamplingStructure(mlir::DialectRegistry &registry);
void registerShapeStructure(mlir::DialectRegistry &registry);
void registerSortingStructure(mlir::DialectRegistry &registry);

/// All of them.
void registerStructure(mlir::DialectRegistry &registry);

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "compiler/structure/passes.h.inc"

} // namespace dlc

#endif // DLC_COMPILER_STRUCTURE_STRUCTURE_H
