package dev.ovsm.sbpf.asm;

/**
 * A name in place of a number: what an instruction jumps to, calls, or takes the address of.
 *
 * @param addend bytes added to an address; 0 elsewhere
 */
public record Reference(Kind kind, String name, long addend) {
  /** What the name belongs to. */
  public enum Kind {
    /** A label of the code or of the read-only data. */
    SYMBOL,
    /** A function of the machine. */
    SYSCALL
  }

  public static Reference to(String label) {
    return new Reference(Kind.SYMBOL, label, 0);
  }

  public static Reference to(String label, long addend) {
    return new Reference(Kind.SYMBOL, label, addend);
  }

  public static Reference syscall(String name) {
    return new Reference(Kind.SYSCALL, name, 0);
  }
}
