package dev.ovsm.tests.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.AssemblyFile;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.vm.Engine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Programs in assembly with 16 periodic timers each. A callback takes one account of its own, a map
 * of one value, and increments the number in it; then it counts down to spend compute units.
 */
final class Callers {
  private static final int TIMERS = 16;
  private static final int HEADER = 64;
  private static final long BUDGET = 60_000;

  private final List<Pubkey> counters = new ArrayList<>();
  private final Simulation simulation;
  private long fates;

  /**
   * Deploys programs and starts their timers.
   *
   * @param period slots between the ticks of each
   * @param spin rounds of two instructions that each callback makes
   */
  Callers(int programs, int timers, long first, long period, int spin, Engine engine) {
    Listener listener =
        new Listener() {
          @Override
          public void fate(FateRecord fate) {
            fates++;
          }
        };
    Settings settings = Settings.DEFAULT.withSlotBudget(1L << 40).withLogs(false);
    simulation = new Simulation(settings, engine, listener);
    byte[] elf = elf(period, spin);
    for (int program = 0; program < programs; program++) {
      Pubkey id = key(1, program);
      simulation.deploy(id, elf).ifPresent(Callers::refuse);
      for (int timer = 0; timer < Math.min(TIMERS, timers - program * TIMERS); timer++) {
        Pubkey counter = key(2, program * TIMERS + timer);
        counters.add(counter);
        simulation.put(counter, Account.of(10_000_000, map(), id));
        byte[] data = new ByteWriter().u64(first).toBytes();
        var outcome =
            simulation.send(
                new Instruction(id, List.of(AccountMeta.writable(counter, false)), data));
        if (outcome.error() != null) {
          refuse(String.valueOf(outcome.error()));
        }
      }
    }
    simulation.finish();
  }

  private static void refuse(String problem) {
    throw new IllegalStateException(problem);
  }

  Simulation simulation() {
    return simulation;
  }

  /** Lets slots pass; nanoseconds for each. */
  double slots(int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      simulation.step();
    }
    return (System.nanoTime() - start) / (double) count;
  }

  /** Fails unless every callback that ran has left its mark, and its fate. */
  void check() {
    long sum = 0;
    for (Pubkey counter : counters) {
      byte[] data = simulation.account(counter).orElseThrow().data();
      sum += ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong(HEADER);
    }
    if (sum != simulation.executions() || sum != fates || simulation.failures() != 0) {
      refuse(sum + " counted, " + simulation.executions() + " executed, " + fates + " fates");
    }
  }

  private static byte[] elf(long period, int spin) {
    int input = 8 + 88 + HEADER + 8 + 10_240 + 8;
    String text =
        String.format(
            Locale.ROOT,
            """
            .sbpf v0
            entrypoint:
                mov64 r6, r1
                add64 r6, %d
                ldxdw r2, [r6]
                jeq r2, 0, count
                ldxdw r1, [r6+8]
                mov64 r2, %d
                mov64 r3, 0
                mov64 r4, 0
                mov64 r5, %d
                syscall sol_timer_create_periodic
                jeq r0, 0, failed
                mov64 r0, 0
                exit
            failed:
                mov64 r0, 1
                exit
            count:
                ldxdw r2, [r1+%d]
                add64 r2, 1
                stxdw [r1+%d], r2
                mov64 r3, %d
            spin:
                jeq r3, 0, done
                sub64 r3, 1
                ja spin
            done:
                mov64 r0, 0
                exit
            """,
            input,
            period,
            BUDGET,
            96 + HEADER,
            96 + HEADER,
            spin);
    Diagnostics found = new Diagnostics();
    return AssemblyFile.assemble(new Source("callers", text), null, found)
        .orElseThrow(() -> new IllegalStateException(found.list().toString()));
  }

  private static byte[] map() {
    byte[] data = new byte[HEADER + 8];
    System.arraycopy("OMAP".getBytes(UTF_8), 0, data, 0, 4);
    return data;
  }

  private static Pubkey key(int kind, int number) {
    return Pubkey.of(new ByteWriter().u64(kind).u64(number + 1L).u64(-1).u64(kind).toBytes());
  }
}
