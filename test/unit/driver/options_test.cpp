#include "compiler/driver/options.h"

#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

using namespace dlc;

namespace {

using Shapes = std::map<std::string, std::vector<std::string>>;

TEST(Options, ShapesSplitAtTheLastColon) {
  Shapes shapes;
  EXPECT_TRUE(parseShape("input:0:1,3,N,224", shapes));
  EXPECT_EQ(shapes["input:0"], (std::vector<std::string>{"1", "3", "N", "224"}));
  EXPECT_TRUE(parseShape("scalar:", shapes));
  EXPECT_TRUE(shapes["scalar"].empty());
  for (const char *bad : {"", "x", ":1", "x:1,", "x:-1", "x:1x", "x:99999999999999999999"})
    EXPECT_FALSE(parseShape(bad, shapes)) << bad;
}

TEST(Options, TheExtensionSaysTheStage) {
  CompileOptions options;
  auto stage = [&](const char *output) {
    options.output = output;
    return options.stage();
  };
  EXPECT_EQ(stage("m.so"), Stage::So);
  EXPECT_EQ(stage("m.o"), Stage::Obj);
  EXPECT_EQ(stage("m.a"), Stage::Obj);
  EXPECT_EQ(stage("m.ll"), Stage::Llvm);
  EXPECT_EQ(stage("m.mlir"), Stage::Kernel);
  EXPECT_EQ(stage("m.exe"), std::nullopt);
  options.emit = Stage::Nn;
  EXPECT_EQ(stage("m.exe"), Stage::Nn);
}

TEST(Options, FlagsGoAnywhere) {
  CompileOptions options;
  CLI::App app("", "test");
  app.add_option("MODEL", options.model);
  addCommonOptions(app, options);
  const char *argv[] = {"test",       "-O3",         "m.onnx",     "--shape=x:1,2",
                        "--no-cache", "--shape=y:3", "--threads=2"};
  ASSERT_FALSE(parseCommandLine(app, 7, const_cast<char **>(argv)));
  EXPECT_EQ(options.model, "m.onnx");
  EXPECT_EQ(options.level, 3);
  EXPECT_FALSE(options.cache);
  EXPECT_EQ(options.shapes.size(), 2u);
}

TEST(Options, UsageErrorsAreTwo) {
  for (const char *bad : {"--nonsense", "--threads=-1", "--shape=x", "-O9", "--backend=none"}) {
    CompileOptions options;
    CLI::App app("", "test");
    addCommonOptions(app, options);
    const char *argv[] = {"test", bad};
    EXPECT_EQ(parseCommandLine(app, 2, const_cast<char **>(argv)), 2) << bad;
  }
}

TEST(Options, ContradictionsAreTwo) {
  CompileOptions options;
  options.model = "folder/net.onnx";
  EXPECT_EQ(finishOptions("test", "", options), std::nullopt);
  EXPECT_EQ(options.output, "net.so");
  EXPECT_EQ(finishOptions("test", "nothing", options), 2);
  options.symbol = "1 + 1";
  EXPECT_EQ(finishOptions("test", "", options), 2);
}

} // namespace
