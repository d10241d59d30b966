// Floor 3: what an nn operation must say to become linalg, tensor and scf.
#ifndef DLC_COMPILER_STRUCTURE_TD
#define DLC_COMPILER_STRUCTURE_TD

include "mlir/IR/OpBase.td"

def StructureOpInterface : OpInterface<"StructureOpInterface"> {
  let cppNamespace = "::dlc";
  let description = [{
    Attached as an external model by the family's file in compiler/structure. Elementwise operations need none: their scalar formula is
    enough.
  }];
  let methods = [
    InterfaceMethod<[{
        Emits the operation's meaning on signless tensors through `lowering` and sets every result. A run-time condition
        is a `cf.assert`. Fails, after an error on the operation, where a form is out of reach.
      }],
      "::llvm::LogicalResult", "lower", (ins "::dlc::Lowering &":$lowering)>,
  ];
}

#endif // DLC_COMPILER_STRUCTURE_TD
