package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A function analysed for arguments within given sets. */
final class Instance {
  private final int function;
  private final List<Word> arguments;
  private final Ranges ranges;
  private final LoopBounds bounds;
  private final Map<Integer, Instance> calls = new LinkedHashMap<>();

  Instance(int function, Graph graph, List<Word> arguments, Results results) {
    this.function = function;
    this.arguments = List.copyOf(arguments);
    this.ranges = new Ranges(graph, arguments.toArray(Word[]::new), results);
    this.bounds = new LoopBounds(ranges);
  }

  /** The index of the function in the subject. */
  int function() {
    return function;
  }

  Graph graph() {
    return ranges.graph();
  }

  List<Word> arguments() {
    return arguments;
  }

  Ranges ranges() {
    return ranges;
  }

  /** The bounds of its loops, inner before outer, by header. */
  Map<Integer, LoopBound> bounds() {
    return bounds.all();
  }

  /** The instances that its call nodes go to; recursive calls are left out. */
  Map<Integer, Instance> calls() {
    return calls;
  }

  /** What it can return. */
  Word result() {
    Word all = Word.empty(64);
    for (Block block : graph().blocks()) {
      boolean returns = block.exit() == Block.Exit.RETURN && ranges.passes(block.id());
      if (returns && graph().cfg().isReachable(block.id())) {
        all = all.join(block.operand() < 0 ? Word.any() : ranges.in(block.operand(), block.id()));
      }
    }
    return all;
  }
}
