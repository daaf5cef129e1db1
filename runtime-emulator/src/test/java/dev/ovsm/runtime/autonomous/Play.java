package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
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

  private final Map<String, Integer> coverage;
  private final Random random;
  private final Draw draw;
  private Simulation simulation;
  private final Model model;
  private final Ear ear;
  private final Diary diary = new Diary();
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
    ear = new Ear(coverage);
    simulation = new Simulation(settings, ear);
    model = new Model(life, ear::units);
    draw = new Draw(random, model, slotBudget);
    byte[] map = Stage.mapBytes();
    map[8] = (byte) (life.isLru() ? 3 : 2);
    for (int program = 0; program < 2; program++) {
      Pubkey key = Compiled.PROGRAMS.get(program);
      simulation.deploy(key, PuppetFile.of(Set.of(0, 1, 2)));
      simulation.put(Stage.map(key), Account.of(10 * SOL, map.clone(), key));
      fund(program, SOL / 4);
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

  /** What the model said of it so far. */
  Diary diary() {
    return diary;
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

  /**
   * Goes on with a simulation that knows nothing but what the present one saves, after a look at
   * what each registration would do, of which nothing stays.
   */
  private void moveHouse() {
    SavedState saved = simulation.save();
    String hash = simulation.stateHash();
    coverage.merge("tried ahead", simulation.prospects().tasks().size(), Integer::sum);
    if (!same(saved, simulation.save())) {
      throw new AssertionError("a look ahead changes a simulation");
    }
    Simulation.Resumption resumption = Simulation.resume(saved, new Interpreter(), ear);
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
      diary.skip(slot + 1, gap);
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
    if (simulation.deploy(key, PuppetFile.of(Set.of(0, 1, 2))).isPresent()) {
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
    List<Long> real = ear.results();
    List<Long> expected = ear.told(model.transaction(program, ops, fails));
    if (!real.equals(expected)) {
      return ops + " give " + real + ", not " + expected;
    }
    model.takeCodes().forEach(code -> cover("code " + code));
    ops.forEach(op -> cover(op.getClass().getSimpleName()));
    return null;
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
    simulation.upgrade(id, PuppetFile.of(entries));
    PuppetFile.visibleAtOnce(simulation, id);
    model.upgrade(program, entries);
    diary.upgrade(slot, program);
    cover("upgrade");
    return null;
  }

  private @Nullable String finish() {
    ear.finish(simulation);
    model.process();
    List<Told> told = model.takeTold();
    diary.write(slot, told, model.owners());
    String problem = ear.unlike(told, model.takeRuns());
    model.takeCodes().forEach(code -> cover("code " + code));
    return problem == null ? model.lost() : problem;
  }

  private void cover(String what) {
    coverage.merge(what.toLowerCase(Locale.ROOT), 1, Integer::sum);
  }

  /** An empty table of what was covered. */
  static Map<String, Integer> coverage() {
    return new TreeMap<>();
  }
}
