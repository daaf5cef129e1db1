package dev.ovsm.cli.dist;

import dev.ovsm.cli.Main;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Compiles the rehearsal's program beside its source, so that a run can begin with it at once. */
public final class RehearsalProgram {
  private RehearsalProgram() {}

  /**
   * Compiles it.
   *
   * @param args the folder of the command line's classes
   */
  public static void main(String[] args) {
    Path source = Path.of(args[0], "dev/ovsm/cli/rehearsal.ovsm");
    String program = source.resolveSibling("rehearsal.so").toString();
    List<String> command = List.of("compile", source.toString(), "-o", program);
    int exitCode = Main.run(command, OutputStream.nullOutputStream(), System.err);
    if (exitCode != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ends with " + exitCode);
    }
  }
}
