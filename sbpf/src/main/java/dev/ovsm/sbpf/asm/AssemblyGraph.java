package dev.ovsm.sbpf.asm;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prints the control flow of an {@link Assembly} in the language of Graphviz: a box for each block
 * of instructions that are executed one after the other, a frame around those of a function.
 *
 * <p>Calls are not edges: they come back.
 */
public final class AssemblyGraph {
  private final Assembly assembly;
  private final Map<String, Integer> labels = new HashMap<>();
  private final TreeMap<Integer, Assembly.Item> lines = new TreeMap<>();
  private final TreeMap<Integer, String> functions = new TreeMap<>();
  private final NavigableSet<Integer> starts = new TreeSet<>();
  private final List<String> edges = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  private AssemblyGraph(Assembly assembly) {
    this.assembly = assembly;
  }

  /** The graph as text, each line ended by {@code \n}. */
  public static String dot(Assembly assembly) {
    AssemblyGraph graph = new AssemblyGraph(assembly);
    graph.number();
    graph.cut();
    return graph.print();
  }

  /** Gives every line of code its slot. */
  private void number() {
    int pc = 0;
    for (Assembly.Item item : assembly.items()) {
      if (item instanceof Assembly.Label label) {
        labels.putIfAbsent(label.name(), pc);
        if (!Assembly.isLocal(label.name()) || label.name().equals(assembly.entry())) {
          functions.putIfAbsent(pc, label.name());
        }
      } else if (item instanceof Assembly.Code code) {
        lines.put(pc, code);
        pc += code.insn().op().slots();
      } else if (item instanceof Assembly.RawSlot) {
        lines.put(pc++, item);
      }
    }
  }

  /** Finds where blocks and functions begin. */
  private void cut() {
    lines.forEach(
        (pc, line) -> {
          if (line instanceof Assembly.Code code) {
            Family family = code.insn().op().family();
            Reference reference = code.reference();
            if (family.jumps()) {
              starts.add(target(code, pc));
            }
            if (family.jumps() || family == Family.EXIT) {
              starts.add(pc + 1);
            }
            boolean isAddress = family == Family.CALL || family == Family.LDDW;
            Integer label = reference == null ? null : labels.get(reference.name());
            if (isAddress && reference != null && label != null) {
              functions.putIfAbsent(label, reference.name());
            }
          }
        });
    functions.putIfAbsent(0, ".function_0");
    functions.keySet().retainAll(lines.keySet());
    starts.addAll(functions.keySet());
    starts.retainAll(lines.keySet());
  }

  private int target(Assembly.Code jump, int pc) {
    Reference reference = jump.reference();
    Integer label = reference == null ? null : labels.get(reference.name());
    return label == null ? jump.insn().target(pc) : label;
  }

  private String print() {
    out.append("digraph program {\n");
    out.append("  node [shape=box, fontname=monospace, fontsize=10];\n");
    functions.forEach(
        (start, name) -> {
          Integer next = functions.higherKey(start);
          int end = next == null ? lines.lastKey() + 1 : next;
          out.append(String.format(Locale.ROOT, "  subgraph cluster_%d {\n", start));
          out.append("    label=\"").append(escaped(name)).append("\";\n");
          starts.subSet(start, end).forEach(this::block);
          out.append("  }\n");
        });
    edges.forEach(edge -> out.append("  ").append(edge).append('\n'));
    return out.append("}\n").toString();
  }

  private void block(int start) {
    Integer end = starts.higher(start);
    out.append("    b").append(start).append(" [label=\"");
    int last = start;
    for (int pc : lines.subMap(start, end == null ? lines.lastKey() + 1 : end).keySet()) {
      out.append(pc).append(": ").append(escaped(text(pc))).append("\\l");
      last = pc;
    }
    out.append("\"];\n");
    leave(start, last);
  }

  private String text(int pc) {
    Assembly.Item line = lines.get(pc);
    if (line instanceof Assembly.Code code) {
      return InsnPrinter.print(assembly.version(), code.insn(), code.reference());
    }
    return line instanceof Assembly.RawSlot slot
        ? String.format(Locale.ROOT, ".slot 0x%016x", slot.bits())
        : "";
  }

  /** Adds the edges from a block to those that its last line goes on to. */
  private void leave(int start, int last) {
    int next = last + 1;
    if (lines.get(last) instanceof Assembly.Code code) {
      Insn insn = code.insn();
      next = last + insn.op().slots();
      if (insn.op().family().jumps()) {
        boolean isConditional = insn.op().family().isConditional();
        edge(start, target(code, last), isConditional ? " [label=yes]" : "");
        if (isConditional) {
          edge(start, next, " [label=no]");
        }
        return;
      }
      if (insn.op() == Opcode.EXIT) {
        return;
      }
    }
    edge(start, next, "");
  }

  private void edge(int from, int to, String style) {
    if (starts.contains(to)) {
      edges.add("b" + from + " -> b" + to + style + ";");
    }
  }

  private static String escaped(String text) {
    return Names.oneLine(text).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
