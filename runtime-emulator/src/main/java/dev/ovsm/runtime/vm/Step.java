package dev.ovsm.runtime.vm;

import dev.ovsm.sbpf.Opcode;
import org.jspecify.annotations.Nullable;

/**
 * What the interpreter does at one point: an instruction, or a few that belong together, with
 * everything resolved that the program and its version decide.
 *
 * <p>A right operand is the sum of a register and a constant, so that there is one way to get it;
 * one of the two is zero.
 *
 * @param kind what it is about; a constant of {@link Kind}
 * @param token what to do; a constant of {@link Token}
 * @param dst the register that is written
 * @param left the register with the left operand, or with the address that is accessed; or {@link
 *     #LAST}
 * @param src the register with the right operand, or with what is stored or called
 * @param imm the right operand, or the offset of an address
 * @param value what is stored or what a sum is compared with, with what is in {@code src}
 * @param target where to go: if a jump is taken, or into a function that is called
 * @param sense whether a jump is taken if the comparison holds, or if it does not
 * @param cost how many instructions, with those of this step, come until the block ends; 0 if it is
 *     not paid for with a block
 * @param last the register whose value is at hand when the step begins
 */
record Step(
    int kind,
    int token,
    int dst,
    int left,
    int src,
    long imm,
    long value,
    int target,
    boolean sense,
    int cost,
    int last,
    @Nullable Opcode op,
    @Nullable SyscallHandler handler) {
  /** In place of a left register: the value that was last written to one, which is at hand. */
  static final int LAST = -1;

  /** A register that is always zero. */
  static final int ZERO = Vm.REGISTERS;

  /** A step that needs nothing else to be known. */
  static Step control(int token) {
    return of(Kind.CONTROL, token, ZERO, ZERO, ZERO, 0);
  }

  /** A step on registers and a constant. */
  static Step of(int kind, int token, int dst, int left, int src, long imm) {
    return new Step(kind, token, dst, left, src, imm, 0, 0, true, 0, ZERO, null, null);
  }

  /** The same on other registers. */
  Step on(int leftRegister, int srcRegister) {
    return new Step(
        kind,
        token,
        dst,
        leftRegister,
        srcRegister,
        imm,
        value,
        target,
        sense,
        cost,
        last,
        op,
        handler);
  }

  /** The same, leading elsewhere. */
  Step to(int place) {
    return new Step(kind, token, dst, left, src, imm, value, place, sense, cost, last, op, handler);
  }

  /** The same, taken if the comparison does not hold. */
  Step otherwise() {
    return new Step(
        kind, token, dst, left, src, imm, value, target, !sense, cost, last, op, handler);
  }

  /** The same, of an opcode that its token leaves open. */
  Step of(Opcode opcode) {
    return new Step(
        kind, token, dst, left, src, imm, value, target, sense, cost, last, opcode, handler);
  }

  /** The same, calling a system call. */
  Step calling(SyscallHandler called) {
    return new Step(kind, token, dst, left, src, imm, value, target, sense, cost, last, op, called);
  }

  /** The same with the second constant. */
  Step and(long second) {
    return new Step(
        kind, token, dst, left, src, imm, second, target, sense, cost, last, op, handler);
  }

  /** A sum, and the conditional jump that compares it. */
  static Step sumJump(Step sum, Step jump) {
    return new Step(
        Kind.SUM_JUMP,
        jump.token,
        sum.dst,
        sum.left,
        jump.src,
        sum.imm,
        jump.imm,
        jump.target,
        jump.sense,
        0,
        ZERO,
        null,
        null);
  }

  /** The same, where a block of so much begins, and a register's value is at hand. */
  Step at(int units, int register) {
    return new Step(
        kind, token, dst, left, src, imm, value, target, sense, units, register, op, handler);
  }

  /** Whether it leads to a target within the function. */
  boolean jumps() {
    return compares() || token == Token.JA || token == Token.LDDW;
  }

  /** Whether it is a conditional jump. */
  boolean compares() {
    return kind >= Kind.JUMP && kind <= Kind.SUM_JUMP;
  }

  /** Whether a block ends with it. */
  boolean endsBlock() {
    return compares() || kind == Kind.CONTROL;
  }

  /** Whether it puts a value into a register, and the next step follows. */
  boolean writes() {
    return kind <= Kind.LOAD || kind == Kind.RARE;
  }

  /** Whether it moves its left operand. */
  boolean isMove() {
    boolean keeps =
        switch (kind) {
          case Kind.WIDE -> token == Token.ADD;
          case Kind.NARROW -> token == Token.OR;
          default -> false;
        };
    return keeps && hasConstant(0);
  }

  /** Whether the right operand is a certain constant. */
  boolean hasConstant(long number) {
    return src == ZERO && imm == number;
  }
}
