package dev.ovsm.frontend.hir;

import java.util.List;
import java.util.Map;

/**
 * A typed program.
 *
 * @param functions every instance that was typed, callees included, in the order of first use
 * @param createMaps the discriminator of the generated entry that creates the maps
 * @param bare whether the only entry runs without a discriminator
 * @param debug whether errors that the program raises are logged with their places
 */
public record Typed(
    String name,
    List<Instance> functions,
    List<EntryInfo> entries,
    List<MapInfo> maps,
    List<AccountInfo> accounts,
    List<ArrayInfo> arrays,
    Declared declared,
    long createMaps,
    boolean bare,
    boolean debug,
    Functions library) {
  public Typed {
    functions = List.copyOf(functions);
    entries = List.copyOf(entries);
    maps = List.copyOf(maps);
    accounts = List.copyOf(accounts);
    arrays = List.copyOf(arrays);
  }

  /** The same program, entries that declare no compute units having these by their names. */
  public Typed withBudgets(Map<String, Long> budgets) {
    List<EntryInfo> all =
        entries.stream()
            .map(
                entry -> {
                  Long found = budgets.get(entry.name());
                  return found == null || entry.budget() != 0 ? entry : entry.withBudget(found);
                })
            .toList();
    return new Typed(
        name, functions, all, maps, accounts, arrays, declared, createMaps, bare, debug, library);
  }

  /** The same program, whose errors are logged with their places or are not. */
  public Typed withDebug(boolean logs) {
    return new Typed(
        name,
        functions,
        entries,
        maps,
        accounts,
        arrays,
        declared,
        createMaps,
        bare,
        logs,
        library);
  }

  /** A program array: its element {@code i} is the entry of that name. */
  public record ArrayInfo(String name, List<String> elements) {
    public ArrayInfo {
      elements = List.copyOf(elements);
    }
  }

  /** Types functions of the standard library for constructs that lowering expands into calls. */
  public interface Functions {
    /** The library's function {@code name} for these parameter types. */
    Instance function(String name, List<Type> parameters);
  }
}
