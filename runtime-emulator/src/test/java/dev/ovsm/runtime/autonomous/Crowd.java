package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * 200 programs that act on their own: some alone, some that read what others write, watch them,
 * answer events, or fail, among users' transactions, skipped slots and changes from outside.
 *
 * <p>What happens is a function of nothing but its seed.
 */
final class Crowd {
  static final int PROGRAMS = 200;
  private static final int FIRST_SLOT = 50;
  private static final int BUDGET = 30_000;

  private final List<Pubkey> programs = new ArrayList<>();
  private Recorder.Digest digest = new Recorder.Digest();
  private final Engine machine;
  private final int threads;
  private final long seed;
  private Simulation simulation;

  /** A crowd on so many threads; it ends every slot with a digest of all fates and figures. */
  Crowd(long seed, int threads, Engine machine) {
    this.seed = seed;
    this.threads = threads;
    this.machine = machine;
    for (int i = 0; i < PROGRAMS; i++) {
      programs.add(NamedKey.ofProgram("crowd " + i));
    }
    Settings settings =
        Settings.DEFAULT.withStartSlot(FIRST_SLOT).withSlotBudget(60_000).withLogs(false);
    simulation = new Simulation(settings, machine, new Ear()).onThreads(threads, 0);
  }

  private final class Ear implements Listener {
    @Override
    public void fate(FateRecord fate) {
      digest.fate(fate);
    }

    @Override
    public void transaction(long slot, TransactionOutcome outcome) {
      digest.transaction(outcome);
    }
  }

  /** An interpreter that takes its time, now and then. */
  static Engine late(long seed) {
    Interpreter interpreter = new Interpreter();
    AtomicLong number = new AtomicLong(seed);
    return new Engine() {
      @Override
      public Outcome execute(Vm vm) {
        if (number.addAndGet(0x9E37_79B9_7F4A_7C15L) % 20 == 0) {
          LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
        return interpreter.execute(vm);
      }
    };
  }

  /** Deploys the programs and lets each register something. */
  Crowd begin() {
    byte[] elf = Puppet.elf(null);
    for (Pubkey program : programs) {
      simulation.deploy(program, elf);
      simulation.put(Stage.map(program), Account.of(10_000_000_000L, Stage.mapBytes(), program));
    }
    Random random = new Random(seed);
    for (int i = 0; i < PROGRAMS; i++) {
      simulation.send(Stage.instruction(programs.get(i), registering(i, random)));
    }
    simulation.finish();
    return this;
  }

  /** Goes on with a simulation that knows nothing but what the present one saves. */
  Crowd resume(SavedState saved) {
    simulation =
        Simulation.resume(saved, machine, new Ear())
            .simulation()
            .orElseThrow()
            .onThreads(threads, 0);
    return this;
  }

  SavedState save() {
    return simulation.save();
  }

  /** Lives until a slot; what happens from outside in a slot depends on the slot alone. */
  Crowd live(long last) {
    while (simulation.slot() < last) {
      Random random = new Random(seed * 31 + simulation.slot());
      if (random.nextInt(40) == 0) {
        simulation.skip(1 + random.nextInt(5));
      }
      simulation.enter();
      if (random.nextInt(4) == 0) {
        int program = random.nextInt(PROGRAMS);
        simulation.send(Stage.instruction(programs.get(program), registering(program, random)));
      }
      if (random.nextInt(3) == 0) {
        write(programs.get(random.nextInt(PROGRAMS)), random.nextInt(1_000));
      }
      simulation.finish();
    }
    return this;
  }

  /** Begins to count fates anew, as a process does that goes on from a snapshot. */
  void forgetFates() {
    digest = new Recorder.Digest();
  }

  /** One number for every fate, compute unit and outcome so far, in their order. */
  long fates() {
    return digest.value();
  }

  String stateHash() {
    return simulation.stateHash();
  }

  Summary summary() {
    return simulation.summary();
  }

  private void write(Pubkey program, long value) {
    Pubkey key = Stage.map(program);
    Account account = simulation.account(key).orElseThrow();
    byte[] data = account.data().clone();
    LittleEndian.put64(data, 512, value);
    simulation.put(key, account.withData(data));
  }

  private Script registering(int program, Random random) {
    Script script = new Script();
    byte[] callback = bincode(callback(program, random));
    long slot = simulation.slot();
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        byte[] own = Stage.instruction(programs.get(program), busy(random)).data();
        script.call(
            Syscall.SOL_TIMER_CREATE_PERIODIC,
            slot + 1 + random.nextInt(20),
            3 + random.nextInt(15),
            script.bytes(own),
            own.length,
            BUDGET);
      }
      case 2, 3 -> {
        Pubkey watched = Stage.map(programs.get(random.nextInt(PROGRAMS)));
        script.call(
            Syscall.SOL_WATCH_ACCOUNT,
            script.bytes(watched.bytes()),
            script.bytes(Callbacks.criteria(Criteria.Op.CHANGE_ABS.number(), 512, -1, 1)),
            script.bytes(callback),
            callback.length,
            BUDGET);
      }
      default ->
          script.call(
              Syscall.SOL_SCHEDULE_EXECUTION,
              slot + 1 + random.nextInt(50),
              script.bytes(callback),
              callback.length,
              BUDGET);
    }
    return script;
  }

  /** Takes some time, and writes the slot into its map, where others may watch it. */
  private static Script busy(Random random) {
    Script script = new Script();
    int slot = script.call(Syscall.SOL_GET_SLOT);
    script.add(Puppet.SPIN, random.nextInt(500));
    int place = random.nextInt(3) == 0 ? 512 : 520;
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + place, Script.result(slot));
    if (random.nextInt(6) == 0) {
      script.call(Syscall.SOL_RING_BUFFER_CREATE, 64);
    }
    if (random.nextInt(8) == 0) {
      script.add(Puppet.EXIT, 7);
    }
    return script;
  }

  /** Copies a word that another program writes, or emits an event that has no subscriber. */
  private Instruction callback(int program, Random random) {
    Pubkey own = Stage.map(programs.get(program));
    Pubkey other = Stage.map(programs.get((program + 1 + random.nextInt(9)) % PROGRAMS));
    Script script = new Script();
    long[] bytes = {Stage.MAP_BYTES, Stage.MAP_BYTES};
    int word = script.add(Puppet.LOAD, Layout.accountData(1, bytes) + 512);
    long own0 = Layout.accountData(0, bytes);
    script.call(Syscall.SOL_GET_TRIGGER_CONTEXT, own0 + 600, 0, 80);
    int told = script.add(Puppet.LOAD, own0 + 600 + 56);
    script.add(Puppet.STORE, own0 + 528, Script.result(word));
    script.add(Puppet.STORE, own0 + 512, Script.result(random.nextInt(3) == 0 ? told : word));
    if (random.nextInt(3) == 0) {
      script.call(Syscall.SOL_EMIT_EVENT, script.bytes(new byte[] {'e'}), 1, 0, 0);
    }
    List<AccountMeta> metas =
        List.of(AccountMeta.writable(own, false), new AccountMeta(other, false, false));
    return script.instruction(programs.get(program), metas, bytes);
  }

  private static byte[] bincode(Instruction instruction) {
    LittleEndian out =
        new LittleEndian(
            32 + 8 + 34 * instruction.accounts().size() + 8 + instruction.data().length);
    out.raw(instruction.program().bytes()).u64(instruction.accounts().size());
    for (AccountMeta meta : instruction.accounts()) {
      out.raw(meta.key().bytes()).u8(meta.signer() ? 1 : 0).u8(meta.writable() ? 1 : 0);
    }
    return out.u64(instruction.data().length).raw(instruction.data()).bytes();
  }
}
