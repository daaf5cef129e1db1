package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A function analysed for arguments within given sets. */
final class Instance {
  /** Stands for the result among the places that something is left in. */
  static final Op RESULT = new Op.Second();

  /** So often distances may tell more of ranges. */
  private static final int ROUNDS = 2;

  private final int function;
  private final List<Word> arguments;
  private final Ranges ranges;
  private final LoopBounds bounds;
  private final Anchors anchors;
  private final Rises rises;
  private final List<Node> running;
  private final List<Block> returns;
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
    this.rises = new Rises(ranges, results);
    Anchors first = new Anchors(ranges, new Steps(ranges), Map.of(), results);
    LoopBounds rough = new LoopBounds(ranges, first, rises);
    Anchors last =
        rough.all().isEmpty() ? first : new Anchors(ranges, rough.steps(), rough.all(), results);
    LoopBounds found = rough;
    Map<Integer, Word> told = Map.of();
    for (int round = 0; round < ROUNDS; round++) {
      Map<Integer, Word> hints = last.hints();
      boolean more = !hints.equals(told) && ranges.narrow(hints);
      if (!more && (round > 0 || last.isSame(first))) {
        break;
      }
      told = hints;
      found = new LoopBounds(ranges, last, rises);
      last = new Anchors(ranges, found.steps(), found.all(), results);
    }
    this.bounds = found;
    this.anchors = last;
    ranges.settle();
    this.running = nodes();
    this.returns = ends();
  }

  private List<Block> ends() {
    return Arrays.stream(ranges.live())
        .filter(ranges::passes)
        .sorted()
        .mapToObj(graph()::block)
        .filter(block -> block.exit() == Block.Exit.RETURN)
        .toList();
  }

  private List<Node> nodes() {
    BitSet ids = new BitSet();
    for (int block : ranges.live()) {
      for (int node : graph().block(block).nodes()) {
        ids.set(node);
      }
    }
    return ids.stream().mapToObj(graph()::node).toList();
  }

  /** The nodes of all blocks that control can enter, in their order. */
  List<Node> running() {
    return running;
  }

  /** The blocks from which it returns. */
  List<Block> returns() {
    return returns;
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

  /** How values lie to each other. */
  Anchors anchors() {
    return anchors;
  }

  /** How values move in its loops. */
  Steps steps() {
    return bounds.steps();
  }

  /** How many steps its analysis took: nodes evaluated, facts and sums looked at. */
  long work() {
    return ranges.evaluations() + ranges.looks() + steps().looks();
  }

  /** The bounds of its loops, inner before outer, by header. */
  Map<Integer, LoopBound> bounds() {
    return bounds.all();
  }

  /** This one and all that it leads to, callees before callers unless they call each other. */
  List<Instance> calleesFirst() {
    Set<Instance> done = new LinkedHashSet<>();
    Set<Instance> entered = new HashSet<>();
    Deque<Instance> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      Instance instance = open.peek();
      if (entered.add(instance)) {
        instance.calls.values().stream().filter(i -> !entered.contains(i)).forEach(open::push);
      } else {
        done.add(open.pop());
      }
    }
    return List.copyOf(done);
  }

  /** Its loops and what bounds them, inner before outer. */
  List<Loop> loops() {
    return bounds().values().stream().map(this::loop).toList();
  }

  private Loop loop(LoopBound bound) {
    int outer = graph().loops().outer(bound.loop());
    Optional<Place> around =
        outer < 0 ? Optional.empty() : Optional.of(graph().block(outer).place());
    return new Loop(
        graph().name(), bound.times(), bound.ends(), bound.reason(), bound.place(), around);
  }

  /** The instances that its call nodes go to; recursive calls are left out. */
  Map<Integer, Instance> calls() {
    return calls;
  }

  /** How its result lies to one of its arguments whenever its second is one of some, or null. */
  Results.@Nullable Relative relative(Word seconds) {
    Results.Relative all = null;
    for (Return way : Return.of(this)) {
      if (way.mayGive(this, seconds)) {
        Results.Relative one = relative(way.result());
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
    for (Node node : running) {
      if (ranges.passes(node.block()) && node.op() instanceof Op.Second) {
        all = all.join(ranges.of(node.id()));
      }
    }
    return all;
  }

  /** What its result, as {@link #RESULT}, and what it leaves at places are no less than. */
  Map<Op, Results.Rise> rises() {
    Map<Op, Results.Rise> all = new HashMap<>();
    Results.Rise result = rise(null);
    if (result != null) {
      all.put(RESULT, result);
    }
    for (Op.Left place : left().keySet()) {
      Results.Rise one = rise(place);
      if (one != null) {
        all.put(place, one);
      }
    }
    return all;
  }

  private Results.@Nullable Rise rise(Op.@Nullable Left place) {
    Results.Rise all = null;
    for (Block block : returns) {
      int node = place == null ? block.operand() : leftIn(block, place);
      Results.Rise one = node < 0 ? null : rises.aboveParameter(node, block.id());
      if (one == null || (all != null && all.argument() != one.argument())) {
        return null;
      }
      all = new Results.Rise(one.argument(), all == null ? one.by() : Math.min(all.by(), one.by()));
    }
    return all;
  }

  /** The node whose value it leaves at a place when it returns from a block, or -1. */
  int leftIn(Block block, Op.Left place) {
    for (int id : block.nodes()) {
      if (graph().node(id).op().equals(place)) {
        return graph().node(id).input(0);
      }
    }
    return -1;
  }

  /** What it can leave at places, by place. */
  Map<Op.Left, Word> left() {
    Map<Op.Left, Word> all = new HashMap<>();
    for (Node node : running) {
      if (ranges.passes(node.block()) && node.op() instanceof Op.Left left) {
        all.merge(left, ranges.of(node.id()), Word::join);
      }
    }
    return all;
  }

  /** Whether 0 is one of the results, beside others that are not constants. */
  boolean isNullable() {
    boolean isNull = false;
    boolean other = false;
    for (Block block : returns) {
      if (block.operand() >= 0) {
        Node result = graph().node(block.operand());
        int[] inputs = result.op() instanceof Op.Phi ? result.inputs() : new int[] {result.id()};
        for (int input : inputs) {
          boolean constant = graph().node(input).op() instanceof Op.Constant;
          isNull |= constant && ranges.of(input).contains(0);
          other |= !constant;
        }
      }
    }
    return isNull && other;
  }

  /** What it can return. */
  Word result() {
    Word all = Word.empty(64);
    for (Block block : returns) {
      all = all.join(block.operand() < 0 ? Word.any() : ranges.in(block.operand(), block.id()));
    }
    return all;
  }
}
