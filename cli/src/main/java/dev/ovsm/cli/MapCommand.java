package dev.ovsm.cli;

import dev.ovsm.cli.saved.LoadedRun;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.MapListing;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm map SNAPSHOT NAME}: what a program keeps in a map, seen from outside. */
@CommandLine.Command(
    name = "map",
    description = {
      "List the entries of a map of a saved run, read from the bytes of its account: keys as hex"
          + " and as numbers, values as hex, in the order in which the map goes through them."
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

  @Parameters(index = "1", paramLabel = "NAME", description = "The map's name in its program.")
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
    if (!listed) {
      terminal.report(
          Diagnostic.in(snapshot, RunCode.NO_MAP, "no program of the run has a map " + name)
              .withHelp("write its name as define-map has it; rings and program arrays have none"));
      return ExitCode.FINDINGS;
    }
    return ExitCode.OK;
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
    if (shown < map.entries().size()) {
      terminal.out().println("  … " + (map.entries().size() - shown) + " more; --all lists them");
    }
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
