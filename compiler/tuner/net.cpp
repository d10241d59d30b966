// The model as a whole decides: a kernel that is faster alone may lose in the model, by what it
// leaves in the caches. All accepted schedules are tried together; where that gains less than half
// of what the kernels promise, each half of them is looked at, down to single kernels. What remains
// is compared with the untuned model once more, and dropped if it is not faster.
#include "compiler/driver/worker_process.h"
#include "compiler/tuner/tuner.h"

#include "llvm/Support/FormatVariadic.h"

using namespace dlc;

namespace {

struct NetJudge {
  TuningSession &session;
  Measurer &measurer;
  double deadline;
  std::vector<Accepted> kept;
  Measurement last;

  static std::vector<Candidate> candidatesOf(llvm::ArrayRef<Accepted> entries) {
    std::vector<Candidate> result;
    for (const Accepted &entry : entries)
      result.push_back(entry.candidate);
    return result;
  }

  /// Seconds that the kernels promise.
  double promise(llvm::ArrayRef<Accepted> entries) const {
    double ns = 0;
    for (const Accepted &entry : entries)
      ns += session.kernels[entry.kernel].unit->launches * (entry.defaultNs - entry.ns);
    return ns * 1e-9;
  }

  bool faster(llvm::ArrayRef<Accepted> base, llvm::ArrayRef<Accepted> with) {
    last = measurer.compareNets(session.options.compile, candidatesOf(base), candidatesOf(with),
                                Effort::net());
    return last.ok() && last.consistent && last.ratio() < 1 - std::max(0.001, last.noise);
  }

  void judge(llvm::ArrayRef<Accepted> group) {
    if (group.empty())
      return;
    if (now() >= deadline) {
      drop(group, "dropped: no time left to try it in the model");
      return;
    }
    std::vector<Accepted> with = kept;
    with.insert(with.end(), group.begin(), group.end());
    bool helps = faster(kept, with);
    double gained = (last.defaultNs - last.ns) * 1e-9;
    if (helps && (group.size() == 1 || gained >= promise(group) / 2)) {
      kept = std::move(with);
      return;
    }
    if (group.size() == 1) {
      drop(group, last.ok() ? "dropped: it does not help in the model"
                            : "dropped: the model is " + last.status + " with it");
      return;
    }
    judge(group.take_front(group.size() / 2));
    judge(group.drop_front(group.size() / 2));
  }

  void drop(llvm::ArrayRef<Accepted> group, const std::string &why) {
    for (const Accepted &entry : group)
      session.kernels[entry.kernel].verdict = why;
  }
};

} // namespace

std::vector<Accepted> dlc::keepWhatHelps(TuningSession &session, Measurer &measurer,
                                         std::vector<Accepted> accepted, double deadline) {
  if (accepted.empty()) {
    session.netVerdict =
        "no kernel has a schedule that is faster than the default beyond the noise";
    return {};
  }
  NetJudge judge{session, measurer, deadline, {}, {}};
  llvm::sort(accepted, [&](const Accepted &a, const Accepted &b) {
    return judge.promise(a) > judge.promise(b);
  });
  judge.judge(accepted);
  // If not everything was kept at once, the sum of small steps is looked at again.
  bool whole = judge.kept.size() == accepted.size() && judge.last.ok();
  if (!judge.kept.empty() && !(whole ? judge.last.ratio() < 1 : judge.faster({}, judge.kept))) {
    judge.drop(judge.kept, "dropped: the model is no faster");
    judge.kept.clear();
  }
  if (judge.kept.empty()) {
    session.netVerdict = "the model is not faster with the schedules found: none is recorded";
    return {};
  }
  for (const Accepted &entry : judge.kept)
    session.kernels[entry.kernel].verdict = "recorded";
  session.netVerdict = llvm::formatv(
      "the model takes {0:f1} us, untuned {1:f1} us: {2:f3} times as fast (two copies of the "
      "untuned differ by {3:f1} %)",
      judge.last.ns * 1e-3, judge.last.defaultNs * 1e-3, judge.last.defaultNs / judge.last.ns,
      judge.last.noise * 100);
  return std::move(judge.kept);
}
