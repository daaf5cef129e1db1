package dev.ovsm.sbpf;

import dev.ovsm.sbpf.ValidatorError.Rule;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check that the chain makes on code before it may run: one pass over the instructions, the
 * first broken rule is the answer.
 *
 * <p>Of each instruction the rules of its own come before those of its registers.
 */
public final class Validator {
  private static final int FRAME_POINTER = 10;

  private final Version version;
  private final byte[] text;
  private final int slots;

  private Validator(Version version, byte[] text) {
    this.version = version;
    this.text = text;
    this.slots = text.length / Slot.BYTES;
  }

  /** The first rule that a program breaks; empty if it may run. */
  public static Optional<ValidatorError> validate(Program program) {
    return validate(program.version(), program.text());
  }

  /** The first rule that relocated code breaks; empty if it may run. */
  public static Optional<ValidatorError> validate(Version version, byte[] text) {
    return Optional.ofNullable(new Validator(version, text).firstError());
  }

  /**
   * The check that Solana's client makes before it deploys a program with static syscalls: every
   * syscall exists and no function calls itself at its own call. Other versions pass.
   */
  public static Optional<ValidatorError> validateCalls(
      Version version, byte[] text, Set<Integer> syscalls) {
    if (!version.staticSyscalls()) {
      return Optional.empty();
    }
    for (int pc = 0; pc < text.length / Slot.BYTES; pc++) {
      long slot = Slot.read(text, pc);
      Opcode op = Opcode.decode(version, Slot.code(slot));
      if (op == Opcode.CALL && Slot.src(slot) == 0 && !syscalls.contains(Slot.imm(slot))) {
        return Optional.of(
            ValidatorError.of(Rule.INVALID_SYSCALL, Integer.toUnsignedLong(Slot.imm(slot))));
      }
      if (op == Opcode.CALL && Slot.src(slot) == 1 && Slot.imm(slot) == -1) {
        return Optional.of(ValidatorError.of(Rule.INVALID_FUNCTION, pc));
      }
      if (op == Opcode.LDDW) {
        pc++;
      }
    }
    return Optional.empty();
  }

  private @Nullable ValidatorError firstError() {
    if (text.length % Slot.BYTES != 0) {
      return ValidatorError.of(Rule.PROGRAM_LENGTH_NOT_MULTIPLE);
    }
    if (slots == 0) {
      return ValidatorError.of(Rule.NO_PROGRAM);
    }
    for (int pc = 0; pc < slots; pc++) {
      long slot = Slot.read(text, pc);
      Opcode op = Opcode.decode(version, Slot.code(slot));
      if (op == null) {
        return ValidatorError.of(Rule.UNKNOWN_OPCODE, Slot.code(slot), pc);
      }
      ValidatorError error = ownRule(op, slot, pc);
      pc += op.slots() - 1;
      if (error == null) {
        error = registerRule(op, slot, pc);
      }
      if (error != null) {
        return error;
      }
    }
    return null;
  }

  private @Nullable ValidatorError ownRule(Opcode op, long slot, int pc) {
    return switch (op.family()) {
      case ALU32, ALU64 -> op.usesRegister() ? null : immediateRule(op, slot, pc);
      case ENDIAN ->
          Alu.isWidth(Slot.imm(slot))
              ? null
              : ValidatorError.of(Rule.UNSUPPORTED_LE_BE_ARGUMENT, pc);
      case LDDW -> {
        if (pc + 1 >= slots) {
          yield ValidatorError.of(Rule.LDDW_CANNOT_BE_LAST);
        }
        boolean isComplete = Slot.code(Slot.read(text, pc + 1)) == 0;
        yield isComplete ? null : ValidatorError.of(Rule.INCOMPLETE_LDDW, pc);
      }
      case JUMP, JUMP64, JUMP32 -> {
        int target = pc + 1 + Slot.off(slot);
        if (target < 0 || target >= slots) {
          yield ValidatorError.of(Rule.JUMP_OUT_OF_CODE, target, pc);
        }
        boolean isMiddle = Slot.code(Slot.read(text, target)) == 0;
        yield isMiddle ? ValidatorError.of(Rule.JUMP_TO_MIDDLE_OF_LDDW, target, pc) : null;
      }
      case CALLX -> {
        int register = callxRegister(version, slot);
        boolean isGeneral = register >= 0 && register < FRAME_POINTER;
        yield isGeneral ? null : ValidatorError.of(Rule.INVALID_REGISTER, pc);
      }
      case NEG, LOAD, STORE_IMM, STORE_REG, CALL, EXIT -> null;
    };
  }

  private @Nullable ValidatorError immediateRule(Opcode op, long slot, int pc) {
    int imm = Slot.imm(slot);
    return switch (op.operation()) {
      case DIV, MOD, UDIV, UREM, SDIV, SREM ->
          imm == 0 ? ValidatorError.of(Rule.DIVISION_BY_ZERO, pc) : null;
      case LSH, RSH, ARSH ->
          imm < 0 || imm >= op.width()
              ? ValidatorError.of(Rule.SHIFT_WITH_OVERFLOW, imm, op.width(), pc)
              : null;
      case ADD ->
          movesFrame(op, slot) && (imm & 63) != 0
              ? ValidatorError.of(Rule.UNALIGNED_IMMEDIATE, pc)
              : null;
      default -> null;
    };
  }

  private @Nullable ValidatorError registerRule(Opcode op, long slot, int pc) {
    if (Slot.src(slot) > FRAME_POINTER) {
      return ValidatorError.of(Rule.INVALID_SOURCE_REGISTER, pc);
    }
    int dst = Slot.dst(slot);
    if (dst > FRAME_POINTER) {
      return ValidatorError.of(Rule.INVALID_DESTINATION_REGISTER, pc);
    }
    if (dst == FRAME_POINTER && !op.family().stores() && !movesFrame(op, slot)) {
      return ValidatorError.of(Rule.CANNOT_WRITE_R10, pc);
    }
    return null;
  }

  private boolean movesFrame(Opcode op, long slot) {
    return version.manualStackFrameBump()
        && op == Opcode.ADD64_IMM
        && Slot.dst(slot) == FRAME_POINTER;
  }

  /** The register that a {@code callx} jumps to; in versions 0 and 1 it may be any number. */
  static int callxRegister(Version version, long slot) {
    if (version.callxUsesSrcReg()) {
      return Slot.src(slot);
    }
    return version.callxUsesDstReg() ? Slot.dst(slot) : Slot.imm(slot);
  }
}
