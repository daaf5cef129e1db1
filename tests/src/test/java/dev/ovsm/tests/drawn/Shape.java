package dev.ovsm.tests.drawn;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is seen of a run of a program.
 *
 * @param end the error as the RPC writes it, {@code null} for none
 * @param returned what it returned, in hexadecimal; nothing where it failed
 * @param accounts lamports and data of each account
 */
record Shape(String end, List<String> logs, String returned, List<String> accounts) {
  static final String SUCCESS = "null";

  /** How a transaction ends that leaves an account without its rent, whichever it is. */
  private static final String LACKS_RENT = "InsufficientFundsForRent";

  /** What a program ends with whose account has too few data. */
  static final long TOO_SMALL = 0x500000000L;

  static final long NOT_WRITABLE = 0x200000000L;
  static final long OTHER_DATA = 0x400000000L;
  static final long OTHER_OWNER = 0x700000000L;
  static final long NOT_SIGNED = 0x800000000L;
  static final long NOT_FRESH = 0x900000000L;

  /** What programs end with by the name that every client knows. */
  private static final Map<Long, String> KNOWN =
      Map.of(
          TOO_SMALL, "AccountDataTooSmall",
          NOT_WRITABLE, "InvalidArgument",
          OTHER_DATA, "InvalidAccountData",
          OTHER_OWNER, "IncorrectProgramId",
          NOT_SIGNED, "MissingRequiredSignature",
          NOT_FRESH, "AccountAlreadyInitialized");

  /** How a line begins that stands for logged data. */
  static final String DATA = "data: ";

  private static final String LOG = "Program log: ";
  private static final String LOGGED_DATA = "Program data: ";

  /**
   * What is seen of a run; a program that leaves an account without its rent succeeds, and its
   * transaction does not.
   */
  static Shape of(String end, List<String> logs, byte[] returned, Surroundings.State state) {
    if (end.equals(SUCCESS) && state.lacksRent()) {
      return of(LACKS_RENT, logs, returned, state.of().fresh());
    }
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < state.data().size(); i++) {
      accounts.add(state.lamports()[i] + " " + HexFormat.of().formatHex(state.data().get(i)));
    }
    String kept = end.equals(SUCCESS) ? HexFormat.of().formatHex(returned) : "";
    return new Shape(
        end.contains(LACKS_RENT) ? LACKS_RENT : end, List.copyOf(logs), kept, accounts);
  }

  /**
   * The same with the accounts of maps as they are elsewhere: a meaning does not say how they lie.
   */
  Shape completed(Shape other, Surroundings surroundings) {
    List<String> all = new ArrayList<>(accounts);
    for (int i = all.size() - surroundings.maps(); i < all.size(); i++) {
      all.set(i, other.accounts.get(i));
    }
    return new Shape(end, logs, returned, all);
  }

  /** The same with no more than the first lines of the log. */
  Shape cut(int lines) {
    return new Shape(end, logs.subList(0, Math.min(lines, logs.size())), returned, accounts);
  }

  /** What a program should come to. */
  static Shape of(Drawn.Expected expected, Surroundings surroundings) {
    Surroundings.State state =
        expected.end().equals(SUCCESS)
            ? new Surroundings.State(surroundings, expected.data(), expected.lamports())
            : surroundings.fresh();
    return of(expected.end(), expected.logs(), expected.returned(), state);
  }

  /** How an exit code ends a transaction. */
  static String end(long code) {
    String known = KNOWN.get(code);
    if (known != null) {
      return "{\"InstructionError\":[0,\"" + known + "\"]}";
    }
    return code == 0
        ? SUCCESS
        : String.format(Locale.ROOT, "{\"InstructionError\":[0,{\"Custom\":%d}]}", code);
  }

  /** The lines that a program wrote itself. */
  static List<String> written(List<String> logs) {
    return logs.stream()
        .filter(line -> line.startsWith(LOG) || line.startsWith(LOGGED_DATA))
        .map(
            line ->
                line.startsWith(LOG)
                    ? line.substring(LOG.length())
                    : DATA + line.substring(LOGGED_DATA.length()))
        .toList();
  }
}
