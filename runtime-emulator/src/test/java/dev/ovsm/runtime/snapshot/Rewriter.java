package dev.ovsm.runtime.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;

/** A process that writes one archive over and over again, each time another one, until killed. */
final class Rewriter {
  static final String KIND = "snapshot";
  static final int BYTES = 300_000;

  private Rewriter() {}

  /** Writes to the file that is named; says after each time which it was. */
  public static void main(String[] arguments) throws IOException {
    for (int turn = 1; ; turn++) {
      TreeMap<String, byte[]> parts = new TreeMap<>();
      byte[] noise = new byte[BYTES];
      new java.util.Random(turn).nextBytes(noise);
      parts.put("noise", noise);
      byte[] number = new byte[1_000];
      Arrays.fill(number, (byte) turn);
      parts.put("turn", number);
      Archive.write(Path.of(arguments[0]), KIND, parts);
      System.out.println(turn);
    }
  }
}
