package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Version;
import java.util.concurrent.Callable;

/** Looks for a promise that is not kept; finds nothing as a rule. */
public final class Dispute implements Callable<String> {
  private static final int PROGRAMS = 2_500;

  @Override
  public String call() {
    Keeping all = new Keeping(Version.V0);
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
