#include "compiler/import/node_context.h"
#include "compiler/import/graph_importer.h"
#include "compiler/import/registry.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace dlc {

NodeContext::NodeContext(GraphImporter &importer, const onnx::NodeProto &proto, const NodeRef &ref,
                         Location location, const OpRow &row, ArrayRef<Value> inputs)
    : importer(importer), proto(proto), ref(ref), location(location), row(row),
      inputValues(inputs) {
  for (int i = 0; i < proto.output_size(); ++i)
    if (!proto.output(i).empty())
      outputCount = i + 1;
}

OpBuilder &NodeContext::builder() { return importer.builder; }
MLIRContext *NodeContext::context() { return importer.context; }

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

RankedTensorType NodeContext::type(unsigned i) const {
  return cast<RankedTensorType>(inputValues[i].getType());
}

std::string NodeContext::inputName(unsigned i) const {
  SmallVector<StringRef> names;
  StringRef(row.inputs).split(names, ' ', -1, /*KeepEmpty=*/false);
  if (names.empty())
    return "#" + std::to_string(i);
  StringRef last = names.back();
  if (i + 1 >= names.size() && (last.ends_with("*") || last.ends_with("+")))
    return (last.drop_back() + std::to_string(i + 1 - names.size())).str();
  return i < names.size() ? names[i].rtrim("?*+").str() : "#" + std::to_string(i);
}

bool NodeContext::sameElementType(unsigned i, unsigned j) {
  if (elementType(i) == elementType(j))
    return true;
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "inputs " << inputName(i) << " and " << inputName(j) << " have different element types, "
     << elementType(i) << " and " << elementType(j);
  (void)error(text);
  return false;
}

bool NodeContext::wantsOutput(unsigned i) const {
  return i < unsigned(proto.output_size()) && !proto.output(i).empty();
}

//===----------------------------------------------------------------------===//
// Shape values
//===----------------------------------------------------------------------===//

std::optional<SmallVector<int64_t>> NodeContext::constantInts(unsigned i) {
  return hasInput(i) ? constantInts(input(i)) : std::nullopt;
}
std::optional<SmallVector<double>> NodeContext::constantFloats(unsigned i) {
  return hasInput(i) ? constantFloats(input(i)) : std::nullopt;
}

std::optional<nn::ShapeValue> NodeContext::elements(unsigned i) {
  return hasInput(i) ? importer.shapeValue(input(i)) : std::nullopt;
}

nn::Dim NodeContext::freshSymbol(StringRef hint) {
  return nn::Dim::symbol(importer.uniqueSymbol(hint));
}

std::optional<nn::ShapeValue> NodeContext::elements(Value value) {
  return importer.shapeValue(value);
}

FailureOr<nn::ShapeValue> NodeContext::elementsOrBind(unsigned i) {
  return elementsOrBind(input(i));
}

FailureOr<nn::ShapeValue> NodeContext::elementsOrBind(Value value) {
  if (failed)
    return failure();
  if (std::optional<nn::ShapeValue> known = importer.shapeValue(value))
    return *known;
  auto type = cast<RankedTensorType>(value.getType());
  if (!type.getElementType().isInteger(32) && !type.getElementType().isInteger(64))
    return error("sizes must be i32 or i64, not " + nn::printType(type));
  if (!type.hasStaticShape() || type.getRank() > 1 || type.getNumElements() > int64_t(kMaxRank))
    return unsupported("the rank of the result depends on data: the sizes are " +
                       nn::printType(type));
  // Of a concatenation only those parts that are not known.
  auto concat = value.getDefiningOp<nn::ConcatOp>();
  auto reshape = value.getDefiningOp<nn::ReshapeOp>();
  nn::ShapeValue symbols;
  if (concat || (reshape && reshape.getInput().getType().getRank() <= 1)) {
    for (Value part : value.getDefiningOp()->getOperands()) {
      FailureOr<nn::ShapeValue> elements = elementsOrBind(part);
      if (mlir::failed(elements))
        return failure();
      llvm::append_range(symbols, *elements);
    }
    importer.shapeValues[value] = symbols;
    return symbols;
  }
  SmallVector<StringRef> names;
  std::vector<std::string> texts;
  for (int64_t i = 0; i < type.getNumElements(); ++i)
    symbols.push_back(freshSymbol());
  for (const nn::Dim &symbol : symbols)
    texts.push_back(symbol.str());
  for (const std::string &text : texts)
    names.push_back(text);
  // Beside the value, so that the symbols live wherever it does.
  OpBuilder::InsertionGuard guard(builder());
  builder().setInsertionPointAfterValue(value);
  nn::BindOp::create(builder(), location, value, builder().getStrArrayAttr(names));
  importer.shapeValues[value] = symbols;
  return symbols;
}

//===----------------------------------------------------------------------===//
// Building
//===----------------------------------------------------------------------===//

RankedTensorType NodeContext::tensorType(ArrayRef<nn::Dim> dims, Type elementType) {
  if (failed)
    return {};
  SmallVector<int64_t> known;
  for (const nn::Dim &dim : dims) {
    std::optional<int64_t> size = dim.constant();
    if (dim.overflowed() || (size && *size < 0)) {
      (void)error("the shape " + nn::printShape(dims) + " is not one that a tensor can have");
      return {};
    }
    known.push_back(size.value_or(1));
  }
  std::string why;
  if (!checkedNumElements(known, why)) {
    (void)error("the shape " + nn::printShape(dims) + " " + why);
    return {};
  }
  return nn::tensorOf(dims, elementType);
}

ArrayAttr NodeContext::dimsAttr(ArrayRef<nn::Dim> dims) {
  SmallVector<Attribute> texts;
  for (const nn::Dim &dim : dims)
    texts.push_back(builder().getStringAttr(dim.str()));
  return builder().getArrayAttr(texts);
}

Value NodeContext::reshape(Value value, ArrayRef<nn::Dim> dims) {
  if (failed)
    return {};
  auto from = cast<RankedTensorType>(value.getType());
  RankedTensorType to = tensorType(dims, from.getElementType());
  if (!to || from == to)
    return to ? value : Value();
  std::optional<int64_t> a = nn::product(nn::dimsOf(from)).constant(),
                         b = nn::product(dims).constant();
  if (a && b && *a != *b) {
    (void)error("cannot reshape " + nn::printType(from) + " to " + nn::printShape(dims) + ": " +
                Twine(*a) + " elements are not " + Twine(*b));
    return {};
  }
  return nn::ReshapeOp::create(builder(), location, to, value);
}

Value NodeContext::transpose(Value value, ArrayRef<int64_t> permutation) {
  return create<nn::TransposeOp>(value, permutation);
}

Value NodeContext::expand(Value value, ArrayRef<nn::Dim> dims) {
  if (failed)
    return {};
  RankedTensorType to = tensorType(dims, getElementTypeOrSelf(value.getType()));
  return to == value.getType() ? value : createTyped<nn::ExpandOp>(to, value);
}

Value NodeContext::slice(Value value, ArrayRef<nn::Dim> offsets, ArrayRef<nn::Dim> sizes,
                         ArrayRef<int64_t> strides) {
  if (failed)
    return {};
  RankedTensorType to = tensorType(sizes, getElementTypeOrSelf(value.getType()));
  bool forward = llvm::all_of(strides, [](int64_t stride) { return stride == 1; });
  if (to == value.getType() && forward)
    return value;
  return createTyped<nn::SliceOp>(to, value, dimsAttr(offsets),
                                  builder().getDenseI64ArrayAttr(strides));
}

Value NodeContext::slice(Value value, int64_t axis, const nn::Dim &offset, const nn::Dim &size) {
  if (failed)
    return {};
  SmallVector<nn::Dim> sizes = nn::dimsOf(value.getType()), offsets(sizes.size(), nn::Dim(0));
  sizes[axis] = size;
  offsets[axis] = offset;
  return slice(value, offsets, sizes, SmallVector<int64_t>(sizes.size(), 1));
}

Value NodeContext::iota(ArrayRef<nn::Dim> dims, int64_t axis) {
  return createTyped<nn::IotaOp>(tensorType(dims, builder().getI64Type()), uint64_t(axis));
}

Value NodeContext::concat(ArrayRef<Value> values, int64_t axis) {
  return values.size() == 1 ? values[0] : create<nn::ConcatOp>(values, uint64_t(axis));
}

Value NodeContext::gather(Value data, Value indices, int64_t axis) {
  return create<nn::GatherOp>(data, indices, uint64_t(axis));
}

Value NodeContext::castTo(Value value, Type elementType) {
  if (failed || getElementTypeOrSelf(value.getType()) == elementType)
    return failed ? Value() : value;
  return create<nn::CastOp>(value, TypeAttr::get(elementType));
}

Value NodeContext::scalar(double value, Type elementType) {
  return constant({value}, {}, elementType);
}

Value NodeContext::intsConstant(ArrayRef<int64_t> values) {
  auto type = RankedTensorType::get(int64_t(values.size()), builder().getI64Type());
  return constant(DenseElementsAttr::get(type, values));
}

Value NodeContext::constant(ArrayRef<double> values, ArrayRef<int64_t> dims, Type elementType) {
  auto type = RankedTensorType::get(dims, elementType);
  if (auto floatType = dyn_cast<FloatType>(elementType)) {
    SmallVector<APFloat> elements;
    for (double value : values) {
      APFloat element(value);
      bool lost;
      element.convert(floatType.getFloatSemantics(), APFloat::rmNearestTiesToEven, &lost);
      elements.push_back(element);
    }
    return constant(DenseElementsAttr::get(type, elements));
  }
  SmallVector<APInt> elements;
  for (double value : values)
    elements.push_back(APInt(elementType.getIntOrFloatBitWidth(), uint64_t(int64_t(value)),
                             /*isSigned=*/false,
                             /*implicitTrunc=*/true));
  return constant(DenseElementsAttr::get(type, elements));
}

Value NodeContext::constant(DenseElementsAttr value) {
  return importer.createConstant(value, location);
}

Value NodeContext::dimsTensor(ArrayRef<nn::Dim> values, ArrayRef<int64_t> shape, Type elementType) {
  auto type = RankedTensorType::get(shape, elementType);
  SmallVector<APInt> numbers;
  SmallVector<StringRef> texts;
  std::vector<std::string> storage;
  for (const nn::Dim &value : values) {
    if (std::optional<int64_t> number = value.constant())
      numbers.push_back(APInt(elementType.getIntOrFloatBitWidth(), uint64_t(*number),
                              /*isSigned=*/false,
                              /*implicitTrunc=*/true));
    storage.push_back(value.str());
  }
  if (numbers.size() == values.size())
    return constant(DenseElementsAttr::get(type, numbers));
  for (const std::string &text : storage)
    texts.push_back(text);
  return nn::DimsOp::create(builder(), location, type, builder().getStrArrayAttr(texts));
}

Value NodeContext::dimsTensor(ArrayRef<nn::Dim> values) {
  return dimsTensor(values, {int64_t(values.size())}, builder().getI64Type());
}

Value NodeContext::constant(const onnx::TensorProto &tensor) {
  TensorReader::Error why;
  std::optional<TensorData> data = importer.model.tensors->read(tensor, why);
  if (!data) {
    (void)report(Severity::Error, why.errorClass, "the tensor " + why.message, {});
    return {};
  }
  Value value = importer.constantOf(*data, location);
  if (!value)
    (void)unsupported("element type " + elementName(data->type) + " is not supported");
  return value;
}

LogicalResult NodeContext::results(ArrayRef<Value> values) {
  if (failed)
    return failure();
  for (size_t i = 0; i < outputCount; ++i)
    if (wantsOutput(i) && (i >= values.size() || !values[i]))
      return unsupported("output " + Twine(i) + " is not supported");
  outputValues.assign(values.begin(), values.end());
  return success();
}

//===----------------------------------------------------------------------===//
// Subgraphs
//===----------------------------------------------------------------------===//

LogicalResult NodeContext::importSubgraph(const onnx::GraphProto &graph, Region &region,
                                          TypeRange argumentTypes) {
  if (failed)
    return failure();
  Block &block = region.emplaceBlock();
  for (Type type : argumentTypes)
    block.addArgument(type, location);
  OpBuilder::InsertionGuard guard(builder());
  builder().setInsertionPointToStart(&block);
  SmallVector<Value> arguments(block.getArguments().begin(), block.getArguments().end());
  FailureOr<SmallVector<Value>> outputs = importer.importGraph(graph, arguments);
  if (mlir::failed(outputs))
    return failure();
  nn::YieldOp::create(builder(), location, *outputs);
  return success();
}

FailureOr<SmallVector<Value>> NodeContext::inlineSubgraph(const onnx::GraphProto &graph,
                                                          ArrayRef<Value> arguments) {
  if (failed)
    return failure();
  return importer.importGraph(graph, arguments);
}

SymbolScope NodeContext::symbolScope() const { return importer.symbols.size(); }

bool NodeContext::isOuter(const nn::Dim &dim, SymbolScope scope) const {
  SmallVector<std::string> names;
  dim.collectSymbols(names);
  return llvm::all_of(names, [&](StringRef name) {
    auto it = importer.symbols.find(name);
    return it != importer.symbols.end() && it->second < scope;
  });
}

void NodeContext::clearRegion(Region &region) {
  region.walk([&](Operation *op) {
    for (Value result : op->getResults())
      importer.shapeValues.erase(result);
    for (Region &inner : op->getRegions())
      for (Value argument : inner.getArguments())
        importer.shapeValues.erase(argument);
  });
  if (!region.empty())
    for (Value argument : region.getArguments())
      importer.shapeValues.erase(argument);
  region.getBlocks().clear();
}

//===----------------------------------------------------------------------===//
// Reports
//===----------------------------------------------------------------------===//

void NodeContext::describeInputs(Diagnostic &diagnostic) const {
  if (!diagnostic.inputs.empty())
    return;
  for (unsigned i = 0; i < inputValues.size(); ++i) {
    Value value = inputValues[i];
    if (!value)
      continue;
    ValueDescription description{inputName(i), nn::printType(value.getType()), ""};
    if (value.getDefiningOp<nn::ConstantOp>())
      if (auto name = dyn_cast<NameLoc>(value.getLoc()))
        description.initializer = name.getName().str();
    diagnostic.inputs.push_back(std::move(description));
  }
}

LogicalResult NodeContext::report(Severity severity, ErrorClass c, const Twine &message,
                                  StringRef help) {
  if (severity == Severity::Error) {
    if (failed)
      return failure();
    failed = true;
  }
  Diagnostic d;
  d.severity = severity;
  d.errorClass = c;
  d.node = ref;
  d.message = message.str();
  d.help = help.str();
  describeInputs(d);
  importer.diags.report(d);
  return failure();
}

LogicalResult NodeContext::error(const Twine &message, StringRef help) {
  return report(Severity::Error, ErrorClass::Model, message, help);
}
LogicalResult NodeContext::unsupported(const Twine &message, StringRef help) {
  return report(Severity::Error, ErrorClass::Unsupported, message, help);
}
void NodeContext::warning(const Twine &message) {
  Diagnostic d;
  d.severity = Severity::Warning;
  d.node = ref;
  d.message = message.str();
  importer.diags.report(d);
}

} // namespace dlc
