// What the measurer and its child process say to each other: JSON, one object a message.
#ifndef DLC_COMPILER_TUNER_PROTOCOL_H
#define DLC_COMPILER_TUNER_PROTOCOL_H

#include "compiler/tuner/measure.h"

#include "llvm/Support/JSON.h"

namespace dlc {

/// The argument that starts the child.
inline constexpr const char *kMeasureFlag = "--measure-worker";

llvm::json::Object toJson(const CompileOptions &options);
bool fromJson(const llvm::json::Object &object, CompileOptions &options);
llvm::json::Array toJson(llvm::ArrayRef<Candidate> candidates);
bool fromJson(const llvm::json::Array *array, std::vector<Candidate> &candidates);
llvm::json::Object toJson(const Effort &effort);
bool fromJson(const llvm::json::Object *object, Effort &effort);
llvm::json::Object toJson(const Measurement &measurement);
bool fromJson(const llvm::json::Object &object, Measurement &measurement);

/// What a measurer is asked: its three functions as messages.
llvm::json::Object beginQuestion(const MeasureTask &task);
llvm::json::Object measureQuestion(const Candidate &candidate, const Effort &effort);
llvm::json::Object netsQuestion(const CompileOptions &model, llvm::ArrayRef<Candidate> base,
                                llvm::ArrayRef<Candidate> recorded, const Effort &effort);

std::string print(llvm::json::Object object);

} // namespace dlc

#endif // DLC_COMPILER_TUNER_PROTOCOL_H
