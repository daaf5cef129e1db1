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
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_PUSH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records on rings that are events because of how they begin. */
class RingEventTest {
  private final Stage stage = RingStage.stage();

  @Test
  void aTaggedRecordIsAnEvent() {
    Script subscribing = new Script();
    Callbacks.subscribe(
        subscribing,
        6,
        Callbacks.programEvent(Stage.PUPPET.bytes(), "FILL", new byte[0]),
        Callbacks.recording());
    stage.send(subscribing);
    byte[] tagged = new LittleEndian(16).u32(4).raw("FILL".getBytes(UTF_8)).u64(123).bytes();
    byte[] untagged = new LittleEndian(8).u32(5).raw("FILL".getBytes(UTF_8)).bytes();
    Script script = new Script();
    script.call(SOL_RINGBUF_OUTPUT, LOG, script.bytes(tagged), tagged.length);
    script.call(SOL_RINGBUF_OUTPUT, LOG, script.bytes(untagged), untagged.length);
    assertThat(stage.send(script)).containsExactly(0L, 0L);
    stage.steps(1);
    assertThat(stage.fates).hasSize(1);
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, Callbacks.CONTEXT + 48)).isEqualTo(123);
  }

  /** Whoever writes a record is its source, whose ring ever it is put on. */
  @Test
  void aTaggedRecordOnAnotherOnesRingComesFromWhoWroteIt() {
    long ring = RingStage.create(stage, 256);
    stage.send(Callbacks.calling(SOL_REGISTRATION_SET, ring, 5, 1));
    Script subscribing = new Script();
    for (byte[] source : new byte[][] {Stage.PUPPET.bytes(), Stage.OTHER.bytes()}) {
      byte[] wanted = Callbacks.programEvent(source, "FILL", new byte[0]);
      Callbacks.subscribe(subscribing, 6, wanted, new Script());
    }
    List<Long> ids = stage.send(subscribing);
    Script pushing = new Script();
    push(pushing, ring, new LittleEndian(8).u32(4).raw("FILL".getBytes(UTF_8)).bytes());
    assertThat(stage.send(Stage.OTHER, pushing)).containsExactly(0L);
    stage.steps(1);
    assertThat(stage.fatesOf(ids.get(0))).isEmpty();
    assertThat(stage.fatesOf(ids.get(1))).containsExactly("101 EXECUTED");
  }

  @Test
  void pushesAndEventsCountTogether() {
    long ring = RingStage.create(stage, 1 << 20);
    Script script = new Script();
    for (int i = 0; i < 50; i++) {
      Callbacks.emit(script, "E", new byte[0]);
      push(script, ring, new byte[] {1});
    }
    push(script, ring, new byte[] {1});
    script.call(SOL_ASYNC_LAST_ERROR);
    List<Long> results = stage.send(script);
    assertThat(results.subList(98, 102)).containsExactly(0L, 0L, 16L, 16L);
  }

  /** However a record gets onto a ring, its tag is looked at once it is there. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void everyWayToWriteARecordMakesItAnEvent(int way) {
    Script script = new Script();
    byte[] wanted = Callbacks.programEvent(Stage.PUPPET.bytes(), "FILL", new byte[0]);
    Callbacks.subscribe(script, 6, wanted, Callbacks.recording());
    stage.send(script);
    byte[] tagged = new LittleEndian(16).u32(4).raw("FILL".getBytes(UTF_8)).u64(123).bytes();
    Script writing = new Script();
    Script.Argument data = writing.bytes(tagged);
    if (way == 0) {
      writing.call(SOL_RINGBUF_OUTPUT, LOG, data, tagged.length);
    } else if (way == 1) {
      writing.call(SOL_RING_BUFFER_PUSH, LOG, data, tagged.length);
    } else {
      int reserved = writing.call(SOL_RINGBUF_RESERVE, LOG, tagged.length);
      writing.call(SOL_MEMCPY_, Script.result(reserved), data, tagged.length);
      writing.call(way == 2 ? SOL_RINGBUF_SUBMIT : SOL_RINGBUF_DISCARD, Script.result(reserved));
    }
    stage.send(writing);
    stage.steps(1);
    assertThat(stage.fates).hasSize(way == 3 ? 0 : 1);
    long told = stage.word(Stage.PUPPET, Callbacks.CONTEXT + 48);
    assertThat(told).isEqualTo(way == 3 ? 0 : 123);
  }
}
