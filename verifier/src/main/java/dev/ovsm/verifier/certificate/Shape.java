package dev.ovsm.verifier.certificate;

import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The way control can take through a function, and where it comes back. */
final class Shape {
  /** So many ways back are looked at, so that time stays in proportion to the code's length. */
  private static final int MOST_ROUNDS = 1_000;

  private final @Nullable Insn[] code;
  private final List<Integer> order;
  private final Map<Integer, Integer> position = new HashMap<>();
  private final Map<Integer, List<Integer>> predecessors = new HashMap<>();
  private final Map<Integer, BitSet> loops = new TreeMap<>();
  private int rounds;

  /** The shape of the function at a slot. */
  Shape(@Nullable Insn[] code, int entry) {
    this.code = code;
    order = postorder(entry);
    Collections.reverse(order);
    for (int i = 0; i < order.size(); i++) {
      position.put(order.get(i), i);
    }
    for (int pc : order) {
      for (int next : successors(pc)) {
        predecessors.computeIfAbsent(next, any -> new ArrayList<>()).add(pc);
      }
    }
    for (int pc : order) {
      for (int next : successors(pc)) {
        if (isBack(pc, next) && ++rounds <= MOST_ROUNDS) {
          body(next, pc);
        }
      }
    }
  }

  private List<Integer> postorder(int entry) {
    List<Integer> done = new ArrayList<>();
    BitSet seen = new BitSet();
    Deque<int[]> stack = new ArrayDeque<>();
    stack.push(new int[] {entry, 0});
    seen.set(entry);
    while (!stack.isEmpty()) {
      int[] top = stack.peek();
      List<Integer> successors = successors(top[0]);
      if (top[1] < successors.size()) {
        int next = successors.get(top[1]++);
        if (!seen.get(next)) {
          seen.set(next);
          stack.push(new int[] {next, 0});
        }
      } else {
        done.add(top[0]);
        stack.pop();
      }
    }
    return done;
  }

  /** The slots that control can come to next; none after the end, or where there is no code. */
  List<Integer> successors(int pc) {
    Insn insn = code[pc];
    if (insn == null || insn.op().family() == Family.EXIT) {
      return List.of();
    }
    int next = pc + insn.op().slots();
    List<Integer> all = new ArrayList<>(2);
    if (insn.op().family() != Family.JUMP) {
      all.add(next);
    }
    if (insn.op().family().jumps()) {
      all.add(insn.target(pc));
    }
    all.removeIf(target -> target < 0 || target >= code.length);
    return all;
  }

  /** Adds what reaches the end of a round without passing its first slot. */
  private void body(int head, int latch) {
    BitSet body = loops.computeIfAbsent(head, any -> new BitSet());
    body.set(head);
    Deque<Integer> open = new ArrayDeque<>(List.of(latch));
    for (Integer pc = open.poll(); pc != null; pc = open.poll()) {
      if (!body.get(pc)) {
        body.set(pc);
        open.addAll(predecessors.getOrDefault(pc, List.of()));
      }
    }
  }

  /** The slots in an order in which only rounds of loops go back. */
  List<Integer> order() {
    return order;
  }

  boolean isBack(int from, int to) {
    return position.getOrDefault(to, 0) <= position.getOrDefault(from, 0);
  }

  boolean isTooLarge() {
    return rounds > MOST_ROUNDS;
  }

  /** The slots of each loop, by its first one. */
  Map<Integer, BitSet> loops() {
    return loops;
  }

  /** Whether a loop is entered elsewhere than at its first slot, so that a way there is in it. */
  boolean isTangled(int head) {
    int entry = order.get(0);
    return head != entry && loops.getOrDefault(head, new BitSet()).get(entry);
  }

  /** The most that a run of the function adds up to, from weights of its slots and its loops. */
  long heaviest(Map<Integer, Long> weights, Map<Integer, Certificate.Loop> claims) {
    Map<Integer, Long> all = new HashMap<>(weights);
    for (int i = order.size() - 1; i >= 0; i--) {
      int head = order.get(i);
      BitSet body = loops.get(head);
      if (body != null) {
        long round = path(head, body, all);
        Certificate.Loop claim = claims.get(head);
        long rounds = claim == null ? Long.MAX_VALUE : claim.rounds();
        all.merge(head, times(round, rounds), Shape::sum);
      }
    }
    return order.isEmpty() ? 0 : path(order.get(0), null, all);
  }

  /** The heaviest path from a slot: to the end of a round within a loop, or to anywhere. */
  private long path(int from, @Nullable BitSet within, Map<Integer, Long> weights) {
    Map<Integer, Long> heaviest = new HashMap<>();
    heaviest.put(from, weights.getOrDefault(from, 0L));
    long most = 0;
    int left = within == null ? order.size() : within.cardinality();
    for (int i = position.getOrDefault(from, 0); i < order.size() && left > 0; i++) {
      int pc = order.get(i);
      left -= within == null || within.get(pc) ? 1 : 0;
      Long here = heaviest.get(pc);
      if (here == null) {
        continue;
      }
      boolean latch = successors(pc).contains(from) && isBack(pc, from);
      most = within == null || latch ? Math.max(most, here) : most;
      for (int next : successors(pc)) {
        if (!isBack(pc, next) && (within == null || within.get(next))) {
          heaviest.merge(next, sum(here, weights.getOrDefault(next, 0L)), Math::max);
        }
      }
    }
    return most;
  }

  static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static long times(long a, long b) {
    boolean fits = Math.multiplyHigh(a, b) == 0 && a * b >= 0;
    return a == 0 || b == 0 ? 0 : fits ? a * b : Long.MAX_VALUE;
  }
}
