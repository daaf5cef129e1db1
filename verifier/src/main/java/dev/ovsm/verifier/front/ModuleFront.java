package dev.ovsm.verifier.front;

import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.work.Workers;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.verifier.graph.Area;
import dev.ovsm.verifier.graph.Exact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Makes the subject of an IR module: a graph of each function, a root of each entry. */
public final class ModuleFront {
  private final Module module;
  private final SortedMap<String, Integer> functions = new TreeMap<>();
  private final SortedMap<Integer, String> symbols = new ConcurrentSkipListMap<>();

  /** What each function claims; only who makes its graph adds to it. */
  private final List<List<Exact>> exact = new ArrayList<>();

  private ModuleFront(Module module) {
    this.module = module;
    for (int i = 0; i < module.functions().size(); i++) {
      functions.put(module.functions().get(i).name(), i);
      exact.add(new ArrayList<>());
    }
  }

  /**
   * The subject of a module that {@code IrChecker} accepts.
   *
   * @param budgets the compute units of an entry that declares none
   */
  public static Subject lift(Module module, ToLongFunction<Root.Kind> budgets) {
    return new ModuleFront(module).subject(budgets);
  }

  private Subject subject(ToLongFunction<Root.Kind> budgets) {
    List<Graph> graphs =
        Workers.eachFunction(
            module.functions(), function -> new FunctionFront(function, this).graph());
    List<Root> roots = new ArrayList<>();
    for (Entry entry : module.entries()) {
      boolean declared = entry.budget() != 0;
      Root.Kind kind =
          entry.kind() == Entry.Kind.CALLBACK ? Root.Kind.CALLBACK : Root.Kind.INSTRUCTION;
      roots.add(
          new Root(
              entry.name(),
              kind,
              function(entry.function()),
              declared ? entry.budget() : budgets.applyAsLong(kind),
              declared,
              Place.at(entry.span()),
              entry.accounts().stream()
                  .map(account -> new Root.Taken(account.name(), account.writable()))
                  .toList(),
              Map.of()));
    }
    int dispatcher = functions.getOrDefault(Module.ENTRYPOINT, -1);
    if (roots.isEmpty() && dispatcher >= 0) {
      roots.add(entrypoint(dispatcher));
    }
    List<Exact> claims = exact.stream().flatMap(List::stream).toList();
    return new Subject(
        graphs,
        roots,
        dispatcher,
        arrays(),
        symbols,
        claims,
        false,
        new Area(0, 0, true, module.data().stream().map(Module.Data::bytes).toList()),
        List.of());
  }

  /** A module without entries is entered as the machine enters every program. */
  private Root entrypoint(int dispatcher) {
    Place place = Place.at(module.functions().get(dispatcher).span());
    return new Root(
        Module.ENTRYPOINT,
        Root.Kind.INSTRUCTION,
        dispatcher,
        Root.MOST_UNITS,
        false,
        place,
        List.of(),
        Map.of());
  }

  private SortedMap<Integer, List<Integer>> arrays() {
    SortedMap<Integer, List<Integer>> arrays = new TreeMap<>();
    for (Module.ProgramArray array : module.arrays()) {
      List<Integer> targets = new ArrayList<>();
      for (long discriminator : array.elements()) {
        IntStream.range(0, module.entries().size())
            .filter(i -> module.entries().get(i).discriminator() == discriminator)
            .forEach(targets::add);
      }
      arrays.put(Murmur3.hash(array.name().getBytes(StandardCharsets.UTF_8)), targets);
    }
    return arrays;
  }

  /** The index of a function of the module. */
  int function(String name) {
    Integer index = functions.get(name);
    if (index == null) {
      throw new IllegalArgumentException("the module has no function " + name);
    }
    return index;
  }

  /** How many bytes an item of the read-only data has. */
  long bytes(int data) {
    return module.data().get(data).bytes().length;
  }

  /** The hash by which graphs name a syscall; the name is kept for messages. */
  int syscall(String name) {
    int hash = Murmur3.hash(name.getBytes(StandardCharsets.UTF_8));
    symbols.put(hash, name);
    return hash;
  }

  /** Notes a claim that a node of a function fits a type in a block. */
  void claim(String function, int node, int block, Exact.Origin origin, Type type) {
    int index = function(function);
    exact.get(index).add(new Exact(index, node, block, origin, type.bits(), type.signed()));
  }
}
