package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The activations given up, of each program the latest {@value #MOST}. */
final class DeadLetters {
  static final int MOST = 1_024;

  private final Map<Pubkey, Deque<DeadLetter>> byProgram = new LinkedHashMap<>();

  void add(DeadLetter letter) {
    Pubkey program = letter.registration().owner.program;
    Deque<DeadLetter> letters = byProgram.computeIfAbsent(program, p -> new ArrayDeque<>());
    if (letters.size() == MOST) {
      letters.removeFirst();
    }
    letters.add(letter);
  }

  /** Takes the entry of a trigger out, if it is there. */
  Optional<DeadLetter> take(long seq) {
    for (Deque<DeadLetter> letters : byProgram.values()) {
      Optional<DeadLetter> found = letters.stream().filter(l -> l.seq() == seq).findFirst();
      if (found.isPresent()) {
        letters.remove(found.get());
        return found;
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
    byProgram.values().forEach(all::addAll);
    return all;
  }
}
