package dev.ovsm.tests.benchmark;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.EngineSpeed;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.vm.Interpreter;
import java.util.List;
import java.util.Locale;

/** What the autonomous runtime takes, in a table beside what is aimed at. */
final class RuntimeSpeed {
  private static final int PROGRAMS = 63;
  private static final int REGISTRATIONS = 1_000;
  private static final long NEVER = 900_000;
  private static final int PAIRS = 15;

  private RuntimeSpeed() {}

  static void print() {
    line("timer creation", "%.3f µs", EngineSpeed.timerCreation(false) / 1e3, "at most 0.07 µs");
    line("timer creation, its fee taken", "%.3f µs", EngineSpeed.timerCreation(true) / 1e3, "");
    line("check of 100 watchers", "%.3f µs", EngineSpeed.hundredWatchers() / 1e3, "at most 1 µs");
    for (int idle : new int[] {100, 10_000, 100_000}) {
      double took = new EngineSpeed(idle).idleSlot() / 1e3;
      line("slot with nothing due, " + idle + " registered", "%.3f µs", took, "all the same");
    }
    double bookkeeping = EngineSpeed.bookkeeping() / 1e3;
    line("bookkeeping of an activation", "%.3f µs", bookkeeping, "at most 1 µs");
    line("ring, records of 128 bytes", "%.1f M/s", 1e3 / EngineSpeed.ringRecord(), "from 10 M/s");
    line("callbacks on the JIT, one core", "%.0f /s", callbacks(), "from 1,000,000 /s");
    line("heartbeats on the JIT, one core", "%.0f /s", heartbeats(), "");
    line("bookkeeping in a heavy slot", "%.2f %%", share(bookkeeping), "below 5 %");
    line("10,000 idle registrations, users' cost", "%+.2f %%", users(), "below 1 %");
    memory();
  }

  private static void line(String what, String format, double figure, String aim) {
    System.out.printf(
        Locale.ROOT, "%-46s %16s  %s%n", what, String.format(Locale.ROOT, format, figure), aim);
  }

  /** Callbacks a second, each of which increments a number in its own account. */
  private static double callbacks() {
    Callers callers = new Callers(PROGRAMS, REGISTRATIONS, 1, 1, 0, new Jit());
    callers.slots(3_000);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      best = Math.min(best, callers.slots(200));
    }
    callers.check();
    return REGISTRATIONS / best * 1e9;
  }

  /** Which part of a slot of eight callbacks of 50,000 units on the interpreter is bookkeeping. */
  private static double share(double microseconds) {
    Callers callers = new Callers(1, 8, 1, 1, 16_660, new Interpreter());
    callers.slots(200);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      best = Math.min(best, callers.slots(20));
    }
    callers.check();
    return 100 * 8 * microseconds * 1e3 / best;
  }

  /** How much longer users' transactions take beside registrations that have nothing to do. */
  private static double users() {
    Callers alone = new Callers(1, 1, NEVER, 1, 0, new Jit());
    Callers beside = new Callers(625, 10_000, NEVER, 1, 0, new Jit());
    double[] ratios = new double[PAIRS];
    transfers(alone, 2_000);
    transfers(beside, 2_000);
    for (int pair = 0; pair < PAIRS; pair++) {
      double first = transfers(alone, 400);
      ratios[pair] = transfers(beside, 400) / first;
    }
    return 100 * (Figures.median(ratios) - 1);
  }

  /** Nanoseconds of this thread for a slot in which a user makes ten transfers. */
  private static double transfers(Callers callers, int slots) {
    Simulation simulation = callers.simulation();
    byte[] data = {2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    Pubkey to = NamedKey.ofProgram("receiver");
    Instruction transfer =
        new Instruction(
            ProgramIds.SYSTEM,
            List.of(AccountMeta.writable(Simulation.PAYER, true), AccountMeta.writable(to, false)),
            data);
    simulation.put(to, Account.wallet(1_000_000_000));
    long start = Figures.threadTime();
    for (int slot = 0; slot < slots; slot++) {
      simulation.enter();
      for (int i = 0; i < 10; i++) {
        if (simulation.send(transfer).error() != null) {
          throw new IllegalStateException("a transfer failed");
        }
      }
      simulation.finish();
    }
    return (Figures.threadTime() - start) / (double) slots;
  }

  private static Simulation heartbeat(boolean logs) {
    Diagnostics found = new Diagnostics();
    var source = InputFile.source("../examples/heartbeat.ovsm", found).orElseThrow();
    byte[] elf =
        Compilation.of(List.of(source), Compilation.Target.DEFAULT, found).elf().orElseThrow();
    Settings settings = Settings.DEFAULT.withLogs(logs);
    Simulation simulation = new Simulation(settings, new Jit(), new Listener() {});
    Pubkey id = NamedKey.ofProgram("heartbeat");
    simulation
        .deploy(id, elf)
        .ifPresent(
            problem -> {
              throw new IllegalStateException(problem);
            });
    var manifest = simulation.manifest(id).orElseThrow();
    simulation.send(EntryCall.of(id, EntryCall.startup(manifest).orElseThrow(), new byte[0]));
    simulation.finish();
    return simulation;
  }

  private static double heartbeats() {
    Simulation simulation = heartbeat(false);
    steps(simulation, 200_000);
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      best = Math.min(best, steps(simulation, 10_000));
    }
    return 1e9 / (best * 10);
  }

  private static double steps(Simulation simulation, int slots) {
    long start = System.nanoTime();
    for (int i = 0; i < slots; i++) {
      simulation.step();
    }
    return (System.nanoTime() - start) / (double) slots;
  }

  /** What is in use after some slots of heartbeats, and after a million. */
  private static void memory() {
    Simulation simulation = heartbeat(true);
    for (int slots : new int[] {10_000, 990_000}) {
      steps(simulation, slots);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      double used = (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
      line(
          "memory after " + simulation.slot() + " slots of heartbeats",
          "%.1f MB",
          used,
          "does not grow");
    }
    if (simulation.executions() != simulation.slot() / 10 || simulation.failures() != 0) {
      throw new IllegalStateException(simulation.executions() + " heartbeats");
    }
  }
}
