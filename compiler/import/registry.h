// Which ONNX operators dlc reads. One row an operator and opset version at which its meaning
// changed; one list of rows a family file (elementwise.cpp, contraction.cpp, ...); registry.cpp
// joins the lists.
#ifndef DLC_COMPILER_IMPORT_REGISTRY_H
#define DLC_COMPILER_IMPORT_REGISTRY_H

#include "compiler/import/node_context.h"
#include "llvm/ADT/ArrayRef.h"

namespace dlc {

using BuildFunction = mlir::LogicalResult (*)(NodeContext &node);

struct OpRow {
  const char *domain; ///< "" for ai.onnx
  const char *op;
  /// The first opset version of the domain at which the row holds; the row with the highest one
  /// that fits is taken.
  int64_t since;
  BuildFunction build;
  /// Formal names, as ONNX's documentation gives them: "X W B?". `?` marks optional ones, `*` any
  /// number, `+` at least one. They give the arity and the names in messages.
  const char *inputs = "X";
  const char *outputs = "Y";
};

/// The row for an operator at an opset version; null if there is none. `known` says whether a newer
/// version is known.
const OpRow *findOp(llvm::StringRef domain, llvm::StringRef op, int64_t opset, bool &known);

/// All rows, for the operator table of the documentation.
llvm::ArrayRef<const OpRow *> allOps();

// The families, one file each.
llvm::ArrayRef<OpRow> attentionRows();
llvm::ArrayRef<OpRow> constantRows();
llvm::ArrayRef<OpRow> contractionRows();
llvm::ArrayRef<OpRow> controlRows();
llvm::ArrayRef<OpRow> convolutionRows();
llvm::ArrayRef<OpRow> dynamicQuantizedRows();
llvm::ArrayRef<OpRow> elementwiseRows();
llvm::ArrayRef<OpRow> indexingRows();
llvm::ArrayRef<OpRow> shapeRows();
llvm::ArrayRef<OpRow> sliceRows();
llvm::ArrayRef<OpRow> sortingRows();
llvm::ArrayRef<OpRow> mlRows();
llvm::ArrayRef<OpRow> lossRows();
llvm::ArrayRef<OpRow> normalizationRows();
llvm::ArrayRef<OpRow> poolingRows();
llvm::ArrayRef<OpRow> positionRows();
llvm::ArrayRef<OpRow> qlinearRows();
llvm::ArrayRef<OpRow> quantizationRows();
llvm::ArrayRef<OpRow> recurrentRows();
llvm::ArrayRef<OpRow> reductionRows();
llvm::ArrayRef<OpRow> samplingRows();

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_REGISTRY_H
