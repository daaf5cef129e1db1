package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Place;
import java.util.List;

/**
 * A call that asks the runtime to watch, to subscribe or to schedule.
 *
 * @param arguments what the argument registers can hold
 * @param criteria of {@code sol_watch_account} what its criteria can be: field, operation, what is
 *     reserved, offset, mask, threshold, what is reserved
 */
public record Request(
    Syscall syscall, List<Word> arguments, List<Word> criteria, Place place, String function) {
  public Request {
    arguments = List.copyOf(arguments);
    criteria = List.copyOf(criteria);
  }

  /** The widths of the criteria's fields, in bytes. */
  static final List<Integer> CRITERIA = List.of(1, 1, 2, 4, 8, 8, 8);
}
