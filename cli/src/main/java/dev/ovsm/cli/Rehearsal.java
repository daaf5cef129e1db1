package dev.ovsm.cli;

import java.io.OutputStream;
import java.util.List;

/**
 * Runs the tool's common paths once in one process, so that the launcher can archive the classes
 * they load; says nothing, whatever the commands say.
 */
final class Rehearsal {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--version"),
          List.of("help", "explain"),
          List.of("explain"),
          List.of("explain", "C0001"),
          List.of("compile", "/dev/null", "-o", "/dev/null", "-q"),
          List.of("explian"));

  private Rehearsal() {}

  public static void main(String[] arguments) {
    for (List<String> command : COMMANDS) {
      Main.run(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }
  }
}
