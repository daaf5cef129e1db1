package dev.ovsm.tests.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What one process of the launcher said, and its exit code. */
public record Launch(int exitCode, String out, String err) {
  /** Long enough for a build on first use. */
  private static final long PATIENCE_MINUTES = 5;

  /** The script itself. */
  public static Path script() {
    return Path.of("..", "ovsm").toAbsolutePath().normalize();
  }

  /** Runs the script in {@code folder} with the Java of this process. */
  public static Launch ovsm(Path folder, String... arguments)
      throws IOException, InterruptedException {
    return process(script(), folder, Map.of(), arguments);
  }

  /** Runs {@code script} in {@code folder}, with variables added to those of this process. */
  static Launch process(
      Path script, Path folder, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("ovsm", ".out");
    Path err = Files.createTempFile("ovsm", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(variables);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end");
      }
      return new Launch(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
