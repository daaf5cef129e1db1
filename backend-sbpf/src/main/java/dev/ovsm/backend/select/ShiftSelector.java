package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.Opcodes;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Type;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Operation;

/** Shifts, whose amounts count modulo the width of their type. */
final class ShiftSelector {
  private final Emitter out;
  private final Values values;

  ShiftSelector(Emitter out, Values values) {
    this.out = out;
    this.values = values;
  }

  void left(Inst.Binary inst, int dst) {
    Type type = inst.result().type();
    Long constant = values.constant(inst.right());
    if (constant == null) {
      boolean half = type.bits() == 32;
      int amount = half || type.bits() == 64 ? values.register(inst.right()) : amount(inst);
      values.into(dst, inst.left());
      out.code(
          Opcodes.of(half ? Family.ALU32 : Family.ALU64, Operation.LSH, true),
          dst,
          amount,
          0,
          0,
          null);
      if (type != Type.U32) {
        out.cut(dst, type);
      }
      return;
    }
    long amount = constant & (type.bits() - 1);
    values.into(dst, inst.left());
    if (type.bits() == 32) {
      out.alu32Imm(Operation.LSH, dst, amount);
      if (type == Type.I32) {
        out.cut(dst, type);
      }
    } else if (type.signed() && type.bits() < 64) {
      out.aluImm(Operation.LSH, dst, 64 - type.bits() + amount);
      out.aluImm(Operation.ARSH, dst, 64 - type.bits());
    } else {
      out.aluImm(Operation.LSH, dst, amount);
      out.cut(dst, type);
    }
  }

  void right(Inst.Binary inst, int dst) {
    Type type = inst.result().type();
    Operation operation = type.signed() ? Operation.ARSH : Operation.RSH;
    Long constant = values.constant(inst.right());
    if (constant == null) {
      int amount = type.bits() == 64 ? values.register(inst.right()) : amount(inst);
      values.into(dst, inst.left());
      out.alu(operation, dst, amount);
    } else {
      values.into(dst, inst.left());
      out.aluImm(operation, dst, constant & (type.bits() - 1));
    }
  }

  /** The shift amount, cut to the width. */
  private int amount(Inst.Binary inst) {
    int amount = out.fresh();
    values.into(amount, inst.right());
    out.aluImm(Operation.AND, amount, inst.result().type().bits() - 1L);
    return amount;
  }
}
