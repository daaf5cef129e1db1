package dev.ovsm.cli.run;

import java.util.Locale;

/** Numbers of things, for people. */
public final class Plural {
  private Plural() {}

  /** So many things: {@code 1 slot}, {@code 2,000 slots}. */
  public static String of(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }
}
