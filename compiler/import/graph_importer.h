// The importer's inside: names in scope, and the walk over nodes, functions and subgraphs. Build
// functions see NodeContext only.
#ifndef DLC_COMPILER_IMPORT_GRAPH_IMPORTER_H
#define DLC_COMPILER_IMPORT_GRAPH_IMPORTER_H

#include "compiler/import/importer.h"
#include "compiler/import/node_context.h"
#include "onnx/onnx.pb.h"

namespace dlc {

/// What an ONNX name stands for. `Unknown` follows from a node that could not be imported: what
/// depends on it is skipped silently, so that one run reports everything that is wrong by itself.
struct Binding {
  enum Kind { Known, Absent, Unknown } kind = Unknown;
  mlir::Value value;
};

struct Scope {
  llvm::StringMap<Binding> names;
  llvm::StringMap<const onnx::TensorProto *> initializers; ///< not yet turned into constants
  Scope *outer = nullptr;
};

/// The function whose body is being imported: what `ref_attr_name` refers to.
struct CallFrame {
  llvm::StringMap<const onnx::AttributeProto *> attributes;
  const google::protobuf::RepeatedPtrField<onnx::OperatorSetIdProto> *imports = nullptr;
  std::string namePrefix;
};

class GraphImporter {
public:
  GraphImporter(ModelFile &model, mlir::MLIRContext *context, const ImportOptions &options,
                WeightTable &weights, Diagnostics &diags);

  mlir::OwningOpRef<mlir::ModuleOp> run();

private:
  friend class NodeContext;

  // importer.cpp
  mlir::LogicalResult importInputs(mlir::func::FuncOp function);
  mlir::Type importInputType(const onnx::ValueInfoProto &input);
  Binding lookup(llvm::StringRef name);
  NodeRef nodeRef(const onnx::NodeProto &node, int index) const;
  int64_t opsetOf(llvm::StringRef domain) const;
  void nodeError(const NodeRef &ref, const llvm::Twine &message, ErrorClass c = ErrorClass::Model);
  nn::Dim symbolFor(llvm::StringRef parameter);
  std::string uniqueSymbol(llvm::StringRef hint);

  // nodes.cpp
  mlir::LogicalResult importNodes(const NodeList &nodes);
  void importNode(const onnx::NodeProto &node, int index);
  void importCall(const onnx::FunctionProto &function, const onnx::NodeProto &node,
                  const NodeRef &ref);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  importGraph(const onnx::GraphProto &graph, llvm::ArrayRef<mlir::Value> arguments);
  bool checkArity(const onnx::NodeProto &node, const NodeRef &ref, const OpRow &row,
                  unsigned inputs, unsigned outputs);
  void bindOutputs(const onnx::NodeProto &node, llvm::ArrayRef<mlir::Value> values);
  /// Simplifies small integer results to constants or nn.dims where their elements are known;
  /// checks sizes.
  mlir::FailureOr<mlir::Value> finishResult(const NodeRef &ref, mlir::Value value);

  // nodes.cpp: unsupported operators, collected and reported at the end
  void recordUnsupported(const NodeRef &ref, bool otherVersionKnown);
  void scanForUnsupported(const onnx::NodeProto &node);
  void reportUnsupported();

  // constants.cpp
  mlir::Type elementType(int32_t onnxType);
  mlir::Value constantOf(const TensorData &data, mlir::Location location);
  mlir::Value createConstant(mlir::ElementsAttr value, mlir::Location location);
  std::optional<nn::ShapeValue> shapeValue(mlir::Value value);

  ModelFile &model;
  mlir::MLIRContext *context;
  const ImportOptions &options;
  WeightTable &weights;
  Diagnostics &diags;
  mlir::OpBuilder builder;

  mlir::Block *entry = nullptr; ///< of the main function; initialisers become constants there
  mlir::Operation *lastConstant = nullptr; ///< the last of them
  Scope *scope = nullptr;
  CallFrame *frame = nullptr;
  NodeContext *current = nullptr; ///< the node being built, for diagnostics

  llvm::StringMap<std::string> parameterSymbols;
  llvm::StringMap<int64_t> parameterValues; ///< dim_params that --shape fixes
  llvm::StringMap<size_t> symbols;          ///< in the order in which they came up
  llvm::DenseMap<mlir::Value, std::optional<nn::ShapeValue>> shapeValues;

  struct UnsupportedOp {
    NodeRef first;
    bool otherVersionKnown = false;
    size_t count = 0;
    std::vector<std::string> names;
  };
  std::map<std::pair<std::string, std::string>, UnsupportedOp> unsupportedOps;
};

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_GRAPH_IMPORTER_H
