package dev.ovsm.verifier.domain;

import java.util.List;
import java.util.function.IntFunction;

/** Whether the claim of a number fails for some pair of sets of few bits, and for which. */
final class Search implements IntFunction<String> {
  private static final int WIDTH = 3;

  @Override
  public String apply(int number) {
    List<Element> all = Element.all(WIDTH);
    try {
      new Exhaustion(Claim.all(WIDTH).get(number), WIDTH, all).check(all);
      return "";
    } catch (AssertionError e) {
      // One of another thread is the cause of the one that is thrown here.
      Throwable first = e.getCause() == null ? e : e.getCause();
      return String.valueOf(first.getMessage());
    }
  }
}
