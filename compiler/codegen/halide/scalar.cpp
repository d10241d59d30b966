// Scalar operations of arith and math, with MLIR's meaning: integers wrap, division never traps,
// casts from float saturate, shifts of the width or more give 0 (or the sign), NaN is kept.
#include "compiler/codegen/halide/scalar.h"

#include <cmath>

using namespace Halide;
using namespace Halide::Internal;
using namespace dlc::halide;

Type dlc::halide::computeType(ElementType type, bool body) {
  switch (type) {
  case ElementType::I1:
    return Bool();
  case ElementType::I8:
    return Int(8);
  case ElementType::I16:
    return Int(16);
  case ElementType::I32:
    return Int(32);
  case ElementType::I64:
    return Int(64);
  case ElementType::Index:
    return body ? Int(64) : Int(32);
  case ElementType::F64:
    return Float(64);
  default:
    return Float(32);
  }
}

Type dlc::halide::storageType(ElementType type) {
  switch (type) {
  case ElementType::I1:
    return UInt(8);
  case ElementType::F16:
    return Float(16);
  case ElementType::BF16:
    return UInt(16); // the upper half of a float
  default:
    return computeType(type);
  }
}

Expr dlc::halide::fromStorage(ElementType type, Expr value) {
  switch (type) {
  case ElementType::I1:
    return value != make_zero(UInt(8));
  case ElementType::F16:
    return launder(cast<float>(value));
  case ElementType::BF16:
    return reinterpret<float>(cast<uint32_t>(value) << 16);
  default:
    return value;
  }
}

Expr dlc::halide::toStorage(ElementType type, Expr value) {
  switch (type) {
  case ElementType::I1:
    return cast<uint8_t>(value);
  case ElementType::F16:
    return cast<float16_t>(value);
  case ElementType::BF16:
    return cast<uint16_t>(reinterpret<uint32_t>(value) >> 16);
  default:
    return value;
  }
}

Scalar dlc::halide::constantScalar(ElementType type, int64_t integer, double real, bool body) {
  Type halideType = computeType(type, body);
  if (type == ElementType::I1)
    return {integer ? const_true() : const_false(), type};
  if (!halideType.is_float())
    return {make_const(halideType, integer), type};
  if (halideType.bits() == 32)
    real = float(real);
  Expr value = FloatImm::make(halideType, real);
  // A plain select of a literal that is no number may be taken for one that never happens.
  return {std::isfinite(real) ? value : launder(value), type};
}

bool dlc::halide::isFloat(ElementType type) {
  return type == ElementType::F16 || type == ElementType::BF16 || type == ElementType::F32 ||
         type == ElementType::F64;
}

bool dlc::halide::isHeavyScalarOp(const std::string &name) {
  return name.compare(0, 5, "math.") == 0 || name == "arith.divf" || name == "arith.remf";
}

/// The result of a float operation, rounded to its type.
static Expr rounded(ElementType type, Expr value) {
  if (type == ElementType::F16)
    return roundToHalf(value);
  if (type == ElementType::BF16)
    return roundToBFloat(value);
  return value;
}

//===-- floats --===//

static Expr compareFloats(int64_t predicate, Expr a, Expr b) {
  auto unordered = [&] { return isNan(a) || isNan(b); };
  switch (predicate) { // arith::CmpFPredicate
  case 0:
    return const_false();
  case 1:
    return strictEqual(a, b);
  case 2:
    return strictLess(b, a);
  case 3:
    return strictLessEqual(b, a);
  case 4:
    return strictLess(a, b);
  case 5:
    return strictLessEqual(a, b);
  case 6:
    return strictLess(a, b) || strictLess(b, a);
  case 7:
    return !unordered();
  case 8:
    return !(strictLess(a, b) || strictLess(b, a));
  case 9:
    return !strictLessEqual(a, b);
  case 10:
    return !strictLess(a, b);
  case 11:
    return !strictLessEqual(b, a);
  case 12:
    return !strictLess(b, a);
  case 13:
    return !strictEqual(a, b);
  case 14:
    return unordered();
  default:
    return const_true();
  }
}

static Expr floatBinary(const std::string &name, Expr a, Expr b, bool relaxed) {
  if (name == "addf")
    return relaxed ? a + b : strictAdd(a, b);
  if (name == "subf")
    return relaxed ? a - b : strictSub(a, b);
  if (name == "mulf")
    return relaxed ? a * b : strictMul(a, b);
  if (name == "divf")
    return strictDiv(a, b);
  if (name == "remf")
    return libmCall("fmod", a, b);
  if (name == "maximumf" || name == "maxnumf")
    return maximum(a, b, name == "maxnumf");
  if (name == "minimumf" || name == "minnumf")
    return minimum(a, b, name == "minnumf");
  return Expr();
}

//===-- casts --===//

/// Out of range gives the nearest integer that there is, NaN gives 0.
static Expr floatToInteger(Expr x, Type to) {
  if (to.is_bool())
    return !strictEqual(x, make_zero(x.type()));
  if (x.type().bits() == 32 && to.bits() >= 32)
    x = to.bits() == 64 ? x : cast<double>(x); // 2^31 - 1 is no float
  double low = to.is_uint() ? 0.0 : -std::ldexp(1.0, to.bits() - 1);
  double high = std::ldexp(1.0, to.is_uint() ? to.bits() : to.bits() - 1);
  Expr lowest = make_const(x.type(), low), beyond = make_const(x.type(), high);
  Expr inside = strictLessEqual(lowest, x) && strictLess(x, beyond);
  Expr safe = select(inside, x, make_zero(x.type()));
  Expr above = strictLessEqual(beyond, x), below = strictLess(x, lowest);
  return select(above, to.max(), below, to.min(), cast(to, safe));
}

/// The integer of this type that `x` is the low bits of, if it was narrowed from one.
static Expr beforeNarrowing(const Expr &x, Type type) {
  const Cast *narrowed = x.as<Cast>();
  bool isNarrowed = narrowed && narrowed->value.type() == type && type.is_int_or_uint() &&
                    x.type().is_int_or_uint() && x.type().bits() < type.bits();
  return isNarrowed ? narrowed->value : Expr();
}

static Expr convert(const std::string &name, ElementType from, ElementType to, Expr x, bool body) {
  Type type = computeType(to, body);
  auto asUnsigned = [](Expr e) { return e.type().is_bool() ? e : cast(UInt(e.type().bits()), e); };
  if (name == "extf" || name == "truncf")
    return type == x.type() ? x : launder(cast(type, x));
  if (name == "extsi" || name == "index_cast")
    return x.type().is_bool() ? select(x, make_const(type, -1), make_zero(type)) : cast(type, x);
  if (name == "extui" || name == "index_castui") {
    // A mask: vectors of narrow elements take shuffles, there and back.
    if (Expr wide = beforeNarrowing(x, type); wide.defined() && !x.type().is_bool())
      return wide & make_const(type, (int64_t(1) << x.type().bits()) - 1);
    return cast(type, cast(UInt(type.bits()), asUnsigned(x)));
  }
  if (name == "trunci")
    return type.is_bool() ? (x & make_one(x.type())) != make_zero(x.type()) : cast(type, x);
  if (name == "sitofp")
    return x.type().is_bool() ? select(x, make_const(type, -1), make_zero(type)) : cast(type, x);
  if (name == "uitofp")
    return cast(type, x.type().is_bool() ? cast<uint8_t>(x) : asUnsigned(x));
  if (name == "fptosi")
    return floatToInteger(x, type);
  if (name == "fptoui")
    return type.is_bool() ? floatToInteger(x, type)
                          : cast(type, floatToInteger(x, UInt(type.bits())));
  if (name == "bitcast") {
    // Sixteen-bit floats have no bits of their own while they are computed with.
    Expr bits = isFloat(from) && from != to ? toStorage(from, x) : x;
    if (to == ElementType::F16 && from != to)
      return launder(cast<float>(reinterpret<float16_t>(bits)));
    if (to == ElementType::BF16 && from != to)
      return reinterpret<float>(cast<uint32_t>(reinterpret<uint16_t>(bits)) << 16);
    return type == bits.type() ? bits : reinterpret(type, bits);
  }
  return Expr();
}

//===-- dispatch --===//

/// Splits "arith.addf" into its dialect and the rest.
static std::string baseName(const std::string &name) {
  size_t dot = name.find('.');
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

Scalar dlc::halide::combine(const std::string &name, const Scalar &a, const Scalar &b,
                            bool relaxed) {
  std::string base = baseName(name);
  Expr value = isFloat(a.type) ? floatBinary(base, a.value, b.value, relaxed)
                               : integerBinary(base, a.value, b.value, a.type, relaxed, nullptr);
  if (!value.defined())
    throw Unsupported("no code for '" + name + "'");
  return {rounded(a.type, value), a.type};
}

static bool isIntegerBinary(const std::string &base) {
  static const char *const names[] = {"addi",      "subi",      "muli",       "divsi", "divui",
                                      "ceildivsi", "ceildivui", "floordivsi", "remsi", "remui",
                                      "andi",      "ori",       "xori",       "shli",  "shrsi",
                                      "shrui",     "maxsi",     "maxui",      "minsi", "minui"};
  return std::find(std::begin(names), std::end(names), base) != std::end(names);
}
static bool isFloatBinary(const std::string &base) {
  static const char *const names[] = {"addf",     "subf",     "mulf",    "divf",   "remf",
                                      "maximumf", "minimumf", "maxnumf", "minnumf"};
  return std::find(std::begin(names), std::end(names), base) != std::end(names);
}
static bool isCast(const std::string &base) {
  static const char *const names[] = {"extf",   "truncf",  "extsi",      "extui",
                                      "trunci", "sitofp",  "uitofp",     "fptosi",
                                      "fptoui", "bitcast", "index_cast", "index_castui"};
  return std::find(std::begin(names), std::end(names), base) != std::end(names);
}
static bool isIntegerMath(const std::string &base) {
  return base == "absi" || base == "ctlz" || base == "cttz" || base == "ctpop";
}

bool dlc::halide::knowsScalarOp(std::string_view text) {
  std::string name(text);
  std::string base = baseName(name);
  if (name.compare(0, 6, "arith.") == 0)
    return isIntegerBinary(base) || isFloatBinary(base) || isCast(base) || base == "cmpi" ||
           base == "cmpf" || base == "select" || base == "negf";
  if (name.compare(0, 5, "math.") == 0)
    return isMathFunction(base) || isIntegerMath(base) || base == "fpowi" || base == "isnan" ||
           base == "isinf" || base == "isfinite" || base == "clampf";
  return false;
}

Scalar ScalarBuilder::get(ValueId id) const {
  auto found = local.find(id);
  if (found != local.end())
    return found->second;
  auto outer = translator.scalars.find(id);
  if (outer == translator.scalars.end())
    throw Unsupported("a scalar operand that is not computed in the kernel");
  Scalar scalar = outer->second;
  if (body && scalar.type == ElementType::Index)
    scalar.value = cast<int64_t>(scalar.value);
  return scalar;
}

void ScalarBuilder::run(const std::vector<ScalarOp> &operations) {
  for (const ScalarOp &op : operations)
    local[op.result] = evaluate(op);
}

Scalar ScalarBuilder::evaluate(const ScalarOp &op) {
  if (op.name == "constant")
    return constantScalar(op.type, op.integer, op.real, body);
  if (op.name == "index")
    return {cast<int64_t>(loops[op.integer]), ElementType::Index};
  if (op.name == "extract")
    return extract(op);
  if (op.name == "dim") {
    Expr extent = translator.tensors.at(op.operands[0]).extents.at(op.integer);
    return {body ? cast<int64_t>(extent) : extent, ElementType::Index};
  }
  std::vector<Scalar> operands;
  for (ValueId operand : op.operands)
    operands.push_back(get(operand));
  std::string base = baseName(op.name);
  if (op.name == "floormod")
    base = "floormod";
  const Scalar &a = operands.at(0);
  Expr value;
  if (isFloatBinary(base)) {
    value = rounded(op.type,
                    floatBinary(base, a.value, operands.at(1).value, relaxed && isFloat(a.type)));
  } else if (isIntegerBinary(base) || base == "floormod") {
    value = integerBinary(base, a.value, operands.at(1).value, a.type, relaxed, &translator.ranges);
  } else if (base == "cmpf") {
    value = compareFloats(op.integer, a.value, operands.at(1).value);
  } else if (base == "cmpi") {
    value = compareIntegers(op.integer, a.value, operands.at(1).value);
  } else if (base == "select") {
    value = select(a.value, operands.at(1).value, operands.at(2).value);
  } else if (isCast(base)) {
    value = rounded(op.type, convert(base, a.type, op.type, a.value, body));
  } else if (base == "negf") {
    value = negate(a.value);
  } else if (isIntegerMath(base)) {
    value = integerMath(base, a.value);
  } else if (base == "isnan") {
    value = isNan(a.value);
  } else if (base == "isinf") {
    value = strictEqual(abs(a.value), infinity(a.value.type()));
  } else if (base == "isfinite") {
    value = strictLess(abs(a.value), infinity(a.value.type()));
  } else if (base == "clampf") {
    value = minimum(maximum(a.value, operands.at(1).value, false), operands.at(2).value, false);
  } else {
    Exprs arguments;
    for (const Scalar &operand : operands)
      arguments.push_back(operand.value);
    value = mathFunction(base, arguments);
    if (value.defined())
      value = rounded(op.type, value);
  }
  if (!value.defined())
    throw Unsupported("no code for '" + op.name + "'");
  return {value, op.type};
}

/// An index of the body as Int(32): its computation is redone in 32 bits where it is simple.
static Expr narrow(const Expr &e) {
  if (e.type() == Int(32))
    return e;
  if (const Cast *conversion = e.as<Cast>()) {
    Type from = conversion->value.type();
    if (from == Int(32))
      return conversion->value;
    if (conversion->type == Int(64) && from.is_int_or_uint() && from.bits() < 32)
      return cast<int32_t>(conversion->value);
    return Expr();
  }
  if (auto value = as_const_int(e)) {
    if (*value < -(int64_t(1) << 30) || *value > (int64_t(1) << 30))
      return Expr();
    return Expr(int32_t(*value));
  }
  auto both = [](const auto *op, auto make) {
    Expr a = narrow(op->a), b = narrow(op->b);
    return a.defined() && b.defined() ? make(a, b) : Expr();
  };
  if (const auto *op = e.as<Add>())
    return both(op, [](Expr a, Expr b) { return a + b; });
  if (const auto *op = e.as<Sub>())
    return both(op, [](Expr a, Expr b) { return a - b; });
  if (const auto *op = e.as<Mul>())
    return is_const(op->a) || is_const(op->b) ? both(op, [](Expr a, Expr b) { return a * b; })
                                              : Expr();
  if (const auto *op = e.as<Div>())
    return both(op, [](Expr a, Expr b) { return a / b; });
  if (const auto *op = e.as<Mod>())
    return both(op, [](Expr a, Expr b) { return a % b; });
  if (const auto *op = e.as<Min>())
    return both(op, [](Expr a, Expr b) { return min(a, b); });
  if (const auto *op = e.as<Max>())
    return both(op, [](Expr a, Expr b) { return max(a, b); });
  return Expr();
}

/// An element at computed indices. An index that is not provably inside is clamped: it may come
/// from data.
Scalar ScalarBuilder::extract(const ScalarOp &op) {
  auto found = translator.tensors.find(op.operands[0]);
  if (found == translator.tensors.end())
    throw Unsupported("an element of something that is no tensor");
  const Tensor &tensor = found->second;
  Exprs indices;
  for (size_t i = 1; i < op.operands.size(); ++i) {
    Expr index = get(op.operands[i]).value, extent = tensor.extents[i - 1];
    Expr small = narrow(simplify(index));
    if (small.defined() && can_prove(small >= 0 && small < extent, translator.ranges)) {
      indices.push_back(small);
    } else if (small.defined()) {
      indices.push_back(clamp(small, 0, extent - 1));
    } else {
      Expr wide = cast<int64_t>(index);
      indices.push_back(cast<int32_t>(clamp(wide, cast<int64_t>(0), cast<int64_t>(extent - 1))));
    }
  }
  return {tensor.at(indices), tensor.type};
}
