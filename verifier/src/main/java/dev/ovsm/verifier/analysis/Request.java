package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Place;
import java.util.List;
import java.util.Map;

/**
 * A call that asks the runtime to watch, to subscribe or to schedule.
 *
 * @param arguments what the argument registers can hold
 * @param fromNow of those that are slots, how many after the current one, as far as that is known
 * @param contents what the memory can hold that says more: of criteria field, operation, what is
 *     reserved, offset, mask, threshold, what is reserved; of an argument structure its words; of
 *     an event's description what {@link #layout} lists
 */
public record Request(
    Syscall syscall,
    List<Word> arguments,
    Map<Integer, Word> fromNow,
    List<Word> contents,
    Place place,
    String function) {
  public Request {
    arguments = List.copyOf(arguments);
    fromNow = Map.copyOf(fromNow);
    contents = List.copyOf(contents);
  }

  /** Fields in memory: by way of which argument, how far from it, and the width of each. */
  record Layout(int argument, long from, List<Integer> widths) {}

  private static final List<Integer> CRITERIA = List.of(1, 1, 2, 4, 8, 8, 8);
  private static final Layout NONE = new Layout(0, 0, List.of());
  private static final int KEY_BYTES = 32;
  private static final int PROGRAM_EVENT = 6;

  /** Where a call has what its arguments do not say. */
  static Layout layout(Syscall syscall, List<Word> arguments) {
    return switch (syscall) {
      case SOL_WATCH_ACCOUNT -> new Layout(1, 0, CRITERIA);
      case SOL_WATCHER_CREATE_THRESHOLD, SOL_WATCHER_CREATE_PATTERN ->
          new Layout(4, 0, List.of(8, 8, 8));
      case SOL_SUBSCRIBE_EVENT -> trigger(arguments.get(0));
      default -> NONE;
    };
  }

  private static Layout trigger(Word type) {
    return switch (type.isConstant() ? (int) type.umin() : -1) {
      case 3 -> new Layout(1, KEY_BYTES, CRITERIA);
      case 4 -> new Layout(1, KEY_BYTES, List.of(8, 8));
      case 5 -> new Layout(1, KEY_BYTES, List.of(8));
      case PROGRAM_EVENT -> new Layout(1, KEY_BYTES, List.of(1));
      case 7 -> new Layout(1, KEY_BYTES, List.of(2));
      default -> NONE;
    };
  }

  /** Whether a call subscribes to an event by its name, behind which there is a filter. */
  static boolean isNamed(Syscall syscall, List<Word> arguments) {
    return syscall == Syscall.SOL_SUBSCRIBE_EVENT
        && arguments.get(0).equals(Word.constant(PROGRAM_EVENT));
  }

  /** The field after the name of an event, whose length is known. */
  static Layout filter(Word name) {
    return new Layout(1, KEY_BYTES + 1 + name.umin(), List.of(2));
  }
}
