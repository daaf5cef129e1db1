package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call of the runtime.
 *
 * @param syscall what is called, empty if the syscall table does not know it
 * @param symbol its name, or its hash if there is no name
 * @param arguments what the argument registers can hold, as many as are passed
 * @param units the compute units of one such call at most, calls of other programs apart
 * @param times how often an execution of its function makes the call at most
 */
public record CallSite(
    Optional<Syscall> syscall,
    String symbol,
    List<Word> arguments,
    String function,
    long units,
    long times,
    Place place) {
  public CallSite {
    arguments = List.copyOf(arguments);
  }

  /** What an argument register can hold, by index from 0; anything if it is not passed. */
  public Word argument(int index) {
    return index < arguments.size() ? arguments.get(index) : Word.any();
  }

  /**
   * A call that an instance makes.
   *
   * @param symbols names of calls that the table does not know, by hash
   */
  static CallSite of(Instance instance, Node node, int hash, Map<Integer, String> symbols) {
    List<Word> arguments = new ArrayList<>();
    for (int input : node.inputs()) {
      arguments.add(instance.ranges().in(input, node.block()));
    }
    long times = 1;
    Graph graph = instance.graph();
    int loop = graph.loops().innermost(node.block());
    while (loop >= 0) {
      LoopBound bound = instance.bounds().get(loop);
      long turns = bound == null ? LoopBound.NONE : bound.times();
      times = Saturated.product(times, Saturated.sum(turns, 1));
      loop = graph.loops().outer(loop);
    }
    Optional<Syscall> syscall = Syscall.of(hash);
    String symbol =
        syscall
            .map(Syscall::symbol)
            .orElse(symbols.getOrDefault(hash, String.format(Locale.ROOT, "%08x", hash)));
    long units = Costs.units(instance, node);
    return new CallSite(syscall, symbol, arguments, graph.name(), units, times, node.place());
  }
}
