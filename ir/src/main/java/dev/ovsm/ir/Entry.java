package dev.ovsm.ir;

import dev.ovsm.diag.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of the program, selected by the first 8 bytes of the instruction data.
 *
 * @param discriminator those 8 bytes as a little-endian number
 * @param function the IR function that implements it: (input address) to result code
 * @param budget declared compute units for a callback, 0 if none was declared
 */
public record Entry(
    String name,
    long discriminator,
    Kind kind,
    String function,
    boolean isPublic,
    long budget,
    List<Parameter> parameters,
    List<Account> accounts,
    Span span) {
  public Entry {
    parameters = List.copyOf(parameters);
    accounts = List.copyOf(accounts);
  }

  /** What an entry is for. */
  public enum Kind {
    /** Called by users. */
    INSTRUCTION,
    /** Runs once per deployment. */
    STARTUP,
    /** Creates or grows the program's maps; generated. */
    CREATE_MAPS,
    /** Called by the runtime. */
    CALLBACK
  }

  /** A Borsh parameter; the type is written as in the source, such as {@code u64}. */
  public record Parameter(String name, String type) {}

  /**
   * An account that the entry takes, in order.
   *
   * @param map the map that lives in this account, or null
   * @param address the only account that fits, 32 bytes, or null if the caller chooses
   */
  public record Account(
      String name,
      boolean signer,
      boolean writable,
      @Nullable String map,
      byte @Nullable [] address) {}
}
