package dev.ovsm.runtime.vm;

import org.jspecify.annotations.Nullable;

/**
 * The end of a program that does not return: what went wrong and where, without a Java stack trace.
 *
 * <p>Memory and system calls raise it without a place; the engine adds the slot with {@link #at}.
 */
public final class Fault extends RuntimeException {
  /** The place of a fault that no engine has seen yet. */
  public static final long NOWHERE = -1;

  private static final long serialVersionUID = 1L;

  /** What can go wrong in a running program, with the numbers by which other machines know it. */
  public enum Kind {
    CALL_DEPTH_EXCEEDED(-3, "CallDepthExceeded", "exceeded max BPF to BPF call depth"),
    DIVIDE_BY_ZERO(-5, "DivideByZero", "divide by zero at BPF instruction"),
    DIVIDE_OVERFLOW(-6, "DivideOverflow", "division overflow at BPF instruction"),
    EXECUTION_OVERRUN(
        -7,
        "ExecutionOverrun",
        "attempted to execute past the end of the text segment at BPF instruction"),
    CALL_OUTSIDE_TEXT_SEGMENT(
        -8, "CallOutsideTextSegment", "callx attempted to call outside of the text segment"),
    EXCEEDED_MAX_INSTRUCTIONS(
        -9, "ExceededMaxInstructions", "exceeded CUs meter at BPF instruction"),
    /** Any access that is not in mapped memory, or writes to what may only be read. */
    ACCESS_VIOLATION(-12, "AccessViolation", "Access violation"),
    /** The same close to the stack, in versions that place frames themselves. */
    STACK_ACCESS_VIOLATION(-13, "StackAccessViolation", "Access violation in stack frame"),
    INVALID_INSTRUCTION(-14, "InvalidInstruction", "invalid BPF instruction"),
    UNSUPPORTED_INSTRUCTION(-15, "UnsupportedInstruction", "unsupported BPF instruction"),
    SYSCALL_ERROR(-19, "SyscallError", "Syscall error");

    private final int number;
    private final String word;
    private final String text;

    Kind(int number, String word, String text) {
      this.number = number;
      this.word = word;
      this.text = text;
    }

    /** A negative number, the same in every release. */
    public int number() {
      return number;
    }

    /** The name in reports, as the real machine spells it. */
    public String word() {
      return word;
    }
  }

  private final Kind kind;
  private final long pc;
  private final transient @Nullable Violation violation;
  private final transient @Nullable SyscallError error;

  /**
   * The access behind an access violation.
   *
   * @param length in bytes
   * @param frame the stack frame of a stack access violation, -1..64; else 0
   * @param region where the address lies, for people; empty in a stack access violation
   */
  public record Violation(Access access, long address, long length, int frame, String region) {}

  private Fault(Kind kind, long pc, @Nullable Violation violation, @Nullable SyscallError error) {
    super(null, null, false, false);
    this.kind = kind;
    this.pc = pc;
    this.violation = violation;
    this.error = error;
  }

  /** A fault that its kind says all about. */
  public static Fault of(Kind kind) {
    return new Fault(kind, NOWHERE, null, null);
  }

  /** A system call's own error. */
  public static Fault of(SyscallError error) {
    return new Fault(Kind.SYSCALL_ERROR, NOWHERE, null, error);
  }

  static Fault of(Kind kind, Violation violation) {
    return new Fault(kind, NOWHERE, violation, null);
  }

  /** This fault, raised by the instruction at slot {@code place}. */
  public Fault at(long place) {
    return new Fault(kind, place, violation, error);
  }

  public Kind kind() {
    return kind;
  }

  /** The slot of the instruction that faulted, or {@link #NOWHERE}. */
  public long pc() {
    return pc;
  }

  /** The access that was refused; null unless this is an access violation. */
  public @Nullable Violation violation() {
    return violation;
  }

  /** The system call's error; null unless the kind is {@link Kind#SYSCALL_ERROR}. */
  public @Nullable SyscallError error() {
    return error;
  }

  /** The fault in the words of the real machine. */
  public String text() {
    if (error != null) {
      return kind.text + ": " + error.text();
    }
    if (violation == null) {
      return kind.text;
    }
    String address = "0x" + Long.toHexString(violation.address);
    if (kind == Kind.STACK_ACCESS_VIOLATION) {
      return kind.text
          + " "
          + violation.frame
          + " at address "
          + address
          + " of size "
          + Long.toUnsignedString(violation.length);
    }
    return kind.text
        + " "
        + violation.access.word()
        + " "
        + Long.toUnsignedString(violation.length)
        + " bytes at address "
        + address
        + " (in "
        + violation.region
        + " region)";
  }

  @Override
  public String getMessage() {
    return text();
  }
}
