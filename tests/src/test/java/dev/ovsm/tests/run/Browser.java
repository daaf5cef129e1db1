package dev.ovsm.tests.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ovsm.tests.prerequisite.Prerequisite;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A browser of this machine, without a window. */
final class Browser {
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");

  private final Path executable;

  private Browser(Path executable) {
    this.executable = executable;
  }

  /**
   * What a page looks like once its scripts are done.
   *
   * @param document its document as it is then, in HTML
   * @param complaints what the console says
   */
  record Opened(String document, List<String> complaints) {}

  /** The first browser on the path; without one the test is skipped, and fails in CI. */
  static Browser find() {
    Optional<Path> found =
        NAMES.stream()
            .flatMap(
                name ->
                    Pattern.compile(File.pathSeparator)
                        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                        .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
    Prerequisite.require(found.isPresent(), "no chromium for the page of a run");
    return new Browser(found.orElseThrow());
  }

  /** Opens a file as a user would, from the disk and without a network. */
  Opened open(Path page, Path folder) throws IOException, InterruptedException {
    Path out = folder.resolve("browser.out");
    Path err = folder.resolve("browser.err");
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--user-data-dir=" + folder.resolve("browser"),
            "--enable-logging=stderr",
            "--dump-dom",
            page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(executable + " does not end");
    }
    String said = Files.readString(err, UTF_8);
    if (process.exitValue() != 0) {
      throw new AssertionError(executable + " ends with " + process.exitValue() + ": " + said);
    }
    try (Stream<String> lines = said.lines()) {
      return new Opened(
          Files.readString(out, UTF_8), lines.filter(line -> line.contains("CONSOLE")).toList());
    }
  }
}
