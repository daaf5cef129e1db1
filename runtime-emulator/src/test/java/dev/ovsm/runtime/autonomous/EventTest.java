package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_EMIT_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_DISCARD;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_OUTPUT;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_RESERVE;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_SUBMIT;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_SET_RETURN_DATA;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_REMOVE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest {
  private static final byte[] ANY = new byte[32];
  private static final Pubkey VAULT = NamedKey.of("vault");

  private final Stage stage = new Stage();

  private long subscribe(int type, byte[] trigger, Script callback) {
    Script script = new Script();
    Callbacks.subscribe(script, type, trigger, callback);
    return stage.send(script).get(0);
  }

  private void emit(Pubkey program, String id, byte[] data) {
    Script script = new Script();
    Callbacks.emit(script, id, data);
    assertThat(stage.send(program, script)).containsExactly(0L);
  }

  private static byte[] u64(long... values) {
    LittleEndian out = new LittleEndian(8 * values.length);
    for (long value : values) {
      out.u64(value);
    }
    return out.bytes();
  }

  @Test
  void subscribersGetEventsInOrderOfSubscription() {
    byte[] wanted = Callbacks.programEvent(ANY, "DONE", new byte[0]);
    subscribe(6, wanted, Callbacks.recording());
    subscribe(6, wanted, Callbacks.recording());
    emit(Stage.OTHER, "DONE", u64(77));
    stage.steps(1);
    assertThat(stage.fates)
        .extracting(fate -> fate.slot() + " " + fate.registration() + " " + fate.fate())
        .containsExactly("101 1 EXECUTED", "101 2 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, Callbacks.CONTEXT + 40)).as("length").isEqualTo(8);
    assertThat(stage.word(Stage.PUPPET, Callbacks.CONTEXT + 48)).isEqualTo(77);
  }

  @Test
  void filtersLookAtSourceIdAndPrefix() {
    subscribe(
        6,
        Callbacks.programEvent(Stage.OTHER.bytes(), "DONE", new byte[] {5}),
        Callbacks.recording());
    emit(Stage.PUPPET, "DONE", new byte[] {5});
    emit(Stage.OTHER, "DON", new byte[] {5});
    emit(Stage.OTHER, "DONE", new byte[] {6, 5});
    emit(Stage.OTHER, "DONE", new byte[0]);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).isEmpty();
    assertThat(stage.fatesOf(0)).containsOnly("100 NO_SUBSCRIBER").hasSize(4);
    emit(Stage.OTHER, "DONE", new byte[] {5, 6});
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("102 EXECUTED");
  }

  @Test
  void anEventIsLoggedLikeAnchors() {
    emit(Stage.PUPPET, "DONE", "abc".getBytes(UTF_8));
    byte[] discriminator = EventId.of("DONE").discriminator();
    byte[] line = new LittleEndian(11).raw(discriminator).raw("abc".getBytes(UTF_8)).bytes();
    assertThat(stage.logs).contains("Program data: " + Base64.getEncoder().encodeToString(line));
    assertThat(discriminator).isEqualTo(HexFormat.of().parseHex("d64624a1575b0f06"));
  }

  @Test
  void aHundredEmissionsAreTheMost() {
    Script script = new Script();
    for (int i = 0; i < 101; i++) {
      Callbacks.emit(script, "E", new byte[0]);
    }
    script.call(SOL_ASYNC_LAST_ERROR);
    assertThat(stage.send(script).subList(99, 102)).containsExactly(0L, 16L, 16L);
    assertThat(stage.fatesOf(0)).hasSize(100);
  }

  @Test
  void badEmissionsAreRefused() {
    Script script = new Script();
    Script.Argument bytes = script.bytes(new byte[1_025]);
    script.call(SOL_EMIT_EVENT, 0, 4, bytes, 1);
    script.call(SOL_EMIT_EVENT, bytes, 4, 0, 1);
    script.call(SOL_EMIT_EVENT, bytes, 0, bytes, 1);
    script.call(SOL_EMIT_EVENT, bytes, 256, bytes, 1);
    script.call(SOL_EMIT_EVENT, bytes, 4, bytes, 1_025);
    script.call(SOL_EMIT_EVENT, bytes, 255, bytes, 1_024);
    assertThat(stage.send(script)).containsExactly(1L, 1L, 17L, 17L, 17L, 0L);
  }

  @Test
  void aFullSystemRingRefusesUntilItsEventsAreDelivered() {
    Script script = new Script();
    for (int j = 0; j < 100; j++) {
      Callbacks.emit(script, "E", new byte[1_024]);
    }
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + 128, Script.result(99));
    for (int i = 0; i < 9; i++) {
      stage.send(script);
      assertThat(stage.word(Stage.PUPPET, 128)).isZero();
    }
    stage.send(script);
    assertThat(stage.word(Stage.PUPPET, 128)).isEqualTo(9);
    stage.steps(1);
    stage.send(script);
    assertThat(stage.word(Stage.PUPPET, 128)).isZero();
  }

  @Test
  void slotIntervalsKeepTheirGrid() {
    long id = subscribe(0, u64(10, 5), Callbacks.recording());
    stage.steps(30);
    assertThat(stage.fatesOf(id)).containsExactly("105 EXECUTED", "115 EXECUTED", "125 EXECUTED");
    assertThat(subscribe(0, u64(0, 5), Callbacks.recording())).isZero();
    assertThat(subscribe(0, u64(10, 2_000_000), Callbacks.recording())).isZero();
    assertThat(subscribe(0, u64(10), Callbacks.recording())).isZero();
  }

  @Test
  void epochBoundariesRepeat() {
    Stage epochs = new Stage(Settings.DEFAULT.withStartSlot(100).withSlotsPerEpoch(32), null);
    Script script = new Script();
    Callbacks.subscribe(script, 1, u64(3), Callbacks.recording());
    Callbacks.subscribe(script, 1, u64(32), Callbacks.recording());
    assertThat(epochs.send(script)).containsExactly(1L, 0L);
    epochs.steps(70);
    assertThat(epochs.fatesOf(1)).containsExactly("131 EXECUTED", "163 EXECUTED");
  }

  @Test
  void aWallclockTimeIsTheFirstSlotAtOrPastIt() {
    // the clock of slot 100 shows 40 s, that of 107 42 s, that of 108 43 s
    long id = subscribe(2, u64(43), Callbacks.recording());
    stage.steps(20);
    assertThat(stage.fatesOf(id)).containsExactly("108 EXECUTED");
    assertThat(subscribe(2, u64(43), Callbacks.recording())).isZero();
    assertThat(subscribe(2, u64(Long.MAX_VALUE), Callbacks.recording())).isZero();
    assertThat(subscribe(2, u64(-1), Callbacks.recording())).isZero();
  }

  @Test
  void changesOfAccountsAreEventsToo() {
    stage.simulation.put(VAULT, Account.wallet(1_000));
    byte[] key = VAULT.bytes();
    byte[] data = new LittleEndian(64).raw(key).raw(Callbacks.criteria(2, 0, 0xFF, 3)).bytes();
    final long grows = subscribe(3, data, Callbacks.recording());
    byte[] above = new LittleEndian(48).raw(key).u64(2_000).u64(0).bytes();
    final long rich = subscribe(4, above, Callbacks.recording());
    byte[] below = new LittleEndian(48).raw(key).u64(2_000).u64(1).bytes();
    final long poor = subscribe(4, below, Callbacks.recording());
    byte[] becomes = new LittleEndian(72).raw(key).u64(0).raw(Stage.OTHER.bytes()).bytes();
    final long owned = subscribe(5, becomes, Callbacks.recording());
    byte[] anyOwner = new LittleEndian(72).raw(key).u64(1).raw(ANY).bytes();
    final long moved = subscribe(5, anyOwner, Callbacks.recording());
    stage.simulation.put(VAULT, Account.of(2_001, new byte[] {4}, Stage.PUPPET));
    stage.steps(1);
    assertThat(stage.fatesOf(grows)).hasSize(1);
    assertThat(stage.fatesOf(rich)).hasSize(1);
    assertThat(stage.fatesOf(poor)).isEmpty();
    assertThat(stage.fatesOf(owned)).isEmpty();
    assertThat(stage.fatesOf(moved)).hasSize(1);
    stage.simulation.put(VAULT, Account.of(1_999, new byte[] {4}, Stage.OTHER));
    stage.steps(1);
    assertThat(stage.fatesOf(poor)).hasSize(1);
    assertThat(stage.fatesOf(owned)).hasSize(1);
    assertThat(stage.fatesOf(moved)).hasSize(2);
    assertThat(stage.fates).allMatch(fate -> fate.kind() == Kind.EVENT);
    assertThat(subscribe(4, new LittleEndian(48).raw(key).u64(1).u64(2).bytes(), new Script()))
        .isZero();
  }

  @Test
  void unknownTypesAndBadDescriptionsAreRefused() {
    assertThat(subscribe(8, u64(1, 1), Callbacks.recording())).isZero();
    assertThat(subscribe(-1, u64(1, 1), Callbacks.recording())).isZero();
    assertThat(subscribe(6, new byte[32], Callbacks.recording())).isZero();
    assertThat(subscribe(6, new byte[35], Callbacks.recording())).isZero();
    byte[] tooShort = Callbacks.programEvent(ANY, "DONE", new byte[] {1, 2});
    assertThat(subscribe(6, Arrays.copyOf(tooShort, tooShort.length - 1), Callbacks.recording()))
        .isZero();
  }

  @Test
  void anEventOfACallbackRunsInTheSameSlotIfItsWaveIsToCome() {
    byte[] wanted = Callbacks.programEvent(ANY, "PING", new byte[0]);
    Script pinging = new Script();
    Callbacks.emit(pinging, "PING", new byte[0]);
    subscribe(6, wanted, pinging);
    stage.send(Callbacks.timer(103, pinging));
    stage.steps(5);
    assertThat(stage.fatesOf(1)).containsExactly("103 EXECUTED", "104 EXECUTED", "105 EXECUTED");
  }

  @Test
  void aSubscriptionEndsWhenItIsRemoved() {
    long id = subscribe(6, Callbacks.programEvent(ANY, "DONE", new byte[0]), new Script());
    emit(Stage.OTHER, "DONE", new byte[0]);
    assertThat(stage.send(Stage.OTHER, Callbacks.calling(SOL_WATCHER_REMOVE, id)))
        .containsExactly(3L);
    assertThat(stage.send(Callbacks.calling(SOL_WATCHER_REMOVE, id))).containsExactly(0L);
    emit(Stage.OTHER, "DONE", new byte[0]);
    stage.steps(2);
    assertThat(stage.fatesOf(id)).containsExactly("100 CANCELLED");
    assertThat(stage.fatesOf(0)).hasSize(1);
  }

  @Test
  void theEndOfAnActivationIsAnEventIfWanted() {
    subscribe(
        6,
        Callbacks.programEvent(Stage.PUPPET.bytes(), "completed", new byte[0]),
        Callbacks.recording());
    Script script = Callbacks.timer(103, Callbacks.failing());
    script.call(SOL_REGISTRATION_SET, Script.result(0), 7, 1);
    assertThat(stage.send(script)).containsExactly(2L, 0L);
    stage.steps(3);
    assertThat(stage.fatesOf(1)).containsExactly("103 EXECUTED");
    int payload = Callbacks.CONTEXT + 48;
    assertThat(stage.word(Stage.PUPPET, payload)).isEqualTo(2);
    assertThat(stage.word(Stage.PUPPET, payload + 8) & 0xFF).isEqualTo(Fate.RETRIED.number());
    assertThat(stage.word(Stage.PUPPET, payload + 9)).isEqualTo(7);
  }

  @Test
  void whatACalleeReturnsIsAnEventOfItsCaller() {
    byte[] wanted = new LittleEndian(32 + 2 + 1).raw(Stage.OTHER.bytes()).u16(1).u8(7).bytes();
    final long id = subscribe(7, wanted, Callbacks.recording());
    final Calling calling =
        new Calling(
            stage.simulation,
            Stage.PUPPET,
            AccountMeta.writable(Stage.map(Stage.OTHER), false),
            new AccountMeta(Stage.OTHER, false, false));
    for (byte first : new byte[] {7, 8}) {
      for (boolean fails : new boolean[] {false, true}) {
        Script returning = new Script();
        byte[] data = {first, 1, 2, 3, 4, 5, 6, first};
        returning.call(SOL_SET_RETURN_DATA, returning.bytes(data), data.length);
        returning.add(Puppet.EXIT, fails ? 1 : 0);
        Script script = new Script();
        calling.call(script, 2, Stage.instruction(Stage.OTHER, returning).data(), 1);
        assertThat(stage.simulation.send(calling.instruction(script)).succeeded())
            .as("%s", stage.logs)
            .isEqualTo(!fails);
      }
    }
    stage.steps(1);
    assertThat(stage.fatesOf(id)).containsExactly("101 EXECUTED");
    assertThat(stage.word(Stage.PUPPET, Callbacks.CONTEXT + 48)).isEqualTo(0x0706_0504_0302_0107L);
    Script alone = new Script();
    alone.call(SOL_SET_RETURN_DATA, alone.bytes(new byte[] {7}), 1);
    stage.send(Stage.OTHER, alone);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).as("nobody called").hasSize(1);
  }

  @Test
  void everyWayToPutSomethingOnARingCountsTowardsTheHundred() {
    Script script = new Script();
    final int ring = script.call(SOL_RING_BUFFER_CREATE, 1 << 20);
    Script.Argument data = script.bytes(new byte[8]);
    for (int i = 0; i < 33; i++) {
      script.call(SOL_RINGBUF_OUTPUT, Script.result(ring), data, 8);
      int reserved = script.call(SOL_RINGBUF_RESERVE, Script.result(ring), 8);
      script.call(SOL_RINGBUF_SUBMIT, Script.result(reserved));
      Callbacks.emit(script, "E", new byte[0]);
    }
    script.call(SOL_RINGBUF_OUTPUT, Script.result(ring), data, 8);
    final int last = script.call(SOL_RINGBUF_RESERVE, Script.result(ring), 8);
    script.call(SOL_RINGBUF_OUTPUT, Script.result(ring), data, 8);
    script.call(SOL_RINGBUF_SUBMIT, Script.result(last));
    script.call(SOL_RINGBUF_DISCARD, Script.result(last));
    List<Long> results = stage.send(script);
    assertThat(results.subList(133, 134)).containsExactly(0L);
    assertThat(results.subList(135, 138)).containsExactly(16L, 16L, 0L);
  }
}
