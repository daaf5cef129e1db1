package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Place;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an execution that takes the most is made of.
 *
 * @param shares which come to all that it takes
 * @param calls how often each function is entered, by its index in the subject
 */
public record Split(List<Share> shares, SortedMap<Integer, Long> calls) {
  public Split {
    shares = List.copyOf(shares);
    calls = new TreeMap<>(calls);
  }

  /**
   * The instructions of a block, or one call of the runtime.
   *
   * @param function its index in the subject
   * @param place the block's first instruction, or the call
   * @param instructions how many follow each other from there, none of a call of the runtime
   * @param times how often they run
   * @param units what they take in all
   */
  public record Share(int function, Place place, long instructions, long times, long units) {}
}
