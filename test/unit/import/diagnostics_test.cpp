#include "compiler/import/diagnostics.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"

using namespace dlc;

namespace {

NodeRef conv1() { return {"conv.onnx", "conv1", "Conv", "", 4, 13}; }

TEST(Diagnostics, PrintsTheDocumentedForm) {
  Diagnostic d;
  d.node = conv1();
  d.message = "input has 3 channels but the filter expects 1 (groups = 1)";
  d.inputs = {{"X", "f32[N,3,28,28]", ""}, {"W", "f32[8,1,5,5]", "conv1.weight"}};
  d.help = "give the shape with --shape=X:N,1,28,28, or export the model again";
  std::string text;
  llvm::raw_string_ostream os(text);
  printDiagnostic(os, d);
  EXPECT_EQ(text,
            "conv.onnx: error: Conv: input has 3 channels but the filter expects 1 (groups = 1)\n"
            "  --> node 'conv1' (#4), opset 13\n"
            "      X: f32[N,3,28,28]   W: f32[8,1,5,5] ('conv1.weight')\n"
            "  help: give the shape with --shape=X:N,1,28,28, or export the model again\n");
}

TEST(Diagnostics, EscapesNames) {
  EXPECT_EQ(escapeName("plain/name:0"), "plain/name:0");
  EXPECT_EQ(escapeName("a\x1b[31m\n"), "a\\x1B[31m\\x0A");
  EXPECT_EQ(escapeName("caf\xc3\xa9"), "caf\xc3\xa9");
  EXPECT_EQ(escapeName("\xff\xc3"), "\\xFF\\xC3");
  EXPECT_EQ(escapeName("\xc2\x9b"), "\\xC2\\x9B"); // a C1 control character
  std::string cut = escapeName(std::string(1000000, 'n'));
  EXPECT_LT(cut.size(), 200u);
  EXPECT_NE(cut.find("1000000 bytes"), std::string::npos);
}

TEST(Diagnostics, ExitCodeIsTheWorstClass) {
  std::string text;
  llvm::raw_string_ostream os(text);
  Diagnostics diags(os);
  EXPECT_EQ(diags.exitCode(), 0);
  diags.warning("m.onnx", "odd");
  EXPECT_EQ(diags.exitCode(), 0);
  (void)diags.error(ErrorClass::Unsupported, "m.onnx", "no such op");
  EXPECT_EQ(diags.exitCode(), 3);
  (void)diags.error(ErrorClass::Model, "m.onnx", "wrong");
  EXPECT_EQ(diags.exitCode(), 1);
  (void)diags.error(ErrorClass::Internal, "m.onnx", "bug");
  EXPECT_EQ(diags.exitCode(), 70);
}

TEST(Diagnostics, LocationsCarryTheNode) {
  mlir::MLIRContext context;
  mlir::Location location = nodeLocation(&context, conv1());
  // As a pattern leaves it: fused with another.
  mlir::Location fused = mlir::FusedLoc::get(&context, {mlir::UnknownLoc::get(&context), location});
  auto node = readNodeLocation(fused);
  ASSERT_TRUE(node);
  EXPECT_EQ(node->name, "conv1");
  EXPECT_EQ(node->opType, "Conv");
  EXPECT_EQ(node->index, 4);
  EXPECT_EQ(node->opset, 13);
  EXPECT_EQ(node->file, "conv.onnx");

  NodeRef unnamed = conv1();
  unnamed.name = "";
  EXPECT_EQ(readNodeLocation(nodeLocation(&context, unnamed))->name, "");
  EXPECT_FALSE(readNodeLocation(mlir::UnknownLoc::get(&context)));
}

TEST(Diagnostics, MlirErrorsComeOutInTheSameForm) {
  mlir::MLIRContext context;
  std::string text;
  llvm::raw_string_ostream os(text);
  Diagnostics diags(os);
  {
    DiagnosticPrinter printer(&context, diags, "conv.onnx");
    mlir::InFlightDiagnostic d =
        emitUnsupported(nodeLocation(&context, conv1()), "'nn.conv' op no 4-D windows");
    attachHelp(d, "use 3-D");
  }
  EXPECT_EQ(text, "conv.onnx: error: Conv: no 4-D windows\n"
                  "  --> node 'conv1' (#4), opset 13\n"
                  "  help: use 3-D\n");
  EXPECT_EQ(diags.exitCode(), 3);
  {
    DiagnosticPrinter printer(&context, diags, "conv.onnx");
    mlir::emitError(mlir::UnknownLoc::get(&context), "lost");
  }
  EXPECT_EQ(diags.exitCode(), 70);
}

} // namespace
