#include "tensor_data.h"

#include "llvm/ADT/APFloat.h"

#include <cmath>
#include <cstring>

using namespace mlir;
using namespace dlc::test;

int64_t TensorData::elementBytes() const {
  return element.isIndex() ? 8 : (element.getIntOrFloatBitWidth() + 7) / 8;
}

int64_t TensorData::count() const {
  int64_t total = 1;
  for (int64_t extent : extents)
    total *= extent;
  return total;
}

TensorData TensorData::make(Type element, std::vector<int64_t> extents, bool apart) {
  TensorData data;
  data.element = element;
  data.extents = extents;
  data.strides.resize(extents.size());
  int64_t running = 1;
  for (size_t i = extents.size(); i-- > 0;) {
    data.strides[i] = running;
    running *= extents[i];
    if (apart && i + 1 == extents.size())
      running += 3;
  }
  // What lies between rows must never be written.
  data.bytes.assign(running * data.elementBytes(), char(0x5a));
  return data;
}

int64_t TensorData::offset(int64_t i) const {
  int64_t result = 0;
  for (size_t d = extents.size(); d-- > 0;) {
    result += i % extents[d] * strides[d];
    i /= extents[d];
  }
  return result * elementBytes();
}

int64_t TensorData::integer(int64_t i) const {
  int64_t value = 0;
  std::memcpy(&value, bytes.data() + offset(i), elementBytes());
  int unused = 64 - 8 * int(elementBytes());
  return int64_t(uint64_t(value) << unused) >> unused;
}

double TensorData::real(int64_t i) const {
  uint64_t bits = 0;
  std::memcpy(&bits, bytes.data() + offset(i), elementBytes());
  llvm::APFloat value(cast<FloatType>(element).getFloatSemantics(),
                      llvm::APInt(8 * elementBytes(), bits));
  bool lossy;
  value.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &lossy);
  return value.convertToDouble();
}

void dlc::test::fill(TensorData &data, const Filling &filling, std::mt19937_64 &random) {
  std::uniform_real_distribution<double> reals(filling.low != 0 ? filling.low : -filling.scale,
                                               filling.scale);
  int64_t limit = filling.integers;
  if (data.elementBytes() == 1)
    limit = std::min<int64_t>(limit, 127);
  std::uniform_int_distribution<int64_t> integers(-limit, limit);
  const double special[] = {NAN,       INFINITY,  -INFINITY, 0.0,       -0.0,        1e-45,
                            -1e-40,    3.4e38,    -3.4e38,   1.0,       -1.0,        0.5,
                            -0.5,      2.5,       1e10,      -1e10,     88.7,        -87.5,
                            -103,      1e-8,      -1e-8,     16777217., 2147483648., 0.6931472,
                            1.5707964, 3.1415927, 1e5,       1.0000001};
  for (int64_t i = 0; i < data.count(); ++i) {
    uint64_t bits;
    if (data.isFloat()) {
      double value = reals(random);
      if (filling.specials && random() % 3 == 0)
        value = special[random() % (sizeof(special) / sizeof(double))];
      llvm::APFloat number(value);
      bool lossy;
      number.convert(cast<FloatType>(data.element).getFloatSemantics(),
                     llvm::APFloat::rmNearestTiesToEven, &lossy);
      bits = number.bitcastToAPInt().getZExtValue();
    } else if (data.element.isInteger(1)) {
      bits = random() & 1;
    } else {
      bits = limit ? uint64_t(integers(random)) : random();
    }
    std::memcpy(data.bytes.data() + data.offset(i), &bits, data.elementBytes());
  }
}

double dlc::test::difference(const TensorData &reference, const TensorData &other, bool ulps,
                             std::string &where) {
  double worst = 0, scale = 0;
  int64_t count = reference.count(), at = -1;
  auto note = [&](double value, int64_t i) {
    if (value > worst)
      worst = value, at = i;
  };
  if (!reference.isFloat()) {
    int64_t wrong = 0;
    for (int64_t i = 0; i < count; ++i)
      if (reference.integer(i) != other.integer(i))
        ++wrong, at = at < 0 ? i : at;
    worst = double(wrong);
  } else {
    const llvm::fltSemantics &semantics = cast<FloatType>(reference.element).getFloatSemantics();
    int precision = int(llvm::APFloat::semanticsPrecision(semantics));
    int lowest = llvm::APFloat::semanticsMinExponent(semantics);
    for (int64_t i = 0; i < count; ++i)
      if (std::isfinite(reference.real(i)))
        scale = std::max(scale, std::abs(reference.real(i)));
    for (int64_t i = 0; i < count; ++i) {
      double a = reference.real(i), b = other.real(i);
      if (std::isnan(a) || std::isnan(b)) {
        note(std::isnan(a) && std::isnan(b) ? 0 : 1e30, i);
      } else if (std::isinf(a) || std::isinf(b)) {
        note(a == b ? 0 : 1e30, i);
      } else if (ulps) {
        int exponent = std::max(a == 0 ? lowest : std::ilogb(a), lowest);
        note(std::abs(a - b) / std::ldexp(1.0, exponent - precision + 1), i);
      } else {
        note(std::abs(a - b) / std::max(scale, 1e-30), i);
      }
    }
  }
  auto text = [](double value) {
    char buffer[40];
    std::snprintf(buffer, sizeof(buffer), "%.9g", value);
    return std::string(buffer);
  };
  if (at >= 0)
    where = "element " + std::to_string(at) + ": " +
            (reference.isFloat() ? text(reference.real(at)) + " and " + text(other.real(at))
                                 : std::to_string(reference.integer(at)) + " and " +
                                       std::to_string(other.integer(at)));
  return worst;
}
