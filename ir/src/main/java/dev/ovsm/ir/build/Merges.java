package dev.ovsm.ir.build;

import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * Finds where a variable needs a block parameter: in the iterated dominance frontier of its writes,
 * as far as its value is still wanted there. A variable written once needs none.
 */
final class Merges {
  private final List<Draft> drafts;
  private final Cfg cfg;
  private final Dominators dominators;
  private final List<List<Integer>> writers;
  private final List<List<Integer>> readers;
  private final List<List<Variable>> merged = new ArrayList<>();
  private final List<Variable> several = new ArrayList<>();

  /** Marks of the variable at hand: the block is marked if the entry equals the variable's turn. */
  private final int[] wanted;

  private final int[] writes;
  private final int[] placed;

  Merges(List<Draft> drafts, int variables, Cfg cfg, Dominators dominators) {
    this.drafts = drafts;
    this.cfg = cfg;
    this.dominators = dominators;
    this.writers = lists(variables);
    this.readers = lists(variables);
    this.wanted = new int[drafts.size()];
    this.writes = new int[drafts.size()];
    this.placed = new int[drafts.size()];
    for (int i = 0; i < drafts.size(); i++) {
      merged.add(new ArrayList<>());
    }
    scan(variables);
    several.sort(Comparator.comparingInt(Variable::id));
  }

  List<List<Variable>> find() {
    if (!several.isEmpty()) {
      int[][] frontiers = frontiers();
      for (int turn = 1; turn <= several.size(); turn++) {
        Variable variable = several.get(turn - 1);
        markWanted(variable, turn);
        place(variable, turn, frontiers);
      }
    }
    return merged;
  }

  private static List<List<Integer>> lists(int count) {
    List<List<Integer>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  private void scan(int variables) {
    int[] writtenIn = new int[variables];
    int[] readIn = new int[variables];
    int[] count = new int[variables];
    Arrays.fill(writtenIn, -1);
    Arrays.fill(readIn, -1);
    for (int block : cfg.order()) {
      for (Draft.Step step : drafts.get(block).steps) {
        if (step instanceof Draft.Write write) {
          int id = write.variable().id();
          if (writtenIn[id] != block) {
            writtenIn[id] = block;
            writers.get(id).add(block);
          }
          if (++count[id] == 2) {
            several.add(write.variable());
          }
        } else if (step instanceof Draft.Read read) {
          int id = read.variable().id();
          if (writtenIn[id] != block && readIn[id] != block) {
            readIn[id] = block;
            readers.get(id).add(block);
          }
        }
      }
    }
  }

  /** Marks the blocks at whose start the variable's value may still be read. */
  private void markWanted(Variable variable, int turn) {
    for (int block : writers.get(variable.id())) {
      writes[block] = turn;
    }
    Deque<Integer> work = new ArrayDeque<>();
    for (int block : readers.get(variable.id())) {
      wanted[block] = turn;
      work.add(block);
    }
    while (!work.isEmpty()) {
      for (int predecessor : cfg.predecessors(work.remove())) {
        if (writes[predecessor] != turn && wanted[predecessor] != turn) {
          wanted[predecessor] = turn;
          work.add(predecessor);
        }
      }
    }
  }

  private void place(Variable variable, int turn, int[][] frontiers) {
    Deque<Integer> work = new ArrayDeque<>(writers.get(variable.id()));
    while (!work.isEmpty()) {
      for (int block : frontiers[work.remove()]) {
        if (placed[block] != turn && wanted[block] == turn) {
          placed[block] = turn;
          merged.get(block).add(variable);
          if (writes[block] != turn) {
            work.add(block);
          }
        }
      }
    }
  }

  /** The dominance frontier of each block. */
  private int[][] frontiers() {
    List<List<Integer>> frontiers = lists(cfg.size());
    int[] last = new int[cfg.size()];
    Arrays.fill(last, -1);
    for (int block : cfg.order()) {
      int[] predecessors = cfg.predecessors(block);
      if (predecessors.length < 2) {
        continue;
      }
      for (int predecessor : predecessors) {
        // A runner that meets another one's trail of this block has nothing left to add.
        for (int at = predecessor;
            at != dominators.parent(block) && last[at] != block;
            at = dominators.parent(at)) {
          last[at] = block;
          frontiers.get(at).add(block);
        }
      }
    }
    return frontiers.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
