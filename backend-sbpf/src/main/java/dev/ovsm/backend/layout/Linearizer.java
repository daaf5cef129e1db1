package dev.ovsm.backend.layout;

import dev.ovsm.backend.machine.Exit;
import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.backend.machine.MachineInst.Code;
import dev.ovsm.backend.machine.Opcodes;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a function's blocks one behind the other: jumps to the next line vanish, ways out follow
 * the last block, one for each code and all who fail with it; in a long function they follow every
 * stretch of it that control does not go on from.
 */
final class Linearizer {
  /** An end of up to so many instructions is copied: a jump saved, no more than two added. */
  private static final int SHORT_END = 3;

  /** A stretch has so many slots with its ways out, and some more until control does not go on. */
  private static final int STRETCH = 16_000;

  /** With so many it ends though control goes on, which then jumps over the ways out. */
  private static final int LONGEST = 30_000;

  private final MachineFunction function;
  private final List<Line> lines = new ArrayList<>();
  private final Map<Exit, Integer> exits = new LinkedHashMap<>();
  private final Map<Exit, Span> spans = new LinkedHashMap<>();
  private int labels;

  /** The first line of the stretch at hand, the first of it not counted, slots with ways out. */
  private int start;

  private int counted;
  private int slots;

  private Linearizer(MachineFunction function) {
    this.function = function;
    this.labels = function.blocks().size();
  }

  /** The lines; labels below the number of blocks are those of blocks. */
  static List<Line> lines(MachineFunction function) {
    Linearizer linearizer = new Linearizer(function);
    int[] order = BlockOrder.of(function);
    for (int i = 0; i < order.length; i++) {
      int next = i + 1 < order.length ? order[i + 1] : Line.NONE;
      linearizer.block(function.blocks().get(order[i]), next);
      linearizer.endStretch(next);
    }
    return linearizer.reached();
  }

  private void block(MachineBlock block, int next) {
    lines.add(new Line.Mark(block.id()));
    int end = block.end();
    for (MachineInst inst : block.insts().subList(0, end)) {
      if (inst instanceof Code code) {
        step(code);
      }
    }
    List<MachineInst> jumps = block.insts().subList(end, block.insts().size());
    if (jumps.size() == 2
        && jumps.get(0) instanceof Code first
        && jumps.get(1) instanceof Code second
        && first.link() instanceof Link.Edge then
        && second.link() instanceof Link.Edge otherwise) {
      branch(first, then.block(), second, otherwise.block(), next);
    } else {
      for (MachineInst inst : jumps) {
        if (inst instanceof Code code) {
          if (code.link() instanceof Link.Edge edge) {
            jump(code, edge.block(), next);
          } else {
            step(code);
          }
        }
      }
    }
  }

  private void branch(Code first, int then, Code second, int otherwise, int next) {
    boolean oftener =
        function.blocks().get(otherwise).frequency() > function.blocks().get(then).frequency();
    boolean turns = Opcodes.hasOpposite(first.op());
    if (turns && (then == next || (otherwise != next && oftener))) {
      lines.add(new Line.Step(negated(first), otherwise));
      jump(second, then, next);
    } else {
      lines.add(new Line.Step(first, then));
      jump(second, otherwise, next);
    }
  }

  private void jump(Code code, int target, int next) {
    if (target == next) {
      return;
    }
    MachineBlock block = function.blocks().get(target);
    if (isShortEnd(block)) {
      block.insts().forEach(inst -> step((Code) inst));
    } else {
      lines.add(new Line.Step(code, target));
    }
  }

  private static boolean isShortEnd(MachineBlock block) {
    return block.insts().size() <= SHORT_END
        && block.insts().get(block.insts().size() - 1) instanceof Code code
        && code.op() == Opcode.EXIT;
  }

  /** Writes the ways out if the function or a long stretch ends, or is far too long. */
  private void endStretch(int next) {
    while (counted < lines.size()) {
      slots += lines.get(counted++).slots();
    }
    boolean goesOn = next != Line.NONE && !endsHere();
    if (goesOn && slots >= LONGEST) {
      lines.add(new Line.Step(new Code(Opcode.JA, 0, 0, 0, 0, null, Span.none()), next));
      goesOn = false;
    }
    if (next == Line.NONE || (slots >= STRETCH && !goesOn)) {
      leave();
    }
  }

  private boolean endsHere() {
    return lines.get(lines.size() - 1) instanceof Line.Step last
        && (last.code().op() == Opcode.EXIT || last.code().op() == Opcode.JA);
  }

  /** Ends the stretch with the ways out that it takes. */
  private void leave() {
    placeJumps();
    exits.forEach(this::exit);
    exits.clear();
    spans.clear();
    start = lines.size();
    counted = start;
    slots = 0;
  }

  /** Drops lines that nothing reaches: behind a line that never goes on, up to a label in use. */
  private List<Line> reached() {
    Set<Integer> used = new HashSet<>();
    for (Line line : lines) {
      if (line instanceof Line.Step step) {
        used.add(step.target());
      }
    }
    List<Line> reached = new ArrayList<>();
    boolean open = true;
    for (Line line : lines) {
      if (line instanceof Line.Mark mark) {
        open |= used.contains(mark.label());
      }
      if (open) {
        reached.add(line);
      }
      if (line instanceof Line.Step step) {
        open &= step.code().op() != Opcode.EXIT && step.code().op() != Opcode.JA;
      }
    }
    return reached;
  }

  private void step(Code code) {
    if (code.link() instanceof Link.Out out) {
      Integer label = exits.get(out.exit());
      if (label == null) {
        label = labels++;
        exits.put(out.exit(), label);
        slots += slots(out.exit());
        spans.put(out.exit(), out.place());
      } else if (!out.place().equals(spans.get(out.exit()))) {
        // Several places leave this way: it belongs to none of them.
        spans.put(out.exit(), Span.none());
      }
      lines.add(new Line.Step(code, label));
    } else {
      lines.add(new Line.Step(code, Line.NONE));
    }
  }

  private int slots(Exit exit) {
    return exit instanceof Exit.Failure failure
        ? loading(failure.code()).slots() + (function.hasStatus() ? 2 : 1)
        : 1;
  }

  private void exit(Exit exit, int label) {
    int leaving = exit instanceof Exit.Propagate ? leaving() : -1;
    if (leaving >= 0) {
      lines.add(leaving, new Line.Mark(label));
      return;
    }
    lines.add(new Line.Mark(label));
    Span span = spans.getOrDefault(exit, Span.none());
    if (exit instanceof Exit.Failure failure) {
      constant(Location.RESULT, failure.code(), span);
      if (function.hasStatus()) {
        constant(Location.STATUS, 1, span);
      }
    }
    lines.add(new Line.Step(new Code(Opcode.EXIT, 0, 0, 0, 0, null, span), Line.NONE));
  }

  /** Of a way out that several places share only the jumps to it can tell what leaves there. */
  private void placeJumps() {
    for (int i = start; i < lines.size(); i++) {
      if (lines.get(i) instanceof Line.Step step
          && step.code().link() instanceof Link.Out out
          && Span.none().equals(spans.get(out.exit()))) {
        lines.set(i, new Line.Step(step.code().at(out.place()), step.target()));
      }
    }
  }

  /** The index of the stretch's first line that returns, or -1. */
  private int leaving() {
    for (int i = start; i < lines.size(); i++) {
      if (lines.get(i) instanceof Line.Step step && step.code().op() == Opcode.EXIT) {
        return i;
      }
    }
    return -1;
  }

  private void constant(int register, long value, Span span) {
    lines.add(
        new Line.Step(new Code(loading(value), register, 0, 0, value, null, span), Line.NONE));
  }

  private static Opcode loading(long value) {
    return value == (int) value ? Opcode.MOV64_IMM : Opcode.LDDW;
  }

  private static Code negated(Code jump) {
    return new Code(
        Opcodes.opposite(jump.op()),
        jump.dst(),
        jump.src(),
        0,
        jump.imm(),
        jump.link(),
        jump.span());
  }
}
