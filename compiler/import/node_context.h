// What a build function of a registry row sees of its ONNX node: inputs, attributes, constants, and
// how to report.
//
// Errors stick: after the first one, create() gives null values and further reports are dropped, so
// a build function may go on without checking each step, as long as it does not look *into* a value
// that create() gave (use ok() before that).
//
//   LogicalResult buildGemm(NodeContext &n) {
//     double alpha = n.floatAttr("alpha", 1);
//     Value product = n.create<nn::MatmulOp>(n.input(0), n.input(1), ...);
//     return n.result(n.create<nn::MulOp>(product, n.splat(alpha, n.elementType(0))));
//   }
#ifndef DLC_COMPILER_IMPORT_NODE_CONTEXT_H
#define DLC_COMPILER_IMPORT_NODE_CONTEXT_H

#include "compiler/import/diagnostics.h"
#include "dialects/nn/nn.h"
#include "llvm/ADT/StringSet.h"

namespace onnx {
class AttributeProto;
class GraphProto;
class NodeProto;
class TensorProto;
} // namespace onnx

namespace dlc {

class GraphImporter;
struct OpRow;

/// A moment of the import: which symbols there were.
using SymbolScope = size_t;

class NodeContext {
public:
  NodeContext(GraphImporter &importer, const onnx::NodeProto &proto, const NodeRef &ref,
              mlir::Location location, const OpRow &row, llvm::ArrayRef<mlir::Value> inputs);

  mlir::OpBuilder &builder();
  mlir::MLIRContext *context();
  mlir::Location loc() const { return location; }
  /// Opset version of the node's domain.
  int64_t opset() const { return ref.opset; }
  llvm::StringRef opType() const { return ref.opType; }

  //===-- Inputs and outputs --===//

  /// Inputs given, without absent ones at the end. The count agrees with the row.
  unsigned numInputs() const { return inputValues.size(); }
  /// False for an optional input that is absent.
  bool hasInput(unsigned i) const { return i < inputValues.size() && inputValues[i]; }
  /// Null if absent. Inputs that the row requires are always there. All are ranked tensors
  /// (isTensor() asks for the rest).
  mlir::Value input(unsigned i) const {
    return i < inputValues.size() ? inputValues[i] : mlir::Value();
  }
  llvm::ArrayRef<mlir::Value> inputs() const { return inputValues; }

  mlir::RankedTensorType type(unsigned i) const;
  mlir::Type elementType(unsigned i) const { return type(i).getElementType(); }
  int64_t rank(unsigned i) const { return type(i).getRank(); }
  /// The dimensions of input i.
  llvm::SmallVector<nn::Dim> shape(unsigned i) const { return nn::dimsOf(type(i)); }
  /// Formal name of input i in messages: "X", "W".
  std::string inputName(unsigned i) const;
  /// Reports unless the two inputs have the same element type.
  bool sameElementType(unsigned i, unsigned j);

  unsigned numOutputs() const { return outputCount; }
  /// Whether output i has a name, so that somebody may read it.
  bool wantsOutput(unsigned i) const;

  //===-- Constant inputs and shape values --===//

  /// The elements of input i where they are known now (constants of any size). Integers and
  /// booleans; otherwise nullopt.
  std::optional<llvm::SmallVector<int64_t>> constantInts(unsigned i);
  /// The same for floating-point constants.
  std::optional<llvm::SmallVector<double>> constantFloats(unsigned i);
  /// The same for any value, not just inputs.
  std::optional<llvm::SmallVector<int64_t>> constantInts(mlir::Value value);
  std::optional<llvm::SmallVector<double>> constantFloats(mlir::Value value);
  /// Elements of input i, an integer tensor of at most 64 elements, as expressions over symbols;
  /// nullopt where not known.
  std::optional<nn::ShapeValue> elements(unsigned i);
  std::optional<nn::ShapeValue> elements(mlir::Value value);
  /// Like elements(), but where they are not known new symbols are bound to them at run time
  /// (nn.bind). Input i must have one dimension (or none) of constant size; otherwise the rank of
  /// something would depend on data: reported as unsupported.
  mlir::FailureOr<nn::ShapeValue> elementsOrBind(unsigned i);
  mlir::FailureOr<nn::ShapeValue> elementsOrBind(mlir::Value value);
  /// A new symbol, not yet bound.
  nn::Dim freshSymbol(llvm::StringRef hint = "u");

  //===-- Attributes (with ONNX's defaults) --===//

  bool hasAttr(llvm::StringRef name);
  int64_t intAttr(llvm::StringRef name, int64_t otherwise);
  double floatAttr(llvm::StringRef name, double otherwise);
  std::string stringAttr(llvm::StringRef name, llvm::StringRef otherwise);
  std::optional<llvm::SmallVector<int64_t>> intsAttr(llvm::StringRef name);
  std::optional<llvm::SmallVector<double>> floatsAttr(llvm::StringRef name);
  std::optional<std::vector<std::string>> stringsAttr(llvm::StringRef name);
  /// Missing ones are reported.
  int64_t requiredInt(llvm::StringRef name);
  llvm::SmallVector<int64_t> requiredInts(llvm::StringRef name);
  /// A TensorProto.DataType number as an MLIR type; null (and reported) if dlc has no such type.
  mlir::Type typeAttr(llvm::StringRef name, int32_t otherwise);
  /// Tensor attribute as a constant; null if absent.
  mlir::Value tensorAttr(llvm::StringRef name);
  const onnx::GraphProto *graphAttr(llvm::StringRef name);
  const onnx::AttributeProto *rawAttr(llvm::StringRef name);
  /// Says that the attribute is known and has no effect here; attributes that nobody asked for give
  /// a warning.
  void ignoreAttr(llvm::StringRef name) { asked.insert(name); }

  /// Attribute `name` as an axis of a tensor of that rank: negative ones count from the end.
  /// Reported if out of range.
  int64_t axisAttr(llvm::StringRef name, int64_t otherwise, int64_t rank);
  int64_t requiredAxis(llvm::StringRef name, int64_t rank);
  /// The same for a number from elsewhere, such as an axes input.
  int64_t normalizeAxis(int64_t axis, int64_t rank, llvm::StringRef name = "axis");

  //===-- Building --===//

  /// Builds an operation with one result from untrusted operands; null after an error. Attributes
  /// are given as to OpTy::build.
  template <typename OpTy, typename... Args> mlir::Value create(Args &&...args) {
    if (failed)
      return {};
    mlir::FailureOr<OpTy> op = nn::create<OpTy>(builder(), location, std::forward<Args>(args)...);
    if (mlir::failed(op)) {
      failed = true;
      return {};
    }
    return (*op)->getResult(0);
  }
  /// The same for several results.
  template <typename OpTy, unsigned ResultCount, typename... Args>
  llvm::SmallVector<mlir::Value> createMulti(Args &&...args) {
    if (failed)
      return llvm::SmallVector<mlir::Value>(ResultCount);
    mlir::FailureOr<OpTy> op =
        nn::create<OpTy, ResultCount>(builder(), location, std::forward<Args>(args)...);
    if (mlir::failed(op)) {
      failed = true;
      return llvm::SmallVector<mlir::Value>(ResultCount);
    }
    return llvm::to_vector_of<mlir::Value>((*op)->getResults());
  }
  /// Builds an operation whose result type is given (nn.slice, nn.expand, nn.iota, ...) and
  /// verifies it; null after an error, and where `type` is null.
  template <typename OpTy, typename... Args>
  mlir::Value createTyped(mlir::Type type, Args &&...args) {
    if (failed || !type)
      return {};
    auto op = OpTy::create(builder(), location, type, std::forward<Args>(args)...);
    if (mlir::failed(op->getName().verifyInvariants(op))) {
      op->erase();
      failed = true;
      return {};
    }
    return op->getResult(0);
  }
  /// A tensor type with these dimensions; null (and reported) if no tensor can have them.
  mlir::RankedTensorType tensorType(llvm::ArrayRef<nn::Dim> dims, mlir::Type elementType);
  /// Expressions as nn operations take them in attributes.
  mlir::ArrayAttr dimsAttr(llvm::ArrayRef<nn::Dim> dims);
  /// nn.reshape to these dimensions.
  mlir::Value reshape(mlir::Value value, llvm::ArrayRef<nn::Dim> dims);
  mlir::Value transpose(mlir::Value value, llvm::ArrayRef<int64_t> permutation);
  /// nn.expand to these dimensions.
  mlir::Value expand(mlir::Value value, llvm::ArrayRef<nn::Dim> dims);
  /// nn.slice: `sizes` elements from `offsets`, `strides` apart.
  mlir::Value slice(mlir::Value value, llvm::ArrayRef<nn::Dim> offsets,
                    llvm::ArrayRef<nn::Dim> sizes, llvm::ArrayRef<int64_t> strides);
  /// nn.slice of one dimension, with stride 1.
  mlir::Value slice(mlir::Value value, int64_t axis, const nn::Dim &offset, const nn::Dim &size);
  /// i64 0, 1, 2, ... along dimension `axis` of a tensor with these dimensions.
  mlir::Value iota(llvm::ArrayRef<nn::Dim> dims, int64_t axis);
  mlir::Value concat(llvm::ArrayRef<mlir::Value> values, int64_t axis);
  mlir::Value gather(mlir::Value data, mlir::Value indices, int64_t axis);
  /// nn.cast unless it has the type already.
  mlir::Value castTo(mlir::Value value, mlir::Type elementType);
  /// A rank-0 constant of the element type, to combine by broadcasting.
  mlir::Value scalar(double value, mlir::Type elementType);
  /// One-dimensional i64 constant.
  mlir::Value intsConstant(llvm::ArrayRef<int64_t> values);
  /// A small constant with these elements (as many as `dims` says).
  mlir::Value constant(llvm::ArrayRef<double> values, llvm::ArrayRef<int64_t> dims,
                       mlir::Type elementType);
  mlir::Value constant(mlir::DenseElementsAttr value);
  /// A small integer tensor with symbolic elements: nn.constant or nn.dims.
  mlir::Value dimsTensor(llvm::ArrayRef<nn::Dim> values, llvm::ArrayRef<int64_t> shape,
                         mlir::Type elementType);
  mlir::Value dimsTensor(llvm::ArrayRef<nn::Dim> values); ///< i64, one dimension
  /// An nn.constant for the tensor (a dense_resource handle where it is large); null after an
  /// error.
  mlir::Value constant(const onnx::TensorProto &tensor);

  /// Gives the node's results, in ONNX's order; null for outputs that nobody wants.
  mlir::LogicalResult result(mlir::Value value) { return results({value}); }
  mlir::LogicalResult results(llvm::ArrayRef<mlir::Value> values);

  //===-- Subgraphs --===//

  /// Imports the graph into `region` (which must be empty): a block with arguments of these types,
  /// ended by nn.yield of the graph's outputs. Names of graphs around it are visible. Fails if
  /// anything in it could not be imported.
  mlir::LogicalResult importSubgraph(const onnx::GraphProto &graph, mlir::Region &region,
                                     mlir::TypeRange argumentTypes);
  /// Imports the graph in place, with its inputs bound to `arguments`; gives its outputs.
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  inlineSubgraph(const onnx::GraphProto &graph, llvm::ArrayRef<mlir::Value> arguments);

  SymbolScope symbolScope() const;
  /// Whether all symbols in the expression were there at that moment: then it means something
  /// outside of regions that were imported since.
  bool isOuter(const nn::Dim &dim, SymbolScope scope) const;
  /// Erases the blocks of a region that is to be imported again, and what is known of its values.
  void clearRegion(mlir::Region &region);

  //===-- Reports --===//

  bool ok() const { return !failed; }
  /// The model is wrong (exit code 1). Returns failure.
  mlir::LogicalResult error(const llvm::Twine &message, llvm::StringRef help = {});
  /// The model is valid but dlc cannot do this (exit code 3). Returns failure.
  mlir::LogicalResult unsupported(const llvm::Twine &message, llvm::StringRef help = {});
  void warning(const llvm::Twine &message);

private:
  friend class GraphImporter;
  mlir::LogicalResult report(Severity severity, ErrorClass c, const llvm::Twine &message,
                             llvm::StringRef help);
  const onnx::AttributeProto *find(llvm::StringRef name, int type, const char *typeName);
  void describeInputs(Diagnostic &diagnostic) const;
  void warnUnaskedAttributes();

  GraphImporter &importer;
  const onnx::NodeProto &proto;
  const NodeRef &ref;
  mlir::Location location;
  const OpRow &row;
  llvm::SmallVector<mlir::Value> inputValues;
  unsigned outputCount = 0;
  llvm::SmallVector<mlir::Value> outputValues;
  llvm::StringSet<> asked;
  bool failed = false;
  /// The failure follows from a node that was reported before.
  bool isConsequence = false;
};

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_NODE_CONTEXT_H
