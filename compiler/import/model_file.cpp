#include "compiler/import/model_file.h"
#include "compiler/import/wire.h"

#include "onnx/onnx.pb.h"
#include <google/protobuf/io/coded_stream.h>
#include <limits>
#include <numeric>

using namespace llvm;

namespace dlc {

ModelFile::~ModelFile() = default;

StringRef normalizedDomain(StringRef domain) { return domain == "ai.onnx" ? "" : domain; }

std::string functionKey(StringRef domain, StringRef name, StringRef overload) {
  // NUL cannot clash with what a name holds visibly; names that hold it still compare as whole
  // strings.
  std::string key = normalizedDomain(domain).str();
  key += '\0';
  key += name;
  key += '\0';
  key += overload;
  return key;
}

std::vector<int> ModelFile::nodesInOrder(const NodeList &nodes) const {
  auto it = order.find(&nodes);
  if (it != order.end())
    return it->second;
  std::vector<int> all(nodes.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

const onnx::FunctionProto *ModelFile::findFunction(StringRef domain, StringRef name,
                                                   StringRef overload) const {
  auto it = functions.find(functionKey(domain, name, overload));
  return it == functions.end() ? nullptr : it->second;
}

std::unique_ptr<ModelFile> openModel(StringRef path, Diagnostics &diags,
                                     const ExternalFileRules &rules) {
  auto fail = [&](ErrorClass c, const Twine &message, StringRef help = {}) {
    (void)diags.error(c, path, message, help);
    return nullptr;
  };
  std::string why;
  std::shared_ptr<MappedFile> file = openUserFile(path, why);
  if (!file)
    return fail(ErrorClass::Io, "cannot open the file: " + why);
  ArrayRef<char> bytes = file->bytes();
  if (bytes.empty())
    return fail(ErrorClass::Model, "the file is empty, not an ONNX model");
  if (bytes.size() > uint64_t(std::numeric_limits<int32_t>::max()))
    return fail(ErrorClass::Model, "the file is larger than 2 GB, which protobuf cannot hold",
                "save the model with external data");

  std::string compact;
  if (!compactMessage(bytes, WireRoot::Model, compact, why))
    return fail(ErrorClass::Model, "not a valid ONNX model: " + why);

  auto model = std::make_unique<ModelFile>();
  model->path = path.str();
  size_t slash = path.rfind('/');
  model->folder = slash == StringRef::npos ? "" : path.substr(0, slash + 1).str();
  model->proto = std::make_unique<onnx::ModelProto>();
  google::protobuf::io::CodedInputStream stream(reinterpret_cast<const uint8_t *>(compact.data()),
                                                static_cast<int>(compact.size()));
  // Three messages a subgraph (graph, node, attribute), and room for types.
  stream.SetRecursionLimit(3 * kMaxGraphNesting + 100);
  if (!model->proto->ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage())
    return fail(ErrorClass::Model, "not a valid ONNX model: a message is malformed");
  compact = std::string();
  model->tensors = std::make_unique<TensorReader>(std::move(file), model->folder, rules);
  if (failed(validateModel(*model, diags)))
    return nullptr;
  return model;
}

} // namespace dlc
