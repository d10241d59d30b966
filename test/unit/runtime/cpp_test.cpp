// dlc.hpp over the same models.
#include "dlc/dlc.hpp"
#include "hand_models.h"
#include <gtest/gtest.h>

using namespace dlc;

static std::string file(const char *name) { return std::string(MODEL_FOLDER) + name; }

TEST(Cpp, openAndRun) {
  auto model = Model::open(file("add_model.so"));
  ASSERT_TRUE(model) << model.message();
  EXPECT_EQ(model->name(), "add");
  ASSERT_EQ(model->inputs().size(), 2u);
  Port a = model->inputs()[0];
  EXPECT_EQ(a.name, "a");
  EXPECT_EQ(a.dtype, DLC_F32);
  EXPECT_EQ(a.shape, (std::vector<int64_t>{-1, 4}));
  EXPECT_EQ(a.symbols, (std::vector<std::string>{"N", ""}));
  EXPECT_EQ(a.text, "f32[N,4]");
  auto outputs =
      model->run({Tensor({1, 4}, std::vector<float>{1, 2, 3, 4}), Tensor(DLC_F32, {1, 4})});
  ASSERT_TRUE(outputs) << outputs.message();
  ASSERT_EQ(outputs->size(), 1u);
  auto y = outputs->front().values<float>();
  EXPECT_EQ(std::vector<float>(y.begin(), y.end()), (std::vector<float>{2, 4, 6, 8}));
  EXPECT_EQ(outputs->front().values<int32_t>().size(), 0u); // not its type
}

TEST(Cpp, errors) {
  auto none = Model::open("nothing.so");
  EXPECT_FALSE(none);
  EXPECT_EQ(none.status(), DLC_ERROR_IO);
  EXPECT_NE(none.message().find("nothing.so"), std::string::npos);

  auto model = Model::open(file("add_model.so"));
  ASSERT_TRUE(model) << model.message();
  auto outputs = model->run({Tensor(DLC_F32, {1, 4}), Tensor(DLC_I32, {1, 4})});
  EXPECT_EQ(outputs.status(), DLC_ERROR_DTYPE);
  EXPECT_EQ(outputs.message(), "input 'b': expected f32[N=1,4], got i32[1,4]");
  outputs = model->run({Tensor(DLC_F32, {2, 4}), Tensor({2, 4}, std::vector<float>(7))});
  EXPECT_EQ(outputs.status(), DLC_ERROR_ARGUMENT);
  EXPECT_EQ(outputs.message(), "fewer elements than the shape says, in input 1");
}

TEST(Cpp, contextsAndBuffers) {
  auto model = Model::open(file("add_model.so"));
  ASSERT_TRUE(model) << model.message();
  dlc_context_options options = test::withThreads(1);
  auto context = model->createContext(&options);
  ASSERT_TRUE(context) << context.message();
  EXPECT_EQ(context->threads(), 1);
  float a[8] = {1, 2, 3, 4, 5, 6, 7, 8}, y[8] = {};
  std::vector<Tensor> inputs = {Tensor::view(a, {2, 4}), Tensor::view(a, {2, 4}, {0, 1})};
  auto done = context->runInto(inputs, {Tensor::view(y, {2, 4})});
  ASSERT_TRUE(done) << done.message();
  EXPECT_EQ(y[7], 8 + 4 + 4);
  EXPECT_EQ(context->runInto(inputs, {Tensor::view(y, {1, 4})}).status(), DLC_ERROR_SHAPE);
  EXPECT_EQ(context->runInto(inputs, {Tensor()}).status(), DLC_ERROR_SHAPE);
  auto borrowed = context->runBorrowed(inputs);
  ASSERT_TRUE(borrowed) << borrowed.message();
  EXPECT_EQ(borrowed->front().values<float>()[7], 16);
}

TEST(Cpp, fromATable) {
  test::AddModel add;
  auto model = Model::load(add.model);
  ASSERT_TRUE(model) << model.message();
  auto moved = std::move(*model);
  auto outputs = moved.run({Tensor(DLC_F32, {0, 4}), Tensor(DLC_F32, {0, 4})});
  ASSERT_TRUE(outputs) << outputs.message();
  EXPECT_EQ(outputs->front().shape(), (std::vector<int64_t>{0, 4}));
}
