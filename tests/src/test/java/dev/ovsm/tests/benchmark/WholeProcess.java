package dev.ovsm.tests.benchmark;

import dev.ovsm.tests.launcher.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long commands take as a user waits for them: launcher, start of Java and all. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 15)
public class WholeProcess {
  /**
   * The command, in words that are not split further: it has no file names with blanks. In FRESH is
   * a copy of the example that no command has seen.
   */
  @Param({
    "--version",
    "lint examples/heartbeat.ovsm",
    "compile examples/heartbeat.ovsm -o FOLDER/out.so",
    "run FRESH/heartbeat.ovsm --slots 10000 --start-slot 990",
    "run examples/heartbeat.ovsm --slots 10000 --start-slot 990",
    "run FOLDER/heartbeat.so --slots 10000 --start-slot 990"
  })
  public String command = "";

  private final Path root = Launch.script().resolveSibling(".").normalize();
  private Path folder = root;
  private Path fresh = root;

  @Setup
  public void compile() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("ovsm-benchmark");
    run("compile examples/heartbeat.ovsm -o FOLDER/heartbeat.so");
  }

  @Setup(Level.Invocation)
  public void copy() throws IOException {
    fresh = Files.createTempDirectory(folder, "fresh");
    Files.copy(root.resolve("examples/heartbeat.ovsm"), fresh.resolve("heartbeat.ovsm"));
  }

  @TearDown
  public void clean() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(WholeProcess::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Benchmark
  public Launch process() throws IOException, InterruptedException {
    return run(command);
  }

  private Launch run(String words) throws IOException, InterruptedException {
    String named = words.replace("FOLDER", folder.toString()).replace("FRESH", fresh.toString());
    List<String> arguments = List.of(named.split(" ", -1));
    Launch launch = Launch.ovsm(root, arguments.toArray(String[]::new));
    if (launch.exitCode() != 0) {
      throw new IllegalStateException(words + ": " + launch.err());
    }
    return launch;
  }
}
