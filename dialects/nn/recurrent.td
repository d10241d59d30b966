// Recurrent layers: whole operations until floor 3, so that the input projection can leave the loop over time.
#ifndef DLC_DIALECTS_NN_RECURRENT_TD
#define DLC_DIALECTS_NN_RECURRENT_TD

include "dialects/nn/nn.td"

def NN_Direction : I32EnumAttr<"Direction", "the order in which a recurrent layer reads time", [
    I32EnumAttrCase<"Forward", 0, "forward">, I32EnumAttrCase<"Reverse", 1, "reverse">,
    I32EnumAttrCase<"Bidirectional", 2, "bidirectional">]> {
  let cppNamespace = "::dlc::nn";
}

/// T steps, B batch entries, I inputs, H hidden units, D directions (2 where bidirectional, else 1).
defvar recurrentDescription = [{
  Shapes: input `[T, B, I]`, W `[D, G*H, I]`, R `[D, G*H, H]`, bias `[D, 2*G*H]` (of W, then of R), initial states `[D, B, H]`; outputs: all hidden states
  `[T, D, B, H]`, then the last state of each kind `[D, B, H]`. `lengths` `[B]`, where given, says how many steps each batch entry has: later outputs are 0, and the last
  state is that of its own last step.
  `activations` has one name for each of the layer's functions and direction, `alphas` and `betas` their parameters (0 where a function has none).
  `clip` bounds what activations of gates read (not the cell that the last one of an LSTM reads); 0 does not.
}];

def NN_RnnOp : NN_PureOp<"rnn"> {
  let summary = "the simple recurrent layer: h = f(W x + R h + bias)";
  let description = recurrentDescription # [{ G = 1. Source: ONNX RNN. }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$w, NN_FloatTensor:$r, NN_FloatTensor:$bias, NN_FloatTensor:$initial_h,
                       Optional<NN_IndexTensor>:$lengths,
                       NN_Direction:$direction, StrArrayAttr:$activations, DenseF64ArrayAttr:$alphas, DenseF64ArrayAttr:$betas, F64Attr:$clip);
  let results = (outs NN_FloatTensor:$output, NN_FloatTensor:$last_h);
}

def NN_GruOp : NN_PureOp<"gru"> {
  let summary = "gated recurrent units";
  let description = recurrentDescription # [{
    G = 3, in the order update z, reset r, hidden: `h' = (1 - z) * g(W x + R (r * h) + bias) + z * h`; with `linear_before_reset` the
    reset gate multiplies `R h` with its bias. Source: ONNX GRU.
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$w, NN_FloatTensor:$r, NN_FloatTensor:$bias, NN_FloatTensor:$initial_h,
                       Optional<NN_IndexTensor>:$lengths,
                       NN_Direction:$direction, StrArrayAttr:$activations, DenseF64ArrayAttr:$alphas, DenseF64ArrayAttr:$betas, F64Attr:$clip,
                       UnitAttr:$linear_before_reset);
  let results = (outs NN_FloatTensor:$output, NN_FloatTensor:$last_h);
}

def NN_LstmOp : NN_PureOp<"lstm", [AttrSizedOperandSegments]> {
  let summary = "long short-term memory";
  let description = recurrentDescription # [{
    G = 4, in the order input, output, forget, cell: `c' = f * c + i * g(...)`, `h' = o * h(c')`. `peephole` `[D, 3*H]` (input, output, forget), where given, lets
    these gates read the cell. With `input_forget` the forget gate is 1 - i. Source: ONNX LSTM.
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$w, NN_FloatTensor:$r, NN_FloatTensor:$bias, NN_FloatTensor:$initial_h,
                       NN_FloatTensor:$initial_c, Optional<NN_FloatTensor>:$peephole, Optional<NN_IndexTensor>:$lengths,
                       NN_Direction:$direction, StrArrayAttr:$activations, DenseF64ArrayAttr:$alphas, DenseF64ArrayAttr:$betas, F64Attr:$clip,
                       UnitAttr:$input_forget);
  let results = (outs NN_FloatTensor:$output, NN_FloatTensor:$last_h, NN_FloatTensor:$last_c);
}

#endif // DLC_DIALECTS_NN_RECURRENT_TD
