package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.work.Workers;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.CallGraph;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The instances of functions that the roots lead to: a function is analysed anew for each of the
 * first few sets of arguments it is called with, then once for any arguments.
 */
final class Instances {
  private static final int MOST = 8;

  /** So many nodes are analysed anew for sets of arguments; then general instances must do. */
  private static final int MOST_NODES = 50_000;

  /** Calls of functions with at most so many nodes are evaluated for their arguments. */
  private static final int SMALL = 40;

  /** So many different calls of one small function are evaluated for each instance. */
  private static final int MOST_CALLS = 64;

  /** With more nodes than these, functions are analysed at once. */
  private static final int MANY_NODES = 2_000;

  private final List<Graph> graphs;
  private final CallGraph calls;
  private final AtomicReferenceArray<@Nullable Basis> bases;
  private final Word[] results;
  private final Word[] seconds;
  private final Results.@Nullable Relative[] relatives;
  private final Results.@Nullable Relative[] relativesBesideZero;
  private final List<Map<Op.Left, Word>> lefts = new ArrayList<>();
  private final List<Map<Op, Results.Rise>> rises = new ArrayList<>();

  /** Null for a function that is only entered. */
  private final List<@Nullable Instance> general = new ArrayList<>();

  private final Map<Integer, List<Instance>> special = new HashMap<>();
  private final Deque<Instance> open = new ArrayDeque<>();
  private final List<Instance> all = new ArrayList<>();
  private final boolean isMuch;
  private int room = MOST_NODES;

  /**
   * The instances of a subject's functions.
   *
   * @param roots those that will be asked for
   */
  Instances(List<Graph> graphs, CallGraph calls, List<Root> roots) {
    this.graphs = graphs;
    this.calls = calls;
    this.bases = new AtomicReferenceArray<>(graphs.size());
    this.results = new Word[graphs.size()];
    this.seconds = new Word[graphs.size()];
    this.relatives = new Results.@Nullable Relative[graphs.size()];
    this.relativesBesideZero = new Results.@Nullable Relative[graphs.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = Word.any();
      seconds[i] = Word.any();
      general.add(null);
      lefts.add(Map.of());
      rises.add(Map.of());
    }
    this.isMuch = graphs.stream().mapToInt(graph -> graph.nodes().size()).sum() > MANY_NODES;
    Set<Integer> entered = onlyEntered(roots);
    for (List<Integer> level : levels()) {
      List<Integer> called = level.stream().filter(one -> !entered.contains(one)).toList();
      List<Instance> found =
          Workers.each(called, isMuch, function -> analyse(function, anything(function)));
      found.forEach(this::keep);
    }
  }

  /** Functions that nobody calls and of which something is known wherever the runtime enters. */
  private Set<Integer> onlyEntered(List<Root> roots) {
    Set<Integer> all = new HashSet<>();
    roots.forEach(root -> all.add(root.function()));
    roots.stream().filter(one -> one.premises().isEmpty()).forEach(r -> all.remove(r.function()));
    for (int function = 0; function < graphs.size(); function++) {
      for (int callee : calls.callees(function)) {
        all.remove(callee);
      }
    }
    return all;
  }

  private void keep(Instance instance) {
    int function = instance.function();
    general.set(function, instance);
    // A recursive function's result would rest on itself.
    if (!calls.isRecursive(function)) {
      results[function] = instance.result();
      seconds[function] = instance.second();
      relatives[function] = instance.relative(Word.any());
      relativesBesideZero[function] = instance.relative(Word.constant(0));
      lefts.set(function, instance.left());
      rises.set(function, instance.rises());
    }
  }

  /** The functions such that each calls only functions of earlier lists, recursion apart. */
  private List<List<Integer>> levels() {
    List<List<Integer>> levels = new ArrayList<>();
    int[] level = new int[graphs.size()];
    for (int function : calls.calleesFirst()) {
      for (int callee : calls.callees(function)) {
        if (!calls.isRecursive(callee)) {
          level[function] = Math.max(level[function], level[callee] + 1);
        }
      }
      while (levels.size() <= level[function]) {
        levels.add(new ArrayList<>());
      }
      levels.get(level[function]).add(function);
    }
    return levels;
  }

  /** The instance of a function that the runtime enters with any arguments. */
  Instance root(int function) {
    return require(function, anything(function));
  }

  /** The instances that the runtime enters at roots, of which something more may be known. */
  List<Instance> roots(List<Root> roots) {
    List<Root> more = roots.stream().filter(root -> !root.premises().isEmpty()).toList();
    Iterator<Instance> analysed = Workers.each(more, isMuch, this::analyse).iterator();
    List<Instance> all = new ArrayList<>();
    for (Root root : roots) {
      if (root.premises().isEmpty()) {
        all.add(root(root.function()));
      } else {
        Instance instance = analysed.next();
        open.push(instance);
        all.add(instance);
      }
    }
    return all;
  }

  private Instance analyse(Root root) {
    int function = root.function();
    return new Instance(
        function, basis(function), anything(function), root.premises(), new Calls());
  }

  /** How often nodes were evaluated in the instances that roots lead to, and in general ones. */
  long evaluations() {
    return sum(instance -> instance.ranges().evaluations());
  }

  /** How many steps the analyses of all of those took. */
  long work() {
    return sum(Instance::work);
  }

  private long sum(ToLongFunction<Instance> measure) {
    Set<Instance> different = new LinkedHashSet<>(all);
    for (Instance instance : general) {
      if (instance != null) {
        different.add(instance);
      }
    }
    return different.stream().mapToLong(measure).sum();
  }

  /** What is known of a function whoever calls it; not for those that are only entered. */
  Instance general(int function) {
    return Objects.requireNonNull(general.get(function));
  }

  /** The loops of a function, whoever calls it. */
  List<Loop> loops(int function) {
    Instance known = general.get(function);
    return (known == null ? analyse(function, anything(function)) : known).loops();
  }

  /** Follows the calls of all instances asked for so far; afterwards each knows its callees. */
  void follow() {
    while (!open.isEmpty()) {
      Instance instance = open.pop();
      all.add(instance);
      for (Node node : instance.running()) {
        if (node.op() instanceof Op.Call call) {
          boolean recursive =
              calls.isRecursive(call.callee())
                  && calls.areMutual(instance.function(), call.callee());
          if (!recursive) {
            instance.calls().put(node.id(), require(call.callee(), arguments(instance, node)));
          }
        }
      }
    }
  }

  private Instance require(int function, List<Word> arguments) {
    List<Instance> known = special.computeIfAbsent(function, f -> new ArrayList<>());
    for (Instance instance : known) {
      if (instance.arguments().equals(arguments)) {
        return instance;
      }
    }
    Instance instance =
        known.size() >= MOST || room <= 0 || arguments.equals(anything(function))
            ? general(function)
            : analyse(function, arguments);
    room -= instance == general.get(function) ? 0 : instance.graph().nodes().size();
    if (!known.contains(instance)) {
      known.add(instance);
      open.push(instance);
    }
    return instance;
  }

  private List<Word> arguments(Instance caller, Node call) {
    List<Word> arguments = new ArrayList<>();
    for (int input : call.inputs()) {
      arguments.add(caller.ranges().in(input, call.block()));
    }
    return arguments;
  }

  private Instance analyse(int function, List<Word> arguments) {
    return new Instance(function, basis(function), arguments, Map.of(), new Calls());
  }

  /** What one instance learns of the functions that it calls. */
  private final class Calls implements Results {
    private final Map<Integer, Map<List<Word>, Word>> small = new HashMap<>();

    @Override
    public Word of(int function, List<Word> arguments) {
      boolean plain =
          calls.isRecursive(function)
              || calls.callees(function).length > 0
              || graphs.get(function).nodes().size() > SMALL
              || arguments.equals(anything(function));
      if (plain || arguments.stream().anyMatch(Word::isEmpty)) {
        return results[function];
      }
      Map<List<Word>, Word> known = small.computeIfAbsent(function, f -> new HashMap<>());
      if (!known.containsKey(arguments) && known.size() < MOST_CALLS) {
        known.put(arguments, analyse(function, arguments).result());
      }
      return known.getOrDefault(arguments, results[function]);
    }

    @Override
    public Word second(int function) {
      return seconds[function];
    }

    @Override
    public Word left(int function, Op.Left place) {
      return lefts.get(function).getOrDefault(place, Word.any());
    }

    @Override
    public Results.@Nullable Rise rise(int function, Op.@Nullable Left place) {
      return rises.get(function).get(place == null ? Instance.RESULT : place);
    }

    @Override
    public Results.@Nullable Relative relative(int function) {
      return relatives[function];
    }

    @Override
    public Results.@Nullable Relative relativeBesideZero(int function) {
      return relativesBesideZero[function];
    }
  }

  /** Threads may find the same one at once; it is the same for all. */
  private Basis basis(int function) {
    Basis basis = bases.get(function);
    if (basis == null) {
      basis = Basis.of(graphs.get(function));
      bases.set(function, basis);
    }
    return basis;
  }

  private List<Word> anything(int function) {
    return Collections.nCopies(graphs.get(function).parameters(), Word.any());
  }
}
