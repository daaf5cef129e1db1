package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Place;
import java.util.List;
import java.util.Optional;

/**
 * A call of the runtime.
 *
 * @param syscall what is called, empty if the syscall table does not know it
 * @param symbol its name, or its hash if there is no name
 * @param arguments what the argument registers can hold, as many as are passed
 * @param times how often an execution of its function makes the call at most
 */
public record CallSite(
    Optional<Syscall> syscall,
    String symbol,
    List<Word> arguments,
    String function,
    long times,
    Place place) {
  public CallSite {
    arguments = List.copyOf(arguments);
  }

  /** What an argument register can hold, by index from 0; anything if it is not passed. */
  public Word argument(int index) {
    return index < arguments.size() ? arguments.get(index) : Word.any();
  }
}
