package dev.ovsm.tests.architecture.planted.diag;

/** Lets the locale choose the letters. */
public final class Tourist {
  /** Follows the locale. */
  @SuppressWarnings("StringCaseLocaleUsage")
  public String lower(String text) {
    return text.toLowerCase();
  }
}
