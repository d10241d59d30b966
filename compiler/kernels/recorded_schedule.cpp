// See recorded_schedule.h.
#include "compiler/kernels/recorded_schedule.h"

#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/SHA256.h"
#include "llvm/TargetParser/Triple.h"

using namespace mlir;
using namespace dlc;

std::string dlc::processorKey(const TargetInfo &target) {
  std::string key = llvm::Triple(target.triple).getArchName().str() + " " + target.cpu + " " +
                    std::to_string(target.vectorBytes * 8) + "-bit";
  if (target.vnni)
    key += " vnni";
  return key + " threads=" + std::to_string(target.threads);
}

std::string dlc::kernelKey(kernel::FuncOp func) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  StringAttr name = func.getSymNameAttr();
  kernel::ScheduleAttr schedule = func.getScheduleAttr();
  func.setSymName("k");
  func.removeScheduleAttr();
  func->print(stream, OpPrintingFlags().useLocalScope());
  func.setSymNameAttr(name);
  if (schedule)
    func.setScheduleAttr(schedule);
  llvm::SHA256 hash;
  hash.update(text);
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

std::string dlc::scheduleText(kernel::ScheduleAttr schedule) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  Attribute(schedule).print(stream);
  return text;
}

/// Of what the schedule is about: the first result, or the contraction that is computed apart.
static size_t tiledRank(kernel::FuncOp func, bool apart) {
  size_t rank = 0;
  if (apart) {
    func.walk([&](linalg::LinalgOp op) {
      for (Value result : op->getResults())
        rank = std::max<size_t>(rank, cast<ShapedType>(result.getType()).getRank());
    });
    return rank;
  }
  if (!func.isSpecialized())
    return cast<ShapedType>(func.getResultTypes().front()).getRank();
  func.walk([&](bufferization::MaterializeInDestinationOp op) {
    rank = cast<ShapedType>(op.getDest().getType()).getRank();
    return WalkResult::interrupt();
  });
  return rank;
}

/// Dimensions by position, each at most once.
static bool isSelection(ArrayRef<int64_t> dims, size_t rank) {
  SmallVector<bool> seen(rank);
  for (int64_t d : dims) {
    if (d < 0 || size_t(d) >= rank || seen[d])
      return false;
    seen[d] = true;
  }
  return true;
}

kernel::ScheduleAttr dlc::parseSchedule(StringRef text, kernel::FuncOp func, std::string &reason) {
  constexpr int64_t kLargestTile = 4096, kMostLanes = 128, kMostUnrolled = 64,
                    kFarthestPrefetch = 4096;
  std::string messages;
  ScopedDiagnosticHandler quiet(func.getContext(), [&](Diagnostic &diagnostic) {
    messages = diagnostic.str();
    return success();
  });
  auto schedule = dyn_cast_or_null<kernel::ScheduleAttr>(parseAttribute(text, func.getContext()));
  size_t rank = schedule ? tiledRank(func, schedule.getApart()) : 0;
  auto bad = [&](const Twine &message) {
    reason = message.str();
    return kernel::ScheduleAttr();
  };
  if (!schedule)
    return bad("it is no schedule: " + messages);
  if (schedule.getBackend() != "halide" && schedule.getBackend() != "loops")
    return bad("there is no backend '" + schedule.getBackend() + "'");
  if (schedule.getTile().size() > rank ||
      llvm::any_of(schedule.getTile(), [](int64_t t) { return t < 1 || t > kLargestTile; }))
    return bad("its tile does not fit a result of rank " + Twine(rank));
  if (!isSelection(schedule.getOrder(), rank) || !isSelection(schedule.getParallel(), rank))
    return bad("its order or parallel names dimensions that a result of rank " + Twine(rank) +
               " does not have");
  if (schedule.getLanes() < 1 || schedule.getLanes() > kMostLanes ||
      !llvm::isPowerOf2_64(schedule.getLanes()))
    return bad("lanes must be a power of two up to " + Twine(kMostLanes));
  if (schedule.getUnroll() < 1 || schedule.getUnroll() > kMostUnrolled)
    return bad("unroll must be from 1 to " + Twine(kMostUnrolled));
  bool transformed = schedule.getKind() == kernel::Template::Winograd;
  if (transformed ? schedule.getWinograd() != 2 && schedule.getWinograd() != 4
                  : schedule.getWinograd() != 0)
    return bad("winograd must be 2 or 4 with the template of that name, and 0 with others");
  if (schedule.getPrefetch() < 0 || schedule.getPrefetch() > kFarthestPrefetch)
    return bad("prefetch must be from 0 to " + Twine(kFarthestPrefetch));
  if (!llvm::is_contained({0, 2, 4}, schedule.getDot()))
    return bad("dot must be 2 or 4 products of bytes, or 0");
  return schedule;
}
