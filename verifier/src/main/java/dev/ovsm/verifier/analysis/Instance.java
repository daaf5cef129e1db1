package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A function analysed for arguments within given sets. */
final class Instance {
  private final int function;
  private final List<Word> arguments;
  private final Ranges ranges;
  private final LoopBounds bounds;
  private final Anchors anchors;
  private final Map<Integer, Instance> calls = new LinkedHashMap<>();

  Instance(
      int function,
      Basis basis,
      List<Word> arguments,
      Map<Integer, Word> premises,
      Results results) {
    this.function = function;
    this.arguments = List.copyOf(arguments);
    this.ranges = new Ranges(basis, arguments.toArray(Word[]::new), premises, results);
    // Bounds tell how far values move in loops, distances tell more of ranges, ranges of bounds.
    Anchors first = new Anchors(ranges, new Steps(ranges), Map.of(), results);
    LoopBounds rough = new LoopBounds(ranges, first);
    Anchors second = new Anchors(ranges, rough.steps(), rough.all(), results);
    ranges.narrow(second.hints());
    this.bounds = new LoopBounds(ranges, second);
    this.anchors = new Anchors(ranges, bounds.steps(), bounds.all(), results);
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

  /** Its loops and what bounds them, inner before outer. */
  List<Loop> loops() {
    return bounds().values().stream()
        .map(b -> new Loop(graph().name(), b.times(), b.ends(), b.reason(), b.place()))
        .toList();
  }

  /** The instances that its call nodes go to; recursive calls are left out. */
  Map<Integer, Instance> calls() {
    return calls;
  }

  /** How its result always lies to one of its arguments, or null. */
  Results.@Nullable Relative relative() {
    Results.Relative all = null;
    for (Block block : graph().blocks()) {
      boolean returns = block.exit() == Block.Exit.RETURN && ranges.passes(block.id());
      if (returns && graph().cfg().isReachable(block.id())) {
        Results.Relative one = relative(block.operand());
        if (one == null || (all != null && all.argument() != one.argument())) {
          return null;
        }
        all =
            all == null
                ? one
                : new Results.Relative(one.argument(), all.distance().join(one.distance()));
      }
    }
    return all;
  }

  private Results.@Nullable Relative relative(int result) {
    if (result < 0) {
      return null;
    }
    Op anchor = graph().node(anchors.anchor(result)).op();
    return anchor instanceof Op.Parameter parameter
        ? new Results.Relative(parameter.index(), anchors.distance(result))
        : null;
  }

  /** What it can return besides. */
  Word second() {
    Word all = Word.empty(64);
    for (Node node : graph().nodes()) {
      boolean runs = graph().cfg().isReachable(node.block()) && ranges.passes(node.block());
      if (runs && node.op() instanceof Op.Second) {
        all = all.join(ranges.of(node.id()));
      }
    }
    return all;
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
