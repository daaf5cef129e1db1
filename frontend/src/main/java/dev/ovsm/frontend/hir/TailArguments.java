package dev.ovsm.frontend.hir;

/** Where the parameters of a tail call's callee stand, as offsets in the context area. */
public final class TailArguments {
  /** A word that is 1 when they are set. */
  public static final int FLAG = 1016;

  public static final int START = 1024;
  public static final int END = 2048;
  private static final int NUMBER = 16;

  private TailArguments() {}

  /** The bytes from one parameter to the next; a type that is still open is a number. */
  public static int room(Type type) {
    Type known = Type.resolved(type);
    return known instanceof Type.Var || known instanceof Type.Int || known instanceof Type.Basic
        ? Math.max(NUMBER, Sizes.of(known))
        : (Sizes.of(known) + 7) / 8 * 8;
  }
}
