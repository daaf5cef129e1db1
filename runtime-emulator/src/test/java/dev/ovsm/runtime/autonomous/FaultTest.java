package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.sbpf.Syscall;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final long HEAP_BASE = 0x3_0000_0000L;

  private final Stage stage = new Stage();

  /** Of the puppet's results, each of eight bytes, the last has to fit. */
  @Test
  void aCrampedCallbackHasNoHeapBeyond() {
    int needed = (int) (Puppet.RESULTS - HEAP_BASE) + 3 * Long.BYTES;
    List<Long> results = stage.send(Callbacks.timer(103, Callbacks.recording()));
    stage.simulation.fail(Stage.PUPPET, 1, new Fault.Cramped(needed - 1));
    stage.steps(5);
    assertThat(stage.fatesOf(results.get(0))).containsExactly("103 RETRIED", "104 EXECUTED");
    assertThat(stage.logs).anyMatch(line -> line.endsWith("(in heap region)"));

    List<Long> fitting = stage.send(Callbacks.timer(110, Callbacks.recording()));
    stage.simulation.fail(Stage.PUPPET, 1, new Fault.Cramped(needed));
    stage.steps(7);
    assertThat(stage.fatesOf(fitting.get(0))).containsExactly("110 EXECUTED");
  }

  @Test
  void theCallOfANumberIsRebuffedAndWhatCameBeforeTakenBack() {
    final long id = caller(103);
    stage.simulation.fail(Stage.PUPPET, 1, new Fault.Rebuffed(2, 7));
    stage.steps(3);
    assertThat(stage.fatesOf(id)).containsExactly("103 RETRIED");
    assertThat(stage.fates.get(0).reason()).contains("custom program error: 0x7");
    assertThat(stage.logs.stream().filter(this::isCall)).hasSize(2);
    assertThat(stage.word(Stage.OTHER, 512)).as("the first call's effect").isZero();
    stage.steps(1);
    assertThat(stage.fatesOf(id)).containsExactly("103 RETRIED", "104 EXECUTED");
    assertThat(stage.word(Stage.OTHER, 512)).isEqualTo(9);
  }

  @Test
  void aCallbackThatMakesFewerCallsDoesNotSufferIt() {
    stage.simulation.fail(Stage.PUPPET, 1, new Fault.Rebuffed(3, 7));
    long id = caller(103);
    String before = stage.simulation.stateHash();
    stage.steps(4);
    assertThat(stage.fatesOf(id)).containsExactly("103 EXECUTED");
    stage.simulation.fail(Stage.PUPPET, 1, new Fault.Rebuffed(1, 8));
    long other = caller(110);
    stage.steps(8);
    assertThat(stage.fatesOf(other)).containsExactly("110 RETRIED", "111 EXECUTED");
    assertThat(stage.simulation.stateHash()).isNotEqualTo(before);
  }

  /** A fault strikes the same callback whether others run beside it or not. */
  @Test
  void threadsChangeNothingOfIt() {
    assertThat(lived(4)).isEqualTo(lived(1)).anyMatch(fate -> fate.fate() == Fate.RETRIED);
  }

  @Test
  void everyKindIsPartOfASnapshot() {
    List<Fault> faults =
        List.of(
            new Fault.Starved(9),
            new Fault.Failing(9),
            new Fault.Locked(Stage.OTHER),
            new Fault.Cramped(9),
            new Fault.Rebuffed(9, 10));
    for (Fault fault : faults) {
      Stage one = new Stage();
      String without = one.simulation.stateHash();
      one.simulation.fail(Stage.PUPPET, 2, fault);
      one.simulation.finish();
      String with = one.simulation.stateHash();
      assertThat(with).as("%s", fault).isNotEqualTo(without);
      Simulation resumed =
          Simulation.resume(one.simulation.save(), new Interpreter(), Listener.NONE)
              .simulation()
              .orElseThrow();
      assertThat(resumed.stateHash()).as("%s", fault).isEqualTo(with);
    }
  }

  private static List<FateRecord> lived(int threads) {
    Stage one = new Stage();
    one.simulation.onThreads(threads, 0);
    for (Pubkey program : List.of(Stage.PUPPET, Stage.OTHER)) {
      Script script = new Script();
      byte[] data = Callbacks.recording().data(Stage.ACCOUNT_BYTES);
      script.call(Syscall.SOL_TIMER_CREATE, 103, script.bytes(data), data.length, 50_000);
      one.send(program, script);
    }
    one.simulation.fail(Stage.PUPPET, 1, new Fault.Cramped(0x4000));
    one.simulation.fail(Stage.OTHER, 1, new Fault.Cramped(0x4000));
    one.steps(6);
    return one.fates;
  }

  private boolean isCall(String line) {
    return line.equals("Program " + Stage.OTHER + " invoke [2]");
  }

  /** A timer whose callback calls the other program twice, which each time writes to its map. */
  private long caller(long slot) {
    Calling calling =
        new Calling(
            stage.simulation,
            Stage.PUPPET,
            AccountMeta.writable(Stage.map(Stage.OTHER), false),
            new AccountMeta(Stage.OTHER, false, false));
    Script callback = new Script();
    for (int i = 0; i < 2; i++) {
      byte[] data = Stage.instruction(Stage.OTHER, Callbacks.writing(512, 9)).data();
      calling.call(callback, 2, data, 1);
    }
    byte[] data = calling.instruction(callback).data();
    Script registering = new Script();
    registering.call(Syscall.SOL_TIMER_CREATE, slot, registering.bytes(data), data.length, 200_000);
    stage.results.clear();
    assertThat(stage.simulation.send(calling.instruction(registering)).error()).isNull();
    return stage.results.get(0);
  }
}
