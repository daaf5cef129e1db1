package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The activations given up, of each program the {@value #MOST} of the latest triggers. */
final class DeadLetters {
  static final int MOST = 1_024;

  private final NavigableMap<Pubkey, NavigableMap<Long, DeadLetter>> byProgram = new TreeMap<>();

  private final Consumer<DeadLetter> dropped;

  /** None yet; {@code dropped} is told which one had to make room for another. */
  DeadLetters(Consumer<DeadLetter> dropped) {
    this.dropped = dropped;
  }

  void add(DeadLetter letter) {
    Pubkey program = letter.registration().owner.program;
    NavigableMap<Long, DeadLetter> letters =
        byProgram.computeIfAbsent(program, p -> new TreeMap<>());
    letters.put(letter.seq(), letter);
    if (letters.size() > MOST) {
      dropped.accept(letters.pollFirstEntry().getValue());
    }
  }

  /** Takes the entry of a trigger out, if it is there. */
  Optional<DeadLetter> take(long seq) {
    for (NavigableMap<Long, DeadLetter> letters : byProgram.values()) {
      DeadLetter letter = letters.remove(seq);
      if (letter != null) {
        return Optional.of(letter);
      }
    }
    return Optional.empty();
  }

  /** Drops what a closed program left. */
  void forget(Pubkey program) {
    byProgram.remove(program);
  }

  /** All entries, program by program, oldest first. */
  List<DeadLetter> all() {
    List<DeadLetter> all = new ArrayList<>();
    byProgram.values().forEach(letters -> all.addAll(letters.values()));
    return all;
  }
}
