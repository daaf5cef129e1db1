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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By how much values move in a loop: the distance of a node from a phi of the loop's header in the
 * same iteration, and from that phi to itself in the next one.
 *
 * <p>Loops must be asked about innermost first.
 */
final class Steps {
  /** So many nodes may lie between a phi and its next value; longer chains count nothing. */
  private static final int MOST = 2_000;

  private final Graph graph;
  private final LoopForest loops;
  private final Ranges ranges;
  private final Map<Integer, Step> perIteration = new HashMap<>();
  private final Map<Integer, Long> iterations = new HashMap<>();

  Steps(Ranges ranges) {
    this.ranges = ranges;
    this.graph = ranges.graph();
    this.loops = graph.loops();
  }

  /** Notes how often the back edges of a loop are taken at most, each time it is entered. */
  void bounded(int loop, long times) {
    iterations.put(loop, times);
  }

  /** How far a phi of a header moves in an iteration, or null if it is set anew or unknown. */
  @Nullable Step of(int phi) {
    if (!perIteration.containsKey(phi)) {
      Step all = null;
      boolean known = true;
      Node node = graph.node(phi);
      Block header = graph.block(node.block());
      for (int i = 0; known && i < node.inputs().length; i++) {
        int from = header.predecessors()[i];
        if (isLatch(header.id(), from) && ranges.passes(from)) {
          Step one = distance(header.id(), phi, node.input(i));
          known = one != null;
          all = one == null ? null : all == null ? one : all.join(one);
        }
      }
      perIteration.put(phi, known ? all : null);
    }
    return perIteration.get(phi);
  }

  private boolean isLatch(int header, int block) {
    return graph.cfg().isReachable(block) && loops.contains(header, block);
  }

  /** How far a node in a loop lies above a phi of its header, or null. */
  @Nullable Step distance(int loop, int phi, int node) {
    return new Search(loop, phi).to(node);
  }

  /** One search; a node's distance follows from those of its inputs. */
  private final class Search {
    private final int loop;
    private final int phi;
    private final Map<Integer, Step> found = new HashMap<>();
    private int fuel = MOST;

    Search(int loop, int phi) {
      this.loop = loop;
      this.phi = phi;
      found.put(phi, Step.NONE);
    }

    @Nullable Step to(int target) {
      Deque<Integer> open = new ArrayDeque<>();
      open.push(target);
      while (!open.isEmpty()) {
        int id = open.peek();
        if (found.containsKey(id)) {
          open.pop();
          continue;
        }
        int[] needed = needed(graph.node(id));
        if (needed.length == 0 || fuel-- <= 0) {
          return null;
        }
        int before = open.size();
        for (int input : needed) {
          if (!found.containsKey(input)) {
            open.push(input);
          }
        }
        if (open.size() == before) {
          Step step = combine(graph.node(id));
          if (step == null) {
            return null;
          }
          found.put(id, step);
        }
      }
      return found.get(target);
    }

    /** The inputs through which a node can depend on the phi; none if it cannot be followed. */
    private int[] needed(Node node) {
      if (!loops.contains(loop, node.block())) {
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
        return moved(node, arithmetic);
      }
      return op instanceof Op.Phi ? merged(node) : new int[0];
    }

    /** Of a sum or a difference the input that the other one moves. */
    private int[] moved(Node node, Op.Arithmetic arithmetic) {
      return switch (arithmetic.operator()) {
        case ADD, UADD_CHECKED, SADD_CHECKED -> new int[] {node.input(followed(node))};
        case SUB, USUB_CHECKED, SSUB_CHECKED -> new int[] {node.input(0)};
        case MUL,
            UHMUL,
            SHMUL,
            UDIV,
            UREM,
            SDIV,
            SREM,
            AND,
            OR,
            XOR,
            SHL,
            SHR,
            SAR,
            UMUL_CHECKED,
            SMUL_CHECKED ->
            new int[0];
      };
    }

    /** Which input of a sum is followed; the other is taken for the amount added to it. */
    private int followed(Node node) {
      boolean first = graph.node(node.input(0)).op() instanceof Op.Constant;
      boolean second = ranges.numbers().of(node.input(1)) == ranges.numbers().of(phi);
      return first || second ? 1 : 0;
    }

    private @Nullable Step amount(Node node, int input) {
      Word word = ranges.in(node.input(input), node.block());
      return word.isEmpty() ? null : Step.of(word.smin(), word.smax());
    }

    /** Of a phi in the body all inputs; of an inner header only those from before its loop. */
    private int[] merged(Node node) {
      Block block = graph.block(node.block());
      boolean inner = loops.isHeader(block.id());
      int[] inputs = new int[node.inputs().length];
      int count = 0;
      for (int i = 0; i < inputs.length; i++) {
        int from = block.predecessors()[i];
        boolean counts = graph.cfg().isReachable(from) && ranges.passes(from);
        if (counts && !(inner && isLatch(block.id(), from))) {
          inputs[count++] = node.input(i);
        }
      }
      return Arrays.copyOf(inputs, count);
    }

    private @Nullable Step combine(Node node) {
      Op op = node.op();
      if (op instanceof Op.Extend extend) {
        Word operand = ranges.in(node.input(0), node.block());
        return Ranges.fits(operand, extend) ? found.get(node.input(0)) : null;
      }
      if (op instanceof Op.Arithmetic arithmetic) {
        return sum(node, arithmetic);
      }
      Step all = null;
      for (int input : needed(node)) {
        Step one = found.get(input);
        all = one == null ? all : all == null ? one : all.join(one);
      }
      boolean inner = op instanceof Op.Phi && loops.isHeader(node.block());
      return all == null || !inner ? all : afterLoop(node, all);
    }

    private @Nullable Step sum(Node node, Op.Arithmetic arithmetic) {
      boolean subtracts =
          switch (arithmetic.operator()) {
            case SUB, USUB_CHECKED, SSUB_CHECKED -> true;
            default -> false;
          };
      int followed = subtracts ? 0 : followed(node);
      Step from = found.get(node.input(followed));
      Step by = amount(node, 1 - followed);
      if (from == null || by == null) {
        return null;
      }
      return subtracts ? from.subtract(by) : from.add(by);
    }

    /** An inner loop adds its own steps, as often as it runs. */
    private @Nullable Step afterLoop(Node node, Step before) {
      Step each = of(node.id());
      Long times = iterations.get(node.block());
      if (each != null && each.equals(Step.NONE)) {
        return before;
      }
      Step more = each == null || times == null ? null : each.repeated(times);
      return more == null ? null : before.add(more);
    }
  }
}
