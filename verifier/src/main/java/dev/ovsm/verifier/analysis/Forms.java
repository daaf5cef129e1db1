package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.LoopForest;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a loop are sums of, in one and the same iteration: of its header's phis, of
 * values from before it, and of whatever cannot be taken apart.
 */
final class Forms {
  private final int loop;
  private final Ranges ranges;
  private final Graph graph;
  private final LoopForest loops;
  private final Steps steps;
  private final Map<Integer, Form> found = new HashMap<>();

  /** Of phis of inner headers what they are before their loops. */
  private final Map<Integer, Form> entering = new HashMap<>();

  private final int most;
  private int looks;

  /**
   * The sums of a loop.
   *
   * @param steps by how much phis of inner headers move
   * @param room so many nodes may be looked at
   */
  Forms(int loop, Ranges ranges, Steps steps, int room) {
    this.most = room;
    this.loop = loop;
    this.ranges = ranges;
    this.graph = ranges.graph();
    this.loops = graph.loops();
    this.steps = steps;
  }

  int loop() {
    return loop;
  }

  /** How many nodes were looked at so far. */
  int looks() {
    return looks;
  }

  /** What a node is a sum of; null if the loop is too large to tell. */
  @Nullable Form of(int target) {
    Deque<Integer> open = new ArrayDeque<>();
    open.push(target);
    while (!open.isEmpty()) {
      int id = open.peek();
      if (found.containsKey(id)) {
        open.pop();
        continue;
      }
      if (looks++ >= most) {
        return null;
      }
      int before = open.size();
      for (int input : needed(graph.node(id))) {
        if (!found.containsKey(input)) {
          open.push(input);
        }
      }
      if (open.size() == before) {
        found.put(id, combine(graph.node(id)));
      }
    }
    return in(target, graph.node(target).block());
  }

  private Form itself(int node, @Nullable Step within) {
    return Form.value(ranges.numbers().of(node), within);
  }

  /** The form of a node that is used in a block, or the node itself if its range tells more. */
  private Form in(int node, int block) {
    Form form = now(node, block);
    boolean whole = form == null || form.times(ranges.numbers().of(node)) == 1;
    if (form != null && (graph.node(node).op() instanceof Op.Constant || (!whole && moves(form)))) {
      return form;
    }
    Step within = within(node, block);
    Step sum = whole || form == null ? null : form.closed(List.of());
    boolean better = whole || (within != null && (sum == null || within.width() < sum.width()));
    return form == null || better ? itself(node, within) : form;
  }

  /** The form of a node; of an inner loop's phi in that loop with the rounds that may be over. */
  private @Nullable Form now(int node, int block) {
    Form before = loops.contains(graph.node(node).block(), block) ? entering.get(node) : null;
    Step moved = before == null ? null : steps.during(node, block);
    Form sum = before == null || moved == null ? null : before.plus(Form.number(moved), 1);
    return sum == null ? found.get(node) : sum;
  }

  /** Whether a phi of the header counts. */
  private boolean moves(Form form) {
    for (Form.Term term : form.terms()) {
      Node leaf = graph.node(term.value());
      if (leaf.block() == loop && leaf.op() instanceof Op.Phi) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Step within(int node, int block) {
    Word word = ranges.in(node, block);
    return word.isEmpty() ? null : Step.of(word.smin(), word.smax());
  }

  /** The nodes that a node is a sum of; none if it cannot be taken apart. */
  private int[] needed(Node node) {
    boolean inside = loops.contains(loop, node.block());
    boolean own = node.block() == loop && node.op() instanceof Op.Phi;
    if (!inside || own) {
      return new int[0];
    }
    Op op = node.op();
    if (op instanceof Op.Require || op instanceof Op.Extend) {
      return new int[] {node.input(0)};
    }
    if (op instanceof Op.Select) {
      return new int[] {node.input(1), node.input(2)};
    }
    if (op instanceof Op.Arithmetic arithmetic) {
      return switch (arithmetic.operator()) {
        case ADD, UADD_CHECKED, SADD_CHECKED, SUB, USUB_CHECKED, SSUB_CHECKED -> node.inputs();
        case MUL, UMUL_CHECKED, SMUL_CHECKED, SHL, AND ->
            isConstant(node.input(1)) ? new int[] {node.input(0)} : new int[0];
        case UHMUL, SHMUL, UDIV, UREM, SDIV, SREM, OR, XOR, SHR, SAR -> new int[0];
      };
    }
    return op instanceof Op.Phi ? merged(node) : new int[0];
  }

  private boolean isConstant(int node) {
    return graph.node(node).op() instanceof Op.Constant;
  }

  private long constant(int node) {
    return ((Op.Constant) graph.node(node).op()).value();
  }

  /** Of a phi in the body all inputs; of an inner header only those from before its loop. */
  private int[] merged(Node node) {
    Block block = graph.block(node.block());
    boolean inner = loops.isHeader(block.id());
    if (inner && steps.afterLoop(node.id()) == null) {
      return new int[0];
    }
    int[] inputs = new int[node.inputs().length];
    int count = 0;
    for (int i = 0; i < inputs.length; i++) {
      int from = block.predecessors()[i];
      boolean counts = graph.cfg().isReachable(from) && ranges.passes(from);
      if (counts && !(inner && loops.contains(block.id(), from))) {
        inputs[count++] = node.input(i);
      }
    }
    return Arrays.copyOf(inputs, count);
  }

  private Form combine(Node node) {
    if (node.op() instanceof Op.Constant constant) {
      Step step = Step.of(constant.value(), constant.value());
      return step == null ? itself(node.id(), null) : Form.number(step);
    }
    int[] needed = needed(node);
    Form sum = needed.length == 0 ? null : sum(node);
    return sum == null ? itself(node.id(), null) : sum;
  }

  private Form input(Node node, int index) {
    return in(node.input(index), node.block());
  }

  private @Nullable Form sum(Node node) {
    Op op = node.op();
    if (op instanceof Op.Extend extend) {
      return Ranges.fits(ranges.in(node.input(0), node.block()), extend) ? input(node, 0) : null;
    }
    if (op instanceof Op.Arithmetic arithmetic) {
      return switch (arithmetic.operator()) {
        case ADD, UADD_CHECKED, SADD_CHECKED -> input(node, 0).plus(input(node, 1), 1);
        case SUB, USUB_CHECKED, SSUB_CHECKED -> input(node, 0).plus(input(node, 1), -1);
        case MUL, UMUL_CHECKED, SMUL_CHECKED -> input(node, 0).scaled(constant(node.input(1)));
        case SHL -> input(node, 0).scaled(1L << constant(node.input(1)));
        case AND -> rounded(input(node, 0), constant(node.input(1)));
        case UHMUL, SHMUL, UDIV, UREM, SDIV, SREM, OR, XOR, SHR, SAR -> null;
      };
    }
    if (op instanceof Op.Select) {
      return input(node, 1).join(input(node, 2));
    }
    return op instanceof Op.Require ? input(node, 0) : merge(node);
  }

  private @Nullable Form merge(Node node) {
    Block block = graph.block(node.block());
    boolean inner = loops.isHeader(block.id());
    Form all = null;
    for (int i = 0; i < node.inputs().length; i++) {
      int from = block.predecessors()[i];
      boolean counts = graph.cfg().isReachable(from) && ranges.passes(from);
      if (counts && !(inner && loops.contains(block.id(), from))) {
        Form one = in(node.input(i), from);
        all = all == null ? one : all.join(one);
        if (all == null) {
          return null;
        }
      }
    }
    if (inner && all != null) {
      entering.put(node.id(), all);
    }
    Step more = inner ? steps.afterLoop(node.id()) : Step.NONE;
    return all == null || more == null ? null : all.plus(Form.number(more), 1);
  }

  /** A value without its lowest bits. */
  private static @Nullable Form rounded(Form form, long mask) {
    boolean high = mask < 0 && (-mask & (-mask - 1)) == 0;
    Step cut = high ? Step.of(mask + 1, 0) : null;
    return cut == null ? null : form.plus(Form.number(cut), 1);
  }
}
