package dev.ovsm.verifier.lift;

import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.graph.Away;
import dev.ovsm.verifier.graph.Block.Exit;
import dev.ovsm.verifier.graph.CallGraph;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.GraphBuilder;
import dev.ovsm.verifier.graph.LoopForest;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Op.CallIndirect.Callee;
import dev.ovsm.verifier.graph.Operand;
import dev.ovsm.verifier.graph.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the functions of a program, as the code itself shows them: the entrypoint, and whatever is
 * called from there. Time and memory stay within a small multiple of the code.
 */
final class Lifter {
  /** So many times over may the functions of a program share its code. */
  private static final int SHARED = 2;

  private static final int MOST_LOOPS = 1_000;
  private static final int DEEPEST_LOOP = 50;

  /** So many slots, and as many as there are, may lie in loops, counted for each loop around. */
  private static final int NESTED = 50_000;

  /** After so many changes no argument of a function is trusted. */
  private static final int MOST_CHANGES = 20;

  private final Code code;
  private final Endings endings;
  private final IntFunction<Span> spans;
  private final Optional<Consumer<Snapshot>> watcher;
  private final Map<Integer, Integer> indices = new HashMap<>();
  private final List<Integer> starts = new ArrayList<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final List<@Nullable Body> bodies = new ArrayList<>();
  private final Map<Integer, Callee> unread = new HashMap<>();
  private final Map<Integer, Summary> summaries = new HashMap<>();
  private final List<Trust> trusts = new ArrayList<>();
  private final List<Set<Operand>> granted = new ArrayList<>();
  private final List<Away> away = new ArrayList<>();
  private final Supposed supposed;
  private boolean calledFirst;
  private int room;
  private long nested;

  Lifter(
      Program program,
      IntFunction<Span> spans,
      Optional<Consumer<Snapshot>> watcher,
      Supposed supposed) {
    this.watcher = watcher;
    this.code = new Code(program);
    this.endings = new Endings(code);
    this.supposed = layout().isFixed() ? supposed : Supposed.NOTHING;
    this.spans = spans;
    this.room = SHARED * code.slots() + 64;
    this.nested = (long) NESTED + code.slots();
    program.symbols().forEach(symbol -> names.putIfAbsent(symbol.pc(), symbol.name()));
  }

  Code code() {
    return code;
  }

  /** The functions, that of the entrypoint first. */
  List<Graph> graphs() {
    int[][] calls = discover();
    calledFirst = Arrays.stream(calls).flatMapToInt(Arrays::stream).anyMatch(one -> one == 0);
    Graph[] graphs = new Graph[bodies.size()];
    for (int index : CallGraph.of(calls).calleesFirst()) {
      Body body = bodies.get(index);
      graphs[index] = body == null ? opaque(index) : lift(index, body);
    }
    return List.of(graphs);
  }

  /** What the functions rest on. */
  List<Away> away() {
    return away;
  }

  private Graph lift(int index, Body body) {
    Trust trust = trusts.get(index);
    FrameFlow flow = new FrameFlow(body, summaries, trust, supposed, granted.get(index));
    Variables variables = new Variables(body, flow, summaries, trust);
    Definitions definitions = new Definitions(variables);
    Writes writes = flow.all().afterReturn(layout());
    List<Op.Left> left = variables.left().stream().map(v -> left(variables.cell(v))).toList();
    List<Extent> relied = relied(flow, variables, writes);
    summaries.put(body.start(), new Summary(writes, definitions.arity(), left, relied));
    FunctionLifter lifter =
        new FunctionLifter(
            name(body.start()),
            flow,
            variables,
            definitions,
            this::index,
            this::place,
            index == 0 && !calledFirst,
            watcher);
    Graph graph = lifter.graph();
    away.addAll(lifter.away());
    return graph;
  }

  private static List<Extent> relied(FrameFlow flow, Variables variables, Writes writes) {
    List<Extent> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Extent bytes = flow.relied().get(i).join(writes.arguments().get(i));
      all.add(bytes.join(variables.around(i)));
    }
    return all;
  }

  private static Op.Left left(Variables.Cell cell) {
    return new Op.Left(cell.argument(), cell.from(), cell.bytes());
  }

  private FrameLayout layout() {
    return new FrameLayout(code.version());
  }

  /** Finds all functions, in the order in which they are called; of each, whom it calls. */
  private int[][] discover() {
    List<List<Passing>> calls = new ArrayList<>();
    index(code.entry(), true);
    for (int i = 0; i < starts.size(); i++) {
      Body body = Body.of(code, starts.get(i), room, endings::endsAt);
      room = body == null ? room / 2 : room - body.size();
      Optional<Callee> tangle = body == null ? Optional.of(Callee.LONG) : tangle(body);
      tangle.ifPresent(why -> unread.put(bodies.size(), why));
      body = tangle.isPresent() ? null : body;
      bodies.add(body);
      List<Passing> made = new ArrayList<>();
      Set<Operand> grants = new HashSet<>();
      if (body != null) {
        Trust none = Trust.none(layout());
        FrameFlow flow = new FrameFlow(body, Map.of(), none, Supposed.NOTHING, Set.of());
        for (int pc : flow.calls()) {
          int callee = index(flow.callee(pc).orElseThrow(), true);
          made.add(new Passing(callee, granting(pc, flow.passed(pc), grants)));
        }
      }
      granted.add(grants);
      calls.add(made);
    }
    trust(calls);
    return calls.stream()
        .map(made -> made.stream().mapToInt(Passing::callee).distinct().toArray())
        .toArray(int[][]::new);
  }

  /**
   * What a call passes, with addresses where else they are known to lie, or outside frames where
   * they are supposed to be outside.
   */
  private List<Locus> granting(int pc, List<Locus> passed, Set<Operand> grants) {
    List<Locus> all = new ArrayList<>();
    for (int i = 0; i < passed.size(); i++) {
      Locus one = supposed.narrowed(pc, i, passed.get(i));
      boolean granted = one.kind() != Locus.Kind.FRAME && supposed.includes(pc, i);
      if (granted) {
        grants.add(new Operand(pc, i));
      }
      all.add(granted ? Locus.constant(MemoryMap.INPUT) : one);
    }
    return all;
  }

  /** A call of a function with what it passes. */
  private record Passing(int callee, List<Locus> arguments) {}

  /** Trusts all arguments, then takes back what some caller does not keep. */
  private void trust(List<List<Passing>> calls) {
    calls.forEach(made -> trusts.add(Trust.full(layout())));
    Map<Integer, Integer> changes = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>();
    IntStream.range(0, calls.size()).forEach(open::add);
    while (!open.isEmpty()) {
      int caller = open.pop();
      for (Passing passing : calls.get(caller)) {
        Trust before = trusts.get(passing.callee);
        Trust after = trusts.get(caller).passing(passing.arguments, before);
        if (!after.equals(before)) {
          boolean moves = changes.merge(passing.callee, 1, Integer::sum) > MOST_CHANGES;
          trusts.set(passing.callee, moves ? Trust.none(layout()) : after);
          open.push(passing.callee);
        }
      }
    }
  }

  /** Whether a function has more loops, or deeper ones, than any that is worth the time. */
  private Optional<Callee> tangle(Body body) {
    LoopForest loops = LoopForest.of(body.cfg());
    int depth = 0;
    int[] depths = new int[body.cfg().size()];
    List<Integer> outermostFirst = new ArrayList<>(loops.innermostFirst());
    Collections.reverse(outermostFirst);
    for (int loop : outermostFirst) {
      depths[loop] = loops.outer(loop) < 0 ? 1 : depths[loops.outer(loop)] + 1;
      depth = Math.max(depth, depths[loop]);
    }
    long inside = 0;
    for (int block : body.cfg().order()) {
      int loop = loops.innermost(block);
      inside += loop < 0 ? 0 : (long) depths[loop] * body.slots(block).length;
    }
    if (depth > DEEPEST_LOOP || inside > nested) {
      return Optional.of(Callee.DEEP);
    }
    nested -= inside;
    return outermostFirst.size() > MOST_LOOPS ? Optional.of(Callee.LOOPS) : Optional.empty();
  }

  private int index(int pc, boolean add) {
    Integer known = indices.get(pc);
    if (known == null && add) {
      indices.put(pc, starts.size());
      starts.add(pc);
      return starts.size() - 1;
    }
    return known == null ? -1 : known;
  }

  /** The index of the function at a slot, or -1. */
  private int index(int pc) {
    return index(pc, false);
  }

  /** A function that is too large, or too tangled, to be looked into: it may do anything. */
  private Graph opaque(int index) {
    Place place = place(starts.get(index));
    GraphBuilder builder = new GraphBuilder(name(starts.get(index)), 0, place);
    builder.block(place);
    builder.enter(0);
    Op again = new Op.CallIndirect(unread.getOrDefault(index, Callee.LONG));
    int result = builder.add(again, place, builder.constant(starts.get(index)));
    builder.end(Exit.RETURN, result);
    return builder.build();
  }

  private Place place(int pc) {
    return new Place(spans.apply(pc), pc);
  }

  private String name(int pc) {
    String symbol = names.get(pc);
    return symbol != null ? symbol : "function at " + pc;
  }
}
