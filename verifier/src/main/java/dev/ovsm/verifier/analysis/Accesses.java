package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.analysis.Access.Grade;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Area;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every access to memory that a root leads to, graded; what lies at a distance from an argument is
 * graded where the argument is passed.
 */
final class Accesses {
  /** So many accesses by way of arguments are followed into each caller. */
  private static final int MOST_NEEDS = 200;

  private static final long RECORD_DATA = 88;
  private static final Step LENGTH = new Step(80, 80);

  private final Area area;
  private final Instance root;
  private final Map<Instance, List<Need>> needs = new HashMap<>();
  private final Map<Instance, @Nullable Step> results = new HashMap<>();
  private final Map<Key, Access> grades = new LinkedHashMap<>();

  Accesses(Area area, Instance root) {
    this.area = area;
    this.root = root;
    for (Instance instance : root.calleesFirst()) {
      Body body = new Body(instance);
      needs.put(instance, body.needs());
      results.put(instance, body.distances.result());
    }
  }

  /** The accesses by grade, in the order in which they were found. */
  Map<Grade, List<Access>> byGrade() {
    return grades.values().stream().collect(Collectors.groupingBy(Access::grade));
  }

  /**
   * An access of a function that counts from one of its arguments.
   *
   * @param length which argument says how many bytes follow this one, from 1, or 0
   */
  private record Need(int argument, int length, Reach reach, Key key) {}

  /** An access: the node of a function, and which of its inputs is the address. */
  private record Key(int function, int node, int input) {}

  private void grade(Key key, Bounds bounds, Reach reach, @Nullable Node call) {
    Optional<Place> caller = Optional.ofNullable(call).map(Node::place);
    Access access =
        new Access(bounds.grade(), reach.place(), reach.function(), caller, bounds.text());
    grades.merge(key, access, (a, b) -> a.grade().compareTo(b.grade()) >= 0 ? a : b);
  }

  /** The accesses of one instance. */
  private final class Body {
    private final Instance instance;
    private final Graph graph;
    private final Distances distances;
    private final Comparisons comparisons;
    private final List<Need> needs = new ArrayList<>();
    private final Map<Integer, List<Node>> lengths = new HashMap<>();

    Body(Instance instance) {
      this.instance = instance;
      this.graph = instance.graph();
      this.distances = new Distances(instance, results);
      this.comparisons = new Comparisons(instance, distances);
    }

    List<Need> needs() {
      instance.running().forEach(this::noteLength);
      instance.running().forEach(this::access);
      return needs;
    }

    /** Notes where a word is loaded that may be the length of an account's data. */
    private void noteLength(Node node) {
      boolean word = node.op() instanceof Op.Load load && load.bytes() == Long.BYTES;
      if (word && instance.anchors().distance(node.input(0)).equals(LENGTH)) {
        int anchor = instance.anchors().anchor(node.input(0));
        lengths.computeIfAbsent(anchor, a -> new ArrayList<>()).add(node);
      }
    }

    private void access(Node node) {
      Op op = node.op();
      if (op instanceof Op.Load load) {
        access(node, 0, load.bytes(), load.bytes(), false);
      } else if (op instanceof Op.Store store) {
        access(node, 0, store.bytes(), store.bytes(), true);
      } else if (op instanceof Op.Zero zero) {
        access(node, 0, zero.bytes(), zero.bytes(), true);
      } else if (op instanceof Op.Copy copy) {
        access(node, 0, copy.bytes(), copy.bytes(), true);
        access(node, 1, copy.bytes(), copy.bytes(), false);
      } else if (op instanceof Op.Syscall call) {
        Syscall.of(call.hash()).ifPresent(syscall -> arguments(node, syscall));
      } else if (op instanceof Op.Call) {
        Instance callee = instance.calls().get(node.id());
        for (Need need : callee == null ? List.<Need>of() : needs(callee)) {
          need(node, need);
        }
      }
    }

    private List<Need> needs(Instance callee) {
      return Accesses.this.needs.getOrDefault(callee, List.of());
    }

    private void arguments(Node node, Syscall syscall) {
      List<Argument> arguments = syscall.arguments();
      for (int i = 0; i < Math.min(arguments.size(), node.inputs().length); i++) {
        Argument.Extent extent = arguments.get(i).extent();
        if (extent == null) {
          continue;
        }
        Word count =
            extent.times() == 0
                ? Word.constant(1)
                : instance.ranges().in(node.input(extent.times() - 1), node.block());
        boolean small = count.umax() >= 0 && count.umax() < Reach.UNKNOWN / extent.unit();
        long most = small ? count.umax() * extent.unit() : Reach.UNKNOWN;
        long least = small ? count.umin() * extent.unit() : 0;
        if (most > 0 && !count.isEmpty()) {
          boolean writes = arguments.get(i).kind().writes();
          Reach reach = Reach.of(least, most, writes, node.place(), graph.name());
          int times = extent.unit() == 1 ? extent.times() : 0;
          judge(node, i, times, reach, key(node, i), null);
        }
      }
    }

    private void access(Node node, int input, long least, long most, boolean writes) {
      Reach reach = Reach.of(least, most, writes, node.place(), graph.name());
      judge(node, input, 0, reach, key(node, input), null);
    }

    private Key key(Node node, int input) {
      return new Key(instance.function(), node.id(), input);
    }

    /**
     * Where an access ends whose length is the difference of its end and its address; null if it is
     * not.
     *
     * @param times which argument is the length, from 1, or 0
     */
    private @Nullable Step end(Node call, int input, int times) {
      if (times == 0) {
        return null;
      }
      ValueNumbers numbers = instance.ranges().numbers();
      Node length = graph.node(numbers.of(call.input(times - 1)));
      int address = call.input(input);
      boolean ends =
          length.op() instanceof Op.Arithmetic arithmetic
              && arithmetic.operator() == Operator.SUB
              && anchor(length.input(0), call) == anchor(address, call);
      Step after = ends ? distances.between(address, length.input(1)) : null;
      if (after != null) {
        return distances.of(length.input(0), call.block()).add(after);
      }
      Node start = graph.node(numbers.of(address));
      boolean backwards =
          start.op() instanceof Op.Arithmetic down
              && down.operator() == Operator.SUB
              && numbers.of(start.input(1)) == numbers.of(call.input(times - 1))
              && anchor(start.input(0), call) == anchor(address, call);
      if (backwards) {
        return distances.of(start.input(0), call.block());
      }
      long most = comparisons.end(address, call.input(times - 1), 0, call.block());
      return most == Long.MAX_VALUE ? null : new Step(Long.MIN_VALUE, most);
    }

    private int anchor(int node, Node user) {
      return instance.anchors().anchor(node, user.block());
    }

    private void need(Node call, Need need) {
      if (need.argument < call.inputs().length) {
        judge(call, need.argument, need.length, need.reach, need.key, call);
      }
    }

    /** Which argument a node is, from 1, or 0. */
    private int argument(int node) {
      Op op = graph.node(instance.ranges().numbers().of(node)).op();
      return op instanceof Op.Parameter parameter ? parameter.index() + 1 : 0;
    }

    /**
     * Grades an access at a distance from an input of a node, or leaves it to the callers.
     *
     * @param times which input is the access's length, from 1, or 0
     */
    private void judge(Node user, int input, int times, Reach reach, Key key, @Nullable Node call) {
      int address = user.input(input);
      Step end = end(user, input, times);
      Word word = instance.ranges().in(address, user.block());
      Step step = distances.of(address, user.block());
      Reach moved = reach.after(step);
      Reach whole = moved == null || end == null ? moved : moved.until(end);
      if (whole != null && end == null && !step.isFixed()) {
        long bytes = reach.mostEnd();
        long most = comparisons.end(address, -1, bytes, user.block());
        whole = whole.until(new Step(Long.MIN_VALUE, most));
      }
      Node anchor = graph.node(anchor(address, user));
      if (word.isEmpty()) {
        return;
      }
      boolean passed = argument(anchor.id()) > 0 && instance != root && whole != null;
      boolean isRegion = Bounds.isRegion(word);
      Bounds bounds = passed && !isRegion ? Bounds.LEFT : bounds(user, anchor, whole, word, reach);
      boolean isDoubtful = isRegion && bounds.grade() == Grade.DOUBTFUL;
      if (whole != null && passed && (!isRegion || isDoubtful)) {
        int length = times > 0 && argument(address) > 0 ? argument(user.input(times - 1)) : 0;
        Need need = new Need(argument(anchor.id()) - 1, length, whole, key);
        if (needs.size() < MOST_NEEDS) {
          needs.add(need);
        } else {
          grade(key, bounds, reach, call);
        }
        return;
      }
      if (isDoubtful) {
        Word after = Outcomes.in(instance, address, user.block());
        bounds = after.isEmpty() ? bounds : bounds(user, anchor, whole, after, reach);
      }
      // What a function returns where it did well is not meant for the frame only because it is
      // known where it lies.
      boolean given =
          bounds.grade() == Grade.DOUBTFUL && instance.anchors().isReturned(address, user.block());
      grade(key, given ? Bounds.LEFT : bounds, reach, call);
    }

    private Bounds bounds(Node user, Node anchor, @Nullable Reach whole, Word word, Reach reach) {
      if (whole != null && anchor.op() instanceof Op.Address object) {
        return object.memory() == Op.Memory.READ_ONLY
            ? Bounds.readOnly(whole, object.from(), object.to())
            : frame(whole, object.from(), object.to());
      }
      Word bytes = object(anchor);
      if (whole != null && bytes != null) {
        String name = "what the call gave, " + bytes + " bytes";
        return Bounds.within(whole, 0, bytes.umin(), bytes.umax(), name);
      }
      if (Bounds.isRegion(word)) {
        return Bounds.region(area, word, reach);
      }
      if (isMeantForFrame(anchor)) {
        return new Bounds(Grade.DOUBTFUL, "an unknown distance from the frame");
      }
      if (isNullable(anchor, user, reach)) {
        return new Bounds(Grade.NULLABLE, "an address that may be null");
      }
      boolean compared = whole != null && area.isOwn() && isCompared(user, anchor, whole);
      return compared ? new Bounds(Grade.COMPARED, "") : Bounds.LEFT;
    }

    /** In the frame; where functions move it themselves, its end is that of the stack at first. */
    private Bounds frame(Reach whole, long from, long to) {
      if (from >= -MemoryMap.STACK_BYTES) {
        return Bounds.within(whole, from, to, to, "the frame");
      }
      return instance == root
          ? Bounds.within(whole, -MemoryMap.STACK_BYTES, 0, 0, "the stack")
          : Bounds.LEFT;
    }

    /** How many bytes lie behind the address that a call of the runtime gives, or null. */
    private @Nullable Word object(Node anchor) {
      if (!(anchor.op() instanceof Op.Syscall call)) {
        return null;
      }
      Optional<Syscall> syscall = Syscall.of(call.hash());
      if (syscall.equals(Optional.of(Syscall.SOL_RINGBUF_RESERVE))) {
        return instance.ranges().in(anchor.input(1), anchor.block());
      }
      return syscall.equals(Optional.of(Syscall.SOL_ITER_NUM_NEXT)) ? Word.constant(8) : null;
    }

    /** Whether an access to an account lies within what its length is known to be at least. */
    private boolean isCompared(Node user, Node anchor, Reach reach) {
      long least = 0;
      for (Node length : lengths.getOrDefault(anchor.id(), List.of())) {
        boolean known = instance.ranges().dominators().dominates(length.block(), user.block());
        long bytes = known ? instance.ranges().in(length.id(), user.block()).umin() : 0;
        least = bytes < 0 ? least : Math.max(least, bytes);
      }
      boolean loaded = anchor.op() instanceof Op.Load load && load.bytes() == Long.BYTES;
      return loaded && reach.isWithin(0, RECORD_DATA + least);
    }

    /** Whether an address is one in the frame and a number of which too little is known. */
    private boolean isMeantForFrame(Node anchor) {
      return anchor.op() instanceof Op.Arithmetic arithmetic
          && (arithmetic.operator() == Operator.ADD || arithmetic.operator() == Operator.SUB)
          && isFrame(instance.anchors().anchor(anchor.input(0)));
    }

    private boolean isFrame(int node) {
      return graph.node(node).op() instanceof Op.Address address
          && address.memory() == Op.Memory.FRAME;
    }

    /** Whether an address comes from where 0 stands for nothing, and is not compared with it. */
    private boolean isNullable(Node anchor, Node user, Reach reach) {
      Word value = instance.ranges().in(anchor.id(), user.block());
      if (!value.contains(0) || reach.isPerhapsNothing()) {
        return false;
      }
      Instance callee = instance.calls().get(anchor.id());
      return anchor.op() instanceof Op.Call
          && callee != null
          && instance.anchors().distance(anchor.id()).equals(Step.NONE)
          && callee.isNullable();
    }
  }
}
