package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_SET_RETURN_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event of each type runs its callback once, and tells all that there is to tell of it. */
class EventTypesTest {
  private static final byte[] ANY = new byte[32];
  private static final Pubkey VAULT = NamedKey.of("vault");

  /** The clock shows 40 s in slot 100, and epochs last 32 slots. */
  private final Stage stage =
      new Stage(Settings.DEFAULT.withStartSlot(100).withSlotsPerEpoch(32), null);

  private void subscribe(int type, byte[] trigger) {
    Script script = new Script();
    Callbacks.subscribe(script, type, trigger, Callbacks.recording());
    assertThat(stage.send(script)).containsExactly(1L);
  }

  /** What the last callback was told: when it was meant to run, when it ran, and the payload. */
  private void requireTold(long seq, long nominal, long slot, long length, long... payload) {
    List<Long> told = new ArrayList<>();
    for (int i = 0; i < 6 + payload.length; i++) {
      told.add(stage.word(Stage.PUPPET, Callbacks.CONTEXT + 8 * i));
    }
    List<Long> expected =
        new ArrayList<>(List.of((long) Kind.EVENT.number(), 1L, seq, nominal, slot, length));
    for (long word : payload) {
      expected.add(word);
    }
    assertThat(told).isEqualTo(expected);
  }

  @Test
  void aSlotOfAnInterval() {
    subscribe(0, u64(10, 5));
    stage.steps(3);
    stage.simulation.skip(4);
    stage.steps(5);
    assertThat(stage.fatesOf(1)).containsExactly("108 EXECUTED");
    requireTold(1, 105, 108, 0);
    stage.steps(14);
    assertThat(stage.fatesOf(1)).containsExactly("108 EXECUTED", "115 EXECUTED", "125 EXECUTED");
    requireTold(3, 125, 125, 0);
  }

  @Test
  void theBoundaryOfAnEpoch() {
    subscribe(1, u64(3));
    stage.steps(29);
    stage.simulation.skip(4);
    stage.steps(2);
    assertThat(stage.fatesOf(1)).containsExactly("134 EXECUTED");
    requireTold(1, 131, 134, 0);
    stage.steps(29);
    assertThat(stage.fatesOf(1)).containsExactly("134 EXECUTED", "163 EXECUTED");
    requireTold(2, 163, 163, 0);
  }

  @Test
  void aTime() {
    subscribe(2, u64(43));
    stage.steps(6);
    stage.simulation.skip(4);
    stage.steps(40);
    assertThat(stage.fatesOf(1)).containsExactly("111 EXECUTED");
    requireTold(1, 108, 111, 0);
  }

  /** Changes the account to what an event waits for and back, twice in a slot, and to it again. */
  private void change(Account without, Account with, int type, byte[] trigger, long... payload) {
    stage.simulation.put(VAULT, without);
    subscribe(type, trigger);
    stage.simulation.put(VAULT, with);
    stage.simulation.put(VAULT, without);
    stage.simulation.put(VAULT, with);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("100 COALESCED", "101 EXECUTED");
    requireTold(1, 100, 101, 21, payload[0], payload[1], 2L | 1L << 32);
    stage.steps(1);
    stage.simulation.put(VAULT, without);
    stage.steps(2);
    stage.simulation.put(VAULT, with);
    stage.steps(3);
    assertThat(stage.fatesOf(1)).hasSize(3).endsWith("105 EXECUTED");
    requireTold(3, 104, 105, 21, payload[0], payload[1], 1L | 1L << 32);
  }

  @Test
  void aChangeOfData() {
    change(
        Account.of(1_000, new byte[] {9, 3}, Stage.OTHER),
        Account.of(1_000, new byte[] {9, 4}, Stage.OTHER),
        3,
        new LittleEndian(64).raw(VAULT.bytes()).raw(Callbacks.criteria(2, 1, 0xFF, 3)).bytes(),
        3,
        4);
  }

  @Test
  void aBalanceThatRises() {
    change(
        Account.wallet(2_000),
        Account.wallet(2_001),
        4,
        new LittleEndian(48).raw(VAULT.bytes()).u64(2_000).u64(0).bytes(),
        2_000,
        2_001);
  }

  @Test
  void aBalanceThatFalls() {
    change(
        Account.wallet(2_000),
        Account.wallet(1_999),
        4,
        new LittleEndian(48).raw(VAULT.bytes()).u64(2_000).u64(1).bytes(),
        2_000,
        1_999);
  }

  @Test
  void anOwnerThatIsWaitedFor() {
    change(
        Account.of(1_000, new byte[1], Stage.PUPPET),
        Account.of(1_000, new byte[1], Stage.OTHER),
        5,
        new LittleEndian(72).raw(VAULT.bytes()).u64(0).raw(Stage.OTHER.bytes()).bytes(),
        first(Stage.PUPPET),
        first(Stage.OTHER));
  }

  @Test
  void anyOwner() {
    stage.simulation.put(VAULT, Account.of(1_000, new byte[1], Stage.PUPPET));
    subscribe(5, new LittleEndian(72).raw(VAULT.bytes()).u64(1).raw(ANY).bytes());
    stage.simulation.put(VAULT, Account.of(1_000, new byte[1], Stage.OTHER));
    stage.steps(3);
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED");
    requireTold(1, 100, 101, 21, first(Stage.PUPPET), first(Stage.OTHER), 1L | 1L << 32);
  }

  @Test
  void anEventOfAProgram() {
    subscribe(6, Callbacks.programEvent(Stage.OTHER.bytes(), "DONE", u64(5)));
    Script emitting = new Script();
    Callbacks.emit(emitting, "DONE", u64(5, 6, 7));
    stage.send(Stage.OTHER, emitting);
    stage.steps(3);
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED");
    requireTold(1, 100, 101, 24, 5, 6, 7);
  }

  @Test
  void whatACalleeReturns() {
    subscribe(7, new LittleEndian(32 + 2 + 1).raw(Stage.OTHER.bytes()).u16(1).u8(7).bytes());
    Script returning = new Script();
    returning.call(SOL_SET_RETURN_DATA, returning.bytes(u64(7, 8)), 16);
    returning.add(Puppet.EXIT, 0);
    Calling calling =
        new Calling(
            stage.simulation,
            Stage.PUPPET,
            AccountMeta.writable(Stage.map(Stage.OTHER), false),
            new AccountMeta(Stage.OTHER, false, false));
    Script script = new Script();
    calling.call(script, 2, Stage.instruction(Stage.OTHER, returning).data(), 1);
    assertThat(stage.simulation.send(calling.instruction(script)).succeeded()).isTrue();
    stage.steps(3);
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED");
    requireTold(1, 100, 101, 16, 7, 8);
  }

  private static long first(Pubkey key) {
    return LittleEndian.u64(key.bytes(), 0);
  }

  private static byte[] u64(long... values) {
    LittleEndian out = new LittleEndian(8 * values.length);
    for (long value : values) {
      out.u64(value);
    }
    return out.bytes();
  }
}
