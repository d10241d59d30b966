// The HostTensor half of tensor_file.h: values, random data, comparison.
#include "compiler/driver/tensor_file.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace dlc;

namespace {

template <typename T> T load(const char *data, int64_t i) {
  T value;
  std::memcpy(&value, data + i * sizeof(T), sizeof(T));
  return value;
}

template <typename T> void store(char *data, int64_t i, T value) {
  std::memcpy(data + i * sizeof(T), &value, sizeof(T));
}

bool isFloat(int32_t dtype) {
  return dtype == DLC_F32 || dtype == DLC_F64 || dtype == DLC_F16 || dtype == DLC_BF16;
}

/// SplitMix64: a counter-based generator in five lines.
struct Random {
  uint64_t state;
  uint64_t next() {
    uint64_t z = (state += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  /// Uniform in [-1, 1), 24 bits, so that a float holds it exactly.
  float symmetric() {
    return static_cast<float>(static_cast<int64_t>(next() >> 40) - (1 << 23)) / (1 << 23);
  }
};

uint16_t floatToHalf(float value) {
  // Only finite values of at most 1 in size come here; round to nearest even by adding in the
  // format's own last place.
  uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  float size = std::fabs(value);
  if (size < 0x1p-14f)
    return sign | static_cast<uint16_t>(std::lrint(size * 0x1p24f));
  int exponent;
  float fraction = std::frexp(size, &exponent);                          // [0.5, 1)
  auto mantissa = static_cast<uint32_t>(std::lrint(fraction * 2048.0f)); // 11 bits, maybe 2048
  return sign | static_cast<uint16_t>(((exponent + 13) << 10) + mantissa);
}

uint16_t floatToBfloat(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return static_cast<uint16_t>((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

std::string dimsText(llvm::ArrayRef<int64_t> dims) {
  std::string text = "[";
  for (size_t i = 0; i < dims.size(); ++i)
    text += (i ? "," : "") + std::to_string(dims[i]);
  return text + "]";
}

/// Index in each dimension of the element with that number.
std::string positionText(const HostTensor &tensor, int64_t element) {
  llvm::SmallVector<int64_t> index(tensor.dims.size());
  for (size_t d = index.size(); d-- > 0;) {
    index[d] = element % tensor.dims[d];
    element /= tensor.dims[d];
  }
  return dimsText(index);
}

std::string number(double value) {
  char text[40];
  snprintf(text, sizeof(text), "%.9g", value);
  return text;
}

/// Integers are compared by their bytes, so that 64-bit ones are exact.
std::string compareExact(const HostTensor &got, const HostTensor &expected) {
  size_t size = dlc_dtype_bytes(got.dtype);
  int64_t differ = 0, first = -1;
  for (int64_t i = 0, e = got.elements(); i < e; ++i)
    if (std::memcmp(got.data.get() + i * size, expected.data.get() + i * size, size)) {
      if (!differ++)
        first = i;
    }
  if (!differ)
    return "";
  return std::to_string(differ) + " of " + std::to_string(got.elements()) +
         " elements differ, first at " + positionText(got, first) + ": " + number(got.at(first)) +
         ", expected " + number(expected.at(first));
}

} // namespace

float dlc::halfToFloat(uint16_t bits) {
  int exponent = (bits >> 10) & 31;
  int mantissa = bits & 1023;
  float value;
  if (exponent == 31)
    value = mantissa ? std::nanf("") : INFINITY;
  else if (exponent == 0)
    value = std::ldexp(static_cast<float>(mantissa), -24);
  else
    value = std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
  return bits & 0x8000 ? -value : value;
}

float dlc::bfloatToFloat(uint16_t bits) {
  uint32_t wide = static_cast<uint32_t>(bits) << 16;
  float value;
  std::memcpy(&value, &wide, sizeof(value));
  return value;
}

int64_t HostTensor::elements() const {
  int64_t count = 1;
  for (int64_t d : dims)
    count *= d;
  return count;
}

dlc_tensor HostTensor::view() const {
  return dlc_tensor_dense(static_cast<dlc_dtype>(dtype), static_cast<int32_t>(dims.size()),
                          dims.data(), data.get());
}

std::string HostTensor::typeText() const { return dlc_dtype_name(dtype) + dimsText(dims); }

double HostTensor::at(int64_t i) const {
  const char *p = data.get();
  switch (dtype) {
  case DLC_F32:
    return load<float>(p, i);
  case DLC_F64:
    return load<double>(p, i);
  case DLC_F16:
    return halfToFloat(load<uint16_t>(p, i));
  case DLC_BF16:
    return bfloatToFloat(load<uint16_t>(p, i));
  case DLC_I8:
    return load<int8_t>(p, i);
  case DLC_I16:
    return load<int16_t>(p, i);
  case DLC_I32:
    return load<int32_t>(p, i);
  case DLC_I64:
    return static_cast<double>(load<int64_t>(p, i));
  case DLC_U16:
    return load<uint16_t>(p, i);
  case DLC_U32:
    return load<uint32_t>(p, i);
  case DLC_U64:
    return static_cast<double>(load<uint64_t>(p, i));
  default: // u8, bool
    return load<uint8_t>(p, i);
  }
}

std::optional<HostTensor> dlc::makeTensor(int32_t dtype, llvm::ArrayRef<int64_t> dims) {
  HostTensor tensor;
  tensor.dtype = dtype;
  tensor.dims.assign(dims.begin(), dims.end());
  int64_t bytes = static_cast<int64_t>(dlc_dtype_bytes(dtype));
  if (!bytes)
    return std::nullopt;
  for (int64_t d : dims)
    if (d < 0 || llvm::MulOverflow(bytes, d, bytes))
      return std::nullopt;
  if (bytes > (int64_t(1) << 46))
    return std::nullopt;
  tensor.bytes = static_cast<size_t>(bytes);
  void *block = std::aligned_alloc(64, llvm::alignTo(tensor.bytes + 1, 64));
  if (!block)
    return std::nullopt;
  std::memset(block, 0, tensor.bytes);
  tensor.data = std::shared_ptr<char>(static_cast<char *>(block), std::free);
  return tensor;
}

std::optional<HostTensor> dlc::copyTensor(const dlc_tensor &tensor, llvm::StringRef name) {
  auto copy = makeTensor(tensor.dtype, llvm::ArrayRef(tensor.shape, tensor.rank));
  if (!copy)
    return std::nullopt;
  copy->name = name.str();
  if (copy->bytes)
    std::memcpy(copy->data.get(), tensor.data, copy->bytes);
  return copy;
}

void dlc::fillRandom(HostTensor &tensor, uint64_t seed) {
  Random random{seed};
  char *p = tensor.data.get();
  for (int64_t i = 0, e = tensor.elements(); i < e; ++i) {
    switch (tensor.dtype) {
    case DLC_F32:
      store<float>(p, i, random.symmetric());
      break;
    case DLC_F64:
      store<double>(p, i, random.symmetric());
      break;
    case DLC_F16:
      store<uint16_t>(p, i, floatToHalf(random.symmetric()));
      break;
    case DLC_BF16:
      store<uint16_t>(p, i, floatToBfloat(random.symmetric()));
      break;
    case DLC_BOOL:
      store<uint8_t>(p, i, random.next() >> 63);
      break;
    case DLC_I8:
    case DLC_U8:
      store<uint8_t>(p, i, static_cast<uint8_t>(random.next() >> 56));
      break;
    case DLC_I16:
    case DLC_U16:
      store<uint16_t>(p, i, static_cast<uint16_t>((random.next() >> 32) % 10));
      break;
    case DLC_I32:
    case DLC_U32:
      store<uint32_t>(p, i, static_cast<uint32_t>((random.next() >> 32) % 10));
      break;
    default:
      store<uint64_t>(p, i, (random.next() >> 32) % 10);
    }
  }
}

std::string dlc::compareTensors(const HostTensor &got, const HostTensor &expected,
                                const Tolerance &tolerance) {
  if (got.dtype != expected.dtype || got.dims != expected.dims)
    return "is " + got.typeText() + ", expected " + expected.typeText();
  if (!isFloat(got.dtype))
    return compareExact(got, expected);
  double rtol = got.dtype == DLC_BF16 ? std::max(tolerance.rtol, 0x1p-6) : tolerance.rtol;
  int64_t differ = 0, worst = -1;
  double worstExcess = -1;
  for (int64_t i = 0, e = got.elements(); i < e; ++i) {
    double a = got.at(i), b = expected.at(i);
    if ((std::isnan(a) && std::isnan(b)) || a == b)
      continue;
    double limit = tolerance.atol + rtol * std::fabs(b);
    double difference = std::fabs(a - b);
    // Written so that a NaN or an infinity on one side alone is a difference, too.
    if (std::isfinite(difference) && difference <= limit)
      continue;
    ++differ;
    double excess = std::isfinite(difference) ? difference - limit : INFINITY;
    if (worst < 0 || excess > worstExcess) {
      worst = i;
      worstExcess = excess;
    }
  }
  if (!differ)
    return "";
  return std::to_string(differ) + " of " + std::to_string(got.elements()) +
         " elements differ, worst at " + positionText(got, worst) + ": " + number(got.at(worst)) +
         ", expected " + number(expected.at(worst)) + " (rtol " + number(rtol) + ", atol " +
         number(tolerance.atol) + ")";
}
