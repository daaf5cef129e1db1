package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Version;
import java.util.concurrent.Callable;

/** Looks for an account that changes though it may not be written; finds none as a rule. */
public final class Encroachment implements Callable<String> {
  private static final int PROGRAMS = 4_000;

  @Override
  public String call() {
    Permitted all = new Permitted(Version.V0);
    for (long seed = 0; seed < PROGRAMS; seed++) {
      try {
        all.tryProgram(seed);
      } catch (AssertionError e) {
        return String.valueOf(e.getMessage());
      }
    }
    return "";
  }
}
