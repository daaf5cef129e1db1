package dev.ovsm.tests.prerequisite;

import org.opentest4j.TestAbortedException;

/**
 * A thing of the machine that a test needs; where it is missing the test is skipped, in CI it
 * fails.
 */
public final class Prerequisite {
  private Prerequisite() {}

  /**
   * Goes on if the thing is there.
   *
   * @param missing says what is not there, and of which test
   * @throws IllegalStateException if it is missing and the environment variable {@code CI} is set
   * @throws TestAbortedException if it is missing elsewhere
   */
  public static void require(boolean there, String missing) {
    if (there) {
      return;
    }
    if (System.getenv("CI") != null) {
      throw new IllegalStateException(missing);
    }
    System.err.println("SKIPPED " + missing);
    throw new TestAbortedException(missing);
  }
}
