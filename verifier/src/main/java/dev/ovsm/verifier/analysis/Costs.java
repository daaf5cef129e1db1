package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.CostRule;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The most that executions of instances can come to, by some measure, calls included. */
final class Costs {
  /** The budget of a watcher that names none. */
  private static final long WATCH_BUDGET = 50_000;

  /** Of longer lists of byte strings the lengths are not looked up. */
  private static final long MOST_LISTED = 16;

  private final Measure measure;
  private final Set<Integer> free;

  /** Threads may find the same one at once; it is the same for all. */
  private final Map<Instance, Long> totals = new ConcurrentHashMap<>();

  /**
   * Costs by a measure.
   *
   * @param free functions whose calls count for nothing
   */
  Costs(Measure measure, Set<Integer> free) {
    this.measure = measure;
    this.free = Set.copyOf(free);
  }

  /** What is counted. */
  enum Measure {
    /** Compute units, but for calls of other programs. */
    UNITS,
    /** Events and ring buffer records. */
    EMISSIONS,
    /** Calls of other programs. */
    INVOCATIONS,
    /** Bytes taken from the heap, as far as they are counted in a word of it. */
    HEAP,
    /** Compute units that registrations ask for. */
    SCHEDULED
  }

  /** What one call of the runtime takes at most. */
  static long units(Instance instance, Node node) {
    if (!(node.op() instanceof Op.Syscall call)) {
      return 0;
    }
    Optional<Syscall> syscall = Syscall.of(call.hash());
    if (syscall.isEmpty()) {
      return Saturated.UNBOUNDED;
    }
    boolean invokes = syscall.get().effects().contains(Effect.INVOKES);
    long[] largest = largest(instance, node);
    long most = syscall.get().cost().atMost(largest);
    if (most == Saturated.UNBOUNDED && syscall.get().cost() instanceof CostRule.Listed rule) {
      most = listed(instance, node, rule, largest[1]);
    }
    return invokes ? 0 : most;
  }

  /** The cost of a call that is handed a short list of byte strings. */
  private static long listed(Instance instance, Node node, CostRule.Listed rule, long count) {
    Word exactly = instance.ranges().in(node.input(1), node.block());
    if (!exactly.isConstant() || count < 0 || count > MOST_LISTED) {
      return Saturated.UNBOUNDED;
    }
    Contents contents = new Contents(instance);
    long[] longest = new long[(int) count];
    for (int i = 0; i < longest.length; i++) {
      long at = 2L * Long.BYTES * i + Long.BYTES;
      longest[i] = contents.of(node, node.input(0), at, Long.BYTES).umax();
    }
    return rule.ofLengths(longest);
  }

  /** The largest budget that a registration gives itself; 0 where it gives none. */
  private static long budget(Instance instance, Node node) {
    if (!(node.op() instanceof Op.Syscall call)) {
      return 0;
    }
    List<Argument> arguments = Syscall.of(call.hash()).map(Syscall::arguments).orElse(List.of());
    long budget = 0;
    for (int i = 0; i < Math.min(arguments.size(), node.inputs().length); i++) {
      if (arguments.get(i).kind() == Argument.Kind.BUDGET) {
        long most = instance.ranges().in(node.input(i), node.block()).umax();
        budget = most < 0 ? Saturated.UNBOUNDED : most;
      }
    }
    return budget == 0 && call.hash() == Syscall.SOL_WATCH_ACCOUNT.hash() ? WATCH_BUDGET : budget;
  }

  /** The greatest value of each argument register; of those not given nothing is known. */
  private static long[] largest(Instance instance, Node node) {
    long[] largest = {-1, -1, -1, -1, -1};
    for (int i = 0; i < Math.min(largest.length, node.inputs().length); i++) {
      Word word = instance.ranges().in(node.input(i), node.block());
      largest[i] = word.isEmpty() ? 0 : word.umax();
    }
    return largest;
  }

  /** Whether a node is a syscall with an effect; one that nobody knows has them all. */
  static boolean has(Node node, Effect effect) {
    return node.op() instanceof Op.Syscall call
        && Syscall.of(call.hash()).map(s -> s.effects().contains(effect)).orElse(true);
  }

  /** The total of an instance; its callees' are found first, without recursion. */
  long of(Instance root) {
    Long known = totals.get(root);
    if (known != null) {
      return known;
    }
    Deque<Instance> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      Instance instance = open.peek();
      int before = open.size();
      for (Instance callee : instance.calls().values()) {
        if (!totals.containsKey(callee)) {
          open.push(callee);
        }
      }
      if (open.size() == before) {
        open.pop();
        if (!totals.containsKey(instance)) {
          totals.put(instance, LongestPath.of(instance, weights(instance)));
        }
      }
    }
    return totals.getOrDefault(root, Saturated.UNBOUNDED);
  }

  /** How often each block of an instance runs in its worst case; its total must be known. */
  long[] counts(Instance instance) {
    return LongestPath.counts(instance, weights(instance));
  }

  /** What a node counts for each time it runs; callees must be known. */
  long of(Instance instance, Node node) {
    if (node.op() instanceof Op.Call call) {
      if (free.contains(call.callee())) {
        return 0;
      }
      Instance callee = instance.calls().get(node.id());
      return callee == null ? Saturated.UNBOUNDED : totals.getOrDefault(callee, 0L);
    }
    if (node.op() instanceof Op.CallIndirect) {
      return Saturated.UNBOUNDED;
    }
    return switch (measure) {
      case UNITS -> units(instance, node);
      case EMISSIONS -> has(node, Effect.EMITS) ? 1 : 0;
      case INVOCATIONS -> has(node, Effect.INVOKES) ? 1 : 0;
      case HEAP -> HeapUse.of(instance, node);
      case SCHEDULED -> budget(instance, node);
    };
  }

  private long[] weights(Instance instance) {
    Graph graph = instance.graph();
    long[] weights = new long[graph.blocks().size()];
    for (int id : instance.ranges().live()) {
      Block block = graph.block(id);
      long weight = measure == Measure.UNITS ? block.cost() : 0;
      for (int node : block.nodes()) {
        weight = Saturated.sum(weight, of(instance, graph.node(node)));
      }
      weights[id] = weight;
    }
    return weights;
  }
}
