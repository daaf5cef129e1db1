package dev.ovsm.verifier.lift;

import dev.ovsm.verifier.graph.Framed;
import dev.ovsm.verifier.graph.Operand;
import java.util.Map;
import java.util.Set;

/**
 * Which addresses are supposed to lead to no frame where nothing tells that they do; each time it
 * is, the graph says so by an {@link dev.ovsm.verifier.graph.Away}.
 *
 * @param isAny whether any are
 * @param refuted those of which it could not be shown
 * @param framed how far addresses lie from frames or arguments, shown before or supposed too
 */
public record Supposed(boolean isAny, Set<Operand> refuted, Map<Operand, Framed> framed) {
  /** Nothing is taken for granted. */
  public static final Supposed NOTHING = new Supposed(false, Set.of(), Map.of());

  public Supposed {
    refuted = Set.copyOf(refuted);
    framed = Map.copyOf(framed);
  }

  /** All are that are not refuted. */
  public static Supposed allBut(Set<Operand> refuted, Map<Operand, Framed> framed) {
    return new Supposed(true, refuted, framed);
  }

  boolean includes(int pc, int input) {
    return isAny && !refuted.contains(new Operand(pc, input));
  }

  /** The address with what else is known of it. */
  Locus narrowed(int pc, int input, Locus address) {
    Framed known = framed.get(new Operand(pc, input));
    if (known == null) {
      return address;
    }
    boolean own = known.argument() == Framed.FRAME;
    Locus.Kind kind = own ? Locus.Kind.FRAME : Locus.Kind.ARGUMENT;
    int index = own ? 0 : known.argument();
    if (address.kind() == Locus.Kind.ANYTHING) {
      return new Locus(kind, known.low(), known.high(), index);
    }
    long low = Math.max(known.low(), address.low());
    long high = Math.min(known.high(), address.high());
    boolean same = address.kind() == kind && address.index() == index;
    return same && low <= high ? new Locus(kind, low, high, index) : address;
  }
}
