package dev.ovsm.verifier;

import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.lift.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the machine may hold before an instruction, in any execution that enters the program.
 *
 * @param registers r0 to r10
 * @param words bytes of the frame of which something is known
 */
public record State(List<Word> registers, SortedMap<Snapshot.Word, Word> words) {
  public State {
    registers = List.copyOf(registers);
    words = Collections.unmodifiableSortedMap(new TreeMap<>(words));
  }

  /** What is found of a snapshot. */
  static State of(Snapshot at, Examination examination) {
    List<Word> registers = new ArrayList<>();
    for (int node : at.registers()) {
      registers.add(examination.values(at.function(), node, at.block()));
    }
    SortedMap<Snapshot.Word, Word> words = new TreeMap<>();
    at.words()
        .forEach((w, node) -> words.put(w, examination.values(at.function(), node, at.block())));
    return new State(registers, words);
  }

  /** What holds if either may be meant: code can belong to several functions. */
  State join(State other) {
    List<Word> all = new ArrayList<>();
    for (int i = 0; i < registers.size(); i++) {
      all.add(registers.get(i).join(other.registers.get(i)));
    }
    SortedMap<Snapshot.Word, Word> both = new TreeMap<>(words);
    both.keySet().retainAll(other.words.keySet());
    both.replaceAll((at, word) -> word.join(other.words.getOrDefault(at, Word.any())));
    return new State(all, both);
  }
}
