// Opening models: what must be refused, and with which words.
#include "hand_models.h"
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace dlc::test;

static std::string file(const char *name) { return std::string(MODEL_FOLDER) + name; }

static std::string outputOf(const std::string &command) {
  std::string text;
  char part[256];
  FILE *pipe = popen(command.c_str(), "r");
  while (pipe && fgets(part, sizeof(part), pipe))
    text += part;
  if (pipe)
    pclose(pipe);
  return text;
}

static void expectSum(dlc_model *model) {
  ScopedContext context(model);
  std::vector<float> a = {1, 2, 3, 4, 5, 6, 7, 8}, b(8, 10);
  std::vector<int64_t> shape = {2, 4};
  dlc_tensor inputs[] = {tensorOf(a, shape), tensorOf(b, shape)}, y = {};
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  for (int i = 0; i < 8; ++i) // the weights are 1, 2, 3, 4
    EXPECT_EQ(static_cast<float *>(y.data)[i],
              a[static_cast<size_t>(i)] + 11 + static_cast<float>(i % 4));
}

TEST(Load, library) {
  dlc_model *model = nullptr;
  ASSERT_EQ(dlc_open(file("add_model.so").c_str(), &model), DLC_OK) << dlc_error_message();
  EXPECT_STREQ(dlc_model_name(model), "add");
  expectSum(model);
  EXPECT_EQ(dlc_close(model), DLC_OK);
}

TEST(Load, againAndTwiceAtATime) {
  for (int i = 0; i < 50; ++i) {
    dlc_model *one = nullptr, *two = nullptr;
    ASSERT_EQ(dlc_open(file("add_model.so").c_str(), &one), DLC_OK) << dlc_error_message();
    ASSERT_EQ(dlc_open(file("add_model.so").c_str(), &two), DLC_OK) << dlc_error_message();
    expectSum(one);
    EXPECT_EQ(dlc_close(one), DLC_OK);
    expectSum(two);
    EXPECT_EQ(dlc_close(two), DLC_OK);
  }
}

TEST(Load, libraryExportsOneFunctionAndNeedsOnlyTheCLibrary) {
  std::string needed = outputOf(std::string(READELF) + " -d " + file("add_model.so"));
  for (const char *library : {"libstdc++", "libgcc", "libpthread", "ld-linux", "libunwind"})
    EXPECT_EQ(needed.find(library), std::string::npos) << needed;
  EXPECT_NE(needed.find("libc.so"), std::string::npos) << needed;
  std::string symbols = outputOf(std::string(READELF) + " --dyn-syms -W " + file("add_model.so") +
                                 " | grep -v UND | grep -E 'FUNC|OBJECT|TLS' | awk '{print $8}'");
  EXPECT_EQ(symbols, "dlc_model_v1\n");
}

TEST(Load, missingFeatures) {
  dlc_model *model = nullptr;
  EXPECT_EQ(dlc_open(file("add_model_cpu.so").c_str(), &model), DLC_ERROR_CPU);
  EXPECT_EQ(model, nullptr);
  EXPECT_STREQ(dlc_error_message(), "this processor lacks flux-capacitor, hoverboard, which the "
                                    "model needs: it was compiled for by hand");
}

TEST(Load, otherVersion) {
  dlc_model *model = nullptr;
  EXPECT_EQ(dlc_open(file("add_model_abi.so").c_str(), &model), DLC_ERROR_ABI);
  EXPECT_STREQ(dlc_error_message(), "the model was compiled for version 99 of the interface, this "
                                    "program uses version 1: compile the model again");
}

TEST(Load, notALibrary) {
  dlc_model *model = nullptr;
  EXPECT_EQ(dlc_open("does-not-exist.so", &model), DLC_ERROR_IO);
  EXPECT_EQ(std::string(dlc_error_message()).find("cannot open the model: ./does-not-exist.so"), 0u)
      << dlc_error_message();
  EXPECT_EQ(dlc_open_symbol(file("add_model.so").c_str(), "other", nullptr, &model), DLC_ERROR_ABI);
  EXPECT_NE(
      std::string(dlc_error_message()).find("is not a compiled model: it has no function 'other'"),
      std::string::npos);
  EXPECT_EQ(dlc_open(nullptr, &model), DLC_ERROR_ARGUMENT);
}

TEST(Load, externalWeights) {
  std::string weights = file("add_model.weights");
  dlc_model *model = nullptr;
  unlink(weights.c_str());
  EXPECT_EQ(dlc_open(file("add_model_external.so").c_str(), &model), DLC_ERROR_IO);
  EXPECT_EQ(std::string(dlc_error_message()),
            "cannot open the weights " + weights + ": No such file or directory");

  std::ofstream(weights, std::ios::binary) << "short";
  EXPECT_EQ(dlc_open(file("add_model_external.so").c_str(), &model), DLC_ERROR_IO);
  EXPECT_EQ(std::string(dlc_error_message()),
            "the weights " + weights + " are damaged: the model needs 64 bytes");

  const float data[16] = {1, 2, 3, 4};
  std::ofstream(weights, std::ios::binary)
      .write(reinterpret_cast<const char *>(data), sizeof(data));
  for (uint32_t flags : {0u, static_cast<uint32_t>(DLC_LOAD_HUGE_WEIGHTS)}) {
    dlc_load_options options = dlc_load_defaults();
    options.flags = flags;
    ASSERT_EQ(
        dlc_open_symbol(file("add_model_external.so").c_str(), "dlc_model_v1", &options, &model),
        DLC_OK)
        << dlc_error_message();
    expectSum(model);
    EXPECT_EQ(dlc_close(model), DLC_OK);
  }
  unlink(weights.c_str());

  alignas(64) static const float given[16] = {1, 2, 3, 4};
  dlc_load_options options = dlc_load_defaults();
  options.weights = given;
  options.weights_bytes = 32;
  EXPECT_EQ(
      dlc_open_symbol(file("add_model_external.so").c_str(), "dlc_model_v1", &options, &model),
      DLC_ERROR_ARGUMENT);
  options.weights_bytes = sizeof(given);
  ASSERT_EQ(
      dlc_open_symbol(file("add_model_external.so").c_str(), "dlc_model_v1", &options, &model),
      DLC_OK)
      << dlc_error_message();
  expectSum(model);
  EXPECT_EQ(dlc_close(model), DLC_OK);
}

TEST(Load, tableAndLoadedModelAreToldApart) {
  AddModel add;
  dlc_context *context = nullptr;
  dlc_model table = {DLC_ABI_VERSION, sizeof(dlc_model), add.model->program,
                     &dlc_rt_api_v1,  nullptr,           nullptr};
  EXPECT_EQ(dlc_context_create(&table, nullptr, &context), DLC_ERROR_ARGUMENT);
  EXPECT_STREQ(dlc_error_message(),
               "dlc_context_create: the model is not loaded (use dlc_open or dlc_load)");
  dlc_model *again = nullptr; // a loaded model may serve as a table
  ASSERT_EQ(dlc_load(add.model, nullptr, &again), DLC_OK);
  EXPECT_EQ(dlc_close(again), DLC_OK);
}

TEST(Load, closeWaitsForContexts) {
  AddModel add;
  {
    ScopedContext context(add.model);
    EXPECT_EQ(dlc_close(add.model), DLC_ERROR_ARGUMENT);
    EXPECT_STREQ(dlc_error_message(), "dlc_close: 1 context is not destroyed yet");
  }
}

TEST(Load, damagedPrograms) {
  auto refuse = [](dlc_program program, const char *why) {
    dlc_model table = {DLC_ABI_VERSION, sizeof(dlc_model), &program,
                       &dlc_rt_api_v1,  nullptr,           nullptr},
              *model = nullptr;
    EXPECT_EQ(dlc_load(&table, nullptr, &model), DLC_ERROR_ABI);
    EXPECT_NE(std::string(dlc_error_message()).find(why), std::string::npos) << dlc_error_message();
  };
  AddModel add;
  dlc_program program = *add.model->program;
  program.abi_version = 2;
  refuse(program, "version 2");
  program = *add.model->program;
  program.infer = nullptr;
  refuse(program, "incomplete");
  program = *add.model->program;
  program.symbol_count = 0;
  refuse(program, "'a' has a dimension -1");
  static const char *const two[] = {"N", "M"};
  program.symbol_count = 2;
  program.symbol_names = two;
  refuse(program, "no input has the dimension 'M'");
  program = *add.model->program;
  program.weights_size = 10;
  refuse(program, "no weights");
  static const int64_t shape[] = {DLC_DIM_COMPUTED};
  static const dlc_port ports[] = {{"a", DLC_F32, 1, shape}, {"b", DLC_F32, 1, shape}};
  program = *add.model->program;
  program.inputs = ports;
  refuse(program, "'a' has a dimension -1000000");
}

// A child of fork has no pool threads: its runs go on alone, and closing does not wait for threads
// that do not exist.
TEST(Load, forkedChild) {
  AddModel add([](dlc_run_state *run, void *const *, const int64_t *, void *) {
    return dlc_rt_parallel_for(run, 100, [](void *, int64_t) { return 0; }, nullptr);
  });
  ScopedContext context(add.model, withThreads(4));
  std::vector<float> a(4, 1);
  std::vector<int64_t> shape = {1, 4};
  dlc_tensor inputs[] = {tensorOf(a, shape), tensorOf(a, shape)}, y = {};
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK);
  pid_t child = fork();
  if (child == 0) {
    alarm(20);
    int status = dlc_run(context, inputs, 2, &y, 1);
    dlc_context_destroy(context.context);
    _exit(status == DLC_OK && dlc_close(add.model) == DLC_OK ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}
