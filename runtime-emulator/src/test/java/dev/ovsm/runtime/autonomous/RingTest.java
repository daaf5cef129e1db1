package dev.ovsm.runtime.autonomous;

import static dev.ovsm.runtime.autonomous.RingStage.LOG;
import static dev.ovsm.runtime.autonomous.RingStage.push;
import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_MEMCPY_;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_DISCARD;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_OUTPUT;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_RESERVE;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_SUBMIT;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_DESTROY;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_POP;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_PUSH;
import static dev.ovsm.sbpf.Syscall.SOL_SET_RETURN_DATA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.transaction.TransactionOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingTest {
  private static final long OUT = 0x3_0000_0000L;
  private static final long WINDOW = 0x5_0000_0000L;
  private final Stage stage = RingStage.stage();

  @Test
  void recordsComeOutInOrderAndWhole() {
    long ring = RingStage.create(stage, 64);
    Script script = new Script();
    push(script, ring, "first".getBytes(UTF_8));
    push(script, ring, "the second".getBytes(UTF_8));
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 4);
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 5);
    script.add(Puppet.LOAD_BYTE, OUT);
    script.call(SOL_RING_BUFFER_POP, ring, 0, 0);
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    script.add(Puppet.LOAD, OUT + 2);
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    assertThat(stage.send(script))
        .containsExactly(
            0L,
            0L,
            5L,
            5L,
            (long) 'f',
            10L,
            10L,
            LittleEndian.u64("e second".getBytes(UTF_8), 0),
            0L);
  }

  @Test
  void recordsWrapAroundAndNothingIsOverwritten() {
    long ring = RingStage.create(stage, 64);
    Script script = new Script();
    byte[] data = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    push(script, ring, data);
    push(script, ring, data);
    push(script, ring, data);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 16);
    push(script, ring, data);
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 16);
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 16);
    script.add(Puppet.LOAD, OUT + 8);
    assertThat(stage.send(script))
        .containsExactly(0L, 0L, 9L, 9L, 16L, 0L, 16L, 16L, LittleEndian.u64(data, 8));
  }

  @Test
  void whatAFailedTransactionDidToARingIsTakenBack() {
    long ring = RingStage.create(stage, 64);
    Script first = new Script();
    push(first, ring, "one".getBytes(UTF_8));
    push(first, ring, "two".getBytes(UTF_8));
    stage.send(first);
    Script failing = new Script();
    failing.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    failing.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    push(failing, ring, new byte[40]);
    failing.add(Puppet.EXIT, 1);
    assertThat(stage.attempt(Stage.PUPPET, failing).succeeded()).isFalse();
    Script reading = new Script();
    reading.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    reading.add(Puppet.LOAD_BYTE, OUT);
    reading.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    reading.add(Puppet.LOAD_BYTE, OUT + 1);
    reading.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    assertThat(stage.send(reading)).containsExactly(3L, (long) 'o', 3L, (long) 'w', 0L);
  }

  @Test
  void reservationsAreVisibleInTheirOrderOnceSubmitted() {
    long ring = RingStage.create(stage, 256);
    Script script = new Script();
    final int first = script.call(SOL_RINGBUF_RESERVE, ring, 8);
    final int second = script.call(SOL_RINGBUF_RESERVE, ring, 100);
    final int third = script.call(SOL_RINGBUF_RESERVE, ring, 8);
    script.add(Puppet.STORE, Script.result(first), 11);
    script.add(Puppet.STORE, Script.result(third), 33);
    script.call(SOL_RINGBUF_SUBMIT, Script.result(third));
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    script.call(SOL_RINGBUF_DISCARD, Script.result(second));
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    script.call(SOL_RINGBUF_SUBMIT, Script.result(first));
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    script.add(Puppet.LOAD, OUT);
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 64);
    script.add(Puppet.LOAD, OUT);
    script.call(SOL_RINGBUF_SUBMIT, Script.result(first));
    assertThat(stage.send(script))
        .containsExactly(
            WINDOW, WINDOW + 64, WINDOW + 192, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 8L, 11L, 8L, 33L, 8L);
  }

  @Test
  void theWindowIsExactAndOnlyThereWhileOpen() {
    long ring = RingStage.create(stage, 256);
    for (int offset : new int[] {-8, 1, 64}) {
      Script script = new Script();
      script.call(SOL_RINGBUF_RESERVE, ring, 8);
      script.add(Puppet.STORE, WINDOW + offset, 1);
      TransactionOutcome outcome = stage.attempt(Stage.PUPPET, script);
      assertThat(outcome.succeeded()).isFalse();
      assertThat(stage.logs.get(stage.logs.size() - 1))
          .contains("Access violation writing 8 bytes");
    }
    Script closed = new Script();
    final int reserved = closed.call(SOL_RINGBUF_RESERVE, ring, 8);
    closed.call(SOL_RINGBUF_SUBMIT, Script.result(reserved));
    closed.add(Puppet.LOAD, Script.result(reserved));
    assertThat(stage.attempt(Stage.PUPPET, closed).succeeded()).isFalse();
  }

  @Test
  void solanasOwnSyscallsMayUseTheWindow() {
    long ring = RingStage.create(stage, 256);
    Script script = new Script();
    final int reserved = script.call(SOL_RINGBUF_RESERVE, ring, 8);
    script.call(SOL_MEMCPY_, Script.result(reserved), script.bytes(new byte[] {7, 7, 7}), 3);
    script.call(SOL_SET_RETURN_DATA, Script.result(reserved), 8);
    script.call(SOL_RINGBUF_SUBMIT, Script.result(reserved));
    stage.send(script);
    assertThat(stage.logs).anyMatch(line -> line.endsWith(" BwcHAAAAAAA="));
  }

  @Test
  void aReservationLeftOpenFails() {
    long ring = RingStage.create(stage, 256);
    TransactionOutcome outcome =
        stage.attempt(Stage.PUPPET, Callbacks.calling(SOL_RINGBUF_RESERVE, ring, 8));
    assertThat(outcome.succeeded()).isFalse();
    assertThat(stage.logs).anyMatch(line -> line.endsWith("reservation was left open"));
    Script script = new Script();
    push(script, ring, new byte[] {1});
    script.call(SOL_RING_BUFFER_POP, ring, OUT, 8);
    assertThat(stage.send(script)).containsExactly(0L, 1L);
  }

  @Test
  void badArgumentsAreRefused() {
    final long ring = RingStage.create(stage, 64);
    Script script = new Script();
    Script.Argument data = script.bytes(new byte[64]);
    script.call(SOL_RING_BUFFER_CREATE, 63);
    script.call(SOL_RING_BUFFER_CREATE, (1 << 20) + 1);
    script.call(SOL_RING_BUFFER_PUSH, ring + 1, data, 8);
    script.call(SOL_RING_BUFFER_PUSH, ring, 0, 8);
    script.call(SOL_RING_BUFFER_PUSH, ring, data, 0);
    script.call(SOL_RING_BUFFER_PUSH, ring, data, 57);
    script.call(SOL_RING_BUFFER_PUSH, ring, data, 56);
    script.call(SOL_RINGBUF_OUTPUT, ring, data, 8, 1);
    script.call(SOL_RINGBUF_RESERVE, ring, 0);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_RINGBUF_RESERVE, ring, 8, 1);
    script.call(SOL_RINGBUF_RESERVE, ring, 8);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_RINGBUF_SUBMIT, 0);
    script.call(SOL_RINGBUF_SUBMIT, WINDOW);
    script.call(SOL_RINGBUF_DISCARD, data);
    script.call(SOL_RING_BUFFER_POP, ring + 1, data, 8);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_RING_BUFFER_POP, ring, 0, 8);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_RING_BUFFER_DESTROY, ring);
    script.call(SOL_RING_BUFFER_DESTROY, ring);
    assertThat(stage.send(script))
        .containsExactly(
            0L, 0L, 8L, 1L, 17L, 17L, 0L, 17L, 0L, 17L, 0L, 0L, 9L, 1L, 8L, 8L, 0L, 8L, 0L, 1L, 0L,
            8L);
  }

  @Test
  void eightRingsAreTheMostDeclaredOnesIncluded() {
    for (int i = 1; i <= 7; i++) {
      assertThat(RingStage.create(stage, 0)).isEqualTo(i);
    }
    assertThat(RingStage.create(stage, 0)).isZero();
    stage.send(Callbacks.calling(SOL_RING_BUFFER_DESTROY, 3));
    assertThat(RingStage.create(stage, 1 << 20)).isEqualTo(8);
  }

  @Test
  void onlyTheOwnerPopsAndOthersPushOnlyToAnOpenRing() {
    long ring = RingStage.create(stage, 64);
    Script foreign = new Script();
    push(foreign, ring, new byte[] {1});
    foreign.call(SOL_RING_BUFFER_POP, ring, OUT, 8);
    foreign.call(SOL_ASYNC_LAST_ERROR);
    foreign.call(SOL_RING_BUFFER_DESTROY, ring);
    assertThat(stage.send(Stage.OTHER, foreign)).containsExactly(8L, 0L, 8L, 8L);
    assertThat(stage.send(Stage.OTHER, Callbacks.calling(SOL_REGISTRATION_SET, ring, 5, 1)))
        .containsExactly(8L);
    assertThat(stage.send(Callbacks.calling(SOL_REGISTRATION_SET, ring, 5, 1))).containsExactly(0L);
    assertThat(stage.send(Stage.OTHER, foreign)).containsExactly(0L, 0L, 8L, 8L);
    assertThat(stage.send(Callbacks.calling(SOL_RING_BUFFER_POP, ring, OUT, 8)))
        .containsExactly(1L);
  }

  @Test
  void aDeclaredRingIsKnownByTheHashOfItsName() {
    Script script = new Script();
    Script.Argument data = script.bytes(new byte[] {9, 8, 7});
    script.call(SOL_RINGBUF_OUTPUT, LOG, data, 3);
    script.call(SOL_RING_BUFFER_POP, LOG, OUT, 8);
    assertThat(stage.send(script)).containsExactly(0L, 3L);
  }

  @Test
  void anUpgradeLeavesRecordsOnTheirRing() {
    Script script = new Script();
    script.call(SOL_RINGBUF_OUTPUT, LOG, script.bytes(new byte[] {9, 8, 7}), 3);
    stage.send(script);
    byte[] same = Puppet.elf(RingStage.WITH_RING);
    assertThat(stage.simulation.upgrade(Stage.PUPPET, same).succeeded()).isTrue();
    PuppetFile.visibleAtOnce(stage.simulation, Stage.PUPPET);
    Script popping = new Script();
    popping.call(SOL_RING_BUFFER_POP, LOG, OUT, 8);
    popping.add(Puppet.LOAD_BYTE, OUT + 2);
    assertThat(stage.send(popping)).containsExactly(3L, 7L);
  }

  /** A header of eight bytes, and data that is rounded up to eight. */
  @ParameterizedTest
  @CsvSource({
    "64, 17, 24, true", // 8 + 24 + 8 + 24
    "64, 17, 25, false",
    "64, 24, 24, true",
    "64, 1, 40, true",
    "64, 1, 41, false",
    "128, 57, 48, true", // 8 + 64 + 8 + 48
    "128, 56, 57, false",
    "0, 4040, 40, true", // 4,096 unless a size is named
    "0, 4040, 41, false",
    "0, 8, 4072, true"
  })
  void aRecordTakesItsHeaderAndWholeWords(long size, int first, int second, boolean fits) {
    long ring = RingStage.create(stage, size);
    Script script = new Script();
    push(script, ring, new byte[first]);
    push(script, ring, new byte[second]);
    assertThat(stage.send(script)).containsExactly(0L, fits ? 0L : 9L);
  }
}
