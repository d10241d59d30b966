#include "compiler/driver/tensor_file.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>

using namespace dlc;

namespace {

class TensorFile : public ::testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("tensor-file", folder));
  }
  void TearDown() override { (void)llvm::sys::fs::remove_directories(folder); }
  std::string path(const char *name) { return (folder + "/" + name).str(); }
  std::string write(const char *name, const std::string &bytes) {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  /// A .npy file of version 1 with that header and that data.
  std::string npy(const std::string &header, const std::string &data) {
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size() & 255);
    bytes += static_cast<char>(header.size() >> 8);
    return write("t.npy", bytes + header + data);
  }
  llvm::SmallString<128> folder;
  FileError error;
};

constexpr int32_t kTypes[] = {DLC_F32, DLC_F64, DLC_F16, DLC_BF16, DLC_BOOL, DLC_I8, DLC_I16,
                              DLC_I32, DLC_I64, DLC_U8,  DLC_U16,  DLC_U32,  DLC_U64};

TEST_F(TensorFile, RoundTripsEveryType) {
  for (const char *name : {"t.npy", "t.pb"})
    for (int32_t dtype : kTypes)
      for (llvm::SmallVector<int64_t> dims :
           {llvm::SmallVector<int64_t>{}, {3}, {2, 0, 4}, {2, 3, 5}}) {
        auto tensor = makeTensor(dtype, dims);
        ASSERT_TRUE(tensor);
        fillRandom(*tensor, 7);
        ASSERT_TRUE(writeTensor(path(name), *tensor, error)) << error.message;
        auto back = readTensor(path(name), error);
        ASSERT_TRUE(back) << error.message;
        EXPECT_EQ(back->typeText(), tensor->typeText());
        EXPECT_EQ(std::memcmp(back->data.get(), tensor->data.get(), tensor->bytes), 0);
      }
}

TEST_F(TensorFile, ReadsFortranOrderAndBigEndian) {
  // [[1, 2, 3], [4, 5, 6]] by columns, big-endian.
  std::string data;
  for (char value : {1, 4, 2, 5, 3, 6})
    data += std::string("\0", 1) + value;
  auto tensor =
      readTensor(npy("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }\n", data), error);
  ASSERT_TRUE(tensor) << error.message;
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(tensor->at(i), i + 1);
}

TEST_F(TensorFile, RefusesWhatIsNotRight) {
  auto code = [&](const std::string &file) {
    error = {};
    return readTensor(file, error) ? 0 : error.exitCode;
  };
  const std::string good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";
  EXPECT_EQ(code(npy(good, std::string(8, '\0'))), 0);
  EXPECT_EQ(code(npy(good, std::string(7, '\0'))), 1);
  EXPECT_EQ(code(npy("{'descr': '<f4', 'shape': (2,), }\n", std::string(8, '\0'))), 1);
  EXPECT_EQ(code(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }\n", "12345678")),
            1);
  EXPECT_EQ(
      code(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }\n",
               "")),
      1);
  EXPECT_EQ(
      code(npy(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776, 1099511627776), }\n",
          "")),
      1);
  EXPECT_EQ(code(npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }\n",
                     std::string(16, '\0'))),
            3);
  EXPECT_EQ(
      code(npy("{'descr': '', 'fortran_order': False, 'shape': (2,), }\n", std::string(16, '\0'))),
      3);
  EXPECT_EQ(code(npy("{'descr", "")), 1);
  EXPECT_EQ(code(write("t.npy", "\x93NUMPY")), 1);
  EXPECT_EQ(code(write("t.npy", std::string("\x93NUMPY\x01\x00\xff\xff{}", 12))), 1);
  EXPECT_EQ(code(path("absent.npy")), 4);
  EXPECT_EQ(code(path("t.txt")), 2);
  EXPECT_EQ(code(write("t.pb", "\x08\xff\xff\xff\xff")), 1);
}

TEST_F(TensorFile, LeavesNothingWhereItCannotWrite) {
  auto tensor = makeTensor(DLC_F32, {4});
  EXPECT_FALSE(writeTensor(path("no/such/folder.npy"), *tensor, error));
  EXPECT_EQ(error.exitCode, 4);
  EXPECT_FALSE(writeTensor("/dev/full", *tensor, error)) << "a full disk is an error";
}

TEST(HostTensor, RefusesSizesThatOverflow) {
  EXPECT_FALSE(makeTensor(DLC_F32, {int64_t(1) << 40, int64_t(1) << 40}));
  EXPECT_FALSE(makeTensor(DLC_F32, {-1}));
  EXPECT_FALSE(makeTensor(99, {1}));
}

TEST(HostTensor, ConvertsHalves) {
  EXPECT_EQ(halfToFloat(0x3c00), 1.0f);
  EXPECT_EQ(halfToFloat(0xc000), -2.0f);
  EXPECT_EQ(halfToFloat(0x0001), 0x1p-24f);
  EXPECT_EQ(halfToFloat(0x7c00), INFINITY);
  EXPECT_TRUE(std::isnan(halfToFloat(0x7e00)));
  EXPECT_EQ(bfloatToFloat(0x3f80), 1.0f);
}

HostTensor floats(std::initializer_list<float> values) {
  auto tensor = makeTensor(DLC_F32, {static_cast<int64_t>(values.size())});
  std::memcpy(tensor->data.get(), values.begin(), tensor->bytes);
  return *tensor;
}

TEST(Compare, ToleratesWhatTheToleranceSays) {
  Tolerance tolerance{1e-3, 1e-6};
  EXPECT_EQ(
      compareTensors(floats({1.0f, NAN, INFINITY}), floats({1.0005f, NAN, INFINITY}), tolerance),
      "");
  EXPECT_NE(compareTensors(floats({1.0f}), floats({1.01f}), tolerance), "");
  EXPECT_NE(compareTensors(floats({1.0f}), floats({NAN}), tolerance), "");
  EXPECT_NE(compareTensors(floats({NAN}), floats({1.0f}), tolerance), "");
  EXPECT_NE(compareTensors(floats({INFINITY}), floats({-INFINITY}), tolerance), "");
  EXPECT_NE(compareTensors(floats({3e38f}), floats({INFINITY}), tolerance), "");
  EXPECT_NE(compareTensors(floats({1.0f}), floats({1.0f, 1.0f}), tolerance), "");
}

TEST(Compare, IntegersAreExact) {
  auto a = makeTensor(DLC_I64, {1}), b = makeTensor(DLC_I64, {1});
  int64_t large = (int64_t(1) << 62) + 1;
  std::memcpy(a->data.get(), &large, 8);
  --large;
  std::memcpy(b->data.get(), &large, 8);
  EXPECT_NE(compareTensors(*a, *b, {1, 1}), "");
}

} // namespace
