package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.MapDecl;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.check.IrChecker;
import dev.ovsm.ir.eval.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The heartbeat program of the examples, compiled and run on the IR's reference interpreter. */
class HeartbeatTest {
  private final Module module = Examples.compile("heartbeat");
  private final Machine machine = new Machine();

  private Machine.Account map() {
    return Examples.map(module, 0, 9, machine.programId);
  }

  @Test
  void isWellFormed() {
    assertThat(IrChecker.check(module)).isEmpty();
    assertThat(module.name()).isEqualTo("heartbeat");
  }

  @Test
  void declaresItsEntriesAndItsMap() {
    assertThat(module.entries())
        .extracting(Entry::name, Entry::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("heartbeat-callback", Entry.Kind.CALLBACK),
            org.assertj.core.groups.Tuple.tuple("heartbeat-init", Entry.Kind.INSTRUCTION),
            org.assertj.core.groups.Tuple.tuple("create-maps", Entry.Kind.CREATE_MAPS));
    MapDecl map = module.maps().get(0);
    assertThat(map.valueBytes()).isEqualTo(24);
    assertThat(map.handles()).containsExactly(new MapDecl.Handle(0, MapDecl.HandleKind.TIMER));
    assertThat(module.entries().get(0).accounts())
        .extracting(Entry.Account::map)
        .containsExactly("timer-map");
  }

  @Test
  void startsItsTimer() {
    machine.accounts.add(map());
    Result result = machine.run(module, Machine.select(module, "heartbeat-init"));
    assertThat(result).isEqualTo(new Result.Returned(0));
    assertThat(machine.logs).containsExactly("Heartbeat initialized");
    assertThat(machine.calls)
        .containsExactly("sol_timer_init", "sol_timer_set_callback", "sol_timer_start", "sol_log_");
    ByteBuffer expected = ByteBuffer.allocate(90).order(ByteOrder.LITTLE_ENDIAN);
    expected.put(machine.programId).putLong(1).put(Machine.key(9)).put((byte) 0).put((byte) 1);
    expected.putLong(8).put(Machine.select(module, "heartbeat-callback"));
    assertThat(machine.instructions.get(0)).isEqualTo(expected.array());
  }

  @Test
  void beats() {
    machine.accounts.add(map());
    machine.context = new byte[48];
    for (int beat = 1; beat <= 12; beat++) {
      machine.slot = 990 + 10L * beat;
      Result result = machine.run(module, Machine.select(module, "heartbeat-callback"));
      assertThat(result).isEqualTo(new Result.Returned(0));
    }
    assertThat(machine.logs).hasSize(12);
    assertThat(machine.logs.get(0)).isEqualTo("💓 Heartbeat slot=1000 counter=1");
    assertThat(machine.logs.get(11)).isEqualTo("💓 Heartbeat slot=1110 counter=12");
    assertThat(machine.accounts.get(0).data[64 + 16]).isEqualTo((byte) 12);
  }

  @Test
  void findsItsMapBehindOtherAccounts() {
    machine.programId = Machine.key(5);
    Machine.Account own = map();
    byte[] foreign = Arrays.copyOf(own.data, own.data.length);
    machine.accounts.add(new Machine.Account(Machine.key(1), Machine.key(6), true, true, foreign));
    machine.accounts.add(
        new Machine.Account(Machine.key(2), machine.programId, false, true, new byte[13]));
    machine.accounts.add(own);
    machine.context = new byte[48];
    Result result = machine.run(module, Machine.select(module, "heartbeat-callback"));
    assertThat(result).isEqualTo(new Result.Returned(0));
    assertThat(machine.accounts.get(2).data[80]).isEqualTo((byte) 1);
    assertThat(machine.accounts.get(0).data[80]).isEqualTo((byte) 0);
  }

  @Test
  void refusesWhatItMust() {
    machine.accounts.add(map());
    byte[] callback = Machine.select(module, "heartbeat-callback");
    assertThat(machine.run(module, callback)).isEqualTo(failed(Failure.NOT_A_TRIGGER));
    assertThat(machine.run(module, new byte[8])).isEqualTo(failed(Failure.UNKNOWN_INSTRUCTION));
    assertThat(machine.run(module, new byte[7])).isEqualTo(failed(Failure.UNKNOWN_INSTRUCTION));
    machine.accounts.clear();
    assertThat(machine.run(module, Machine.select(module, "heartbeat-init")))
        .isEqualTo(failed(Failure.MISSING_MAP));
  }

  private static Result failed(Failure failure) {
    return new Result.Failed(failure.code());
  }
}
