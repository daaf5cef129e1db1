package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.model.Life;
import dev.ovsm.runtime.autonomous.model.Model;
import dev.ovsm.runtime.autonomous.model.Op;
import dev.ovsm.runtime.autonomous.model.Told;
import dev.ovsm.runtime.vm.Interpreter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One random life of two programs, lived by the engine and by the model; each slot's fates, results
 * of system calls and contexts of callbacks must be the same.
 */
final class Play {
  private static final int FIRST_SLOT = 100;
  private static final int ITEMS = 3;
  private static final long SOL = 1_000_000_000;

  /** Where the window of reserved records is. */
  private static final long WINDOW = 5;

  private final Map<String, Integer> coverage;
  private final Random random;
  private final Draw draw;
  private Simulation simulation;
  private final Model model;
  private final List<FateRecord> fates = new ArrayList<>();
  private final List<Long> units = new ArrayList<>();
  private final List<List<Long>> runs = new ArrayList<>();
  private List<Long> results = new ArrayList<>();
  private boolean inWaves;
  private int moves;
  private long slot = FIRST_SLOT;

  /** Whether much more is begun than can be done, and for how many slots it has been so. */
  private final boolean isCrowded;

  private int crowding;

  Play(long seed, Map<String, Integer> coverage) {
    this.coverage = coverage;
    random = new Random(seed);
    long slotBudget = random.nextInt(2) == 0 ? 400_000 : 120_000 + 10_000L * random.nextInt(10);
    isCrowded = seed % 4 == 3;
    Life life =
        new Life(
            slot,
            slotBudget,
            !isCrowded && random.nextInt(4) == 0,
            random.nextInt(4) > 0,
            random.nextInt(6) == 0,
            random.nextInt(3) == 0);
    Settings settings =
        Settings.DEFAULT
            .withStartSlot(slot)
            .withSlotBudget(slotBudget)
            .withFillSkip(life.fillsSkip())
            .withStrictTailCalls(life.hasStrictTails())
            .withStrictEconomics(life.isStrict());
    simulation = new Simulation(settings, new Ear());
    model = new Model(life, n -> n < units.size() ? units.get(n) : 0);
    draw = new Draw(random, model, slotBudget);
    byte[] map = Stage.mapBytes();
    map[8] = (byte) (life.isLru() ? 3 : 2);
    for (int program = 0; program < 2; program++) {
      Pubkey key = Compiled.PROGRAMS.get(program);
      simulation.deploy(key, Puppet.elf(manifest(Set.of(0, 1, 2))));
      simulation.put(Stage.map(key), Account.of(10 * SOL, map.clone(), key));
      fund(program, SOL / 4);
    }
  }

  /** Hears what the engine does. */
  private final class Ear implements Listener {
    @Override
    public void fate(FateRecord fate) {
      fates.add(fate);
      if (fate.units() > 0) {
        units.add(fate.units());
      }
    }

    @Override
    public void log(long at, Pubkey program, String line) {
      if (line.endsWith(" invoke [1]")) {
        results = new ArrayList<>();
        if (inWaves) {
          runs.add(results);
        }
      } else if (line.startsWith("Program log: 0x")) {
        results.add(Long.parseUnsignedLong(line.split(", 0x", 3)[1], 16));
      }
    }
  }

  /** Lets it go on from a snapshot every so many slots. */
  Play moving(int slots) {
    moves = slots;
    return this;
  }

  /** Lets what is put in be written down. */
  Play recording(Recorder recorder) {
    simulation.record(recorder);
    return this;
  }

  /** Ends what {@link #recording} began. */
  void end() {
    simulation.endRecording();
  }

  /** Lives for some slots; what differs first, or null if nothing does. */
  @Nullable String live(int slots) {
    String problem = settle();
    for (int i = 0; i < slots && problem == null; i++) {
      problem = slot();
    }
    return problem == null ? null : "slot " + slot + ": " + problem;
  }

  private static Manifest manifest(Set<Integer> entries) {
    List<Manifest.Entry> all = new ArrayList<>();
    Manifest.Account map = new Manifest.Account(Stage.MAP, false, true, Stage.MAP, null);
    for (int entry = 0; entry < 3; entry++) {
      if (entries.contains(entry)) {
        all.add(
            new Manifest.Entry(
                "entry-" + entry,
                entry,
                Manifest.EntryKind.CALLBACK,
                true,
                0,
                List.of(),
                List.of(map)));
      }
    }
    return new Manifest(
        "puppet",
        all,
        List.of(),
        List.of(new Manifest.ArraySpec(Compiled.STAGES, List.of(1L, 0L, 2L))),
        List.of());
  }

  /** Makes the work items and a timer, and ends the first slot. */
  private @Nullable String settle() {
    String problem = null;
    for (int program = 0; program < 2 && problem == null; program++) {
      List<Op> ops = new ArrayList<>();
      for (int item = 0; item < ITEMS; item++) {
        ops.add(new Op.Init(false, item));
        ops.add(new Op.SetCallback(false, item, draw.body()));
      }
      ops.add(new Op.Init(true, ITEMS));
      ops.add(new Op.SetCallback(true, ITEMS, draw.body()));
      ops.addAll(Collections.nCopies(6, new Op.Start(true, ITEMS, 1 + random.nextInt(9))));
      problem = send(program, ops, false);
    }
    return problem == null ? finish() : problem;
  }

  /** Goes on with a simulation that knows nothing but what the present one saves. */
  private void moveHouse() {
    SavedState saved = simulation.save();
    String hash = simulation.stateHash();
    Simulation.Resumption resumption = Simulation.resume(saved, new Interpreter(), new Ear());
    simulation =
        resumption.simulation().orElseThrow(() -> new AssertionError(resumption.problem()));
    if (!hash.equals(simulation.stateHash()) || !same(saved, simulation.save())) {
      throw new AssertionError("a resumed simulation is another one");
    }
  }

  private static boolean same(SavedState a, SavedState b) {
    return Arrays.equals(a.settings(), b.settings())
        && Arrays.equals(a.state(), b.state())
        && Arrays.equals(a.tally(), b.tally());
  }

  private @Nullable String slot() {
    if (moves > 0 && (slot - FIRST_SLOT) % moves == 0) {
      moveHouse();
    }
    if (random.nextInt(25) == 0) {
      long gap = 1L + random.nextInt(12);
      simulation.skip(gap);
      slot += gap;
    }
    slot++;
    simulation.enter();
    model.enter(slot);
    draw.enter(slot);
    String problem = money();
    int transactions = random.nextInt(4);
    for (int i = 0; i < transactions && problem == null; i++) {
      problem = transaction(random.nextInt(2));
    }
    if (problem == null && isCrowded && slot > FIRST_SLOT + 180) {
      problem = crowd(crowding++);
    }
    if (random.nextInt(5) == 0) {
      int program = random.nextInt(2);
      int word = random.nextInt(4);
      long value = random.nextInt(12);
      put(program, word, value);
      model.put(program, word, value);
    }
    List<Long> letters = model.letters();
    if (!letters.isEmpty() && random.nextInt(6) == 0) {
      long seq = letters.get(random.nextInt(letters.size()));
      String both = simulation.prospects().deadLetters() + ", not " + letters;
      if (simulation.replayDeadLetter(seq) != model.replay(seq)) {
        return "dead letter " + seq + " of " + both;
      }
    }
    return problem == null ? finish() : problem;
  }

  private void put(int program, int word, long value) {
    Pubkey key = Stage.map(Compiled.PROGRAMS.get(program));
    Account account = simulation.account(key).orElseThrow();
    byte[] data = account.data().clone();
    LittleEndian.put64(data, Compiled.WORDS + 8 * word, value);
    simulation.put(key, account.withData(data));
  }

  private @Nullable String transaction(int program) {
    if (random.nextInt(60) == 0) {
      return upgrade(program);
    }
    if (random.nextInt(55) == 0) {
      return close(program, draw.ending(), random.nextInt(8) == 0);
    }
    List<Op> ops = draw.transaction(program);
    if (random.nextInt(150) == 0) {
      ops.addAll(Collections.nCopies(110, new Op.Emit("nobody")));
    }
    return send(program, ops, random.nextInt(8) == 0);
  }

  /** Begins more in one slot than the queues hold, and then some more. */
  private @Nullable String crowd(int day) {
    Op.Body busy = new Op.Body(0, 20_000, Op.Body.NEVER, List.of());
    List<Op> ops = new ArrayList<>();
    if (day == 0) {
      fund(0, SOL);
      String problem = close(0, List.of(new Op.Close()), false);
      ops.addAll(Collections.nCopies(2, new Op.Subscribe("a", busy, 100_000)));
      for (int i = 0; i < 7 && problem == null; i++) {
        problem = send(0, ops, false);
        ops = Collections.nCopies(100, new Op.Emit("a"));
      }
      return problem;
    } else if (day > 2) {
      return null;
    }
    ops.add(new Op.Overwrite(0, Op.Overwrite.NOWHERE, false));
    ops.add(new Op.Init(false, 0));
    ops.add(new Op.SetCallback(false, 0, busy));
    ops.addAll(Collections.nCopies(60, new Op.Start(false, 0, 0)));
    return send(0, ops, false);
  }

  /** Lets a program close itself, and deploys it anew. */
  private @Nullable String close(int program, List<Op> ops, boolean fails) {
    String problem = send(program, ops, fails);
    Pubkey key = Compiled.PROGRAMS.get(program);
    if (fails) {
      return problem;
    }
    if (simulation.deploy(key, Puppet.elf(manifest(Set.of(0, 1, 2)))).isPresent()) {
      return "no deployment of a closed program";
    }
    cover("close");
    return problem;
  }

  private @Nullable String send(int program, List<Op> ops, boolean fails) {
    Pubkey key = Compiled.PROGRAMS.get(program);
    Calling closing = Calling.closing(simulation, key);
    Script script = Compiled.transaction(program, ops, fails, closing);
    simulation.send(
        ops.contains(new Op.Close())
            ? closing.instruction(script)
            : Stage.instruction(key, script));
    List<Long> real = plain(results);
    List<Long> expected = model.transaction(program, ops, fails);
    if (!real.equals(expected)) {
      return ops + " give " + real + ", not " + expected;
    }
    model.takeCodes().forEach(code -> cover("code " + code));
    ops.forEach(op -> cover(op.getClass().getSimpleName()));
    return null;
  }

  /** Results in which reserved addresses are 1. */
  private static List<Long> plain(List<Long> results) {
    return results.stream().map(r -> r >>> 32 == WINDOW ? 1 : r).toList();
  }

  /** Now and then funds or stakes something, and compares what there is. */
  private @Nullable String money() {
    int program = random.nextInt(2);
    Pubkey key = Compiled.PROGRAMS.get(program);
    if (random.nextInt(8) == 0) {
      fund(program, SOL / 200 * random.nextInt(20));
    }
    if (!isCrowded && random.nextInt(20) == 0) {
      long lamports = SOL * random.nextInt(60);
      if (simulation.stake(key, lamports).isEmpty() != model.stake(program, lamports)) {
        return "staking " + lamports;
      }
    }
    if (random.nextInt(20) == 0) {
      long lamports = SOL * random.nextInt(60);
      if (simulation.unstake(key, lamports).isEmpty() != model.unstake(program, lamports)) {
        return "unstaking " + lamports;
      }
    }
    Economics economics = simulation.economics();
    for (Economics.Holding one : economics.programs()) {
      List<Long> real = List.of(one.balance(), one.stake(), economics.collected());
      List<Long> expected = model.money(Compiled.PROGRAMS.indexOf(one.program()));
      if (!real.equals(expected)) {
        return "balance, stake and fees are " + real + ", not " + expected;
      }
    }
    return null;
  }

  private void fund(int program, long lamports) {
    simulation.fund(Compiled.PROGRAMS.get(program), lamports);
    model.fund(program, lamports);
  }

  private @Nullable String upgrade(int program) {
    Set<Integer> entries =
        switch (random.nextInt(3)) {
          case 0 -> Set.of(0);
          case 1 -> Set.of(0, 1);
          default -> Set.of(0, 1, 2);
        };
    Pubkey id = Compiled.PROGRAMS.get(program);
    simulation.upgrade(id, Puppet.elf(manifest(entries)));
    visibleAtOnce(id);
    model.upgrade(program, entries);
    cover("upgrade");
    return null;
  }

  /** Lets a program be called in the slot of its upgrade, as if that had been long ago. */
  private void visibleAtOnce(Pubkey program) {
    Pubkey key =
        DerivedAddress.find(List.of(program.bytes()), ProgramIds.LOADER_V3).orElseThrow().address();
    Account data = simulation.account(key).orElseThrow();
    byte[] bytes = data.data().clone();
    LittleEndian.put64(bytes, 4, 0);
    simulation.put(key, data.withData(bytes));
    simulation.put(program, simulation.account(program).orElseThrow());
  }

  private @Nullable String finish() {
    inWaves = true;
    simulation.finish();
    inWaves = false;
    model.process();
    List<Told> told = model.takeTold();
    for (int i = 0; i < Math.max(told.size(), fates.size()); i++) {
      String real = i < fates.size() ? words(fates.get(i)) : "nothing";
      String expected = i < told.size() ? told.get(i).toString() : "nothing";
      if (!real.equals(expected)) {
        return real + "\n  but the model says\n" + expected;
      }
      FateRecord fate = fates.get(i);
      cover("fate " + fate.fate(), fate.count());
      cover("kind " + fate.kind().word());
      cover("origin " + fate.origin());
      if (fate.fate() == Fate.CANCELLED || fate.fate() == Fate.EVICTED) {
        cover(fate.reason().replaceAll("by \\w+ \\d+ as trigger \\d+", "by another"));
      }
    }
    fates.clear();
    List<List<Long>> expected = model.takeRuns();
    for (int i = 0; i < expected.size(); i++) {
      List<Long> wanted = expected.get(i);
      List<Long> said = new ArrayList<>(runs.get(i).subList(1, Compiled.CONTEXT_RESULTS));
      int end = Compiled.FIRST_RESULTS - said.size() + wanted.size();
      said.addAll(plain(runs.get(i).subList(Compiled.FIRST_RESULTS, end)));
      if (!said.equals(wanted)) {
        return "a callback is told " + said + ", not " + wanted;
      }
      cover("policy " + (said.get(0) >> 8 & 0xFF));
      cover("wave of " + (said.get(0) & 0xFF));
    }
    model.takeCodes().forEach(code -> cover("code " + code));
    runs.clear();
    return model.lost();
  }

  private static String words(FateRecord fate) {
    return new Told(
            fate.slot(),
            fate.registration(),
            fate.kind().word(),
            fate.fate().name(),
            fate.seq(),
            fate.nominal(),
            fate.cause(),
            fate.origin().word(),
            fate.made(),
            fate.attempt(),
            fate.count(),
            why(fate))
        .toString();
  }

  /** The reason, unless it is a machine's error, which must be told too. */
  private static String why(FateRecord fate) {
    boolean ran = fate.fate() == Fate.FAILED || fate.fate() == Fate.RETRIED || fate.units() > 0;
    return ran && !fate.reason().isEmpty() ? Told.FAILED : fate.reason();
  }

  private void cover(String what) {
    cover(what, 1);
  }

  private void cover(String what, long times) {
    coverage.merge(what.toLowerCase(Locale.ROOT), (int) times, Integer::sum);
  }

  /** An empty table of what was covered. */
  static Map<String, Integer> coverage() {
    return new TreeMap<>();
  }
}
