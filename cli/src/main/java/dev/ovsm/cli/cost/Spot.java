package dev.ovsm.cli.cost;

import dev.ovsm.elf.LineTable;
import dev.ovsm.sbpf.asm.LineEntry;
import dev.ovsm.verifier.Cost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line of a source, or instructions that follow each other where no line is known, with what it
 * adds to a worst case.
 *
 * @param file empty where no line is known
 * @param from the line, or the first instruction
 * @param to the line, or the last instruction
 * @param times how often it runs, or the instruction of it that runs most
 */
record Spot(String file, int from, int to, long times, long units) {
  private static final Comparator<Spot> MOST_FIRST =
      Comparator.comparingLong(Spot::units)
          .reversed()
          .thenComparing(Spot::file)
          .thenComparingInt(Spot::from);

  /** The spots of an entry's worst case, what takes the most first. */
  static List<Spot> of(Cost cost, LineTable lines) {
    Map<String, Spot> byLine = new TreeMap<>();
    List<Spot> all = new ArrayList<>();
    for (Cost.InstructionCost one : cost.instructions()) {
      LineEntry line = lines.find(one.pc()).orElse(null);
      if (line != null) {
        Spot spot = new Spot(line.file(), line.line(), line.line(), one.times(), one.units());
        byLine.merge(line.file() + ":" + line.line(), spot, Spot::with);
      } else if (!all.isEmpty() && all.get(all.size() - 1).goesOn(one)) {
        Spot last = all.remove(all.size() - 1);
        all.add(new Spot("", last.from, one.pc(), last.times, last.units + one.units()));
      } else {
        all.add(new Spot("", one.pc(), one.pc(), one.times(), one.units()));
      }
    }
    all.addAll(byLine.values());
    all.sort(MOST_FIRST);
    return all;
  }

  /** Whether an instruction comes right after these and runs as often. */
  private boolean goesOn(Cost.InstructionCost next) {
    return next.times() == times && next.pc() - to <= 2;
  }

  private Spot with(Spot other) {
    return new Spot(file, from, to, Math.max(times, other.times), units + other.units);
  }

  /** Where it is, in words. */
  String place() {
    if (!file.isEmpty()) {
      return file + ":" + from;
    }
    return from == to ? "instruction " + from : "instructions " + from + "–" + to;
  }
}
