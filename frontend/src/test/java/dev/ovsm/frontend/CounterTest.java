package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** The counter of the examples: state in an account, Borsh parameters, checked accounts. */
class CounterTest {
  private static final long MISSING_SIGNATURE = 8L << 32;
  private static final long ALREADY_INITIALIZED = 9L << 32;
  private static final long INCORRECT_PROGRAM_ID = 7L << 32;
  private static final long INVALID_ACCOUNT_DATA = 4L << 32;
  private static final long DATA_TOO_SMALL = 5L << 32;
  private static final long INVALID_ARGUMENT = 2L << 32;

  private final Module module = Examples.compile("counter");
  private final Machine machine = new Machine();

  private void accounts(int bytes, boolean writable, boolean signs) {
    machine.accounts.clear();
    machine.accounts.add(
        new Machine.Account(Machine.key(1), machine.programId, false, writable, new byte[bytes]));
    machine.accounts.add(
        new Machine.Account(Machine.key(2), new byte[32], signs, false, new byte[0]));
  }

  private Result initialize(long step) {
    return machine.run(
        module,
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(Machine.select(module, "initialize"))
            .putLong(step)
            .array());
  }

  private Result increment(int times) {
    return machine.run(
        module,
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(Machine.select(module, "increment"))
            .putInt(times)
            .array());
  }

  private static Result failed(long code) {
    return new Result.Failed(code);
  }

  @Test
  void counts() {
    accounts(56, true, true);
    assertThat(initialize(3)).isEqualTo(new Result.Returned(0));
    assertThat(increment(4)).isEqualTo(new Result.Returned(0));
    assertThat(increment(1)).isEqualTo(new Result.Returned(0));
    assertThat(machine.logs)
        .containsExactly("Counter initialized step=3", "Counted count=12", "Counted count=15");
    ByteBuffer data = ByteBuffer.wrap(machine.accounts.get(0).data).order(ByteOrder.LITTLE_ENDIAN);
    byte[] authority = new byte[32];
    data.get(8, authority);
    assertThat(authority).isEqualTo(Machine.key(2));
    assertThat(data.getLong(40)).isEqualTo(15);
    assertThat(data.getLong(48)).isEqualTo(3);
  }

  @Test
  void keepsTheAccountsPromises() {
    accounts(56, true, false);
    assertThat(initialize(3)).isEqualTo(failed(MISSING_SIGNATURE));
    accounts(56, false, true);
    assertThat(initialize(3)).isEqualTo(failed(INVALID_ARGUMENT));
    accounts(55, true, true);
    assertThat(initialize(3)).isEqualTo(failed(DATA_TOO_SMALL));
    accounts(56, true, true);
    assertThat(increment(1)).isEqualTo(failed(INVALID_ACCOUNT_DATA));
    assertThat(initialize(3)).isEqualTo(new Result.Returned(0));
    assertThat(initialize(3)).isEqualTo(failed(ALREADY_INITIALIZED));
    accounts(56, true, true);
    machine.programId = Machine.key(7);
    assertThat(initialize(3)).isEqualTo(failed(INCORRECT_PROGRAM_ID));
    machine.accounts.remove(1);
    machine.programId = new byte[32];
    assertThat(initialize(3)).isEqualTo(failed(Failure.MISSING_ACCOUNT.code()));
  }

  @Test
  void failsWithTheProgramsOwnErrors() {
    accounts(56, true, true);
    assertThat(initialize(0)).isEqualTo(failed(6001));
    assertThat(initialize(Long.MAX_VALUE)).isEqualTo(new Result.Returned(0));
    assertThat(increment(2)).isEqualTo(new Result.Returned(0));
    assertThat(increment(1)).isEqualTo(failed(Failure.OVERFLOW.code()));
    Machine.Account stranger =
        new Machine.Account(Machine.key(3), new byte[32], true, false, new byte[0]);
    machine.accounts.set(1, stranger);
    assertThat(increment(1)).isEqualTo(failed(6000));
  }

  @Test
  void wantsWholeParameters() {
    accounts(56, true, true);
    byte[] bare = Machine.select(module, "initialize");
    assertThat(machine.run(module, bare)).isEqualTo(failed(Failure.BAD_INSTRUCTION_DATA.code()));
  }
}
