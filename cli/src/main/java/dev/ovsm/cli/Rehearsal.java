package dev.ovsm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the tool's common paths once in one process, so that the launcher can archive the classes
 * they load; says nothing, whatever the commands say.
 */
final class Rehearsal {
  private static final String TIMED = "rehearsal.ovsm";
  private static final String CALLED = "rehearsal_accounts.ovsm";

  private Rehearsal() {}

  /** Rehearses; whatever cannot be rehearsed only starts more slowly later. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("ovsm-rehearsal");
    try {
      String timed = copy(TIMED, folder);
      String called = copy(CALLED, folder);
      String program = folder.resolve("rehearsal.so").toString();
      String runs = folder.resolve("runs").toString();
      commands(timed, called, program, runs).forEach(Rehearsal::rehearse);
    } finally {
      delete(folder);
    }
  }

  private static String copy(String source, Path folder) throws IOException {
    Path copy = folder.resolve(source);
    try (InputStream in = Rehearsal.class.getResourceAsStream(source)) {
      if (in != null) {
        Files.copy(in, copy);
      }
    }
    return copy.toString();
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> below = Files.walk(folder)) {
      all = new ArrayList<>(below.toList());
    }
    Collections.reverse(all);
    for (Path path : all) {
      Files.delete(path);
    }
  }

  private static List<List<String>> commands(
      String source, String called, String program, String runs) {
    return List.of(
        List.of("--version"),
        List.of("help", "explain"),
        List.of("explain"),
        List.of("explain", "C0001"),
        List.of("compile", called, "-o", program),
        List.of("lint", called),
        List.of("compile", source, "-o", program),
        List.of("check", source),
        List.of("lint", source),
        List.of("eval", "(+ 1 2)"),
        List.of("eval", "(+ 1 2)", "--on", "vm"),
        List.of("repl"),
        List.of("run", source, "--slots", "100", "--run-folder", runs),
        List.of("run", program, "--slots", "10000", "--run-folder", runs),
        List.of("run", program, "--slots", "100", "--json", "--run-folder", "none"),
        List.of("disasm", program),
        List.of("cost", program),
        List.of("explian"));
  }

  private static void rehearse(List<String> command) {
    Main.run(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  }
}
