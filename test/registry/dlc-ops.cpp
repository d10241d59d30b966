// dlc-ops: prints, as JSON, every operation of the nn dialect with the pieces that the floors have
// registered for it, and every row of the importer. It is the walk behind the registry test and the
// operator tables (scripts/ops.py).
#include "compiler/import/registry.h"
#include "compiler/register.h"
#include "compiler/structure/structure.h"
#include "dialects/nn/nn.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace {

llvm::json::Array nnOperations(MLIRContext &context) {
  llvm::json::Array result;
  for (RegisteredOperationName name : context.getRegisteredOperations()) {
    if (name.getDialectNamespace() != "nn" || name.hasTrait<OpTrait::IsTerminator>())
      continue;
    bool elementwise = name.hasInterface<dlc::nn::ElementwiseOpInterface>();
    result.push_back(llvm::json::Object{
        {"name", name.stripDialect()},
        {"infers", name.hasInterface<InferTypeOpInterface>()},
        // An elementwise operation is lowered by its formula.
        {"lowers", elementwise || name.hasInterface<dlc::StructureOpInterface>()},
        {"evaluates", elementwise || name.hasInterface<dlc::nn::ShapeValueOpInterface>()},
    });
  }
  return result;
}

llvm::json::Array onnxOperators() {
  llvm::json::Array result;
  for (const dlc::OpRow *row : dlc::allOps())
    result.push_back(llvm::json::Object{{"domain", row->domain},
                                        {"op", row->op},
                                        {"since", row->since},
                                        {"inputs", row->inputs},
                                        {"outputs", row->outputs}});
  return result;
}

} // namespace

int main() {
  DialectRegistry registry;
  dlc::registerDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  llvm::outs() << llvm::json::Value(
                      llvm::json::Object{{"nn", nnOperations(context)}, {"onnx", onnxOperators()}})
               << "\n";
  return 0;
}
