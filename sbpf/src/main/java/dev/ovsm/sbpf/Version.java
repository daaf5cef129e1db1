package dev.ovsm.sbpf;

import java.util.Arrays;
import java.util.Optional;

/**
 * A version of the instruction set and its file format; an ELF file names it in {@code e_flags}.
 *
 * <p>The predicates are the machine's features under the names that the reference machine gives
 * them: whoever depends on a feature asks for it and not for a version.
 */
public enum Version {
  V0(0),
  V1(1),
  V2(2),
  V3(3),
  /** Reserved: behaves as {@link #V3} and is not accepted unless a loader is told to. */
  V4(4);

  private final int flags;

  Version(int flags) {
    this.flags = flags;
  }

  /** The value of {@code e_flags}, equal to the version's number. */
  public int flags() {
    return flags;
  }

  /** The version that {@code e_flags} names; empty for a reserved value. */
  public static Optional<Version> of(long eFlags) {
    return Arrays.stream(values()).filter(version -> version.flags == eFlags).findFirst();
  }

  /** The name on the command line and in assembly, such as {@code v0}. */
  public String word() {
    return "v" + flags;
  }

  /** The program moves r10 itself with {@code add64 r10, imm}; a call does not (SIMD-0166). */
  public boolean manualStackFrameBump() {
    return this == V1 || this == V2;
  }

  /** An unmapped gap as large as a frame follows every frame. */
  public boolean stackFrameGaps() {
    return this == V0;
  }

  /** Products, quotients and remainders are a class of their own, signed ones too (SIMD-0174). */
  public boolean enablePqr() {
    return this == V2;
  }

  /**
   * 32-bit sums, differences and products zero-extend, {@code mov32} of a register sign-extends.
   */
  public boolean explicitSignExtension() {
    return this == V2;
  }

  /** Subtracting with an immediate computes {@code imm - dst} (SIMD-0174). */
  public boolean swapSubRegImmOperands() {
    return this == V2;
  }

  /** There is no {@code neg} (SIMD-0174). */
  public boolean disableNeg() {
    return this == V2;
  }

  /** {@code callx} names its register in {@code src} (SIMD-0173). */
  public boolean callxUsesSrcReg() {
    return this == V2;
  }

  /**
   * {@code callx} names its register in {@code dst} (SIMD-0377); before, it is in the immediate.
   */
  public boolean callxUsesDstReg() {
    return this == V3 || this == V4;
  }

  /** {@code hor64} takes the place of {@code lddw} (SIMD-0173). */
  public boolean disableLddw() {
    return this == V2;
  }

  /** There is no {@code le} (SIMD-0173). */
  public boolean disableLe() {
    return this == V2;
  }

  /** Loads and stores are encoded in the arithmetic classes (SIMD-0173). */
  public boolean moveMemoryInstructionClasses() {
    return this == V2;
  }

  /**
   * {@code src} of a call tells syscalls from functions, which are addressed relatively
   * (SIMD-0178).
   */
  public boolean staticSyscalls() {
    return this == V3 || this == V4;
  }

  /** A file is two program headers at fixed addresses and nothing to relocate (SIMD-0189). */
  public boolean enableStricterElfHeaders() {
    return this == V3 || this == V4;
  }

  /** Read-only data begins at address 0 and code cannot be read (SIMD-0189). */
  public boolean enableLowerRodataVaddr() {
    return this == V3 || this == V4;
  }

  /** Conditional jumps on the low 32 bits exist (SIMD-0377). */
  public boolean enableJmp32() {
    return this == V3 || this == V4;
  }
}
