#include "model_builder.h"

#include <cstring>
#include <sys/stat.h>

using namespace dlc;
using namespace dlc::test;

namespace {

/// Reads `tensor` as the initialiser of a model in `folder`.
std::string readError(const TempFolder &folder, const onnx::TensorProto &tensor,
                      int *code = nullptr) {
  auto model = emptyModel();
  *model.mutable_graph()->add_initializer() = tensor;
  Outcome outcome = openBytes(folder, model.SerializeAsString());
  if (code)
    *code = outcome.exitCode;
  return outcome.text;
}

onnx::TensorProto external(const std::string &location, const std::string &offset,
                           const std::string &length) {
  onnx::TensorProto tensor;
  tensor.set_name("w");
  tensor.set_data_type(onnx::TensorProto::FLOAT);
  tensor.add_dims(2);
  tensor.set_data_location(onnx::TensorProto::EXTERNAL);
  auto add = [&](const char *key, const std::string &value) {
    auto *entry = tensor.add_external_data();
    entry->set_key(key);
    entry->set_value(value);
  };
  add("location", location);
  add("offset", offset);
  add("length", length);
  return tensor;
}

TEST(TensorData, SizesAreChecked) {
  std::string why;
  EXPECT_EQ(checkedByteSize({}, 32, why), 4);
  EXPECT_EQ(checkedByteSize({3, 5}, 4, why), 8);
  EXPECT_EQ(checkedByteSize({0, 1000}, 32, why), 0);
  EXPECT_FALSE(checkedByteSize({-4, -3}, 32, why));
  EXPECT_FALSE(checkedByteSize({int64_t(1) << 33, int64_t(1) << 33}, 32, why));
  EXPECT_FALSE(checkedByteSize(std::vector<int64_t>(17, 1), 32, why));
}

TEST(TensorData, RawDataIsNotCopied) {
  TempFolder folder;
  auto model = emptyModel();
  addFloats(model.mutable_graph(), "w", {2}, {1.5f, -2.f});
  Outcome outcome = openBytes(folder, model.SerializeAsString());
  ASSERT_NE(outcome.model, nullptr) << outcome.text;
  const auto &proto = outcome.model->proto->graph().initializer(0);
  EXPECT_FALSE(proto.has_raw_data());
  TensorReader::Error error;
  auto data = outcome.model->tensors->read(proto, error);
  ASSERT_TRUE(data) << error.message;
  float values[2];
  ASSERT_EQ(data->bytes.size(), sizeof(values));
  std::memcpy(values, data->bytes.data(), sizeof(values));
  EXPECT_EQ(values[0], 1.5f);
  EXPECT_EQ(values[1], -2.f);
  outcome.model.reset(); // the data outlives the model
  EXPECT_EQ(std::memcmp(values, data->bytes.data(), sizeof(values)), 0);
}

TEST(TensorData, TypedFields) {
  TensorReader reader(nullptr, "");
  auto read = [&](int type, std::vector<int64_t> dims, auto fill) {
    onnx::TensorProto tensor;
    tensor.set_data_type(type);
    for (int64_t dim : dims)
      tensor.add_dims(dim);
    fill(tensor);
    TensorReader::Error error;
    auto data = reader.read(tensor, error);
    EXPECT_TRUE(data) << error.message;
    return data ? data->bytes.vec() : std::vector<char>();
  };
  auto ints = [](std::vector<int32_t> values) {
    return [values](onnx::TensorProto &t) {
      for (int32_t v : values)
        t.add_int32_data(v);
    };
  };
  using T = onnx::TensorProto;
  EXPECT_EQ(read(T::FLOAT16, {2}, ints({0x3c00, 0xc000})), (std::vector<char>{0, 0x3c, 0, '\xc0'}));
  EXPECT_EQ(read(T::INT8, {2}, ints({-1, 5})), (std::vector<char>{'\xff', 5}));
  EXPECT_EQ(read(T::BOOL, {3}, ints({0, 1, 7})), (std::vector<char>{0, 1, 1}));
  EXPECT_EQ(read(T::INT4, {3}, ints({0x21, 0x03})), (std::vector<char>{0x21, 0x03}));
  EXPECT_EQ(read(T::FLOAT6E2M3, {4}, ints({1, 2, 3, 4})),
            (std::vector<char>{'\x81', '\x30', '\x10'})); // 1 | 2<<6 | 3<<12 | 4<<18
  EXPECT_EQ(read(T::INT64, {1}, [](T &t) { t.add_int64_data(-2); }),
            (std::vector<char>{'\xfe', '\xff', '\xff', '\xff', '\xff', '\xff', '\xff', '\xff'}));
  EXPECT_EQ(read(T::UINT32, {1}, [](T &t) { t.add_uint64_data(0x01020304); }),
            (std::vector<char>{4, 3, 2, 1}));
  EXPECT_EQ(read(T::COMPLEX64, {1}, [](T &t) { t.add_float_data(0), t.add_float_data(0); }).size(),
            8u);
  EXPECT_EQ(read(T::FLOAT, {2, 0}, [](T &) {}).size(), 0u);
}

TEST(TensorData, WrongTensorsAreNamed) {
  TempFolder folder;
  onnx::TensorProto tensor;
  tensor.set_name("weights");
  tensor.add_dims(2);
  EXPECT_NE(readError(folder, tensor).find("initialiser 'weights': has no element type"),
            std::string::npos);
  tensor.set_data_type(onnx::TensorProto::FLOAT);
  tensor.set_raw_data("123456789");
  EXPECT_NE(readError(folder, tensor).find("f32[2] needs 8 bytes but raw_data has 9"),
            std::string::npos);
  tensor.set_raw_data("12345678");
  EXPECT_EQ(readError(folder, tensor), "");
  tensor.add_float_data(1);
  EXPECT_NE(readError(folder, tensor).find("more than one place"), std::string::npos);
  tensor.clear_float_data();
  tensor.clear_raw_data();
  tensor.set_dims(0, -4);
  tensor.add_dims(-3);
  EXPECT_NE(readError(folder, tensor).find("negative dimension -4"), std::string::npos);
  tensor.set_dims(0, 1);
  tensor.set_dims(1, 1);
  tensor.mutable_segment()->set_end(4);
  EXPECT_NE(readError(folder, tensor).find("segments"), std::string::npos);
}

TEST(TensorData, ExternalData) {
  TempFolder folder;
  folder.write("w.bin", std::string(16, 'w'));
  std::filesystem::create_directory(folder.path + "/sub");
  folder.write("sub/w.bin", std::string(16, 'w'));
  int code = 0;
  EXPECT_EQ(readError(folder, external("w.bin", "8", "8")), "");
  EXPECT_EQ(readError(folder, external("./sub//w.bin", "0", "8")), "");

  auto refused = [&](const std::string &location, const std::string &offset,
                     const std::string &length, int expected, const std::string &words) {
    std::string text = readError(folder, external(location, offset, length), &code);
    EXPECT_EQ(code, expected) << text;
    EXPECT_NE(text.find(words), std::string::npos) << text;
  };
  refused("w.bin", "9", "8", 1, "has 16 bytes");
  refused("w.bin", "1000000000000", "8", 1, "has 16 bytes");
  refused("w.bin", "18446744073709551615", "8", 1, "has 16 bytes");
  refused("w.bin", "-8", "8", 1, "is not a number");
  refused("w.bin", "0x8", "8", 1, "is not a number");
  refused("w.bin", "0", "16", 1, "the length is given as 16 bytes");
  refused("none.bin", "0", "8", 4, "none.bin");
  refused("../w.bin", "0", "8", 1, "leaves the folder");
  refused("sub/../w.bin", "0", "8", 1, "leaves the folder");
  refused("/etc/passwd", "0", "8", 1, "leaves the folder");
  refused(std::string("w.bin\0x", 7), "0", "8", 1, "NUL");
  refused("", "0", "8", 1, "empty");
  refused("sub", "0", "8", 1, "folder");

  std::filesystem::create_symlink("/etc/passwd", folder.path + "/link.bin");
  refused("link.bin", "0", "8", 1, "symbolic link");
  std::filesystem::create_symlink("/etc", folder.path + "/linked");
  refused("linked/passwd", "0", "8", 1, "symbolic link");
  std::filesystem::create_hard_link(folder.path + "/w.bin", folder.path + "/hard.bin");
  refused("hard.bin", "0", "8", 1, "hard links");
  ASSERT_EQ(mkfifo((folder.path + "/pipe").c_str(), 0600), 0);
  refused("pipe", "0", "8", 1, "not a regular file");
}

TEST(TensorData, TensorFiles) {
  TempFolder folder;
  onnx::TensorProto tensor;
  tensor.set_data_type(onnx::TensorProto::FLOAT);
  tensor.add_dims(1);
  tensor.set_raw_data("abcd");
  TensorReader::Error error;
  auto data = readTensorFile(folder.write("input_0.pb", tensor.SerializeAsString()), error);
  ASSERT_TRUE(data) << error.message;
  EXPECT_EQ(llvm::StringRef(data->bytes.data(), data->bytes.size()), "abcd");
  EXPECT_FALSE(readTensorFile(folder.write("bad.pb", "\xff\xff"), error));
  EXPECT_FALSE(readTensorFile(folder.path + "/none.pb", error));
  EXPECT_EQ(error.errorClass, ErrorClass::Io);
}

} // namespace
