#include "compiler/import/importer.h"
#include "compiler/import/registry.h"
#include "dialects/nn/nn.h"
#include "model_builder.h"

#include "mlir/IR/MLIRContext.h"

using namespace dlc;
using namespace dlc::test;

namespace {

struct Import {
  mlir::MLIRContext context;
  WeightTable weights;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::string messages;
  std::string ir;
  int exitCode = 0;

  explicit Import(const onnx::ModelProto &proto, const ImportOptions &options = {}) {
    TempFolder folder;
    llvm::raw_string_ostream os(messages);
    Diagnostics diags(os);
    auto model = openModel(folder.write("m.onnx", proto.SerializeAsString()), diags);
    if (model)
      module = importModel(*model, &context, options, weights, diags);
    exitCode = diags.exitCode();
    if (module) {
      llvm::raw_string_ostream irOs(ir);
      module->print(irOs);
    }
  }
  bool says(const std::string &words) const { return messages.find(words) != std::string::npos; }
  bool has(const std::string &words) const { return ir.find(words) != std::string::npos; }
};

/// y = op(x, w) with x: f32[N,4] and w: f32[4,3].
onnx::ModelProto matMul() {
  auto model = emptyModel();
  auto *graph = model.mutable_graph();
  addValue(graph->add_input(), "x", {1, 4});
  graph->mutable_input(0)
      ->mutable_type()
      ->mutable_tensor_type()
      ->mutable_shape()
      ->mutable_dim(0)
      ->set_dim_param("batch size");
  addValue(graph->add_output(), "y", {});
  addFloats(graph, "w", {4, 3}, std::vector<float>(12, 1));
  addNode(graph, "MatMul", "mm", {"x", "w"}, {"y"});
  return model;
}

TEST(Importer, NamesAndSymbols) {
  Import import(matMul());
  ASSERT_TRUE(import.module) << import.messages;
  EXPECT_TRUE(import.has("%arg0: tensor<?x4xf32, #nn.dims<\"batch_size\">> {dlc.name = \"x\"}"))
      << import.ir;
  EXPECT_TRUE(import.has("-> (tensor<?x3xf32, #nn.dims<\"batch_size\">> {dlc.name = \"y\"})"))
      << import.ir;
}

TEST(Importer, ShapeOptions) {
  ImportOptions options;
  std::string why;
  EXPECT_TRUE(succeeded(parseShapeOption("x:8,4", options, why)));
  EXPECT_FALSE(succeeded(parseShapeOption("x", options, why)));
  EXPECT_FALSE(succeeded(parseShapeOption("x:1,-2", options, why)));
  EXPECT_FALSE(succeeded(parseShapeOption("x:1,,2", options, why)));
  Import import(matMul(), options);
  EXPECT_TRUE(import.has("tensor<8x3xf32>")) << import.messages << import.ir;

  options.shapes = {{"x", {"1", "2", "3"}}};
  EXPECT_TRUE(Import(matMul(), options).says("has rank 2 but --shape gives 3"));
  options.shapes = {{"z", {"1"}}};
  EXPECT_TRUE(Import(matMul(), options).says("no input 'z'"));
}

TEST(Importer, LargeWeightsAreHandlesIntoTheFile) {
  auto model = matMul();
  model.mutable_graph()->mutable_initializer(0)->set_dims(1, 100);
  model.mutable_graph()->mutable_initializer(0)->set_raw_data(std::string(1600, 'w'));
  Import import(model);
  ASSERT_TRUE(import.module) << import.messages;
  EXPECT_TRUE(import.has("dense_resource<w> : tensor<4x100xf32>")) << import.ir;
  auto bytes = import.weights.lookup("w");
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->size(), 1600u);
  EXPECT_EQ((*bytes)[7], 'w');
}

TEST(Importer, ErrorsNameTheNodeAndItsInputs) {
  auto model = matMul();
  model.mutable_graph()->mutable_initializer(0)->set_dims(0, 3);
  model.mutable_graph()->mutable_initializer(0)->set_dims(1, 4);
  Import import(model);
  EXPECT_EQ(import.exitCode, 1);
  EXPECT_TRUE(import.says("error: MatMul: the inner dimensions")) << import.messages;
  EXPECT_TRUE(import.says("--> node 'mm' (#0), opset 17")) << import.messages;
  EXPECT_TRUE(import.says("A: f32[batch_size,4]   B: f32[3,4] ('w')")) << import.messages;
}

TEST(Importer, AllUnsupportedOperatorsInOneRun) {
  auto model = matMul();
  auto *graph = model.mutable_graph();
  addNode(graph, "Foo", "f1", {"y"}, {"a"});
  addNode(graph, "Relu", "between", {"a"},
          {"b"}); // depends on an unknown value: no message of its own
  addNode(graph, "Foo", "f2", {"b"}, {"c"});
  addNode(graph, "Bar", "", {"b"}, {"d"})->set_domain("com.example");
  addNode(graph, "Relu", "arity", {"b", "x"}, {"e"});
  Import import(model);
  EXPECT_EQ(import.exitCode, 1);
  EXPECT_TRUE(import.says("Foo: the operator is not supported (2 nodes: 'f1', 'f2')"))
      << import.messages;
  EXPECT_TRUE(import.says("Bar: the operator is not supported")) << import.messages;
  EXPECT_TRUE(import.says("domain 'com.example'")) << import.messages;
  EXPECT_TRUE(import.says("Relu: expects 1 input but has 2")) << import.messages;
  EXPECT_TRUE(import.says("3 nodes of 2 operators are not supported")) << import.messages;
  EXPECT_FALSE(import.says("between")) << import.messages;
}

TEST(Importer, OpsetVersions) {
  // Before opset 7 the second operand broadcasts only where the node says so, from `axis` on.
  auto model = emptyModel(6);
  auto *graph = model.mutable_graph();
  addValue(graph->add_input(), "x", {2, 3, 4, 5});
  addValue(graph->add_input(), "b", {3, 4});
  addValue(graph->add_output(), "y", {});
  auto *node = addNode(graph, "Add", "add", {"x", "b"}, {"y"});
  auto attribute = [&](const char *name, int64_t value) {
    auto *a = node->add_attribute();
    a->set_name(name);
    a->set_type(onnx::AttributeProto::INT);
    a->set_i(value);
  };
  attribute("broadcast", 1);
  attribute("axis", 1);
  Import import(model);
  EXPECT_TRUE(import.has("tensor<3x4x1xf32>")) << import.messages << import.ir;

  model.mutable_opset_import(0)->set_version(8);
  EXPECT_TRUE(Import(model).says("do not broadcast"));
  node->set_op_type("BitShift");
  EXPECT_TRUE(Import(model).says("not supported at opset 8"));
}

TEST(Importer, HolesAreForOptionalInputs) {
  auto model = emptyModel();
  auto *graph = model.mutable_graph();
  addValue(graph->add_input(), "x", {2});
  addFloats(graph, "high", {}, {6});
  addValue(graph->add_output(), "y", {2});
  addNode(graph, "Clip", "clip", {"x", "", "high"}, {"y"});
  EXPECT_TRUE(Import(model).module);
  graph->mutable_node(0)->set_op_type("Max");
  EXPECT_TRUE(Import(model).says("input 1 is missing"));
  graph->mutable_node(0)->set_op_type("Relu");
  graph->mutable_node(0)->clear_input();
  EXPECT_TRUE(Import(model).says("expects 1 input but has 0"));
}

TEST(Importer, UnknownAttributesWarn) {
  auto model = matMul();
  auto *attribute = model.mutable_graph()->mutable_node(0)->add_attribute();
  attribute->set_name("frob");
  attribute->set_type(onnx::AttributeProto::INT);
  Import import(model);
  EXPECT_TRUE(import.module);
  EXPECT_TRUE(import.says("warning: MatMul: unknown attribute 'frob' is ignored"))
      << import.messages;
}

TEST(Importer, FunctionsAreExpanded) {
  // leaky(x) = LeakyRelu(x, alpha = @slope), with a default for slope.
  auto model = emptyModel();
  auto *function = model.add_functions();
  function->set_domain("local");
  function->set_name("leaky");
  function->add_input("p");
  function->add_input("unused");
  function->add_output("q");
  auto *slope = function->add_attribute_proto();
  slope->set_name("slope");
  slope->set_type(onnx::AttributeProto::FLOAT);
  slope->set_f(0.5f);
  auto *body = function->add_node();
  body->set_op_type("LeakyRelu");
  body->set_name("inner");
  body->add_input("p");
  body->add_output("q");
  auto *reference = body->add_attribute();
  reference->set_name("alpha");
  reference->set_ref_attr_name("slope");
  reference->set_type(onnx::AttributeProto::FLOAT);

  auto *graph = model.mutable_graph();
  addValue(graph->add_input(), "x", {2});
  addValue(graph->add_output(), "y", {2});
  addNode(graph, "leaky", "first", {"x"}, {"h"})->set_domain("local");
  auto *call = addNode(graph, "leaky", "second", {"h"}, {"y"});
  call->set_domain("local");
  auto *given = call->add_attribute();
  given->set_name("slope");
  given->set_type(onnx::AttributeProto::FLOAT);
  given->set_f(0.25f);
  Import import(model);
  ASSERT_TRUE(import.module) << import.messages;
  EXPECT_TRUE(import.has("alpha = 5.000000e-01")) << import.ir;
  EXPECT_TRUE(import.has("alpha = 2.500000e-01")) << import.ir;
}

TEST(Importer, InitialisersThatAreInputsAreConstants) {
  auto model = matMul();
  addValue(model.mutable_graph()->add_input(), "w", {4, 3});
  Import import(model);
  ASSERT_TRUE(import.module) << import.messages;
  EXPECT_FALSE(import.has("%arg1")) << import.ir;
}

TEST(Importer, InputsWithoutARank) {
  auto model = matMul();
  model.mutable_graph()->mutable_input(0)->mutable_type()->mutable_tensor_type()->clear_shape();
  Import import(model);
  EXPECT_EQ(import.exitCode, 3);
  EXPECT_TRUE(import.says("help: give it with --shape=x:DIMS")) << import.messages;
  ImportOptions options;
  options.shapes = {{"x", {"N", "4"}}};
  EXPECT_TRUE(Import(model, options).has("#nn.dims<\"N\">"));
}

TEST(Importer, LowPrecisionTypesAreRefused) {
  auto model = emptyModel(21);
  auto *graph = model.mutable_graph();
  addValue(graph->add_output(), "w", {});
  auto *tensor = graph->add_initializer();
  tensor->set_name("w");
  tensor->set_data_type(onnx::TensorProto::UINT4);
  tensor->add_dims(3);
  tensor->set_raw_data(std::string("\x21\x0f", 2));
  Import import(model);
  EXPECT_NE(import.exitCode, 0);
  EXPECT_TRUE(import.says("initialiser 'w' has element type u4, which is not supported"))
      << import.messages;
}

TEST(ShapeValues, FollowFromArithmetic) {
  mlir::MLIRContext context;
  context.loadDialect<nn::NNDialect>();
  mlir::OpBuilder b(&context);
  mlir::OwningOpRef<mlir::ModuleOp> module = mlir::ModuleOp::create(b.getUnknownLoc());
  b.setInsertionPointToStart(module->getBody());
  auto loc = b.getUnknownLoc();
  auto vector = mlir::RankedTensorType::get({2}, b.getI64Type());
  auto scalar = mlir::RankedTensorType::get({}, b.getI64Type());
  auto constant = [&](mlir::RankedTensorType type, llvm::ArrayRef<int64_t> values) -> mlir::Value {
    return nn::ConstantOp::create(b, loc, type, mlir::DenseElementsAttr::get(type, values));
  };
  auto evaluate = [&](mlir::Operation *op, std::vector<nn::ShapeValue> values) -> std::string {
    llvm::SmallVector<std::optional<nn::ShapeValue>> operands;
    for (auto &value : values)
      operands.push_back(value);
    auto result = nn::evaluateShape(op, operands);
    return failed(result) ? "unknown" : nn::printShape((*result)[0]);
  };
  mlir::Value x = constant(vector, {0, 0}), y = constant(scalar, {0});
  nn::Dim n = nn::Dim::symbol("N");
  auto binary = [&](auto op, nn::ShapeValue a, nn::ShapeValue c) {
    using Op = decltype(op);
    return evaluate(nn::create<Op>(b, loc, x, y)->getOperation(), {a, c});
  };
  EXPECT_EQ(binary(nn::AddOp(), {n, 3}, {2}), "[N + 2,5]");
  EXPECT_EQ(binary(nn::DivOp(), {n * nn::Dim(4), -7}, {2}), "[2*N,-3]");
  EXPECT_EQ(binary(nn::DivOp(), {n - nn::Dim(1), 4}, {2}),
            "unknown"); // may be negative: rounds the other way
  EXPECT_EQ(binary(nn::EqualOp(), {n, -1}, {-1}), "[0,1]");
  EXPECT_EQ(binary(nn::EqualOp(), {n, 1}, {1}), "unknown");
  EXPECT_EQ(binary(nn::MulOp(), {int64_t(1) << 62, 1}, {4}), "unknown"); // wraps
}

TEST(Registry, RowsAreWellFormed) {
  std::set<std::tuple<std::string, std::string, int64_t>> seen;
  for (const OpRow *row : allOps())
    EXPECT_TRUE(seen.insert({row->domain, row->op, row->since}).second)
        << row->op << " " << row->since;
}

} // namespace
