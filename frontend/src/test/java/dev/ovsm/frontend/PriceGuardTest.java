package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The price guard of the examples: subscriptions, a watcher, an event, a tail call. */
class PriceGuardTest {
  private static final Result GOOD = new Result.Returned(0);
  private final Module module = Examples.compile("price_guard");
  private final Machine machine = new Machine();

  PriceGuardTest() {
    machine.programId = Machine.key(4);
    machine.accounts.add(Examples.map(module, 0, 9, machine.programId));
    machine.accounts.add(Examples.map(module, 1, 10, machine.programId));
  }

  private Result run(String entry) {
    return machine.run(module, Machine.select(module, entry));
  }

  private ByteBuffer state() {
    return ByteBuffer.wrap(machine.accounts.get(0).data).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void price(long value) {
    feed().putLong(64, value);
  }

  private ByteBuffer feed() {
    return ByteBuffer.wrap(machine.accounts.get(1).data).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer context(int payload) {
    ByteBuffer context = ByteBuffer.allocate(48 + payload).order(ByteOrder.LITTLE_ENDIAN);
    return context.position(48);
  }

  @Test
  void startsUp() {
    machine.slot = 7;
    assertThat(run("initialize")).isEqualTo(GOOD);
    assertThat(machine.logs).containsExactly("Guard is up slot=7 price=100000000");
    assertThat(machine.calls)
        .containsExactly(
            "sol_subscribe_event",
            "sol_get_clock_sysvar",
            "sol_log_",
            "sol_subscribe_event",
            "sol_subscribe_event",
            "sol_watch_account");
    assertThat(machine.watched).containsExactly(Machine.key(10));
    byte[] name = "PRICE_MOVED".getBytes(StandardCharsets.UTF_8);
    ByteBuffer filter = ByteBuffer.allocate(32 + 1 + name.length + 2);
    filter.put(new byte[32]).put((byte) name.length).put(name);
    assertThat(machine.triggers.get(0)).isEqualTo(filter.array());
    ByteBuffer interval = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(machine.triggers.get(1)).isEqualTo(interval.putLong(5).array());
    assertThat(state().get(64 + 24)).isEqualTo((byte) 1);
    assertThat(feed().getLong(64)).isEqualTo(100_000_000);
    assertThat(machine.instructions).hasSize(4);
  }

  @Test
  void averagesPrices() {
    machine.context = context(0).array();
    price(800);
    assertThat(run("initialize-callback-2")).isEqualTo(GOOD);
    assertThat(state().getLong(64)).isEqualTo(800);
    price(1600);
    assertThat(run("initialize-callback-2")).isEqualTo(GOOD);
    assertThat(state().getLong(64)).isEqualTo(900);
    assertThat(state().getLong(72)).isEqualTo(2);
  }

  @Test
  void movesThePriceUntilAnOraclePostsOne() {
    assertThat(run("initialize")).isEqualTo(GOOD);
    machine.context = context(0).array();
    assertThat(run("initialize-callback-3")).isEqualTo(GOOD);
    assertThat(run("initialize-callback-3")).isEqualTo(GOOD);
    assertThat(feed().getLong(64)).isEqualTo(100_000_000L * 1001 / 1000 * 985 / 1000);
    assertThat(post(0)).isNotEqualTo(GOOD);
    assertThat(post(90_000_000)).isEqualTo(GOOD);
    assertThat(run("initialize-callback-3")).isEqualTo(GOOD);
    assertThat(feed().getLong(64)).isEqualTo(90_000_000);
  }

  private Result post(long price) {
    byte[] data = java.util.Arrays.copyOf(Machine.select(module, "set-price"), 16);
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putLong(8, price);
    return machine.run(module, data);
  }

  @Test
  void emitsWhatItSees() {
    machine.slot = 11;
    machine.context = context(21).putLong(100).putLong(90).putInt(1).put((byte) 1).array();
    assertThat(run("initialize-callback-4")).isEqualTo(GOOD);
    assertThat(new String(machine.triggers.get(0), StandardCharsets.UTF_8))
        .isEqualTo("PRICE_MOVED");
    ByteBuffer payload = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    payload.putLong(100).putLong(90).putLong(11);
    assertThat(machine.triggers.get(1)).isEqualTo(payload.array());
  }

  @Test
  void goesOnWithTheStageThatCloses() {
    machine.context = context(0).array();
    assertThat(run("initialize")).isEqualTo(GOOD);
    price(1000);
    assertThat(run("initialize-callback-2")).isEqualTo(GOOD);
    machine.logs.clear();
    machine.slot = 33;
    machine.context = context(24).putLong(1000).putLong(980).putLong(33).array();
    assertThat(run("initialize-callback")).isEqualTo(GOOD);
    assertThat(machine.logs).containsExactly("Price moved old=1000 new=980");
    machine.context = context(24).putLong(980).putLong(900).putLong(33).array();
    assertThat(run("initialize-callback")).isEqualTo(GOOD);
    assertThat(machine.logs)
        .containsExactly(
            "Price moved old=1000 new=980",
            "Price moved old=980 new=900",
            "Position closed price=900 average=1000");
    assertThat(state().getLong(64 + 16)).isEqualTo(2);
    assertThat(state().get(64 + 24)).isEqualTo((byte) 0);
    assertThat(state().getLong(64 + 25)).isEqualTo(33);
  }

  @Test
  void declaresBudgetsAndAccounts() {
    assertThat(module.entries())
        .filteredOn(entry -> entry.kind() == Entry.Kind.CALLBACK)
        .extracting(Entry::budget)
        .containsExactly(0L, 60_000L, 60_000L, 60_000L);
    assertThat(module.arrays().get(0).elements()).hasSize(2);
  }
}
