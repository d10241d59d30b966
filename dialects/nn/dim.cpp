// Polynomials over symbols; see dim.h. Atoms are kept as canonical text and parsed again where
// their structure matters.
#include "dialects/nn/dim.h"

#include "dialects/nn/nn.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;
using namespace dlc::nn;

static constexpr llvm::StringLiteral kOverflow = "overflow";

Dim::Dim(int64_t value) {
  if (value)
    terms[{}] = value;
}

Dim Dim::atom(std::string text) {
  Dim dim;
  dim.terms[{std::move(text)}] = 1;
  return dim;
}

Dim Dim::symbol(StringRef name) { return atom(name.str()); }

Dim Dim::call(StringRef function, const Dim &a, const Dim &b) {
  return atom((function + "(" + a.str() + ", " + b.str() + ")").str());
}

bool Dim::overflowed() const {
  SmallVector<std::string> names;
  collectSymbols(names);
  return llvm::is_contained(names, kOverflow);
}

void Dim::add(const Monomial &monomial, int64_t coefficient) {
  int64_t &term = terms[monomial];
  if (__builtin_add_overflow(term, coefficient, &term)) {
    terms.clear();
    terms[{kOverflow.str()}] = 1;
    return;
  }
  if (term == 0)
    terms.erase(monomial);
}

std::optional<int64_t> Dim::constant() const {
  if (terms.empty())
    return 0;
  if (terms.size() == 1 && terms.begin()->first.empty())
    return terms.begin()->second;
  return std::nullopt;
}

static bool isIdentifier(StringRef text) { return !text.contains('('); }

std::optional<std::string> Dim::symbolName() const {
  if (terms.size() == 1 && terms.begin()->second == 1 && terms.begin()->first.size() == 1 &&
      isIdentifier(terms.begin()->first[0]))
    return terms.begin()->first[0];
  return std::nullopt;
}

Dim Dim::operator+(const Dim &other) const {
  Dim sum = *this;
  for (auto &[monomial, coefficient] : other.terms)
    sum.add(monomial, coefficient);
  return sum;
}

Dim Dim::operator-(const Dim &other) const { return *this + other * Dim(-1); }

Dim Dim::operator*(const Dim &other) const {
  Dim result;
  for (auto &[m1, c1] : terms)
    for (auto &[m2, c2] : other.terms) {
      Monomial monomial;
      std::merge(m1.begin(), m1.end(), m2.begin(), m2.end(), std::back_inserter(monomial));
      int64_t coefficient;
      if (__builtin_mul_overflow(c1, c2, &coefficient))
        return atom(kOverflow.str());
      result.add(monomial, coefficient);
    }
  return result;
}

static int64_t floorDivide(int64_t a, int64_t b) {
  int64_t quotient = a / b;
  return quotient - ((a % b != 0) && ((a < 0) != (b < 0)));
}

Dim Dim::floorDiv(const Dim &a, const Dim &b) {
  std::optional<int64_t> ca = a.constant(), cb = b.constant();
  if (cb == 0 || (ca && cb && *ca == INT64_MIN))
    return atom(kOverflow.str());
  if (ca && cb)
    return floorDivide(*ca, *cb);
  if (cb == 1)
    return a;
  // Terms that the divisor divides leave the division; for a sum as divisor only the whole quotient
  // is tried.
  Dim quotient, rest;
  if (b.terms.size() == 1) {
    auto &[divisor, c] = *b.terms.begin();
    for (auto &[monomial, coefficient] : a.terms) {
      Monomial left;
      bool divides = coefficient % c == 0 && std::includes(monomial.begin(), monomial.end(),
                                                           divisor.begin(), divisor.end());
      if (divides) {
        std::set_difference(monomial.begin(), monomial.end(), divisor.begin(), divisor.end(),
                            std::back_inserter(left));
        quotient.add(left, coefficient / c);
      } else {
        rest.add(monomial, coefficient);
      }
    }
    std::optional<int64_t> constantRest = rest.constant();
    if (constantRest == 0)
      return quotient;
    if (constantRest && cb)
      return quotient + Dim(floorDivide(*constantRest, *cb));
    return quotient + call("floordiv", rest, b);
  }
  if (a == b)
    return Dim(1);
  return call("floordiv", a, b);
}

Dim Dim::ceilDiv(const Dim &a, const Dim &b) { return floorDiv(a + b - Dim(1), b); }

Dim Dim::min(const Dim &a, const Dim &b) {
  std::optional<int64_t> difference = (a - b).constant();
  if (difference)
    return *difference <= 0 ? a : b;
  return a.str() < b.str() ? call("min", a, b) : call("min", b, a);
}

Dim Dim::max(const Dim &a, const Dim &b) {
  std::optional<int64_t> difference = (a - b).constant();
  if (difference)
    return *difference >= 0 ? a : b;
  return a.str() < b.str() ? call("max", a, b) : call("max", b, a);
}

std::string Dim::str() const {
  if (terms.empty())
    return "0";
  std::string text;
  auto append = [&](const Monomial &monomial, int64_t coefficient) {
    bool negative = coefficient < 0;
    text += text.empty() ? (negative ? "-" : "") : (negative ? " - " : " + ");
    uint64_t magnitude = negative ? -uint64_t(coefficient) : uint64_t(coefficient);
    std::string factors = llvm::join(monomial, "*");
    if (factors.empty())
      text += std::to_string(magnitude);
    else
      text += magnitude == 1 ? factors : std::to_string(magnitude) + "*" + factors;
  };
  for (auto &[monomial, coefficient] : terms)
    if (!monomial.empty())
      append(monomial, coefficient);
  if (auto it = terms.find({}); it != terms.end())
    append({}, it->second);
  return text;
}

namespace dlc::nn {
/// A recursive-descent reader of what Dim::str() writes.
class DimParser {
public:
  explicit DimParser(StringRef text) : text(text) {}
  FailureOr<Dim> whole() {
    FailureOr<Dim> dim = sum(0);
    skip();
    if (failed(dim) || !text.empty())
      return failure();
    return dim;
  }
  /// For an atom `f(a, b)`: the function and both arguments; for a symbol the name alone.
  static bool split(StringRef atom, StringRef &function, Dim &a, Dim &b) {
    if (isIdentifier(atom))
      return false;
    DimParser parser(atom);
    function = parser.word();
    FailureOr<Dim> first = failure(), second = failure();
    if (!parser.eat('(') || failed(first = parser.sum(1)) || !parser.eat(',') ||
        failed(second = parser.sum(1)))
      llvm_unreachable("atoms are canonical text");
    a = *first;
    b = *second;
    return true;
  }

private:
  StringRef text;
  void skip() { text = text.ltrim(); }
  bool eat(char c) {
    skip();
    return text.consume_front(StringRef(&c, 1));
  }
  StringRef word() {
    skip();
    StringRef result =
        text.take_while([](char c) { return llvm::isAlnum(c) || c == '_' || c == '.'; });
    text = text.drop_front(result.size());
    return result;
  }
  FailureOr<Dim> sum(int depth) {
    if (depth > 64)
      return failure();
    bool negative = eat('-');
    FailureOr<Dim> total = term(depth);
    if (failed(total))
      return failure();
    if (negative)
      total = *total * Dim(-1);
    while (true) {
      bool minus = eat('-');
      if (!minus && !eat('+'))
        return total;
      FailureOr<Dim> next = term(depth);
      if (failed(next))
        return failure();
      total = minus ? *total - *next : *total + *next;
    }
  }
  FailureOr<Dim> term(int depth) {
    FailureOr<Dim> result = factor(depth);
    while (succeeded(result) && eat('*')) {
      FailureOr<Dim> next = factor(depth);
      if (failed(next))
        return failure();
      result = *result * *next;
    }
    return result;
  }
  FailureOr<Dim> factor(int depth) {
    skip();
    int64_t number;
    if (!text.empty() && llvm::isDigit(text.front())) {
      if (text.consumeInteger(10, number))
        return failure();
      return Dim(number);
    }
    StringRef name = word();
    if (name.empty())
      return failure();
    if (!eat('('))
      return Dim::symbol(name);
    FailureOr<Dim> a = sum(depth + 1);
    if (failed(a) || !eat(','))
      return failure();
    FailureOr<Dim> b = sum(depth + 1);
    if (failed(b) || !eat(')'))
      return failure();
    if (name == "floordiv")
      return Dim::floorDiv(*a, *b);
    if (name == "min")
      return Dim::min(*a, *b);
    if (name == "max")
      return Dim::max(*a, *b);
    return failure();
  }
};
} // namespace dlc::nn

FailureOr<Dim> Dim::parse(StringRef text) { return DimParser(text).whole(); }

void Dim::collectSymbols(SmallVectorImpl<std::string> &names) const {
  for (auto &[monomial, coefficient] : terms)
    for (const std::string &text : monomial) {
      StringRef function;
      Dim a, b;
      if (DimParser::split(text, function, a, b)) {
        a.collectSymbols(names);
        b.collectSymbols(names);
      } else if (!llvm::is_contained(names, text)) {
        names.push_back(text);
      }
    }
}

bool Dim::provablyNonNegative() const {
  for (auto &[monomial, coefficient] : terms) {
    if (coefficient < 0)
      return false;
    for (const std::string &text : monomial) {
      StringRef function;
      Dim a, b;
      if (!DimParser::split(text, function, a, b)) {
        if (text == kOverflow)
          return false;
        continue;
      }
      bool first = a.provablyNonNegative(), second = b.provablyNonNegative();
      if (function == "max" ? !first && !second : !first || !second)
        return false;
    }
  }
  return true;
}

Dim Dim::substitute(llvm::function_ref<std::optional<Dim>(StringRef)> value) const {
  Dim total;
  for (auto &[monomial, coefficient] : terms) {
    Dim product(coefficient);
    for (const std::string &text : monomial) {
      StringRef function;
      Dim a, b;
      if (DimParser::split(text, function, a, b)) {
        a = a.substitute(value);
        b = b.substitute(value);
        product = product * (function == "floordiv" ? floorDiv(a, b)
                             : function == "min"    ? min(a, b)
                                                    : max(a, b));
      } else {
        std::optional<Dim> replacement = value(text);
        product = product * (replacement ? *replacement : symbol(text));
      }
    }
    total = total + product;
  }
  return total;
}

OpFoldResult Dim::build(OpBuilder &builder, Location loc,
                        llvm::function_ref<Value(StringRef)> symbol) const {
  if (std::optional<int64_t> value = constant())
    return builder.getIndexAttr(*value);
  auto constantIndex = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  Value total;
  for (auto &[monomial, coefficient] : terms) {
    Value product = monomial.empty() || coefficient != 1 ? constantIndex(coefficient) : Value();
    for (const std::string &text : monomial) {
      StringRef function;
      Dim a, b;
      Value factor;
      if (DimParser::split(text, function, a, b)) {
        Value x = getValueOrCreateConstantIndexOp(builder, loc, a.build(builder, loc, symbol));
        Value y = getValueOrCreateConstantIndexOp(builder, loc, b.build(builder, loc, symbol));
        if (function == "floordiv")
          factor = builder.createOrFold<arith::FloorDivSIOp>(loc, x, y);
        else if (function == "min")
          factor = builder.createOrFold<arith::MinSIOp>(loc, x, y);
        else
          factor = builder.createOrFold<arith::MaxSIOp>(loc, x, y);
      } else {
        factor = symbol(text);
      }
      product = product ? builder.createOrFold<arith::MulIOp>(loc, product, factor) : factor;
    }
    total = total ? builder.createOrFold<arith::AddIOp>(loc, total, product) : product;
  }
  return total;
}

//===-- Tensor types --===//

SmallVector<Dim> dlc::nn::dimsOf(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  auto encoding = dyn_cast_or_null<DimsAttr>(tensor.getEncoding());
  SmallVector<Dim> dims;
  unsigned dynamic = 0;
  for (int64_t size : tensor.getShape()) {
    if (!ShapedType::isDynamic(size)) {
      dims.push_back(size);
      continue;
    }
    FailureOr<Dim> parsed = failure();
    if (encoding && dynamic < encoding.getDims().size())
      parsed = Dim::parse(encoding.getDims()[dynamic]);
    dims.push_back(succeeded(parsed) ? *parsed : Dim::symbol("unnamed"));
    ++dynamic;
  }
  return dims;
}

Dim dlc::nn::dimOf(Type type, unsigned i) { return dimsOf(type)[i]; }

RankedTensorType dlc::nn::tensorOf(ArrayRef<Dim> dims, Type element) {
  SmallVector<int64_t> shape;
  SmallVector<StringAttr> names;
  for (const Dim &dim : dims) {
    std::optional<int64_t> size = dim.constant();
    shape.push_back(size ? *size : ShapedType::kDynamic);
    if (!size)
      names.push_back(StringAttr::get(element.getContext(), dim.str()));
  }
  Attribute encoding = names.empty() ? Attribute() : DimsAttr::get(element.getContext(), names);
  return RankedTensorType::get(shape, element, encoding);
}

Dim dlc::nn::product(ArrayRef<Dim> dims) {
  Dim result(1);
  for (const Dim &dim : dims)
    result = result * dim;
  return result;
}

std::optional<Dim> dlc::nn::broadcastDim(const Dim &a, const Dim &b) {
  if (a == b || b.isOne())
    return a;
  if (a.isOne())
    return b;
  std::optional<int64_t> ca = a.constant(), cb = b.constant();
  if (ca && cb)
    return std::nullopt;
  return cb ? b : a;
}

std::string dlc::nn::printShape(ArrayRef<Dim> dims) {
  std::string text = "[";
  for (const Dim &dim : dims)
    text += (text.size() > 1 ? "," : "") + dim.str();
  return text + "]";
}
