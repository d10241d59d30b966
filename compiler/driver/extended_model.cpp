// See extended_model.h.
#include "compiler/driver/extended_model.h"

#include "compiler/driver/output_file.h"
#include "compiler/import/mapped_file.h"

#include "onnx/onnx.pb.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Path.h"

#include <unistd.h>

using namespace dlc;
using namespace mlir;

ExtendedModel::~ExtendedModel() {
  if (!path.empty())
    unlink(path.c_str());
}

LogicalResult ExtendedModel::create(StringRef model, StringRef glob, Diagnostics &diags) {
  auto pattern = llvm::GlobPattern::create(glob);
  if (!pattern)
    return diags.error(ErrorClass::Model, "",
                       "'" + glob + "': " + llvm::toString(pattern.takeError()));
  std::string why;
  auto file = openUserFile(model, why);
  if (!file)
    return diags.error(ErrorClass::Io, model, why);
  onnx::ModelProto proto;
  if (!proto.ParseFromArray(file->bytes().data(), static_cast<int>(file->bytes().size())))
    return diags.error(ErrorClass::Model, model, "not an ONNX model, or one of more than 2 GB");

  onnx::GraphProto &graph = *proto.mutable_graph();
  llvm::StringMap<int64_t> outputs;
  for (const auto &output : graph.output())
    outputs.try_emplace(output.name(), outputs.size());
  for (int i = 0; i < graph.node_size(); ++i) {
    const onnx::NodeProto &node = graph.node(i);
    for (const std::string &name : node.output()) {
      if (name.empty() || (!outputs.contains(name) && !pattern->match(name)))
        continue;
      auto [entry, isNew] = outputs.try_emplace(name, outputs.size());
      if (isNew)
        graph.add_output()->set_name(name);
      values.push_back(
          {name, node.op_type() + " '" + escapeName(node.name()) + "' (#" + std::to_string(i) + ")",
           entry->second});
    }
  }

  llvm::SmallString<256> name(llvm::sys::path::parent_path(model));
  llvm::sys::path::append(name, ".dlc-extended-" + std::to_string(getpid()) + ".onnx");
  std::string bytes = proto.SerializeAsString(), error;
  if (!writeFile(name, bytes, error)) {
    name.clear();
    llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, name);
    llvm::sys::path::append(name, "dlc-extended-" + std::to_string(getpid()) + ".onnx");
    if (!writeFile(name, bytes, error))
      return diags.error(ErrorClass::Io, "", error);
  }
  path = name.str().str();
  return success();
}
