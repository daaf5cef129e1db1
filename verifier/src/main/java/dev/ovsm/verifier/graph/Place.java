package dev.ovsm.verifier.graph;

import dev.ovsm.diag.Span;

/**
 * Where something is, in the source and in the machine code.
 *
 * @param span the place in the source, not {@link Span#isReal real} if there is none
 * @param pc the instruction's slot, or -1 if there is no machine code yet
 */
public record Place(Span span, int pc) {
  /** A place in a source only. */
  public static Place at(Span span) {
    return new Place(span, -1);
  }

  @Override
  public String toString() {
    String insn = "instruction " + pc;
    return pc < 0 ? span.toString() : span.isReal() ? span + " (" + insn + ")" : insn;
  }
}
