// Small models for the tests, and files to hold them.
#ifndef DLC_TEST_UNIT_IMPORT_MODEL_BUILDER_H
#define DLC_TEST_UNIT_IMPORT_MODEL_BUILDER_H

#include "compiler/import/model_file.h"
#include "onnx/onnx.pb.h"
#include "gtest/gtest.h"
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace dlc::test {

/// A folder that goes away with the object.
class TempFolder {
public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "dlc-test-XXXXXX").string();
    path = mkdtemp(pattern.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path); }
  std::string write(const std::string &name, const std::string &bytes) const {
    std::string file = path + "/" + name;
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
  }
  std::string path;
};

inline onnx::ModelProto emptyModel(int64_t opset = 17) {
  onnx::ModelProto model;
  model.set_ir_version(8);
  model.add_opset_import()->set_version(opset);
  model.mutable_graph()->set_name("g");
  return model;
}

inline void addValue(onnx::ValueInfoProto *value, const std::string &name,
                     const std::vector<int64_t> &dims, int type = onnx::TensorProto::FLOAT) {
  value->set_name(name);
  auto *tensor = value->mutable_type()->mutable_tensor_type();
  tensor->set_elem_type(type);
  auto *shape = tensor->mutable_shape();
  for (int64_t dim : dims)
    shape->add_dim()->set_dim_value(dim);
}

inline onnx::NodeProto *addNode(onnx::GraphProto *graph, const std::string &op,
                                const std::string &name, const std::vector<std::string> &inputs,
                                const std::vector<std::string> &outputs) {
  auto *node = graph->add_node();
  node->set_op_type(op);
  node->set_name(name);
  for (const auto &input : inputs)
    node->add_input(input);
  for (const auto &output : outputs)
    node->add_output(output);
  return node;
}

inline onnx::TensorProto *addFloats(onnx::GraphProto *graph, const std::string &name,
                                    const std::vector<int64_t> &dims,
                                    const std::vector<float> &values) {
  auto *tensor = graph->add_initializer();
  tensor->set_name(name);
  tensor->set_data_type(onnx::TensorProto::FLOAT);
  for (int64_t dim : dims)
    tensor->add_dims(dim);
  tensor->set_raw_data(values.data(), values.size() * sizeof(float));
  return tensor;
}

struct Outcome {
  std::unique_ptr<ModelFile> model;
  std::string text;
  int exitCode;
};

inline Outcome openBytes(const TempFolder &folder, const std::string &bytes) {
  Outcome outcome;
  llvm::raw_string_ostream os(outcome.text);
  Diagnostics diags(os);
  outcome.model = openModel(folder.write("m.onnx", bytes), diags);
  outcome.exitCode = diags.exitCode();
  return outcome;
}

inline Outcome open(const onnx::ModelProto &model) {
  TempFolder folder;
  return openBytes(folder, model.SerializeAsString());
}

} // namespace dlc::test

#endif // DLC_TEST_UNIT_IMPORT_MODEL_BUILDER_H
