package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What is seen of a run of a program.
 *
 * @param end the error as the RPC writes it, {@code null} for none
 * @param returned what it returned, in hexadecimal; nothing where it failed
 * @param accounts lamports and data of each account
 */
record Shape(String end, List<String> logs, String returned, List<String> accounts) {
  static final String SUCCESS = "null";

  private static final String LOG = "Program log: ";

  static Shape of(String end, List<String> logs, byte[] returned, Surroundings.State state) {
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < state.data().size(); i++) {
      accounts.add(state.lamports()[i] + " " + HexFormat.of().formatHex(state.data().get(i)));
    }
    String kept = end.equals(SUCCESS) ? HexFormat.of().formatHex(returned) : "";
    return new Shape(end, List.copyOf(logs), kept, accounts);
  }

  /** What a program should come to. */
  static Shape of(Drawn.Expected expected, Surroundings surroundings) {
    String end = end(expected.code().longValue());
    Surroundings.State state =
        end.equals(SUCCESS)
            ? new Surroundings.State(surroundings, expected.data(), expected.lamports())
            : surroundings.fresh();
    return of(end, expected.logs(), expected.returned(), state);
  }

  /** How an exit code ends a transaction. */
  static String end(long code) {
    return code == 0
        ? SUCCESS
        : String.format(Locale.ROOT, "{\"InstructionError\":[0,{\"Custom\":%d}]}", code);
  }

  /** The lines that a program wrote itself. */
  static List<String> written(List<String> logs) {
    return logs.stream()
        .filter(line -> line.startsWith(LOG))
        .map(line -> line.substring(LOG.length()))
        .toList();
  }
}
