package dev.ovsm.verifier.graph;

import java.util.List;
import java.util.SortedMap;

/**
 * What is verified: functions that call each other, and the places where the runtime enters them.
 *
 * @param dispatcher index of the function through which the runtime reaches every root, or -1 if
 *     roots are entered directly
 * @param arrays the roots that each program array leads to, by map id
 * @param symbols names of syscalls that the syscall table does not know, by hash
 * @param exact arithmetic that claims to fit its type
 * @param untyped whether any word may be an address, as in machine code
 * @param area what may be accessed at addresses that are numbers
 * @param away what all that is found rests on, and must be shown
 */
public record Subject(
    List<Graph> graphs,
    List<Root> roots,
    int dispatcher,
    SortedMap<Integer, List<Integer>> arrays,
    SortedMap<Integer, String> symbols,
    List<Exact> exact,
    boolean untyped,
    Area area,
    List<Away> away) {
  public Subject {
    graphs = List.copyOf(graphs);
    roots = List.copyOf(roots);
    exact = List.copyOf(exact);
    away = List.copyOf(away);
  }
}
