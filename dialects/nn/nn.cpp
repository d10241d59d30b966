// What the families of the nn dialect share: registration, attributes, constants.
#include "dialects/nn/nn.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc::nn;

#include "dialects/nn/nn_dialect.cpp.inc"
#include "dialects/nn/nn_enums.cpp.inc"
#include "dialects/nn/nn_interfaces.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/nn/nn_attrs.cpp.inc"

void NNDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/nn/nn_attrs.cpp.inc"
      >();
  registerOps();
}

std::string dlc::nn::printType(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  std::string text;
  llvm::raw_string_ostream os(text);
  os << getElementTypeOrSelf(type);
  if (tensor)
    os << printShape(dimsOf(tensor));
  return text;
}

//===-- #nn.window --===//

Attribute WindowAttr::parse(AsmParser &parser, Type) {
  SmallVector<int64_t> fields[4];
  static constexpr StringRef names[4] = {"kernel", "stride", "dilation", "pad"};
  if (parser.parseLess())
    return {};
  for (unsigned i = 0; i < 4; ++i) {
    if ((i && parser.parseComma()) || parser.parseKeyword(names[i]) || parser.parseEqual() ||
        parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
          return parser.parseInteger(fields[i].emplace_back());
        }))
      return {};
  }
  if (parser.parseGreater())
    return {};
  return WindowAttr::get(parser.getContext(), fields[0], fields[1], fields[2], fields[3]);
}

void WindowAttr::print(AsmPrinter &printer) const {
  auto list = [&](StringRef name, ArrayRef<int64_t> values) {
    printer << name << " = [";
    llvm::interleaveComma(values, printer);
    printer << "]";
  };
  printer << "<";
  list("kernel", getKernel());
  printer << ", ";
  list("stride", getStride());
  printer << ", ";
  list("dilation", getDilation());
  printer << ", ";
  list("pad", getPad());
  printer << ">";
}

//===-- nn.constant --===//

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

FailureOr<SmallVector<ShapeValue>> ConstantOp::evaluate(ArrayRef<std::optional<ShapeValue>>) {
  auto dense = dyn_cast<DenseIntElementsAttr>(getValue());
  if (!dense || dense.getNumElements() > kSmallTensor)
    return failure();
  bool isUnsignedElement = isUnsigned(dense.getElementType());
  ShapeValue elements;
  for (const APInt &element : dense.getValues<APInt>())
    elements.push_back(isUnsignedElement ? int64_t(element.getZExtValue())
                                         : element.getSExtValue());
  return SmallVector<ShapeValue>{elements};
}
