package dev.ovsm.sbpf.asm;

/**
 * An immediate that is known only when the file is laid out.
 *
 * @param slot the slot of the instruction
 * @param symbol the name of a syscall; for people of data or code
 * @param addend for addresses the offset in bytes from the start of the read-only data or code
 */
public record Relocation(int slot, Kind kind, String symbol, long addend) {
  /** What the immediate becomes. */
  public enum Kind {
    /** The way a call names a syscall. */
    SYSCALL,
    /** The address of read-only data, in a {@code lddw}. */
    DATA_ADDRESS,
    /** The address of an instruction, in a {@code lddw}. */
    CODE_ADDRESS
  }
}
