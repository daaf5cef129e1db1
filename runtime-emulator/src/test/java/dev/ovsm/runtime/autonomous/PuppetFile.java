package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Files of puppets that differ in the callbacks they declare, and upgrades to them. */
final class PuppetFile {
  /** Where a program's data account says when it was deployed. */
  private static final int DEPLOYED = 4;

  private PuppetFile() {}

  /** The file with callbacks of these discriminators. */
  static byte[] of(Set<Integer> entries) {
    return Puppet.elf(manifest(entries));
  }

  /** What such a file says of itself. */
  static Manifest manifest(Set<Integer> entries) {
    Manifest.Account map = new Manifest.Account(Stage.MAP, false, true, Stage.MAP, null);
    List<Manifest.Entry> all =
        new TreeSet<>(entries)
            .stream()
                .map(
                    entry ->
                        new Manifest.Entry(
                            "entry-" + entry,
                            entry,
                            Manifest.EntryKind.CALLBACK,
                            true,
                            0,
                            List.of(),
                            List.of(map)))
                .toList();
    return new Manifest(
        "puppet",
        all,
        List.of(),
        List.of(new Manifest.ArraySpec(Compiled.STAGES, List.of(1L, 0L, 2L))),
        List.of());
  }

  /** Lets a program be called in the slot of its upgrade, as if that had been long ago. */
  static void visibleAtOnce(Simulation simulation, Pubkey program) {
    Pubkey key =
        DerivedAddress.find(List.of(program.bytes()), ProgramIds.LOADER_V3).orElseThrow().address();
    Account data = simulation.account(key).orElseThrow();
    byte[] bytes = data.data().clone();
    LittleEndian.put64(bytes, DEPLOYED, 0);
    simulation.put(key, data.withData(bytes));
    simulation.put(program, simulation.account(program).orElseThrow());
  }
}
