package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loops that walk through memory: an address that is read or written in every round moves in one
 * direction. Between the regions of the machine lies more than such a step that nobody may access,
 * so that the loop ends, if not before then with a fault.
 */
final class Walks {
  /** No region has as much as half of its part of the address space. */
  private static final long LONGEST_STEP = 1L << 30;

  private static final long WIDEST = 1L << 20;

  /** So many accesses of a loop are looked at. */
  private static final int MOST = 200;

  private final Graph graph;
  private final Ranges ranges;
  private final Steps steps;

  Walks(Ranges ranges, Steps steps) {
    this.ranges = ranges;
    this.graph = ranges.graph();
    this.steps = steps;
  }

  /**
   * By how much an address moves that every round of a loop accesses; null if there is none.
   *
   * @param turn a block that every round passes
   */
  @Nullable Step of(int loop, int turn) {
    Dominators dominators = ranges.dominators();
    int left = MOST;
    int at = turn;
    while (left > 0) {
      for (int id : graph.block(at).nodes()) {
        Node node = graph.node(id);
        if ((node.op() instanceof Op.Load || node.op() instanceof Op.Store) && left-- > 0) {
          Step step = moves(loop, node.input(0));
          if (step != null) {
            return step;
          }
        }
      }
      if (at == loop) {
        return null;
      }
      at = dominators.parent(at);
    }
    return null;
  }

  /** By how much an address moves from round to round, if it is far enough and never too far. */
  private @Nullable Step moves(int loop, int address) {
    Form form = steps.form(loop, address);
    Step all = form == null || form.rest().width() > WIDEST ? null : Step.NONE;
    for (Form.Term term : form == null ? List.<Form.Term>of() : form.terms()) {
      Node leaf = graph.node(term.value());
      boolean own = leaf.block() == loop && leaf.op() instanceof Op.Phi;
      boolean fixed = !graph.loops().contains(loop, leaf.block());
      Step each = fixed ? Step.NONE : own ? steps.of(leaf.id()) : null;
      Step more = each == null ? null : each.times(term.times());
      all = more == null || all == null ? null : all.add(more);
    }
    return all != null
            && (all.rises() || all.falls())
            && all.low() >= -LONGEST_STEP
            && all.high() <= LONGEST_STEP
        ? all
        : null;
  }
}
