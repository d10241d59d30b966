// Syntax of #kernel.schedule: fields at their default are not printed.
#include "dialects/kernel/kernel.h"

#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace dlc::kernel;

static ParseResult parseList(AsmParser &parser, SmallVectorImpl<int64_t> &list) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square,
                                        [&] { return parser.parseInteger(list.emplace_back()); });
}

template <typename Enum>
static ParseResult parseEnum(AsmParser &parser, std::optional<Enum> (*symbolize)(StringRef),
                             Enum &value) {
  StringRef word;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseKeyword(&word))
    return failure();
  std::optional<Enum> parsed = symbolize(word);
  if (!parsed)
    return parser.emitError(loc) << "unknown word '" << word << "' in a schedule";
  value = *parsed;
  return success();
}

Attribute ScheduleAttr::parse(AsmParser &parser, Type) {
  StringRef backend;
  Template kind = Template::Elementwise;
  SmallVector<int64_t> tile, order, parallel;
  int64_t lanes = 1, unroll = 1, prefetch = 0, winograd = 0, dot = 0;
  Placement producers = Placement::Inline, pad = Placement::Inline;
  bool apart = false;
  if (parser.parseLess() || parser.parseKeyword(&backend) || parser.parseComma() ||
      parseEnum<Template>(parser, symbolizeTemplate, kind))
    return {};
  while (succeeded(parser.parseOptionalComma())) {
    StringRef field;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&field))
      return {};
    if (field == "apart") {
      apart = true;
      continue;
    }
    if (parser.parseEqual())
      return {};
    ParseResult parsed =
        field == "tile"        ? parseList(parser, tile)
        : field == "order"     ? parseList(parser, order)
        : field == "parallel"  ? parseList(parser, parallel)
        : field == "lanes"     ? parser.parseInteger(lanes)
        : field == "unroll"    ? parser.parseInteger(unroll)
        : field == "prefetch"  ? parser.parseInteger(prefetch)
        : field == "winograd"  ? parser.parseInteger(winograd)
        : field == "dot"       ? parser.parseInteger(dot)
        : field == "producers" ? parseEnum<Placement>(parser, symbolizePlacement, producers)
        : field == "pad" ? parseEnum<Placement>(parser, symbolizePlacement, pad)
                         : parser.emitError(loc) << "a schedule has no field '" << field << "'";
    if (parsed)
      return {};
  }
  if (parser.parseGreater())
    return {};
  return ScheduleAttr::get(parser.getContext(), backend, kind, tile, order, lanes, parallel,
                           producers, pad, unroll, prefetch, winograd, dot, apart);
}

void ScheduleAttr::print(AsmPrinter &printer) const {
  auto list = [&](StringRef name, ArrayRef<int64_t> values) {
    if (values.empty())
      return;
    printer << ", " << name << " = [";
    llvm::interleaveComma(values, printer);
    printer << "]";
  };
  printer << "<" << getBackend() << ", " << stringifyTemplate(getKind());
  list("tile", getTile());
  list("order", getOrder());
  if (getLanes() != 1)
    printer << ", lanes = " << getLanes();
  list("parallel", getParallel());
  if (getProducers() != Placement::Inline)
    printer << ", producers = " << stringifyPlacement(getProducers());
  if (getPad() != Placement::Inline)
    printer << ", pad = " << stringifyPlacement(getPad());
  if (getUnroll() != 1)
    printer << ", unroll = " << getUnroll();
  if (getPrefetch() != 0)
    printer << ", prefetch = " << getPrefetch();
  if (getWinograd() != 0)
    printer << ", winograd = " << getWinograd();
  if (getDot() != 0)
    printer << ", dot = " << getDot();
  if (getApart())
    printer << ", apart";
  printer << ">";
}
