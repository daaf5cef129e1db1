package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.analysis.Widening.Mode;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Op;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What values a node can have, and what it can have in a given block: a set that includes every
 * word seen there in any execution whose arguments are within the given ones.
 *
 * <p>Values are found once per node, and narrowed per block by the facts that hold there. Cycles go
 * through phis of loop headers, which are widened; after few rounds those still moving are given
 * up, and all of them if that moves others for long, so that the work is linear.
 */
final class Ranges {
  private static final int NARROW = 2;

  /** So often are ways looked for that control never goes, after the first time. */
  private static final int PRUNE = 3;

  private final Graph graph;
  private final Basis basis;
  private final Evaluation evaluation;
  private final Word[] values;
  private final boolean[] reached;
  private final boolean[] ends;
  private final Widening widening;
  private final Narrowing narrowing;
  private int[] live = {};
  private long evaluations;

  /** What is known of nodes from elsewhere, by node; null while there is nothing. */
  private @Nullable Word @Nullable [] known;

  private final Map<Integer, Word> premises;

  /**
   * Finds the ranges of a graph's nodes.
   *
   * @param basis what is known of the graph whatever its arguments are
   * @param premises sets in which some nodes' values are known to lie
   */
  Ranges(Basis basis, Word[] arguments, Map<Integer, Word> premises, Results results) {
    this.graph = basis.graph();
    this.basis = basis;
    this.values = new Word[graph.nodes().size()];
    this.narrowing = new Narrowing(basis, values);
    this.widening = new Widening(values.length, basis.thresholds());
    this.reached = new boolean[graph.blocks().size()];
    this.ends = new boolean[graph.blocks().size()];
    this.evaluation = new Evaluation(graph, this, arguments, results);
    this.premises = Map.copyOf(premises);
    know(premises);
    solve();
  }

  Graph graph() {
    return graph;
  }

  /** How often a node was evaluated so far; the time grows with it. */
  long evaluations() {
    return evaluations;
  }

  /** How many facts were looked at so far. */
  long looks() {
    return narrowing.looks();
  }

  ValueNumbers numbers() {
    return basis.numbers();
  }

  Facts facts() {
    return narrowing.facts();
  }

  /** Which blocks all ways of control to others pass. */
  Dominators dominators() {
    return narrowing.facts().dominators();
  }

  /** Whether control can enter the block. */
  boolean reaches(int block) {
    return reached[block];
  }

  /** Whether control can reach the end of the block. */
  boolean passes(int block) {
    return ends[block];
  }

  /** The values of a node wherever it is defined. */
  Word of(int node) {
    return values[node];
  }

  /** The values of a node while control is in a block. */
  Word in(int node, int block) {
    return narrowing.in(node, block);
  }

  /** Whether a branch on the way to the block says that a node is not below another, unsigned. */
  boolean isAtLeast(int node, int other, int block) {
    return narrowing.isAtLeast(node, other, block);
  }

  /** From now on the ranges stay as they are, whatever is asked of them by however many threads. */
  void settle() {
    narrowing.settle();
    live = Arrays.stream(graph.cfg().order()).filter(block -> reached[block]).toArray();
  }

  /** The blocks that control can enter, in reverse postorder; not to be changed. */
  int[] live() {
    return live;
  }

  /** Whether an extension leaves every word of the set as it is. */
  static boolean fits(Word word, Op.Extend extend) {
    if (extend.bits() == 64 || word.isEmpty()) {
      return true;
    }
    long most = -1L >>> (64 - extend.bits());
    return extend.signed()
        ? word.smin() >= ~(most >>> 1) && word.smax() <= most >>> 1
        : Long.compareUnsigned(word.umax(), most) <= 0;
  }

  /**
   * Narrows all ranges by what is known of some nodes from elsewhere; whether that did anything.
   */
  boolean narrow(Map<Integer, Word> hints) {
    know(hints);
    boolean changed = false;
    Set<Integer> blocks = new HashSet<>();
    hints.keySet().forEach(node -> blocks.add(graph.node(node).block()));
    boolean hinted = false;
    for (Graph.Part part : graph.parts()) {
      hinted =
          hinted || (!blocks.isEmpty() && Arrays.stream(part.blocks()).anyMatch(blocks::contains));
      changed |= hinted && narrow(part);
    }
    if (changed) {
      prune();
    }
    return changed;
  }

  private void know(Map<Integer, Word> more) {
    if (known == null && !more.isEmpty()) {
      known = new Word[values.length];
    }
    @Nullable Word[] all = known;
    if (all != null) {
      more.forEach((node, word) -> all[node] = met(word, all[node]));
    }
  }

  private boolean narrow(Graph.Part part) {
    boolean changed = false;
    for (int i = 0; i < (part.isCyclic() ? NARROW : 1); i++) {
      changed |= pass(part.blocks(), Mode.NARROW);
    }
    return changed;
  }

  /** Part by part: when a part's turn comes, what it depends on in others stays as it is. */
  private void solve() {
    Arrays.fill(values, Word.empty(64));
    for (Graph.Part part : graph.parts()) {
      if (part.isCyclic()) {
        iterate(part);
      } else {
        pass(part.blocks(), Mode.JOIN);
      }
    }
    Optional<Cfg> fewer = Ways.fewer(graph, reached, ends);
    if (fewer.isPresent()) {
      forget(fewer.get());
      graph.parts().forEach(this::narrow);
      prune();
    }
  }

  private void iterate(Graph.Part part) {
    boolean changed = true;
    for (int round = 0; changed && round < Widening.ROUNDS; round++) {
      changed = pass(part.blocks(), Widening.mode(round));
    }
    if (changed) {
      pass(part.blocks(), Mode.GIVE_UP);
    }
    narrow(part);
  }

  /** As long as that leaves blocks behind, forgets ways that control never goes. */
  private void prune() {
    for (int i = 0; i < PRUNE; i++) {
      Optional<Cfg> fewer = Ways.fewer(graph, reached, ends);
      if (fewer.isEmpty() || !leaves(fewer.get())) {
        return;
      }
      forget(fewer.get());
      graph.parts().forEach(this::narrow);
    }
  }

  private boolean leaves(Cfg taken) {
    return graph.blocks().stream()
        .anyMatch(block -> reached[block.id()] && !taken.isReachable(block.id()));
  }

  /**
   * Forgets all ways but some, so that more is known where others would have met them. Loops whose
   * way in is gone would otherwise keep themselves alive.
   */
  private void forget(Cfg taken) {
    narrowing.keep(new Dominators(taken));
    for (Block block : graph.blocks()) {
      if (!taken.isReachable(block.id())) {
        reached[block.id()] = false;
        ends[block.id()] = false;
        for (int node : block.nodes()) {
          values[node] = Word.empty(64);
        }
      }
    }
  }

  /** Evaluates nodes once, in an order in which only phis see values of the pass before. */
  private boolean pass(int[] blocks, Mode mode) {
    boolean changed = false;
    for (int id : blocks) {
      Block block = graph.block(id);
      boolean wasReached = reached[id];
      boolean ended = ends[id];
      reached[id] = (mode == Mode.GIVE_UP || isEntered(block)) && !contradicts(block);
      boolean alive = reached[id];
      if (!alive && !wasReached) {
        continue;
      }
      for (int node : block.nodes()) {
        evaluations++;
        Word next = alive ? evaluation.of(graph.node(node)) : Word.empty(64);
        next = known == null ? next : met(next, known[node]);
        Word kept = keep(node, next, mode);
        if (!kept.equals(values[node])) {
          changed = true;
          widening.moved(node);
        }
        values[node] = kept;
        alive &= !kept.isEmpty();
      }
      ends[id] = alive;
      changed |= wasReached != reached[id] || ended != alive;
    }
    return changed;
  }

  private static Word met(Word word, @Nullable Word known) {
    return known == null ? word : word.meet(known);
  }

  private Word keep(int id, Word next, Mode mode) {
    Word old = values[id];
    if (!(graph.node(id).op() instanceof Op.Phi phi)
        || !graph.loops().isHeader(graph.node(id).block())) {
      return next;
    }
    return widening.grown(id, phi, old, next, mode);
  }

  private boolean isEntered(Block block) {
    if (block.id() == 0) {
      return true;
    }
    for (int predecessor : block.predecessors()) {
      if (ends[predecessor]) {
        return true;
      }
    }
    return false;
  }

  private boolean contradicts(Block block) {
    for (Fact fact : block.facts()) {
      int from = block.predecessors()[0];
      Word left = in(fact.left(), from);
      Word right = in(fact.right(), from);
      if (fact.relation().isExcluded(left, right)) {
        return true;
      }
    }
    return isExcluded(block);
  }

  /** Whether a premise says that the branch before a block goes elsewhere. */
  private boolean isExcluded(Block block) {
    if (block.predecessors().length != 1) {
      return false;
    }
    Block before = graph.block(block.predecessors()[0]);
    Word way = before.exit() == Block.Exit.BRANCH ? premises.get(before.operand()) : null;
    boolean taken = before.successors()[0] == block.id();
    return way != null && way.isConstant() && (way.umin() != 0) != taken;
  }
}
