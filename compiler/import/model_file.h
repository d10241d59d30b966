// An ONNX model file: mapped, parsed, and checked so far that the importer can walk it without
// fear.
//
// After openModel() these hold: the graph exists; every name is defined once in its graph (a
// subgraph may shadow an outer name), every use has a definition, and nodesInOrder() gives an order
// in which definitions come first; subgraphs nest at most kMaxGraphNesting deep; functions do not
// call themselves; attributes have distinct names and a type that agrees with what is stored; all
// tensors (initialisers, attributes) have a valid type, shape and length. What is *not* checked:
// whether operators exist and what they want. `value_info` is never used.
#ifndef DLC_COMPILER_IMPORT_MODEL_FILE_H
#define DLC_COMPILER_IMPORT_MODEL_FILE_H

#include "compiler/import/diagnostics.h"
#include "compiler/import/tensor_data.h"
#include "llvm/ADT/DenseMap.h"
#include <memory>

namespace google::protobuf {
template <typename T> class RepeatedPtrField;
}
namespace onnx {
class FunctionProto;
class GraphProto;
class ModelProto;
class NodeProto;
} // namespace onnx

namespace dlc {

constexpr int64_t kMinIrVersion = 3, kMaxIrVersion = 14;
constexpr int64_t kMaxOpset = 28;

using NodeList = google::protobuf::RepeatedPtrField<onnx::NodeProto>;

class ModelFile {
public:
  ~ModelFile();

  std::string path;   ///< as given, for messages
  std::string folder; ///< where external data lies
  std::unique_ptr<onnx::ModelProto> proto;
  std::unique_ptr<TensorReader> tensors;

  /// Indices of the nodes so that definitions come before uses.
  std::vector<int> nodesInOrder(const NodeList &nodes) const;
  /// The model-local function, or null.
  const onnx::FunctionProto *findFunction(llvm::StringRef domain, llvm::StringRef name,
                                          llvm::StringRef overload) const;

  // Filled by the validation.
  llvm::DenseMap<const NodeList *, std::vector<int>> order; ///< only where it differs from 0..n-1
  std::map<std::string, const onnx::FunctionProto *> functions;
};

/// Opens, parses and validates. Null if anything was wrong; all of it is then in `diags`.
std::unique_ptr<ModelFile> openModel(llvm::StringRef path, Diagnostics &diags,
                                     const ExternalFileRules &rules = {});

/// "ai.onnx" and "" are the same domain.
llvm::StringRef normalizedDomain(llvm::StringRef domain);

/// The key of ModelFile::functions.
std::string functionKey(llvm::StringRef domain, llvm::StringRef name, llvm::StringRef overload);

/// The part of openModel() after parsing; separate for tests.
mlir::LogicalResult validateModel(ModelFile &model, Diagnostics &diags);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_MODEL_FILE_H
