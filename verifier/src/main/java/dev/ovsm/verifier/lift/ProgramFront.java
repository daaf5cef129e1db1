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
  private final Manifest manifest;
  private final List<Graph> graphs;
  private final ToLongFunction<Root.Kind> budgets;
  private final Area area;
  private final List<Away> away;

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
    this.budgets = budgets;
    long start = program.readOnlyAddress();
    long end = start + program.readOnly().length;
    boolean own = !manifest.entries().isEmpty();
    this.area = new Area(start, end, own, !own && manifest.name().isEmpty());
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
    for (Manifest.Entry entry : manifest.entries()) {
      boolean callback = entry.kind() == Manifest.EntryKind.CALLBACK;
      Root.Kind kind = callback ? Root.Kind.CALLBACK : Root.Kind.INSTRUCTION;
      List<Root.Taken> accounts =
          entry.accounts().stream()
              .map(account -> new Root.Taken(account.name(), account.writable()))
              .toList();
      List<Node> selecting = selecting(entry.discriminator());
      roots.add(root(entry.name(), kind, entry.budget(), accounts, selecting));
    }
    if (roots.isEmpty()) {
      roots.add(root(Program.ENTRYPOINT, Root.Kind.INSTRUCTION, 0, List.of(), List.of()));
    }
    return new Subject(graphs, roots, -1, arrays(), new TreeMap<>(), List.of(), true, area, away);
  }

  private Root root(
      String name, Root.Kind kind, long budget, List<Root.Taken> accounts, List<Node> selecting) {
    Map<Integer, Word> premises = new HashMap<>();
    for (Node node : graphs.get(0).nodes()) {
      if (node.op() instanceof Op.Parameter parameter && parameter.index() == 0) {
        premises.put(node.id(), Word.constant(MemoryMap.INPUT));
      }
    }
    boolean one = selecting.stream().map(node -> node.input(0)).distinct().count() == 1;
    Node compare = one ? selecting.get(0) : null;
    if (compare != null
        && graphs.get(0).node(compare.input(1)).op() instanceof Op.Constant chosen) {
      premises.put(compare.input(0), Word.constant(chosen.value()));
    }
    return new Root(
        name,
        kind,
        0,
        budget != 0 ? budget : budgets.applyAsLong(kind),
        budget != 0,
        compare == null ? graphs.get(0).place() : compare.place(),
        accounts,
        premises);
  }

  /** Where the entrypoint compares a word that it has loaded with a discriminator. */
  private List<Node> selecting(long discriminator) {
    Graph graph = graphs.get(0);
    return graph.nodes().stream()
        .filter(node -> node.op() instanceof Op.Compare)
        .filter(node -> graph.node(node.input(0)).op() instanceof Op.Load load && load.bytes() == 8)
        .filter(node -> graph.node(node.input(1)).op().equals(new Op.Constant(discriminator)))
        .toList();
  }

  private SortedMap<Integer, List<Integer>> arrays() {
    SortedMap<Integer, List<Integer>> arrays = new TreeMap<>();
    List<Manifest.Entry> entries = manifest.entries();
    for (Manifest.ArraySpec array : manifest.arrays()) {
      List<Integer> targets = new ArrayList<>();
      for (long discriminator : array.elements()) {
        IntStream.range(0, entries.size())
            .filter(i -> entries.get(i).discriminator() == discriminator)
            .forEach(targets::add);
      }
      arrays.put(Murmur3.hash(array.name().getBytes(StandardCharsets.UTF_8)), targets);
    }
    return arrays;
  }
}
