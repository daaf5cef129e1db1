package dev.ovsm.backend.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jumps that no instruction reaches come to their labels by way of islands. */
class LongJumpsTest {
  private static final int LONGEST = 32_767;

  /** {@code jumps} jumps, steps, as many labels, steps, and the same jumps again. */
  private static List<Line> crossing(int jumps, int steps) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < jumps; i++) {
      lines.add(jump(i));
    }
    addSteps(lines, steps);
    for (int i = 0; i < jumps; i++) {
      lines.add(new Line.Mark(jumps - 1 - i));
      addSteps(lines, 1);
    }
    addSteps(lines, steps);
    for (int i = 0; i < jumps; i++) {
      lines.add(jump(i));
    }
    lines.add(new Line.Step(new Code(Opcode.EXIT, 0, 0, 0, 0, null, Span.none()), Line.NONE));
    return lines;
  }

  private static Line jump(int label) {
    return new Line.Step(new Code(Opcode.JEQ64_IMM, 1, 0, 0, label, null, Span.none()), label);
  }

  private static void addSteps(List<Line> lines, int count) {
    for (int i = 0; i < count; i++) {
      Code step = new Code(Opcode.ADD64_IMM, 0, 0, 0, 1, null, Span.none());
      lines.add(new Line.Step(step, Line.NONE));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 40000", "1500, 40000", "5000, 40000", "18000, 60000"})
  void eachJumpComesToItsLabel(int jumps, int steps) {
    List<Line> lines = crossing(jumps, steps);
    List<Line> bridged = LongJumps.bridge(lines);
    Map<Integer, Integer> marks = new HashMap<>();
    for (int i = 0; i < bridged.size(); i++) {
      if (bridged.get(i) instanceof Line.Mark mark) {
        assertThat(marks.put(mark.label(), i)).isNull();
      }
    }
    int[] slots = new int[bridged.size() + 1];
    for (int i = 0; i < bridged.size(); i++) {
      slots[i + 1] = slots[i] + bridged.get(i).slots();
    }
    int arrived = 0;
    for (int i = 0; i < bridged.size(); i++) {
      if (bridged.get(i) instanceof Line.Step step && step.target() != Line.NONE) {
        int distance = slots[marks.getOrDefault(step.target(), 0)] - slots[i + 1];
        assertThat(Math.abs(distance)).isLessThanOrEqualTo(LONGEST);
        if (step.code().op() == Opcode.JEQ64_IMM) {
          assertThat(end(step.target(), bridged, marks)).isEqualTo(step.code().imm());
          arrived++;
        }
      }
    }
    assertThat(arrived).isEqualTo(2 * jumps);
  }

  /** The label that jumps lead to, past the islands that begin at a label. */
  private static int end(int label, List<Line> lines, Map<Integer, Integer> marks) {
    int at = label;
    while (lines.get(marks.getOrDefault(at, 0) + 1) instanceof Line.Step step
        && step.code().op() == Opcode.JA) {
      at = step.target();
    }
    return at;
  }
}
