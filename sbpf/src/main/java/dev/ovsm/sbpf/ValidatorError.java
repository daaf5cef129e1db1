package dev.ovsm.sbpf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A rule of the chain that code breaks, and where.
 *
 * @param arguments the numbers in the message, as unsigned values, in their order
 */
public record ValidatorError(Rule rule, List<Long> arguments) {
  /** The chain's rules, with its names and messages for breaking them. */
  public enum Rule {
    PROGRAM_LENGTH_NOT_MULTIPLE(
        "ProgramLengthNotMultiple", "program length must be a multiple of 8 octets"),
    NO_PROGRAM("NoProgram", "no program set, call prog_set() to load one"),
    DIVISION_BY_ZERO("DivisionByZero", "division by 0 (insn #%s)"),
    UNSUPPORTED_LE_BE_ARGUMENT(
        "UnsupportedLEBEArgument", "unsupported argument for LE/BE (insn #%s)"),
    LDDW_CANNOT_BE_LAST("LDDWCannotBeLast", "LD_DW instruction cannot be last in program"),
    INCOMPLETE_LDDW("IncompleteLDDW", "incomplete LD_DW instruction (insn #%s)"),
    JUMP_OUT_OF_CODE("JumpOutOfCode", "jump out of code to #%s (insn #%s)"),
    JUMP_TO_MIDDLE_OF_LDDW("JumpToMiddleOfLDDW", "jump to middle of LD_DW at #%s (insn #%s)"),
    INVALID_SOURCE_REGISTER("InvalidSourceRegister", "invalid source register (insn #%s)"),
    CANNOT_WRITE_R10("CannotWriteR10", "cannot write into register r10 (insn #%s)"),
    INVALID_DESTINATION_REGISTER(
        "InvalidDestinationRegister", "invalid destination register (insn #%s)"),
    UNKNOWN_OPCODE("UnknownOpCode", "unknown eBPF opcode %s (insn #%s)"),
    SHIFT_WITH_OVERFLOW(
        "ShiftWithOverflow", "Shift with overflow of %s-bit value by %s (insn #%s)"),
    INVALID_REGISTER("InvalidRegister", "Invalid register specified at instruction %s"),
    INVALID_FUNCTION("InvalidFunction", "Invalid function at instruction %s"),
    INVALID_SYSCALL("InvalidSyscall", "Invalid syscall code %s"),
    UNALIGNED_IMMEDIATE("UnalignedImmediate", "Unaligned immediate (insn #%s)");

    private final String name;
    private final String message;

    Rule(String name, String message) {
      this.name = name;
      this.message = message;
    }
  }

  public ValidatorError {
    arguments = List.copyOf(arguments);
  }

  static ValidatorError of(Rule rule, long... arguments) {
    List<Long> list = new ArrayList<>();
    for (long argument : arguments) {
      list.add(argument);
    }
    return new ValidatorError(rule, Collections.unmodifiableList(list));
  }

  /** The chain's message, such as {@code division by 0 (insn #3)}. */
  public String text() {
    List<String> words = new ArrayList<>();
    for (long argument : arguments) {
      boolean isCode = rule == Rule.UNKNOWN_OPCODE && words.isEmpty();
      words.add(
          isCode ? String.format(Locale.ROOT, "0x%x", argument) : Long.toUnsignedString(argument));
    }
    return String.format(Locale.ROOT, rule.message, words.toArray());
  }

  /** The chain's short form for logs, such as {@code DivisionByZero(3)}. */
  public String debugText() {
    if (arguments.isEmpty()) {
      return rule.name;
    }
    List<String> words = new ArrayList<>();
    for (long argument : arguments) {
      words.add(Long.toUnsignedString(argument));
    }
    return rule.name + "(" + String.join(", ", words) + ")";
  }
}
