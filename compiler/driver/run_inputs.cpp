// See run_inputs.h.
#include "compiler/driver/run_inputs.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"

using namespace dlc;
using namespace mlir;

std::string dlc::portText(const dlc_model *model, const dlc_port *port) {
  std::string text(static_cast<size_t>(dlc_port_text(model, port, nullptr, 0)) + 1, '\0');
  dlc_port_text(model, port, text.data(), text.size());
  text.pop_back();
  return escapeName(port->name) + ": " + text;
}

void dlc::printSummary(llvm::raw_ostream &os, const HostTensor &tensor) {
  os << escapeName(tensor.name) << ": " << tensor.typeText();
  int64_t count = tensor.elements();
  if (count) {
    double low = tensor.at(0), high = low;
    int64_t nans = 0;
    for (int64_t i = 0; i < count; ++i) {
      double value = tensor.at(i);
      low = value < low || low != low ? value : low;
      high = value > high || high != high ? value : high;
      nans += value != value;
    }
    os << llvm::format(" min %.6g max %.6g", low, high);
    if (nans)
      os << " NaN " << nans;
    os << ":";
    for (int64_t i = 0; i < std::min<int64_t>(count, 8); ++i)
      os << llvm::format(" %.6g", tensor.at(i));
    if (count > 8)
      os << " ...";
  }
  os << "\n";
}

namespace {

struct Collector {
  const RunOptions &options;
  const dlc_model *model;
  Diagnostics &diags;
  std::vector<std::optional<HostTensor>> found;
  llvm::StringMap<int64_t> symbols;

  LogicalResult readFiles() {
    size_t position = 0;
    for (StringRef text : options.inputs) {
      // NAME=FILE, where the name is one of the model's; a file name may contain '=', too.
      auto [name, file] = text.split('=');
      int32_t index = file.empty() ? -1 : dlc_find_input(model, name.str().c_str());
      if (index < 0) {
        if (!file.empty() && !llvm::sys::fs::exists(text))
          return diags.error(ErrorClass::Model, options.compile.model,
                             "the model has no input '" + escapeName(name) + "'",
                             "its inputs are listed by --info");
        file = text;
        while (position < found.size() && found[position])
          ++position;
        if (position >= found.size())
          return diags.error(ErrorClass::Model, options.compile.model,
                             "more inputs are given than the model has (" +
                                 llvm::Twine(found.size()) + ")");
        index = static_cast<int32_t>(position);
      }
      if (found[index])
        return diags.error(ErrorClass::Usage, options.compile.model,
                           "input '" + escapeName(dlc_input(model, index)->name) +
                               "' is given twice");
      FileError error;
      auto tensor = readTensor(file, error);
      if (!tensor)
        return diags.error(static_cast<ErrorClass>(error.exitCode), error.path, error.message);
      found[index] = std::move(*tensor);
    }
    return success();
  }

  void bind(const dlc_port *port, llvm::ArrayRef<int64_t> dims) {
    for (int32_t d = 0; d < port->rank && d < static_cast<int32_t>(dims.size()); ++d) {
      const char *symbol;
      if (dlc_port_dim(model, port, d, &symbol) < 0)
        symbols.try_emplace(symbol, dims[d]);
    }
  }

  /// Shapes on the command line bind symbols.
  LogicalResult bindShapes() {
    for (const auto &[name, dims] : options.compile.shapes) {
      int32_t index = dlc_find_input(model, name.c_str());
      if (index < 0)
        return diags.error(ErrorClass::Model, options.compile.model,
                           "the model has no input '" + escapeName(name) + "'");
      const dlc_port *port = dlc_input(model, index);
      SmallVector<int64_t> numbers;
      for (const std::string &dim : dims) {
        int64_t value;
        if (StringRef(dim).getAsInteger(10, value))
          value = -1;
        numbers.push_back(value);
      }
      for (int32_t d = 0; d < port->rank && d < static_cast<int32_t>(numbers.size()); ++d) {
        const char *symbol;
        if (numbers[d] >= 0 && dlc_port_dim(model, port, d, &symbol) < 0)
          symbols.try_emplace(symbol, numbers[d]);
      }
    }
    return success();
  }

  LogicalResult draw(int32_t index, HostTensor &tensor) {
    const dlc_port *port = dlc_input(model, index);
    SmallVector<int64_t> dims;
    for (int32_t d = 0; d < port->rank; ++d) {
      const char *symbol;
      int64_t dim = dlc_port_dim(model, port, d, &symbol);
      if (dim < 0) {
        auto [bound, isNew] = symbols.try_emplace(symbol, 1);
        if (isNew)
          llvm::errs() << "dlc-run: note: " << escapeName(symbol)
                       << " = 1 (--shape=" << escapeName(port->name)
                       << ":... chooses another size)\n";
        dim = bound->second;
      }
      dims.push_back(dim);
    }
    auto made = makeTensor(port->dtype, dims);
    if (!made)
      return diags.error(ErrorClass::Resource, options.compile.model,
                         "not enough memory for input '" + escapeName(port->name) + "'");
    fillRandom(*made, options.seed + static_cast<uint64_t>(index) * 1000003);
    tensor = std::move(*made);
    return success();
  }

  LogicalResult run(bool random, std::vector<HostTensor> &inputs) {
    found.resize(static_cast<size_t>(dlc_input_count(model)));
    if (failed(readFiles()))
      return failure();
    for (auto [i, tensor] : llvm::enumerate(found))
      if (tensor)
        bind(dlc_input(model, static_cast<int32_t>(i)), tensor->dims);
    if (failed(bindShapes()))
      return failure();
    for (auto [i, tensor] : llvm::enumerate(found)) {
      const dlc_port *port = dlc_input(model, static_cast<int32_t>(i));
      if (!tensor) {
        if (!random)
          return diags.error(ErrorClass::Model, options.compile.model,
                             "no value for input " + portText(model, port),
                             "--input=" + escapeName(port->name) + "=FILE.npy, or --random=SEED");
        if (failed(draw(static_cast<int32_t>(i), tensor.emplace())))
          return failure();
      }
      tensor->name = port->name;
      inputs.push_back(std::move(*tensor));
    }
    return success();
  }
};

} // namespace

LogicalResult dlc::collectInputs(const RunOptions &options, const dlc_model *model, bool random,
                                 Diagnostics &diags, std::vector<HostTensor> &inputs) {
  return Collector{options, model, diags, {}, {}}.run(random, inputs);
}
