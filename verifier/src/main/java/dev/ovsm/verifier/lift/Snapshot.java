package dev.ovsm.verifier.lift;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which nodes of a graph the machine holds before an instruction.
 *
 * @param function the graph's index in the subject
 * @param block the block of the graph that the instruction lies in
 * @param registers the nodes of r0 to r10, -1 where none is known
 * @param words the nodes of bytes in the frame
 */
public record Snapshot(
    int function, int pc, int block, int[] registers, SortedMap<Word, Integer> words) {
  /** Bytes at a distance from the frame pointer. */
  public record Word(long from, int bytes) implements Comparable<Word> {
    @Override
    public int compareTo(Word other) {
      return from != other.from ? Long.compare(from, other.from) : bytes - other.bytes;
    }
  }

  /** Takes a snapshot of what a function's values are. */
  static Snapshot of(int function, int pc, int block, int[] values, Variables variables) {
    int[] registers = new int[State.REGISTERS];
    System.arraycopy(values, 0, registers, 0, registers.length);
    SortedMap<Word, Integer> words = new TreeMap<>();
    for (int v = State.REGISTERS; v < values.length; v++) {
      Variables.Cell cell = variables.cell(v);
      if (values[v] >= 0 && cell.isInFrame()) {
        words.put(new Word(cell.from(), cell.bytes()), values[v]);
      }
    }
    return new Snapshot(function, pc, block, registers, words);
  }
}
