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
 * <p>The function is cut into parts with an island behind each. A jump reaches every line of some
 * parts on either side of its own, islands included, as long as those are not crowded; where they
 * are, more and smaller parts share the jumps among them.
 */
final class LongJumps {
  /** A function of at most so many slots has no jump that is too long. */
  static final int SHORT = 32_000;

  /** So far a jump goes. */
  private static final int LONGEST = Short.MAX_VALUE;

  private static final List<Cut> CUTS =
      List.of(new Cut(8_000, 2), new Cut(2_000, 9), new Cut(500, 30), new Cut(200, 60));

  /**
   * A way to cut a function.
   *
   * @param part the least slots of a part
   * @param reach how many parts a jump goes beyond its own
   */
  private record Cut(int part, int reach) {
    /** So many further slots a part may have, so that it ends where control does not go on. */
    int slack() {
      return part / 8;
    }
  }

  private final Cut cut;
  private final List<Line> lines;
  private final int[] parts;
  private final Map<Integer, Integer> places = new HashMap<>();

  /** Of each part, the jumps on the island behind it: the labels that they go to, and their own. */
  private final List<Map<Integer, Integer>> islands = new ArrayList<>();

  private int labels;

  private LongJumps(Cut cut, List<Line> lines) {
    this.cut = cut;
    this.lines = lines;
    this.parts = new int[lines.size()];
    divide();
  }

  /** The lines, with islands if there are many. */
  static List<Line> bridge(List<Line> lines) {
    if (slots(lines) <= SHORT) {
      return lines;
    }
    List<Line> bridged = lines;
    for (Cut cut : CUTS) {
      bridged = new LongJumps(cut, lines).run();
      if (reaches(bridged)) {
        break;
      }
    }
    return bridged;
  }

  private static int slots(List<Line> lines) {
    int slots = 0;
    for (Line line : lines) {
      slots += line.slots();
    }
    return slots;
  }

  /** Whether no jump goes further than one can. */
  private static boolean reaches(List<Line> lines) {
    Map<Integer, Integer> marks = new HashMap<>();
    int slot = 0;
    for (Line line : lines) {
      if (line instanceof Line.Mark mark) {
        marks.put(mark.label(), slot);
      }
      slot += line.slots();
    }
    slot = 0;
    for (Line line : lines) {
      slot += line.slots();
      if (line instanceof Line.Step step && step.target() != Line.NONE) {
        int distance = marks.getOrDefault(step.target(), slot) - slot;
        if (Math.abs(distance) > LONGEST) {
          return false;
        }
      }
    }
    return true;
  }

  private void divide() {
    int part = 0;
    int slots = 0;
    for (int i = 0; i < lines.size(); i++) {
      boolean isFull = slots >= cut.part && (slots >= cut.part + cut.slack() || endsBefore(i));
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
              ? new Line.Step(step.code(), next(step.target(), parts[i], true))
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

  /** Where a jump to a label goes first, from a part or from the island behind it. */
  private int next(int label, int from, boolean isInside) {
    int to = places.getOrDefault(label, from);
    if (to > from + cut.reach) {
      return on(label, stop(label, from + (isInside ? 0 : 1)));
    }
    int least = isInside ? to : to - 1;
    return least < from - cut.reach ? on(label, stop(label, from - cut.reach)) : label;
  }

  /**
   * The part behind which a jump to a label stops over, among as many from a first one on as it
   * reaches: labels are spread over islands, and all jumps to one use the same.
   */
  private int stop(int label, int first) {
    return first + Math.floorMod(label - first, cut.reach);
  }

  /** The label of a jump to a label that lies on the island behind a part. */
  private int on(int label, int part) {
    Integer known = islands.get(part).get(label);
    if (known == null) {
      known = labels++;
      islands.get(part).put(label, known);
      next(label, part, false);
    }
    return known;
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
          out.add(jump(next(label, part, false)));
        });
    out.add(new Line.Mark(over));
  }

  private static Line jump(int label) {
    return new Line.Step(new Code(Opcode.JA, 0, 0, 0, 0, null, Span.none()), label);
  }
}
