package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Which events a subscription wants. */
sealed interface EventFilter {

  /**
   * Events that programs emit.
   *
   * @param source the emitting program, or null for any
   * @param id the event's id, compared whole
   * @param prefix what the event's data must begin with
   */
  record Emitted(@Nullable Pubkey source, EventId id, byte[] prefix) implements EventFilter {
    boolean accepts(Pubkey program, byte[] data) {
      return (source == null || source.equals(program)) && startsWith(data, prefix);
    }
  }

  /**
   * Successful invocations of another program.
   *
   * @param callee the invoked program
   * @param prefix what the return data must begin with
   */
  record Returned(Pubkey callee, byte[] prefix) implements EventFilter {
    boolean accepts(Pubkey program, byte[] returnData) {
      return callee.equals(program) && startsWith(returnData, prefix);
    }
  }

  private static boolean startsWith(byte[] data, byte[] prefix) {
    return data.length >= prefix.length
        && Arrays.equals(data, 0, prefix.length, prefix, 0, prefix.length);
  }
}
