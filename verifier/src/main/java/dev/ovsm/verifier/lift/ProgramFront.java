package dev.ovsm.verifier.lift;

import dev.ovsm.diag.Span;
import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Area;
import dev.ovsm.verifier.graph.Away;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Makes the subject of a loaded program: a graph of each function, a root of each entry. */
public final class ProgramFront {
  /**
   * So many nodes of the entrypoint are looked at, over all entries; with more there is no telling
   * entries apart.
   */
  private static final long MOST_NODES = 10_000_000;

  private final Manifest manifest;
  private final List<Graph> graphs;
  private final ToLongFunction<Root.Kind> budgets;
  private final Area area;
  private final List<Away> away;
  private final Dispatch dispatch;

  private ProgramFront(
      Program program,
      Manifest manifest,
      IntFunction<Span> spans,
      ToLongFunction<Root.Kind> budgets,
      Optional<Consumer<Snapshot>> watcher,
      Supposed supposed) {
    this.manifest = manifest;
    Lifter lifter = new Lifter(program, spans, watcher, supposed);
    this.graphs = lifter.graphs();
    this.away = lifter.away();
    this.dispatch = new Dispatch(graphs.get(0));
    this.budgets = budgets;
    long start = program.readOnlyAddress();
    long end = start + program.readOnly().length;
    this.area = new Area(start, end, !manifest.entries().isEmpty(), List.of(program.readOnly()));
  }

  /**
   * The subject of a program that the chain's validator accepts.
   *
   * @param manifest what the program says of its entries; without entries it has one, its first
   *     instruction
   * @param spans the place in the source that a slot stands for
   * @param budgets the compute units of an entry that declares none
   * @param supposed what is taken for granted; the subject tells what of it matters
   */
  public static Subject lift(
      Program program,
      Manifest manifest,
      IntFunction<Span> spans,
      ToLongFunction<Root.Kind> budgets,
      Supposed supposed) {
    Optional<Consumer<Snapshot>> nobody = Optional.empty();
    return new ProgramFront(program, manifest, spans, budgets, nobody, supposed).subject();
  }

  /** The same, while somebody sees what the machine holds before each instruction. */
  public static Subject watch(
      Program program,
      Manifest manifest,
      ToLongFunction<Root.Kind> budgets,
      Consumer<Snapshot> watcher,
      Supposed supposed) {
    IntFunction<Span> nowhere = pc -> Span.none();
    return new ProgramFront(program, manifest, nowhere, budgets, Optional.of(watcher), supposed)
        .subject();
  }

  private Subject subject() {
    List<Root> roots = new ArrayList<>();
    List<Manifest.Entry> entries = manifest.entries();
    if ((long) entries.size() * graphs.get(0).nodes().size() > MOST_NODES) {
      return together();
    }
    entries.forEach(entry -> roots.add(root(entry)));
    int rest =
        IntStream.range(0, entries.size())
            .filter(i -> dispatch.selecting(entries.get(i)).isEmpty())
            .findFirst()
            .orElse(entries.size());
    if (rest == entries.size()) {
      roots.add(others());
    }
    return new Subject(
        graphs, roots, -1, arrays(rest), new TreeMap<>(), List.of(), true, area, away);
  }

  /**
   * The subject without a root for each entry: one stands for them all, and is held to the worst.
   */
  private Subject together() {
    boolean callback =
        manifest.entries().stream().anyMatch(one -> one.kind() == Manifest.EntryKind.CALLBACK);
    Root.Kind kind = callback ? Root.Kind.CALLBACK : Root.Kind.INSTRUCTION;
    long budget = Long.MAX_VALUE;
    for (Manifest.Entry entry : manifest.entries()) {
      budget = Math.min(budget, entry.budget() != 0 ? entry.budget() : budgets.applyAsLong(kind));
    }
    Place place = graphs.get(0).place();
    Root all = new Root(Program.ENTRYPOINT, kind, 0, budget, false, place, List.of(), entering());
    List<Root> roots = List.of(all);
    return new Subject(graphs, roots, -1, none(), new TreeMap<>(), List.of(), true, area, away);
  }

  /** Arrays all of whose elements lead to the one root. */
  private SortedMap<Integer, List<Integer>> none() {
    SortedMap<Integer, List<Integer>> arrays = arrays(0);
    arrays.replaceAll((hash, targets) -> targets.stream().map(any -> 0).toList());
    return arrays;
  }

  private Root root(Manifest.Entry entry) {
    boolean callback = entry.kind() == Manifest.EntryKind.CALLBACK;
    Root.Kind kind = callback ? Root.Kind.CALLBACK : Root.Kind.INSTRUCTION;
    List<Root.Taken> accounts =
        entry.accounts().stream()
            .map(account -> new Root.Taken(account.name(), account.writable()))
            .toList();
    Map<Integer, Word> premises = entering();
    Optional<Node> compare = dispatch.selecting(entry);
    compare.ifPresent(node -> premises.put(node.input(0), Word.constant(entry.discriminator())));
    long budget = entry.budget();
    return new Root(
        entry.name(),
        kind,
        0,
        budget != 0 ? budget : budgets.applyAsLong(kind),
        budget != 0,
        compare.map(Node::place).orElse(graphs.get(0).place()),
        accounts,
        premises);
  }

  /** What is executed for no entry that the program tells of. */
  private Root others() {
    Map<Integer, Word> premises = entering();
    premises.putAll(dispatch.others(manifest.entries()));
    boolean all = manifest.entries().isEmpty();
    Root.Kind kind = all ? Root.Kind.INSTRUCTION : Root.Kind.OTHERS;
    long budget = budgets.applyAsLong(kind);
    Place place = graphs.get(0).place();
    String name = all ? Program.ENTRYPOINT : "any other instruction";
    return new Root(name, kind, 0, budget, false, place, List.of(), premises);
  }

  /** What the first function's nodes hold whatever is executed. */
  private Map<Integer, Word> entering() {
    Map<Integer, Word> premises = new HashMap<>();
    for (Node node : graphs.get(0).nodes()) {
      if (node.op() instanceof Op.Parameter parameter && parameter.index() == 0) {
        premises.put(node.id(), Word.constant(MemoryMap.INPUT));
      }
    }
    return premises;
  }

  /**
   * The root that each element of an array leads to.
   *
   * @param rest that of elements that are no entry's
   */
  private SortedMap<Integer, List<Integer>> arrays(int rest) {
    SortedMap<Integer, List<Integer>> arrays = new TreeMap<>();
    List<Long> known = manifest.entries().stream().map(Manifest.Entry::discriminator).toList();
    for (Manifest.ArraySpec array : manifest.arrays()) {
      List<Integer> targets = new ArrayList<>();
      for (long discriminator : array.elements()) {
        int entry = known.indexOf(discriminator);
        targets.add(entry >= 0 ? entry : rest);
      }
      arrays.put(Murmur3.hash(array.name().getBytes(StandardCharsets.UTF_8)), targets);
    }
    return arrays;
  }
}
