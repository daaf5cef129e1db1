package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.AssemblyFile;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verifier;
import dev.ovsm.verifier.Verifier.Examined;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random programs in the runtime, with what came of what was said of them. */
final class Keeping {
  private static final int RUNS = 3;
  private static final Pubkey PROGRAM = NamedKey.ofProgram("random");
  private static final Pubkey MAP = NamedKey.ofProgram("map");
  private static final long RICH = 10_000_000_000L;
  private static final Manifest MANIFEST =
      new Manifest("random", List.of(), List.of(), List.of(), List.of());
  private static final Set<Property> PROMISES =
      Set.of(Property.STACK, Property.MEMORY, Property.PROTOCOL, Property.REGISTRATIONS);

  private final Version version;
  private final Map<Property, Long> safe = new EnumMap<>(Property.class);
  private long drawn;
  private long accepted;
  private long accesses;
  private long calls;
  private long registered;

  Keeping(Version version) {
    this.version = version;
  }

  long accepted() {
    return accepted;
  }

  /** Draws a program, executes it, and holds it to what is said to be safe. */
  void tryProgram(long seed) {
    String text = RandomUses.draw(seed, version);
    String what = "seed " + seed + " of " + version;
    byte[] elf = elf(text);
    Program program = ElfLoader.load(elf, LoaderConfig.autonomous()).program().orElseThrow();
    Examined examined = Verifier.examine(program, MANIFEST, Policy.standard());
    Promised promised = new Promised(program, examined);
    drawn++;
    boolean all = true;
    for (Property property : PROMISES) {
      boolean kept = promised.isSafe(property);
      safe.merge(property, kept ? 1L : 0L, Long::sum);
      all &= kept;
    }
    accepted += all ? 1 : 0;
    Simulation simulation = new Simulation(Settings.DEFAULT, promised, Listener.NONE);
    assertThat(simulation.deploy(PROGRAM, elf)).as(what).isEmpty();
    for (int run = 0; run < RUNS; run++) {
      simulation.put(MAP, Account.of(RICH, data(new Random(seed * RUNS + run)), PROGRAM));
      List<AccountMeta> metas = List.of(AccountMeta.writable(MAP, false));
      simulation.send(new Instruction(PROGRAM, metas, new byte[0]));
      assertThat(promised.violation()).as("%s, run %d:\n%s", what, run, text).isEmpty();
    }
    accesses += promised.accesses();
    calls += promised.calls();
    registered += promised.registered();
  }

  private static byte[] elf(String text) {
    Diagnostics found = new Diagnostics();
    return AssemblyFile.assemble(new Source("random", text), null, found)
        .orElseThrow(() -> new AssertionError(found.list() + "\n" + text));
  }

  /** A map's account: values without handles, an instruction to call back, chance. */
  private static byte[] data(Random random) {
    ByteBuffer data = ByteBuffer.allocate(Sketch.DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(0, 0x5041_4D4F).putInt(4, Sketch.MAP).put(8, (byte) 2);
    data.put(Sketch.CALLBACK, PROGRAM.bytes());
    data.putLong(Sketch.CALLBACK + Pubkey.BYTES + Long.BYTES, Long.BYTES);
    byte[] chance = new byte[Sketch.DATA_BYTES - Sketch.CHANCE];
    random.nextBytes(chance);
    data.put(Sketch.CHANCE, chance);
    return data.array();
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%s: %,d of %,d programs accepted, safe alone %s, %,d accesses, %,d calls, %,d registrations"
            + " held to it%n",
        version,
        accepted,
        drawn,
        safe,
        accesses,
        calls,
        registered);
  }

  /** That it was not all refused, and that something was promised of everything. */
  void assertMeaningful() {
    assertThat(accepted).isGreaterThan(drawn / 5);
    assertThat(accepted).isLessThan(drawn - drawn / 20);
    assertThat(accesses).isGreaterThan(drawn);
    assertThat(calls).isGreaterThan(drawn / 5);
    assertThat(registered).isGreaterThan(drawn / 20);
  }
}
