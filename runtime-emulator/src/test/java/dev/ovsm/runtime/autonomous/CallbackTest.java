package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_QUERY_SUBSCRIPTIONS;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_SCHEDULE_EXECUTION;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE_DEADLINE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a callback gets, whichever family of calls registered it. */
class CallbackTest {
  private static final Pubkey ECHO = NamedKey.ofProgram("echo");
  private static final long TIMER = Stage.MAP_ADDRESS + 64;
  private static final long HEAP = 0x3_0000_0000L;
  private static final int ENTRY_BYTES = 64;
  private static final int BUDGET = 24;

  /**
   * Its instruction of 40 bytes {slot, length, data} creates a timer; of any other it keeps the
   * length, the first eight bytes, and whether its second account signs.
   */
  private static final String TEXT =
      """
      .sbpf v0
      .text
      entrypoint:
          ldxdw r3, [r2-8]
          jeq r3, 40, register
          lddw r4, FOUND
          stxdw [r4+0], r3
          lddw r6, SECOND
          ldxb r6, [r6+1]
          stxdw [r4+16], r6
          jlt r3, 8, done
          ldxdw r5, [r2+0]
          stxdw [r4+8], r5
      done:
          mov64 r0, 0
          exit
      register:
          ldxdw r1, [r2+0]
          ldxdw r3, [r2+8]
          add64 r2, 16
          jne r3, 0, create
          mov64 r2, 0
      create:
          mov64 r4, 50000
          syscall sol_timer_create
          mov64 r1, r0
          mov64 r0, 1
          jeq r1, 0, failed
          mov64 r0, 0
      failed:
          exit
      """;

  private final Stage stage = new Stage();

  private void echo(long length) {
    long[] bytes = {Stage.MAP_BYTES, 0};
    String text =
        TEXT.replace("FOUND", "" + (Stage.MAP_ADDRESS + 128))
            .replace("SECOND", "" + (Layout.accountData(1, bytes) - 88));
    assertThat(stage.simulation.deploy(ECHO, Puppet.elf(text, null))).isEmpty();
    stage.simulation.put(Stage.map(ECHO), Account.of(10_000_000_000L, Stage.mapBytes(), ECHO));
    stage.write(Stage.map(ECHO), 136, 77);
    List<AccountMeta> metas =
        List.of(
            AccountMeta.writable(Stage.map(ECHO), false),
            AccountMeta.writable(Simulation.PAYER, true));
    byte[] data = new byte[24];
    Arrays.fill(data, (byte) 9);
    byte[] instruction = new LittleEndian(40).u64(105).u64(length).raw(data).bytes();
    assertThat(stage.simulation.send(new Instruction(ECHO, metas, instruction)).error())
        .as("%s", stage.logs)
        .isNull();
    stage.steps(6);
    assertThat(stage.fatesOf(1)).containsExactly("105 EXECUTED");
    assertThat(stage.word(ECHO, 128)).as("length").isEqualTo(length);
    assertThat(stage.word(ECHO, 144)).as("signs").isZero();
  }

  @Test
  void theDataIsExactlyWhatWasPassedAndNobodySigns() {
    echo(24);
    assertThat(stage.word(ECHO, 136)).isEqualTo(0x0909_0909_0909_0909L);
  }

  @Test
  void noDataIsDataToo() {
    echo(0);
    assertThat(stage.word(ECHO, 136)).isEqualTo(77);
  }

  @Test
  void anyIdOfATimerCancelsIt() {
    Script script = new Script();
    byte[] data = Callbacks.recording().data(Stage.ACCOUNT_BYTES);
    byte[] given = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    Script.Argument own = script.bytes(data);
    script.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    Callbacks.periodic(script, 105, 3, Callbacks.recording());
    script.call(SOL_TIMER_CREATE_DEADLINE, 105, 110, own, data.length, 50_000);
    script.call(SOL_SCHEDULE_EXECUTION, 105, script.bytes(given), given.length, 50_000);
    for (int id = 1; id <= 4; id++) {
      script.call(SOL_TIMER_CANCEL, id);
    }
    assertThat(stage.send(script)).containsExactly(0L, 2L, 3L, 4L, 0L, 0L, 0L, 0L);
    stage.steps(10);
    assertThat(stage.fates).allMatch(fate -> fate.fate() == Fate.CANCELLED).hasSize(3);
  }

  /** Of a declared entry its budget, else 100,000; of a watcher that names none 50,000. */
  @Test
  void budgetsThatNobodyNames() {
    Manifest.Entry declared =
        new Manifest.Entry(
            "job", 3, Manifest.EntryKind.CALLBACK, false, 12_345, List.of(), List.of());
    Stage declaring =
        new Stage(
            Settings.DEFAULT.withStartSlot(100),
            new Manifest("puppet", List.of(declared), List.of(), List.of(), List.of()));
    Script script = new Script();
    byte[] job = BadInstruction.calling(3);
    byte[] other = BadInstruction.calling(0);
    script.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    script.call(SOL_TIMER_SET_CALLBACK, TIMER, script.bytes(job), job.length);
    script.call(SOL_TIMER_INIT, TIMER + 16, Stage.MAP_ID);
    script.call(SOL_TIMER_SET_CALLBACK, TIMER + 16, script.bytes(other), other.length);
    byte[] criteria = Callbacks.criteria(2, 8, -1, 5);
    Callbacks.watch(script, Stage.map(Stage.OTHER).bytes(), criteria, new Script());
    script.call(SOL_QUERY_SUBSCRIPTIONS, script.bytes(Stage.PUPPET.bytes()), HEAP, 9);
    for (int i = 0; i < 3; i++) {
      script.add(Puppet.LOAD, HEAP + (long) ENTRY_BYTES * i + BUDGET);
    }
    List<Long> results = declaring.send(script);
    assertThat(results.subList(5, 9)).containsExactly(3L, 12_345L, 100_000L, 50_000L);
  }

  /** Kind and policy are the first two bytes; missed ticks, of which there are none, the last. */
  @Test
  void everyKindHasItsNumber() {
    Script script = new Script();
    byte[] data = Callbacks.recording().data(Stage.ACCOUNT_BYTES);
    byte[] given = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    Script.Argument own = script.bytes(data);
    script.call(SOL_TIMER_CREATE, 101, own, data.length, 50_000);
    script.call(SOL_SCHEDULE_EXECUTION, 102, script.bytes(given), given.length, 50_000);
    Callbacks.periodic(script, 103, 1_000, Callbacks.recording());
    script.call(SOL_REGISTRATION_SET, 3, 1, 2);
    script.call(SOL_TIMER_CREATE_DEADLINE, 104, 110, own, data.length, 50_000);
    Callbacks.watchKind(script, Stage.map(Stage.OTHER).bytes(), 2, Callbacks.recording());
    Callbacks.subscribe(
        script, 0, new LittleEndian(16).u64(1_000).u64(106).bytes(), Callbacks.recording());
    stage.send(script);
    for (int kind = 0; kind < 6; kind++) {
      if (kind == 4) {
        stage.write(Stage.map(Stage.OTHER), 200, 1);
      }
      stage.steps(1);
      long policy = kind == 2 ? 2 : 0;
      assertThat(stage.word(Stage.PUPPET, Callbacks.SLOT)).isEqualTo(101 + kind);
      assertThat(stage.word(Stage.PUPPET, Callbacks.CONTEXT)).isEqualTo(kind | policy << 8);
    }
  }

  /** As a user's transaction would, but for what was invoked. */
  @Test
  void theLogIsThatOfAnyTransaction() {
    stage.send(Callbacks.timer(101, new Script()));
    stage.logs.clear();
    stage.steps(1);
    String program = "Program " + Stage.PUPPET;
    assertThat(stage.logs)
        .containsExactly(
            program + " invoke [1]",
            program + " consumed " + stage.fates.get(0).units() + " of 50000 compute units",
            program + " success");
  }
}
