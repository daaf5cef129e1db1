package dev.ovsm.ir;

import java.util.List;

/** A straight run of instructions with one terminator; {@code id} is its index in the function. */
public record Block(int id, List<Value> parameters, List<Inst> insts, Terminator terminator) {
  public Block {
    parameters = List.copyOf(parameters);
    insts = List.copyOf(insts);
  }
}
