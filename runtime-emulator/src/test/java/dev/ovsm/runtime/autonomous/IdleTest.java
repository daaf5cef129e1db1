package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits costs nothing; a cost for each of the many would be a hundred times that of one. */
class IdleTest {
  private static final int FEW = 1;
  private static final int MANY = 100;
  private static final int FAR_TOO_MUCH = 10;
  private static final int ROUNDS = 5;
  private static final int SLOTS = 1_500;
  private static final Pubkey ORACLE = NamedKey.of("oracle");
  private static final Pubkey STILL = NamedKey.of("still");

  /** Programs with timers of a far slot, and watchers of an account that stands still. */
  private static Stage waiting(int programs) {
    Stage stage = new Stage(Settings.DEFAULT.withStartSlot(100).withLogs(false), null);
    stage.simulation.put(ORACLE, Account.of(5_000_000, new byte[32], Stage.OTHER));
    for (int i = 0; i < programs; i++) {
      Pubkey program = NamedKey.ofProgram("waiting " + i);
      stage.simulation.deploy(program, Puppet.elf(null));
      stage.simulation.put(
          Stage.map(program), Account.of(10_000_000_000L, Stage.mapBytes(), program));
      Script script = new Script();
      byte[] data = new Script().data(Stage.ACCOUNT_BYTES);
      Script.Argument at = script.bytes(data);
      for (int timer = 0; timer < 16; timer++) {
        script.call(SOL_TIMER_CREATE, 900_000, at, data.length, Callbacks.BUDGET);
      }
      for (int watcher = 0; watcher < 32; watcher++) {
        Callbacks.watchKind(script, STILL.bytes(), 0, new Script());
      }
      stage.send(program, script);
    }
    assertThat(stage.simulation.prospects().tasks()).hasSize(48 * programs);
    return stage;
  }

  /** The least time of some rounds of empty slots, in each of which an account is written. */
  private static long time(Stage stage) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return IntStream.range(0, ROUNDS)
        .mapToLong(
            round -> {
              long before = threads.getCurrentThreadCpuTime();
              for (int slot = 0; slot < SLOTS; slot++) {
                stage.write(ORACLE, 8, slot);
                stage.steps(1);
              }
              return threads.getCurrentThreadCpuTime() - before;
            })
        .min()
        .orElseThrow();
  }

  @Test
  void slotsAndWritesCostTheSameHoweverManyWait() {
    Stage few = waiting(FEW);
    Stage many = waiting(MANY);
    long one = time(few);
    assertThat(time(many)).isLessThan(FAR_TOO_MUCH * one);
    assertThat(many.fates).isEmpty();
  }
}
