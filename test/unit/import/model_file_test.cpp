#include "model_builder.h"

using namespace dlc;
using namespace dlc::test;

namespace {

#define EXPECT_REFUSED(outcome, code, words)                                                       \
  do {                                                                                             \
    EXPECT_EQ((outcome).model, nullptr);                                                           \
    EXPECT_EQ((outcome).exitCode, code) << (outcome).text;                                         \
    EXPECT_NE((outcome).text.find(words), std::string::npos) << (outcome).text;                    \
  } while (false)

/// x -> relu -> y
onnx::ModelProto reluModel() {
  onnx::ModelProto model = emptyModel();
  auto *graph = model.mutable_graph();
  addValue(graph->add_input(), "x", {1, 4});
  addValue(graph->add_output(), "y", {1, 4});
  addNode(graph, "Relu", "relu", {"x"}, {"y"});
  return model;
}

TEST(ModelFile, AcceptsAModel) {
  Outcome outcome = open(reluModel());
  ASSERT_NE(outcome.model, nullptr) << outcome.text;
  EXPECT_EQ(outcome.text, "");
  EXPECT_EQ(outcome.model->proto->graph().node(0).op_type(), "Relu");
}

TEST(ModelFile, Container) {
  TempFolder folder;
  std::string good = reluModel().SerializeAsString();
  EXPECT_REFUSED(openBytes(folder, ""), 1, "empty");
  EXPECT_REFUSED(openBytes(folder, "PK\x03\x04 a zip file"), 1, "not a valid ONNX model");
  EXPECT_REFUSED(openBytes(folder, std::string(64, '\xff')), 1, "number of more than ten bytes");
  EXPECT_REFUSED(openBytes(folder, good + std::string(33, '\0')), 1, "no field has the number 0");
  for (size_t cut = 1; cut < good.size(); ++cut)
    EXPECT_EQ(openBytes(folder, good.substr(0, cut)).model == nullptr, true) << cut;

  std::string text;
  llvm::raw_string_ostream os(text);
  Diagnostics missing(os), directory(os);
  EXPECT_EQ(openModel(folder.path + "/none.onnx", missing), nullptr);
  EXPECT_EQ(missing.exitCode(), 4);
  EXPECT_EQ(openModel(folder.path, directory), nullptr);
  EXPECT_EQ(directory.exitCode(), 4);
}

TEST(ModelFile, Header) {
  auto model = reluModel();
  model.clear_opset_import();
  EXPECT_REFUSED(open(model), 1, "opset");
  model.add_opset_import()->set_version(-5);
  EXPECT_REFUSED(open(model), 1, "opset -5");
  model.mutable_opset_import(0)->set_version(29);
  EXPECT_REFUSED(open(model), 3, "opset 29");
  model.mutable_opset_import(0)->set_version(13);
  model.add_opset_import()->set_version(17);
  EXPECT_REFUSED(open(model), 1, "twice");
  model = reluModel();
  model.clear_ir_version();
  EXPECT_REFUSED(open(model), 1, "ir_version");
  model.set_ir_version(99);
  EXPECT_REFUSED(open(model), 3, "ir_version 99");
  model = reluModel();
  auto *unused = model.add_opset_import();
  unused->set_domain("com.example");
  unused->set_version(-3);
  EXPECT_NE(open(model).model, nullptr);
}

TEST(ModelFile, Names) {
  auto twice = reluModel();
  twice.MergeFrom(reluModel());
  EXPECT_REFUSED(open(twice), 1, "input 'x' is declared twice");

  auto undefined = reluModel();
  undefined.mutable_graph()->mutable_node(0)->set_input(0, "nope");
  EXPECT_REFUSED(open(undefined), 1, "'nope'");

  auto noOutput = reluModel();
  noOutput.mutable_graph()->clear_node();
  EXPECT_REFUSED(open(noOutput), 1, "output 'y' is never produced");

  auto reuse = reluModel();
  addNode(reuse.mutable_graph(), "Relu", "other", {"x"}, {"y"});
  EXPECT_REFUSED(open(reuse), 1, "already produced by node 'relu'");
}

TEST(ModelFile, OrderAndCycles) {
  onnx::ModelProto model = emptyModel();
  auto *graph = model.mutable_graph();
  addValue(graph->add_input(), "x", {1});
  addValue(graph->add_output(), "y", {1});
  addNode(graph, "Relu", "last", {"b"}, {"y"});
  addNode(graph, "Relu", "first", {"x"}, {"a"});
  addNode(graph, "Relu", "middle", {"a"}, {"b"});
  Outcome outcome = open(model);
  ASSERT_NE(outcome.model, nullptr) << outcome.text;
  EXPECT_EQ(outcome.model->nodesInOrder(outcome.model->proto->graph().node()),
            (std::vector<int>{1, 2, 0}));

  graph->mutable_node(1)->set_input(0, "b");
  EXPECT_REFUSED(open(model), 1, "cycle through first, middle");
  graph->mutable_node(1)->set_input(0, "a");
  EXPECT_REFUSED(open(model), 1, "cycle through first");
}

TEST(ModelFile, SubgraphsSeeOuterNamesAndCountForTheOrder) {
  onnx::ModelProto model = emptyModel();
  auto *graph = model.mutable_graph();
  addValue(graph->add_input(), "c", {}, onnx::TensorProto::BOOL);
  addValue(graph->add_input(), "x", {1});
  addValue(graph->add_output(), "y", {1});
  auto *branch = addNode(graph, "If", "if", {"c"}, {"y"});
  for (const char *name : {"then_branch", "else_branch"}) {
    auto *attribute = branch->add_attribute();
    attribute->set_name(name);
    attribute->set_type(onnx::AttributeProto::GRAPH);
    addNode(attribute->mutable_g(), "Relu", "", {"a"}, {"r"});
    addValue(attribute->mutable_g()->add_output(), "r", {1});
  }
  addNode(graph, "Relu", "first", {"x"}, {"a"});
  Outcome outcome = open(model);
  ASSERT_NE(outcome.model, nullptr) << outcome.text;
  EXPECT_EQ(outcome.model->nodesInOrder(outcome.model->proto->graph().node()),
            (std::vector<int>{1, 0}));

  branch->mutable_attribute(0)->mutable_g()->mutable_node(0)->set_input(0, "nowhere");
  EXPECT_REFUSED(open(model), 1, "'nowhere'");
}

TEST(ModelFile, DeepNesting) {
  // Serialised by hand: building it as messages would need the deep stack that the reader must not
  // need.
  auto nested = [](int depth) {
    std::string graph;
    auto wrap = [](int field, const std::string &body) {
      std::string out(1, static_cast<char>(field << 3 | 2));
      for (size_t n = body.size();; n >>= 7) {
        out += static_cast<char>((n & 0x7f) | (n >= 0x80 ? 0x80 : 0));
        if (n < 0x80)
          break;
      }
      return out + body;
    };
    for (int i = 0; i < depth; ++i)
      graph = wrap(1, wrap(4, "If") + wrap(5, wrap(1, "then_branch") +
                                                  std::string("\xa0\x01\x05", 3) + wrap(6, graph)));
    return emptyModel().SerializeAsString() + wrap(7, graph);
  };
  TempFolder folder;
  EXPECT_NE(openBytes(folder, nested(20)).model, nullptr);
  EXPECT_REFUSED(openBytes(folder, nested(40)), 1, "nested more than 32");
  EXPECT_REFUSED(openBytes(folder, nested(5000)), 1, "nested more than 32");
}

TEST(ModelFile, Functions) {
  auto model = reluModel();
  auto addFunction = [&](const std::string &name, const std::string &calls) {
    auto *function = model.add_functions();
    function->set_domain("local");
    function->set_name(name);
    function->add_input("p");
    function->add_output("q");
    auto *node = function->add_node();
    node->set_op_type(calls);
    node->set_domain(calls == "Relu" ? "" : "local");
    node->add_input("p");
    node->add_output("q");
  };
  addFunction("a", "b");
  addFunction("b", "Relu");
  Outcome outcome = open(model);
  ASSERT_NE(outcome.model, nullptr) << outcome.text;
  EXPECT_NE(outcome.model->findFunction("local", "a", ""), nullptr);
  EXPECT_EQ(outcome.model->findFunction("", "a", ""), nullptr);

  model.mutable_functions(1)->mutable_node(0)->set_domain("local");
  model.mutable_functions(1)->mutable_node(0)->set_op_type("a");
  EXPECT_REFUSED(open(model), 1, "recursive function: 'a' calls 'b' calls 'a'");
}

TEST(ModelFile, ExpandingFunctionsIsBounded) {
  // f0 calls f1 twice, f1 calls f2 twice ...: 2^30 nodes.
  auto model = reluModel();
  for (int i = 0; i < 30; ++i) {
    auto *function = model.add_functions();
    function->set_domain("local");
    function->set_name("f" + std::to_string(i));
    function->add_input("p");
    function->add_output("q1");
    for (int k = 0; k < 2; ++k) {
      auto *node = function->add_node();
      node->set_domain(i == 29 ? "" : "local");
      node->set_op_type(i == 29 ? "Relu" : "f" + std::to_string(i + 1));
      node->add_input("p");
      node->add_output("q" + std::to_string(k));
    }
  }
  auto *node = model.mutable_graph()->mutable_node(0);
  node->set_domain("local");
  node->set_op_type("f0");
  EXPECT_REFUSED(open(model), 5, "functions are expanded");
}

TEST(ModelFile, AttributesHoldWhatTheyClaim) {
  auto model = reluModel();
  auto *attribute = model.mutable_graph()->mutable_node(0)->add_attribute();
  attribute->set_name("value");
  attribute->set_type(onnx::AttributeProto::TENSOR);
  EXPECT_REFUSED(open(model), 1, "does not hold what its type says");
  attribute->set_type(onnx::AttributeProto::UNDEFINED);
  EXPECT_REFUSED(open(model), 1, "has no type");
  attribute->set_type(onnx::AttributeProto::INT);
  attribute->set_i(1);
  EXPECT_NE(open(model).model, nullptr);
  *model.mutable_graph()->mutable_node(0)->add_attribute() = *attribute;
  EXPECT_REFUSED(open(model), 1, "given twice");
}

TEST(ModelFile, SizesThatOverflow) {
  auto model = reluModel();
  addValue(model.mutable_graph()->add_input(), "big", {int64_t(1) << 33, int64_t(1) << 33});
  EXPECT_REFUSED(open(model), 1, "input 'big': has too many elements");
}

} // namespace
