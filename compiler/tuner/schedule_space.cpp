// See schedule_space.h.
#include "compiler/tuner/schedule_space.h"

#include "compiler/kernels/grouping.h"
#include "compiler/kernels/recorded_schedule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;
using Kind = kernel::Template;
using Place = kernel::Placement;

namespace {

/// Which field of a schedule a knob is.
enum class Field { Tile, Lanes, Order, Parallel, Producers, Pad, Unroll, Prefetch };

/// The fields of a ScheduleAttr, to change.
struct Fields {
  SmallVector<int64_t> tile, order, parallel;
  int64_t lanes, unroll, prefetch, winograd;
  Place producers, pad;

  explicit Fields(kernel::ScheduleAttr s)
      : tile(s.getTile()), order(s.getOrder()), parallel(s.getParallel()), lanes(s.getLanes()),
        unroll(s.getUnroll()), prefetch(s.getPrefetch()), winograd(s.getWinograd()),
        producers(s.getProducers()), pad(s.getPad()) {}
  kernel::ScheduleAttr attribute(kernel::ScheduleAttr like) const {
    return kernel::ScheduleAttr::get(like.getContext(), like.getBackend(), like.getKind(), tile,
                                     order, lanes, parallel, producers, pad, unroll, prefetch,
                                     winograd, like.getDot(), like.getApart());
  }
};

using Setting = SmallVector<int64_t>; ///< a number, or the list that order or parallel is

struct FieldKnob {
  Field field;
  unsigned dim = 0; ///< of Tile
  std::vector<Setting> values;
};

Setting get(const Fields &fields, const FieldKnob &knob) {
  switch (knob.field) {
  case Field::Tile:
    return {knob.dim < fields.tile.size() ? fields.tile[knob.dim] : 1};
  case Field::Lanes:
    return {fields.lanes};
  case Field::Order:
    return fields.order;
  case Field::Parallel:
    return fields.parallel;
  case Field::Producers:
    return {static_cast<int64_t>(fields.producers)};
  case Field::Pad:
    return {static_cast<int64_t>(fields.pad)};
  case Field::Unroll:
    return {fields.unroll};
  case Field::Prefetch:
    return {fields.prefetch};
  }
  return {};
}

void set(Fields &fields, const FieldKnob &knob, const Setting &value) {
  switch (knob.field) {
  case Field::Tile:
    if (fields.tile.size() <= knob.dim)
      fields.tile.resize(knob.dim + 1, 1);
    fields.tile[knob.dim] = value[0];
    break;
  case Field::Lanes:
    fields.lanes = value[0];
    break;
  case Field::Order:
    fields.order = value;
    break;
  case Field::Parallel:
    fields.parallel = value;
    break;
  case Field::Producers:
    fields.producers = static_cast<Place>(value[0]);
    break;
  case Field::Pad:
    fields.pad = static_cast<Place>(value[0]);
    break;
  case Field::Unroll:
    fields.unroll = value[0];
    break;
  case Field::Prefetch:
    fields.prefetch = value[0];
    break;
  }
}

std::string nameOf(const FieldKnob &knob) {
  static constexpr const char *names[] = {"tile",      "lanes", "order",  "parallel",
                                          "producers", "pad",   "unroll", "prefetch"};
  std::string name = names[static_cast<int>(knob.field)];
  return knob.field == Field::Tile ? name + std::to_string(knob.dim) : name;
}

std::string textOf(const FieldKnob &knob, const Setting &value) {
  if (knob.field == Field::Producers || knob.field == Field::Pad)
    return kernel::stringifyPlacement(static_cast<Place>(value[0])).str();
  if (knob.field == Field::Order || knob.field == Field::Parallel) {
    std::string text;
    for (int64_t d : value)
      text += (text.empty() ? "" : ",") + std::to_string(d);
    return value.empty() ? "none" : text;
  }
  return std::to_string(value[0]);
}

bool isOrdered(Field field) {
  return field == Field::Tile || field == Field::Lanes || field == Field::Unroll ||
         field == Field::Prefetch;
}

/// What is read off a kernel.
struct Facts {
  SmallVector<int64_t> shape; ///< of the first result
  linalg::LinalgOp root;      ///< the heaviest reduction, or null
  int64_t innerRange = 1;     ///< of the root's innermost reduction
  int64_t bits = 32;
  bool pads = false, produces = false;
  int64_t winograd = 0; ///< m, of a convolution in that form
};

int64_t workOf(linalg::LinalgOp op) {
  int64_t work = 1;
  for (int64_t range : op.getStaticLoopRanges())
    work = std::min<int64_t>(work * std::max<int64_t>(range, 1), int64_t(1) << 50);
  return work;
}

Facts factsOf(kernel::FuncOp func, kernel::ScheduleAttr start) {
  Facts facts;
  auto type = cast<RankedTensorType>(func.getResultTypes().front());
  facts.shape.assign(type.getShape().begin(), type.getShape().end());
  facts.bits = std::max<int64_t>(
      32, type.getElementType().isIntOrFloat() ? type.getElementTypeBitWidth() : 64);
  int64_t most = 0;
  for (auto op : func.getBody().getOps<linalg::LinalgOp>()) {
    if (op.getNumReductionLoops() == 0 || workOf(op) <= most)
      continue;
    most = workOf(op);
    facts.root = op;
  }
  for (Operation &op : func.getBody().front()) {
    facts.pads |= isa<tensor::PadOp>(op);
    auto structured = dyn_cast<linalg::LinalgOp>(op);
    if (structured && facts.root && structured != facts.root && !isa<linalg::FillOp>(op) &&
        op.isBeforeInBlock(facts.root))
      facts.produces = true;
  }
  if (!facts.root)
    return facts;
  if (start.getApart()) { // the schedule is about the root then
    ArrayRef<int64_t> shape = cast<ShapedType>(facts.root->getResult(0).getType()).getShape();
    facts.shape.assign(shape.begin(), shape.end());
  }
  SmallVector<unsigned> reductions;
  facts.root.getReductionDims(reductions);
  facts.innerRange = facts.root.getStaticLoopRanges()[reductions.back()];
  facts.winograd = start.getWinograd();
  return facts;
}

class FormSpace {
public:
  FormSpace(const ScheduleForm &form, const TargetInfo &target)
      : form(form), target(target), facts(factsOf(form.func, form.start)), start(form.start) {
    if (form.start.getKind() == Kind::Winograd)
      winogradKnobs();
    else
      tiledKnobs();
    parallelKnob();
  }

  bool legal(ArrayRef<unsigned> choice) const {
    Fields fields = fieldsAt(choice);
    if (fields.attribute(form.start) == form.start)
      return true;
    int64_t lanes = fields.lanes, panel = fields.tile.empty() ? 1 : fields.tile.back();
    if (!fields.tile.empty() && panel % lanes != 0)
      return false;
    int64_t vectors = std::max<int64_t>(panel / std::max<int64_t>(lanes, 1), 1), rows = 1;
    int64_t m = std::max<int64_t>(facts.winograd, 1);
    for (auto [d, tile] : llvm::enumerate(fields.tile))
      if (d + 1 < fields.tile.size())
        rows *= d > 0 ? std::max<int64_t>(tile / m, 1) : tile;
    // Accumulators, one row of the other operand, and a broadcast value are registers.
    bool accumulates = facts.root && form.start.getKind() != Kind::Rowwise;
    int64_t wide = std::max<int64_t>(1, lanes * facts.bits / 8 / target.vectorBytes);
    if (accumulates && rows * vectors * wide + vectors * wide + 1 > target.vectorRegisters)
      return false;
    return rows * vectors <= kMostUnrolled;
  }

  kernel::ScheduleAttr at(ArrayRef<unsigned> choice) const {
    return fieldsAt(choice).attribute(form.start);
  }

  std::optional<SmallVector<unsigned>> find(kernel::ScheduleAttr schedule) const {
    if (schedule.getKind() != form.start.getKind())
      return std::nullopt;
    SmallVector<unsigned> choice;
    for (const FieldKnob &knob : knobs) {
      auto found = llvm::find(knob.values, get(Fields(schedule), knob));
      if (found == knob.values.end())
        return std::nullopt;
      choice.push_back(static_cast<unsigned>(found - knob.values.begin()));
    }
    return at(choice) == schedule ? std::optional(choice) : std::nullopt;
  }

  const ScheduleForm form;
  std::vector<FieldKnob> knobs;

private:
  static constexpr int64_t kMostUnrolled = 128;

  Fields fieldsAt(ArrayRef<unsigned> choice) const {
    Fields fields = start;
    for (auto [knob, value] : llvm::zip(knobs, choice))
      set(fields, knob, knob.values[value]);
    return fields;
  }

  /// The default's value belongs to the values; one value is no knob.
  void add(Field field, unsigned dim, std::vector<Setting> values) {
    FieldKnob knob{field, dim, {}};
    Setting own = get(start, knob);
    if (!llvm::is_contained(values, own))
      values.push_back(own);
    if (isOrdered(field))
      llvm::sort(values, [](const Setting &a, const Setting &b) { return a[0] < b[0]; });
    values.erase(std::unique(values.begin(), values.end()), values.end());
    knob.values = std::move(values);
    if (knob.values.size() > 1)
      knobs.push_back(std::move(knob));
  }

  std::vector<Setting> laneValues() const {
    int64_t full = std::max<int64_t>(target.vectorBytes * 8 / facts.bits, 1);
    std::vector<Setting> values;
    for (int64_t lanes = std::max<int64_t>(full / 4, 1); lanes <= full; lanes *= 2)
      values.push_back({lanes});
    return values;
  }

  /// Whole vectors, no more than the result has.
  void panelKnob(unsigned dim, int64_t extent) {
    std::vector<Setting> values;
    for (const Setting &lanes : laneValues())
      for (int64_t vectors : {1, 2, 3, 4, 6, 8})
        if (lanes[0] * vectors <= int64_t(llvm::alignTo(extent, lanes[0])))
          values.push_back({lanes[0] * vectors});
    add(Field::Tile, dim, values);
  }

  void rowKnob(unsigned dim, int64_t extent, int64_t unit) {
    std::vector<Setting> values;
    for (int64_t rows : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 28})
      if (rows == 1 || rows * unit < extent + unit)
        values.push_back({rows * unit});
    add(Field::Tile, dim, values);
  }

  void winogradKnobs() {
    size_t rank = facts.shape.size();
    if (start.tile.size() != rank || (rank != 3 && rank != 4))
      return;
    for (unsigned d = 1; d + 1 < rank; ++d)
      rowKnob(d, facts.shape[d], facts.winograd);
    panelKnob(unsigned(rank - 1), facts.shape[rank - 1]);
    // Where the blocks of tiles end: a row of tiles, or the image; a few of them, or the line.
    add(Field::Pad, 0, {{int64_t(Place::Inline)}, {int64_t(Place::Root)}});
    prefetchKnob();
  }

  void prefetchKnob() {
    if (facts.root && start.prefetch > 0)
      add(Field::Prefetch, 0, {{0}, {16}, {32}, {64}, {128}});
  }

  void tiledKnobs() {
    size_t rank = facts.shape.size();
    bool tiled = form.start.getKind() != Kind::Rowwise && rank > 0;
    if (rank > 0)
      add(Field::Lanes, 0, laneValues());
    if (tiled) {
      for (unsigned d = 0; d + 1 < rank; ++d)
        if (facts.shape[d] > 1)
          rowKnob(d, facts.shape[d], 1);
      panelKnob(rank - 1, facts.shape[rank - 1]);
      orderKnob();
    }
    std::vector<Setting> places = {
        {int64_t(Place::Inline)}, {int64_t(Place::Outer)}, {int64_t(Place::Root)}};
    if (facts.root && facts.produces)
      add(Field::Producers, 0, places);
    if (facts.root && facts.pads)
      add(Field::Pad, 0, places);
    std::vector<Setting> unrolls;
    for (int64_t unroll : {1, 2, 3, 4, 8})
      if (unroll == 1 || (facts.innerRange > 0 && facts.innerRange % unroll == 0))
        unrolls.push_back({unroll});
    if (facts.root)
      add(Field::Unroll, 0, unrolls);
    prefetchKnob();
  }

  /// All orders of the dimensions that have more than one step at all; the others stay outside.
  void orderKnob() {
    SmallVector<int64_t> fixed, moving;
    for (auto [d, extent] : llvm::enumerate(facts.shape))
      (extent > 1 ? moving : fixed).push_back(static_cast<int64_t>(d));
    if (moving.size() > 4) { // the innermost four
      fixed.append(moving.begin(), moving.end() - 4);
      moving.erase(moving.begin(), moving.end() - 4);
      llvm::sort(fixed);
    }
    std::vector<Setting> values;
    do {
      Setting order = fixed;
      order.append(moving.begin(), moving.end());
      values.push_back(order);
    } while (std::next_permutation(moving.begin(), moving.end()));
    // The default may list fewer dimensions; the same loops are not to be tried twice.
    Setting own = start.order;
    for (int64_t d = static_cast<int64_t>(facts.shape.size()) - 1; d >= 0; --d)
      if (!llvm::is_contained(own, d))
        own.insert(own.begin(), d);
    auto loops = [&](const Setting &order) {
      Setting kept;
      llvm::copy_if(order, std::back_inserter(kept), [&](int64_t d) { return facts.shape[d] > 1; });
      return kept;
    };
    llvm::erase_if(values, [&](const Setting &order) { return loops(order) == loops(own); });
    add(Field::Order, 0, values);
  }

  void parallelKnob() {
    if (target.threads <= 1)
      return;
    std::vector<Setting> values = {{}};
    for (auto [d, extent] : llvm::enumerate(facts.shape))
      if (extent > 1 && (form.start.getKind() != Kind::Winograd || d == 1))
        values.push_back({static_cast<int64_t>(d)});
    add(Field::Parallel, 0, values);
  }

  const TargetInfo target;
  Facts facts;
  Fields start;
};

} // namespace

/// One vector of knobs for all forms: which form, then the knobs of each.
struct ScheduleSpace::State {
  std::string key;
  std::vector<FormSpace> forms;
  std::vector<size_t> first; ///< knob of each form
  size_t formKnob = 0;       ///< 1 if the first knob says which form
  SearchSpace search;

  size_t formOf(const Point &point) const { return formKnob ? point[0] : 0; }
  ArrayRef<unsigned> choiceOf(const Point &point) const {
    size_t form = formOf(point);
    return ArrayRef(point).slice(first[form], forms[form].knobs.size());
  }
};

ScheduleSpace::ScheduleSpace(std::string key, std::vector<ScheduleForm> forms,
                             const TargetInfo &target)
    : state(std::make_unique<State>()) {
  state->key = std::move(key);
  for (const ScheduleForm &form : forms)
    state->forms.emplace_back(form, target);
  SearchSpace &search = state->search;
  if (forms.size() > 1) {
    Knob knob{"form", {}, false, 0};
    for (const ScheduleForm &form : forms)
      knob.values.push_back(form.name);
    search.knobs.push_back(knob);
    state->formKnob = 1;
  }
  for (const FormSpace &form : state->forms) {
    state->first.push_back(search.knobs.size());
    for (const FieldKnob &own : form.knobs) {
      Knob knob;
      knob.name = (forms.size() > 1 ? form.form.name + " " : "") + nameOf(own);
      for (const Setting &value : own.values)
        knob.values.push_back(textOf(own, value));
      knob.ordered = isOrdered(own.field);
      Setting initial = get(Fields(form.form.start), own);
      knob.initial = static_cast<unsigned>(llvm::find(own.values, initial) - own.values.begin());
      search.knobs.push_back(std::move(knob));
    }
  }
  State *s = state.get();
  search.legal = [s](const Point &point) {
    return s->forms[s->formOf(point)].legal(s->choiceOf(point));
  };
  search.normalise = [s](Point &point) {
    for (size_t form = 0; form < s->forms.size(); ++form)
      if (form != s->formOf(point))
        for (size_t k = 0; k < s->forms[form].knobs.size(); ++k)
          point[s->first[form] + k] = s->search.knobs[s->first[form] + k].initial;
  };
}

ScheduleSpace::~ScheduleSpace() = default;
ScheduleSpace::ScheduleSpace(ScheduleSpace &&) noexcept = default;
ScheduleSpace &ScheduleSpace::operator=(ScheduleSpace &&) noexcept = default;

const SearchSpace &ScheduleSpace::search() const { return state->search; }

Candidate ScheduleSpace::at(const Point &point) const {
  const FormSpace &form = state->forms[state->formOf(point)];
  return {state->key, scheduleText(form.at(state->choiceOf(point)))};
}

double ScheduleSpace::size() const {
  double size = 0;
  for (const FormSpace &form : state->forms) {
    double points = 1;
    for (const FieldKnob &knob : form.knobs)
      points *= static_cast<double>(knob.values.size());
    size += points;
  }
  return size;
}

std::optional<Point> ScheduleSpace::find(const Candidate &candidate) const {
  if (candidate.kernel != state->key)
    return std::nullopt;
  for (size_t i = 0; i < state->forms.size(); ++i) {
    const FormSpace &form = state->forms[i];
    std::string reason;
    kernel::ScheduleAttr schedule = parseSchedule(candidate.schedule, form.form.func, reason);
    auto choice = schedule ? form.find(schedule) : std::nullopt;
    if (!choice)
      continue;
    Point point = state->search.initial();
    if (state->formKnob)
      point[0] = static_cast<unsigned>(i);
    llvm::copy(*choice, point.begin() + static_cast<std::ptrdiff_t>(state->first[i]));
    return point;
  }
  return std::nullopt;
}

TuningCost dlc::tuningCostOf(kernel::FuncOp func) {
  TuningCost cost;
  for (auto op : func.getBody().getOps<linalg::LinalgOp>()) {
    int64_t operations = 0;
    op->walk([&](Operation *inner) {
      StringRef dialect = inner->getName().getDialectNamespace();
      if ((dialect == "arith" || dialect == "math") && inner->getNumResults() == 1 &&
          isa<FloatType, IntegerType>(inner->getResult(0).getType()) &&
          !inner->hasTrait<OpTrait::ConstantLike>())
        ++operations;
    });
    cost.flops += static_cast<double>(operations) * static_cast<double>(workOf(op));
  }
  auto count = [&](Type type) {
    if (auto tensor = dyn_cast<RankedTensorType>(type);
        tensor && tensor.hasStaticShape() && tensor.getElementType().isIntOrFloat())
      cost.bytes += static_cast<double>(tensor.getNumElements()) *
                    static_cast<double>((tensor.getElementTypeBitWidth() + 7) / 8);
  };
  llvm::for_each(func.getArgumentTypes(), count);
  llvm::for_each(func.getResultTypes(), count);
  return cost;
}
