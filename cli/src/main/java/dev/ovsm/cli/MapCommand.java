package dev.ovsm.cli;

import dev.ovsm.cli.run.Plural;
import dev.ovsm.cli.saved.LoadedRun;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.ArrayListing;
import dev.ovsm.runtime.autonomous.MapListing;
import dev.ovsm.runtime.autonomous.Prospects;
import dev.ovsm.runtime.autonomous.RingListing;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm map SNAPSHOT NAME}: what a program keeps in a map, seen from outside. */
@CommandLine.Command(
    name = "map",
    description = {
      "List the entries of a map of a saved run, read from the bytes of its account: keys as hex"
          + " and as numbers, values as hex, in the order in which the map goes through them.",
      "",
      "Of a ring, list the records that wait to be taken, oldest first; of a program array, the"
          + " entry of each element."
    },
    footer = {
      "",
      "Examples:",
      "  ovsm map target/run/1/300.snapshot timer-map",
      "  ovsm map target/run/1/300.snapshot positions --all",
      "",
      "Exit codes: 0 listed, 1 there is no such map, 2 wrong usage, 3 no snapshot, 4 it",
      "cannot be read."
    })
final class MapCommand implements Command {
  private static final int USUAL = 100;

  @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "A snapshot of a run.")
  private String snapshot = "";

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "The map's name in its program, or the id of a ring that the program created.")
  private String name = "";

  @Option(names = "--all", description = "List all entries, not only the first 100.")
  private boolean all;

  @Override
  public ExitCode run(Terminal terminal) {
    Diagnostics found = new Diagnostics();
    Optional<LoadedRun> loaded = LoadedRun.read(snapshot, found);
    found.list().forEach(terminal::report);
    if (loaded.isEmpty()) {
      return TasksCommand.refusal(found);
    }
    boolean listed = false;
    Map<Pubkey, Account> accounts = new TreeMap<>(loaded.get().simulation().accounts());
    for (Map.Entry<Pubkey, Account> one : accounts.entrySet()) {
      byte[] data = one.getValue().data();
      if (MapListing.isNamed(data, name)) {
        Optional<MapListing> listing = MapListing.of(data);
        listing.ifPresent(map -> list(one.getKey(), one.getValue(), map, terminal));
        listed |= listing.isPresent();
      }
    }
    Prospects prospects = loaded.get().simulation().prospects();
    List<RingListing> rings = prospects.rings(name);
    rings.forEach(ring -> list(ring, terminal));
    List<ArrayListing> arrays = prospects.arrays(name);
    arrays.forEach(array -> list(array, terminal));
    if (!listed && rings.isEmpty() && arrays.isEmpty()) {
      terminal.report(
          Diagnostic.in(snapshot, RunCode.NO_MAP, "no program of the run has a map " + name)
              .withHelp(
                  "write its name as define-map or define-program-array has it, or the id of a ring"
                      + " that the program created"));
      return ExitCode.FINDINGS;
    }
    return ExitCode.OK;
  }

  private void list(RingListing ring, Terminal terminal) {
    terminal
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%s of %s: ring of %,d bytes, %,d used by %s, %,d refused",
                name,
                ring.owner(),
                ring.size(),
                ring.used(),
                Plural.of(ring.records().size(), "record"),
                ring.dropped()));
    rows(
        ring.records(),
        record -> Plural.of(record.length, "byte") + "  " + HexFormat.of().formatHex(record),
        terminal);
  }

  private void list(ArrayListing array, Terminal terminal) {
    terminal
        .out()
        .println(
            name
                + " of "
                + array.owner()
                + ": program array of "
                + Plural.of(array.entries().size(), "element"));
    rows(array.entries(), entry -> entry.isEmpty() ? "-" : entry, terminal);
  }

  /** The first of many elements, each with its position. */
  private <T> void rows(List<T> elements, Function<T, String> words, Terminal terminal) {
    int shown = all ? elements.size() : Math.min(USUAL, elements.size());
    for (int i = 0; i < shown; i++) {
      terminal.out().println("  [" + i + "]  " + words.apply(elements.get(i)));
    }
    more(elements.size() - shown, terminal);
  }

  private static void more(int count, Terminal terminal) {
    if (count > 0) {
      terminal.out().println("  … " + count + " more; --all lists them");
    }
  }

  private void list(Pubkey address, Account account, MapListing map, Terminal terminal) {
    terminal
        .out()
        .println(
            name
                + " of "
                + account.owner()
                + " at "
                + address
                + ": "
                + map.entries().size()
                + " of "
                + map.most()
                + (map.most() == 1 ? " entry" : " entries"));
    int shown = all ? map.entries().size() : Math.min(USUAL, map.entries().size());
    for (MapListing.Entry entry : map.entries().subList(0, shown)) {
      HexFormat hex = HexFormat.of();
      String key =
          entry.key().length == 0
              ? "[" + entry.position() + "]"
              : hex.formatHex(entry.key()) + number(entry.key());
      terminal.out().println("  " + key + "  " + hex.formatHex(entry.value()));
    }
    more(map.entries().size() - shown, terminal);
  }

  private static String number(byte[] key) {
    if (key.length > Long.BYTES) {
      return "";
    }
    long value = 0;
    for (int i = key.length - 1; i >= 0; i--) {
      value = value << Byte.SIZE | (key[i] & 0xFF);
    }
    return " (" + Long.toUnsignedString(value) + ")";
  }
}
