package dev.ovsm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build gave this tool. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"ovsm " + number()};
  }

  /** The bare number. */
  static String number() {
    try (InputStream version = Version.class.getResourceAsStream("version.txt")) {
      byte[] text = Objects.requireNonNull(version).readAllBytes();
      return new String(text, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
