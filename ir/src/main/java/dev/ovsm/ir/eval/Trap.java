package dev.ovsm.ir.eval;

/** The machine or its host stops the program; the message says why. */
public final class Trap extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Trap(String message) {
    super(message, null, false, false);
  }
}
