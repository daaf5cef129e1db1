package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.Exit;
import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.Opcodes;
import dev.ovsm.diag.Span;
import dev.ovsm.ir.Type;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends machine code to the current block of a function under the current span. */
final class Emitter {
  final MachineFunction function;
  private @Nullable MachineBlock block;
  private Span span = Span.none();

  Emitter(MachineFunction function) {
    this.function = function;
  }

  void enter(MachineBlock next) {
    block = next;
  }

  void at(Span place) {
    span = place;
  }

  Span span() {
    return span;
  }

  int fresh() {
    return function.virtual();
  }

  void add(MachineInst inst) {
    if (block == null) {
      throw new IllegalStateException("no current block");
    }
    block.insts().add(inst);
  }

  void code(Opcode op, int dst, int src, int off, long imm, @Nullable Link link) {
    add(new MachineInst.Code(op, dst, src, off, imm, link, span));
  }

  /** {@code dst = dst operation src} on 64 bits. */
  void alu(Operation operation, int dst, int src) {
    code(Opcodes.of(Family.ALU64, operation, true), dst, src, 0, 0, null);
  }

  /** {@code dst = dst operation imm} on 64 bits. */
  void aluImm(Operation operation, int dst, long imm) {
    code(Opcodes.of(Family.ALU64, operation, false), dst, 0, 0, imm, null);
  }

  /** {@code dst = dst operation src} on 32 bits. */
  void alu32(Operation operation, int dst, int src) {
    code(Opcodes.of(Family.ALU32, operation, true), dst, src, 0, 0, null);
  }

  void alu32Imm(Operation operation, int dst, long imm) {
    code(Opcodes.of(Family.ALU32, operation, false), dst, 0, 0, imm, null);
  }

  void copy(int dst, int src) {
    code(Opcode.MOV64_REG, dst, src, 0, 0, null);
  }

  /** A constant by the shortest instruction that makes it. */
  void constant(int dst, long value) {
    if (Opcodes.fits(value)) {
      code(Opcode.MOV64_IMM, dst, 0, 0, value, null);
    } else if (value >>> 32 == 0) {
      int low = (int) value;
      code(Opcode.MOV32_IMM, dst, 0, 0, low, null);
    } else {
      code(Opcode.LDDW, dst, 0, 0, value, null);
    }
  }

  /** {@code dst} = the address of a byte of a slot. */
  void slotAddress(int dst, int slot, long offset) {
    code(Opcode.ADD64_IMM, dst, 0, 0, offset, new Link.Slot(slot));
  }

  void jumpIf(Operation condition, int left, int right, Link link) {
    jumpIf(Family.JUMP64, condition, left, right, link);
  }

  /** The same in a family of jumps. */
  void jumpIf(Family family, Operation condition, int left, int right, Link link) {
    code(Opcodes.of(family, condition, true), left, right, 0, 0, link);
  }

  void jumpIfImm(Operation condition, int left, long imm, Link link) {
    jumpIfImm(Family.JUMP64, condition, left, imm, link);
  }

  /** The same in a family of jumps. */
  void jumpIfImm(Family family, Operation condition, int left, long imm, Link link) {
    code(Opcodes.of(family, condition, false), left, 0, 0, imm, link);
  }

  void jump(int target) {
    code(Opcode.JA, 0, 0, 0, 0, new Link.Edge(target));
  }

  void moves(List<MachineInst.Move> moves) {
    if (!moves.isEmpty()) {
      add(new MachineInst.Moves(moves, span));
    }
  }

  /** Brings the low bits of a register to the canonical form of a type. */
  void cut(int register, Type type) {
    switch (type) {
      case U64, I64, PTR -> {}
      case U32 -> alu32(Operation.MOV, register, register);
      case I32 -> alu32Imm(Operation.ADD, register, 0);
      case BOOL -> aluImm(Operation.AND, register, 1);
      case U8, U16 -> aluImm(Operation.AND, register, type.max());
      case I8, I16 -> {
        aluImm(Operation.LSH, register, 64 - type.bits());
        aluImm(Operation.ARSH, register, 64 - type.bits());
      }
    }
  }

  /** Calls the runtime with the arguments that are in their registers. */
  void host(String syscall, int arguments) {
    code(Opcode.CALL, 0, 0, 0, 0, new Link.Host(syscall, arguments));
  }

  /** Returns what is in the result register. */
  void leave() {
    if (function.hasStatus()) {
      constant(Location.STATUS, 0);
    }
    code(Opcode.EXIT, 0, 0, 0, 0, null);
  }

  /** Ends the invocation with the code in the result register. */
  void fail() {
    if (function.hasStatus()) {
      constant(Location.STATUS, 1);
    }
    code(Opcode.EXIT, 0, 0, 0, 0, null);
  }

  /** The link of a jump that ends the invocation with a code. */
  Link failure(long code) {
    return failure(code, span);
  }

  /** The same where another place fails than the one that decides it. */
  static Link failure(long code, Span place) {
    return new Link.Out(new Exit.Failure(code), place);
  }
}
