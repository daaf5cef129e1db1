package dev.ovsm.backend.layout;

import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leads jumps of a long function over islands: the offset of a jump has 16 bits, so one that goes
 * further goes to a jump on its way, which goes on.
 *
 * <p>The function is cut into parts with an island behind each. A jump reaches every line of the
 * two parts on either side of its own, islands included, as long as those are not crowded.
 */
final class LongJumps {
  /** A function of at most so many slots has no jump that is too long. */
  private static final int SHORT = 32_000;

  private static final int PART = 8_000;

  /** So many further slots a part may have, so that it ends where control does not go on. */
  private static final int SLACK = 1_000;

  private static final int REACH = 2;

  private final List<Line> lines;
  private final int[] parts;
  private final Map<Integer, Integer> places = new HashMap<>();

  /** Of each part, the jumps on the island behind it: the labels that they go to, and their own. */
  private final List<Map<Integer, Integer>> islands = new ArrayList<>();

  private int labels;

  private LongJumps(List<Line> lines) {
    this.lines = lines;
    this.parts = new int[lines.size()];
    cut();
  }

  /** The lines, with islands if there are many. */
  static List<Line> bridge(List<Line> lines) {
    int slots = 0;
    for (Line line : lines) {
      slots += line.slots();
    }
    return slots <= SHORT ? lines : new LongJumps(lines).run();
  }

  private void cut() {
    int part = 0;
    int slots = 0;
    for (int i = 0; i < lines.size(); i++) {
      boolean isFull = slots >= PART && (slots >= PART + SLACK || endsBefore(i));
      if (isFull) {
        part++;
        slots = 0;
      }
      parts[i] = part;
      slots += lines.get(i).slots();
      if (lines.get(i) instanceof Line.Mark mark) {
        places.put(mark.label(), part);
        labels = Math.max(labels, mark.label() + 1);
      }
    }
    for (int i = 0; i <= part; i++) {
      islands.add(new LinkedHashMap<>());
    }
  }

  /** Whether control never comes from the line before. */
  private boolean endsBefore(int line) {
    return line > 0
        && lines.get(line - 1) instanceof Line.Step step
        && (step.code().op() == Opcode.EXIT || step.code().op() == Opcode.JA);
  }

  private List<Line> run() {
    List<Line> near = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      near.add(
          line instanceof Line.Step step && step.target() != Line.NONE
              ? new Line.Step(step.code(), first(step.target(), parts[i]))
              : line);
    }
    List<Line> all = new ArrayList<>(lines.size());
    for (int i = 0; i < near.size(); i++) {
      if (i > 0 && parts[i] > parts[i - 1]) {
        island(parts[i - 1], endsBefore(i), all);
      }
      all.add(near.get(i));
    }
    return all;
  }

  /** Where a jump from a part to a label goes first. */
  private int first(int label, int from) {
    int to = places.getOrDefault(label, from);
    if (to > from + REACH) {
      return on(label, from + 1);
    }
    return to < from - REACH ? on(label, from - REACH) : label;
  }

  /** The label of a jump to a label that lies on the island behind a part. */
  private int on(int label, int part) {
    Integer known = islands.get(part).get(label);
    if (known == null) {
      known = labels++;
      islands.get(part).put(label, known);
      next(label, part);
    }
    return known;
  }

  /** Where a jump from the island behind a part to a label goes. */
  private int next(int label, int part) {
    int to = places.getOrDefault(label, part);
    if (to > part + REACH) {
      return on(label, part + REACH);
    }
    return to <= part - REACH ? on(label, part - REACH) : label;
  }

  private void island(int part, boolean isApart, List<Line> out) {
    Map<Integer, Integer> jumps = islands.get(part);
    if (jumps.isEmpty()) {
      return;
    }
    int over = labels++;
    if (!isApart) {
      out.add(jump(over));
    }
    jumps.forEach(
        (label, own) -> {
          out.add(new Line.Mark(own));
          out.add(jump(next(label, part)));
        });
    out.add(new Line.Mark(over));
  }

  private static Line jump(int label) {
    return new Line.Step(new Code(Opcode.JA, 0, 0, 0, 0, null, Span.none()), label);
  }
}
