package dev.ovsm.cli.scenario;

import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.sbpf.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Counts what one expectation is about. */
final class Counter {
  private static final String DATA = "Program data: ";
  private static final int DISCRIMINATOR_BYTES = 8;

  private final Expectation.Count expectation;
  private final byte[] discriminator;
  private long count;

  Counter(Expectation.Count expectation) {
    this.expectation = expectation;
    this.discriminator =
        expectation.what() instanceof Expectation.Event event
            ? discriminator(event.name())
            : new byte[0];
  }

  Expectation.Count expectation() {
    return expectation;
  }

  long count() {
    return count;
  }

  /** Goes on counting from where another one stood. */
  void count(long before) {
    count = before;
  }

  boolean holds() {
    return count >= expectation.least() && count <= expectation.most();
  }

  void log(String line) {
    if (expectation.what() instanceof Expectation.Line wanted && line.contains(wanted.text())) {
      count++;
    }
    if (expectation.what() instanceof Expectation.Event && line.startsWith(DATA)) {
      count += isEvent(line) ? 1 : 0;
    }
  }

  void fate(FateRecord fate) {
    if (expectation.what() instanceof Expectation.Met met
        && met.fate() == fate.fate()
        && (met.kind() == null || met.kind() == fate.kind())) {
      count += fate.count();
    }
  }

  private boolean isEvent(String line) {
    int end = line.indexOf(' ', DATA.length());
    String first = line.substring(DATA.length(), end < 0 ? line.length() : end);
    byte[] bytes = Base64.getDecoder().decode(first);
    return bytes.length >= DISCRIMINATOR_BYTES
        && Arrays.equals(Arrays.copyOf(bytes, DISCRIMINATOR_BYTES), discriminator);
  }

  private static byte[] discriminator(String event) {
    byte[] hash = Sha256.of(("event:" + event).getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(hash, DISCRIMINATOR_BYTES);
  }
}
