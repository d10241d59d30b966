// dlc.hpp: run a compiled model from C++17. A thin, header-only layer over dlc.h that frees what it
// holds; nothing here throws (but std::bad_alloc may, where the program's own memory ends).
//
//     auto model = dlc::Model::open("model.so");
//     if (!model)
//       return std::puts(model.message().c_str());
//     auto outputs = model->run({dlc::Tensor({1, 3, 224, 224}, std::move(pixels))}); // pixels:
//     std::vector<float> if (!outputs)
//       return std::puts(outputs.message().c_str());
//     for (float score : outputs->front().values<float>()) ...
//
// A Model may be used by many threads if each makes its own Context; Model::run uses one of its own
// and is for one thread at a time. Contexts come to their end before their model does.
#ifndef DLC_HPP
#define DLC_HPP

#include "dlc/dlc.h"
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace dlc {

// What a call gives: a value, or a status with the words for it.
template <typename T> class [[nodiscard]] Result {
public:
  Result(T value) : held(std::move(value)) {}
  Result(dlc_status status, std::string message) : code(status), text(std::move(message)) {}

  bool ok() const { return held.has_value(); }
  explicit operator bool() const { return ok(); }
  dlc_status status() const { return code; }
  const std::string &message() const { return text; } // empty if ok

  // Only if ok.
  T &operator*() { return *held; }
  const T &operator*() const { return *held; }
  T *operator->() { return &*held; }
  const T *operator->() const { return &*held; }

private:
  std::optional<T> held;
  dlc_status code = DLC_OK;
  std::string text;
};

// A call that gives nothing but its status.
struct Done {};

namespace detail {
template <typename T> Result<T> failure(dlc_status status) { return {status, dlc_error_message()}; }

template <typename T> struct ElementOf;
template <> struct ElementOf<float> {
  static constexpr dlc_dtype dtype = DLC_F32;
};
template <> struct ElementOf<double> {
  static constexpr dlc_dtype dtype = DLC_F64;
};
template <> struct ElementOf<uint8_t> {
  static constexpr dlc_dtype dtype = DLC_U8;
};
template <> struct ElementOf<int8_t> {
  static constexpr dlc_dtype dtype = DLC_I8;
};
template <> struct ElementOf<uint16_t> {
  static constexpr dlc_dtype dtype = DLC_U16;
};
template <> struct ElementOf<int16_t> {
  static constexpr dlc_dtype dtype = DLC_I16;
};
template <> struct ElementOf<uint32_t> {
  static constexpr dlc_dtype dtype = DLC_U32;
};
template <> struct ElementOf<int32_t> {
  static constexpr dlc_dtype dtype = DLC_I32;
};
template <> struct ElementOf<uint64_t> {
  static constexpr dlc_dtype dtype = DLC_U64;
};
template <> struct ElementOf<int64_t> {
  static constexpr dlc_dtype dtype = DLC_I64;
};
template <> struct ElementOf<bool> {
  static constexpr dlc_dtype dtype = DLC_BOOL;
};
} // namespace detail

// The element type of a C++ type; f16 and bf16 have none and travel as raw bytes (Tensor's
// constructor with a dtype).
template <typename T>
constexpr dlc_dtype dtypeOf = detail::ElementOf<std::remove_const_t<T>>::dtype;

// A range of elements that belong to a tensor.
template <typename T> struct Values {
  T *first;
  size_t count;
  T *begin() const { return first; }
  T *end() const { return first + count; }
  T *data() const { return first; }
  size_t size() const { return count; }
  T &operator[](size_t i) const { return first[i]; }
};

// A tensor that owns its elements (shared among copies), or views memory of others.
class Tensor {
public:
  Tensor() = default;

  // Owns memory of its own, zeros.
  Tensor(dlc_dtype dtype, std::vector<int64_t> shape) : type(dtype), sizes(std::move(shape)) {
    constexpr size_t alignment = 64;
    auto bytes = std::make_shared<std::vector<unsigned char>>(byteCount() + alignment);
    address = bytes->data() + (alignment - reinterpret_cast<uintptr_t>(bytes->data()) % alignment);
    owner = std::move(bytes);
  }

  // Owns `values`, dense and row-major: as many as the shape says, or the run fails.
  template <typename T>
  Tensor(std::vector<int64_t> shape, std::vector<T> values)
      : type(dtypeOf<T>), sizes(std::move(shape)) {
    static_assert(!std::is_same_v<T, bool>,
                  "std::vector<bool> has no elements in memory: use Tensor(DLC_BOOL, shape)");
    auto kept = std::make_shared<std::vector<T>>(std::move(values));
    tooShort = static_cast<int64_t>(kept->size()) < elements();
    address = kept->data();
    owner = std::move(kept);
  }

  // Views memory that must stay while the tensor is used. `strides` in elements; none: dense.
  static Tensor view(dlc_dtype dtype, void *data, std::vector<int64_t> shape,
                     std::vector<int64_t> strides = {}) {
    Tensor tensor;
    tensor.type = dtype;
    tensor.address = data;
    tensor.sizes = std::move(shape);
    tensor.steps = std::move(strides);
    return tensor;
  }
  template <typename T>
  static Tensor view(T *data, std::vector<int64_t> shape, std::vector<int64_t> strides = {}) {
    return view(dtypeOf<T>, const_cast<std::remove_const_t<T> *>(data), std::move(shape),
                std::move(strides));
  }

  dlc_dtype dtype() const { return type; }
  const std::vector<int64_t> &shape() const { return sizes; }
  const std::vector<int64_t> &strides() const { return steps; } // empty: dense
  void *data() const { return address; }
  int64_t elements() const {
    int64_t count = 1;
    for (int64_t size : sizes)
      count *= size;
    return count;
  }
  size_t byteCount() const { return static_cast<size_t>(elements()) * dlc_dtype_bytes(type); }

  // The elements of a dense tensor; none if T is not its element type.
  template <typename T> Values<T> values() const {
    bool fits = dtypeOf<T> == type && steps.empty() && address;
    return {fits ? static_cast<T *>(address) : nullptr, fits ? static_cast<size_t>(elements()) : 0};
  }

  // The same for dlc.h; valid while this tensor is.
  dlc_tensor c() const {
    dlc_tensor tensor =
        dlc_tensor_dense(type, static_cast<int32_t>(sizes.size()), sizes.data(), address);
    tensor.strides = steps.empty() ? nullptr : steps.data();
    return tensor;
  }

private:
  friend class Context;
  dlc_dtype type = DLC_F32;
  std::vector<int64_t> sizes = {0};
  std::vector<int64_t> steps;
  void *address = nullptr;
  bool tooShort = false; // fewer elements than the shape says
  std::shared_ptr<void> owner;
};

// The mutable half of a model: memory for intermediate results, one run at a time.
class Context {
public:
  // Runs the model. The outputs own their elements.
  Result<std::vector<Tensor>> run(const std::vector<Tensor> &inputs) {
    auto outputs = runBorrowed(inputs);
    if (!outputs)
      return outputs;
    for (Tensor &output : *outputs) {
      Tensor copy(output.type, output.sizes);
      if (size_t bytes = output.byteCount())
        memcpy(copy.address, output.address, bytes);
      output = std::move(copy);
    }
    return outputs;
  }

  // The same without a copy: the outputs lie in the context, until its next run or end.
  Result<std::vector<Tensor>> runBorrowed(const std::vector<Tensor> &inputs) {
    std::vector<dlc_tensor> results(
        static_cast<size_t>(dlc_output_count(dlc_context_model(context.get()))), dlc_tensor{});
    if (dlc_status status = call(inputs, results))
      return detail::failure<std::vector<Tensor>>(status);
    std::vector<Tensor> outputs;
    for (const dlc_tensor &result : results)
      outputs.push_back(
          Tensor::view(static_cast<dlc_dtype>(result.dtype), result.data,
                       std::vector<int64_t>(result.shape, result.shape + result.rank)));
    return outputs;
  }

  // Writes the results into `outputs`, whose types and shapes must be what the model computes.
  Result<Done> runInto(const std::vector<Tensor> &inputs, const std::vector<Tensor> &outputs) {
    std::vector<dlc_tensor> results = views(outputs);
    static constexpr double nothing =
        0; // what an empty tensor may point at: NULL would ask for memory
    for (size_t i = 0; i < outputs.size(); ++i) {
      if (outputs[i].tooShort || (!results[i].data && outputs[i].elements() > 0))
        return {DLC_ERROR_ARGUMENT,
                "output " + std::to_string(i) + " has less memory than its shape says"};
      if (!results[i].data)
        results[i].data = const_cast<double *>(&nothing);
    }
    if (dlc_status status = call(inputs, results))
      return detail::failure<Done>(status);
    return Done{};
  }

  int threads() const { return dlc_context_threads(context.get()); }
  dlc_context *get() const { return context.get(); }

private:
  friend class Model;
  struct Destroy {
    void operator()(dlc_context *context) const { dlc_context_destroy(context); }
  };
  explicit Context(dlc_context *context) : context(context) {}

  static std::vector<dlc_tensor> views(const std::vector<Tensor> &tensors) {
    std::vector<dlc_tensor> result;
    for (const Tensor &tensor : tensors)
      result.push_back(tensor.c());
    return result;
  }
  dlc_status call(const std::vector<Tensor> &inputs, std::vector<dlc_tensor> &outputs) {
    std::vector<dlc_tensor> arguments = views(inputs);
    for (size_t i = 0; i < inputs.size(); ++i)
      if (inputs[i].tooShort)
        return dlc_fail_(DLC_ERROR_ARGUMENT, "fewer elements than the shape says, in input ",
                         std::to_string(i).c_str());
    return dlc_run(context.get(), arguments.data(), arguments.size(), outputs.data(),
                   outputs.size());
  }

  std::unique_ptr<dlc_context, Destroy> context;
};

// One input or output of a model.
struct Port {
  std::string name;
  dlc_dtype dtype;
  std::vector<int64_t> shape; // -1 where it is not static
  std::vector<std::string>
      symbols; // for each dimension: the name that stands for it, "?" if computed, "" if static
  std::string text; // "f32[N,3,224,224]"
};

class Model {
public:
  // Opens a compiled model. Fails, with a message that names it, where the file, the version or the
  // processor does not fit.
  static Result<Model> open(const std::string &path, const dlc_load_options *options = nullptr) {
    dlc_model *model;
    dlc_status status = dlc_open_symbol(path.c_str(), "dlc_model_v1", options, &model);
    return status ? detail::failure<Model>(status) : Result<Model>(Model(model));
  }

  // The same for a model that is linked in or was compiled in this process; what `table` belongs to
  // must stay.
  static Result<Model> load(const dlc_model *table, const dlc_load_options *options = nullptr) {
    dlc_model *model;
    dlc_status status = dlc_load(table, options, &model);
    return status ? detail::failure<Model>(status) : Result<Model>(Model(model));
  }

  std::string name() const { return dlc_model_name(model.get()); }
  std::vector<Port> inputs() const {
    return ports(model->program->inputs, dlc_input_count(model.get()));
  }
  std::vector<Port> outputs() const {
    return ports(model->program->outputs, dlc_output_count(model.get()));
  }

  Result<Context> createContext(const dlc_context_options *options = nullptr) const {
    dlc_context *context;
    dlc_status status = dlc_context_create(model.get(), options, &context);
    return status ? detail::failure<Context>(status) : Result<Context>(Context(context));
  }

  // Runs in a context of the model's own, made at the first call: for one thread at a time.
  Result<std::vector<Tensor>> run(const std::vector<Tensor> &inputs) {
    if (!own) {
      auto made = createContext();
      if (!made)
        return {made.status(), made.message()};
      own.emplace(std::move(*made));
    }
    return own->run(inputs);
  }

  dlc_model *get() const { return model.get(); }

private:
  struct Close {
    void operator()(dlc_model *model) const { dlc_close(model); }
  };
  explicit Model(dlc_model *model) : model(model) {}

  std::vector<Port> ports(const dlc_port *first, int32_t count) const {
    std::vector<Port> result;
    for (const dlc_port *port = first; port != first + count; ++port) {
      Port p{port->name, static_cast<dlc_dtype>(port->dtype), {}, {}, {}};
      for (int32_t d = 0; d < port->rank; ++d) {
        const char *symbol;
        p.shape.push_back(dlc_port_dim(model.get(), port, d, &symbol));
        p.symbols.push_back(symbol ? symbol : "");
      }
      p.text.resize(static_cast<size_t>(dlc_port_text(model.get(), port, nullptr, 0)));
      dlc_port_text(model.get(), port, &p.text[0], p.text.size() + 1);
      result.push_back(std::move(p));
    }
    return result;
  }

  std::unique_ptr<dlc_model, Close> model;
  std::optional<Context> own; // after `model`, so that it ends first
};

} // namespace dlc
#endif // DLC_HPP
