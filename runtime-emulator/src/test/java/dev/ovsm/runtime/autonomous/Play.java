package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.model.Bug;
import dev.ovsm.runtime.autonomous.model.Model;
import dev.ovsm.runtime.autonomous.model.Op;
import dev.ovsm.runtime.autonomous.model.Told;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final long ITEM_BUDGET = 100_000;
  private static final String[] EVENTS = {"a", "b", "nobody"};

  private final Map<String, Integer> coverage;
  private final Random random;
  private Simulation simulation;
  private final Model model;
  private final long slotBudget;
  private final List<FateRecord> fates = new ArrayList<>();
  private final List<Long> units = new ArrayList<>();
  private final List<List<Long>> runs = new ArrayList<>();
  private List<Long> results = new ArrayList<>();
  private boolean inWaves;
  private int moves;
  private long slot = FIRST_SLOT;

  Play(long seed, Map<String, Integer> coverage, Bug... bugs) {
    this.coverage = coverage;
    random = new Random(seed);
    slotBudget = pick(120_000L, 200_000L, 400_000L);
    boolean fillSkip = random.nextInt(4) == 0;
    Settings settings =
        Settings.DEFAULT.withStartSlot(slot).withSlotBudget(slotBudget).withFillSkip(fillSkip);
    simulation = new Simulation(settings, new Ear());
    model = new Model(slot, slotBudget, fillSkip, n -> n < units.size() ? units.get(n) : 0, bugs);
    for (Pubkey program : Compiled.PROGRAMS) {
      simulation.deploy(program, Puppet.elf(manifest(Set.of(0, 1, 2))));
      simulation.put(Stage.map(program), Account.of(10_000_000_000L, Stage.mapBytes(), program));
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
    return new Manifest("puppet", all, List.of(), List.of(), List.of());
  }

  /** Makes the work items, and ends the first slot. */
  private @Nullable String settle() {
    for (int program = 0; program < 2; program++) {
      Script script = new Script();
      for (int item = 0; item < ITEMS; item++) {
        Op.Body body = body();
        byte[] instruction = Compiled.bincode(program, Compiled.callback(program, body));
        script.call(Syscall.SOL_WQ_INIT, Compiled.item(item), Stage.MAP_ID);
        script.call(
            Syscall.SOL_WQ_SET_CALLBACK,
            Compiled.item(item),
            script.bytes(instruction),
            instruction.length);
        model.item(program, body, ITEM_BUDGET);
      }
      simulation.send(Stage.instruction(Compiled.PROGRAMS.get(program), script));
    }
    return finish();
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
    String problem = null;
    int transactions = random.nextInt(4);
    for (int i = 0; i < transactions && problem == null; i++) {
      problem = transaction();
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
      String both = simulation.deadLetters() + ", not " + letters;
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

  private @Nullable String transaction() {
    int program = random.nextInt(2);
    if (random.nextInt(60) == 0) {
      return upgrade(program);
    }
    List<Op> ops = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      ops.add(op());
    }
    if (random.nextInt(150) == 0) {
      for (int i = 0; i < 110; i++) {
        ops.add(new Op.Emit("nobody"));
      }
    }
    boolean fails = random.nextInt(8) == 0;
    simulation.send(
        Stage.instruction(
            Compiled.PROGRAMS.get(program), Compiled.transaction(program, ops, fails)));
    List<Long> real = results;
    List<Long> expected = model.transaction(program, ops, fails);
    int at = 0;
    for (int i = 0; i < ops.size(); i++) {
      Op op = ops.get(i);
      long result = real.get(at++);
      long code = Compiled.makes(op) ? result == 0 ? real.get(at) : 0 : result;
      long wanted = expected.get(i);
      if (result != wanted) {
        return op + " gives " + result + ", not " + wanted;
      }
      if (Compiled.makes(op) && result == 0 && code != model.codeOf(program, op)) {
        return op + " fails with " + code + ", not " + model.codeOf(program, op);
      }
      at += Compiled.makes(op) ? 1 : 0;
      cover("code " + code);
    }
    return null;
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
    }
    fates.clear();
    List<List<Long>> expected = model.takeRuns();
    for (int i = 0; i < expected.size(); i++) {
      List<Long> context = runs.get(i).subList(1, Compiled.CONTEXT_RESULTS);
      if (!context.equals(expected.get(i))) {
        return "context " + context + ", not " + expected.get(i);
      }
      cover("policy " + (context.get(0) >> 8 & 0xFF));
      cover("wave of " + (context.get(0) & 0xFF));
    }
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
            fate.attempt(),
            fate.count())
        .toString();
  }

  private void cover(String what) {
    cover(what, 1);
  }

  private void cover(String what, long times) {
    coverage.merge(what.toLowerCase(Locale.ROOT), (int) times, Integer::sum);
  }

  // ------------------------------------------------------------------ drawing

  private Op op() {
    return switch (random.nextInt(14)) {
      case 0, 1 ->
          new Op.Time(pick(Op.Timed.TIMER, Op.Timed.SCHEDULE), ahead(), 0, body(), budget());
      case 2 -> new Op.Time(Op.Timed.PERIODIC, ahead(), random.nextInt(7), body(), budget());
      case 3 -> {
        long when = ahead();
        yield new Op.Time(Op.Timed.DEADLINE, when, when + random.nextInt(5) - 1, body(), budget());
      }
      case 4, 5 ->
          new Op.Watch(
              random.nextInt(2),
              pick(Op.Watched.values()),
              random.nextInt(4),
              1 + random.nextInt(8),
              body(),
              budget());
      case 6 -> new Op.Subscribe(EVENTS[random.nextInt(2)], body(), budget());
      case 7 -> new Op.Interval(random.nextInt(9), random.nextInt(200), body(), budget());
      case 8 -> new Op.Cancel(random.nextInt(4) == 0 ? 0 : id());
      case 9 -> new Op.Remove(id());
      case 10, 11 -> configure();
      default -> effect();
    };
  }

  /** What callbacks do too. */
  private Op effect() {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> new Op.Write(random.nextInt(4), random.nextInt(10));
      case 3 -> new Op.Emit(EVENTS[random.nextInt(3)]);
      case 4 -> new Op.Work(random.nextInt(ITEMS));
      default -> new Op.Cancel(id());
    };
  }

  private Op configure() {
    List<Long> periodic = model.periodicIds();
    if (!periodic.isEmpty() && random.nextInt(2) == 0) {
      return new Op.Configure(periodic.get(random.nextInt(periodic.size())), 1, random.nextInt(4));
    }
    long key = pick(0L, 1L, 2L, 3L, 4L, 5L, 5L, 5L, 6L, 7L);
    long value = pick(0L, 1L, 1L, 2L, 2L, 3L, 5L, -1L, 11L);
    return new Op.Configure(id(), key, value);
  }

  private Op.Body body() {
    List<Op> ops = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      ops.add(effect());
    }
    int fails =
        switch (random.nextInt(6)) {
          case 0 -> Op.Body.ALWAYS;
          case 1, 2 -> random.nextInt(4);
          default -> Op.Body.NEVER;
        };
    return new Op.Body(random.nextInt(3), pick(0L, 0L, 100L, 10_000L), fails, ops);
  }

  private long ahead() {
    return random.nextInt(10) == 0 ? slot - random.nextInt(2) : slot + 1 + random.nextInt(8);
  }

  private long budget() {
    return random.nextInt(15) == 0
        ? pick(slotBudget + 1, Long.MIN_VALUE)
        : 40_000 + random.nextInt(60_000);
  }

  private long id() {
    List<Long> ids = model.ids();
    return random.nextInt(8) == 0 || ids.isEmpty()
        ? random.nextInt(500)
        : ids.get(random.nextInt(ids.size()));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private <T> T pick(T... all) {
    return all[random.nextInt(all.length)];
  }

  /** An empty table of what was covered. */
  static Map<String, Integer> coverage() {
    return new TreeMap<>();
  }
}
