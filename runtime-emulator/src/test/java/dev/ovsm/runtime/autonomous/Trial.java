package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_EMIT_EVENT;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_DISCARD;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_RESERVE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CREATE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.ml.ModelBytes;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.sbpf.Result;
import dev.ovsm.sbpf.Syscall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One system call with arguments that make it succeed, in a world in which it can: a fresh program,
 * fees paid, nothing registered. A test changes one thing of it.
 */
final class Trial {
  static final long TIMER = Stage.MAP_ADDRESS + 64;
  static final long OUT = 0x3_0000_0000L;
  static final long ARRAY = Integer.toUnsignedLong(Murmur3.hash("stages"));

  /** What is told of a call that does not return. */
  static final long GONE = -1;

  /** The discriminator of a callback whose declared budget no slot has. */
  static final long GREEDY = 3;

  private static final long SOL = 1_000_000_000;
  static final long SLOT = 110;
  private static final Manifest MANIFEST =
      new Manifest(
          "puppet",
          List.of(
              new Manifest.Entry(
                  "greedy",
                  GREEDY,
                  Manifest.EntryKind.CALLBACK,
                  false,
                  400_001,
                  List.of(),
                  List.of())),
          List.of(),
          List.of(new Manifest.ArraySpec("stages", List.of(1L, 0L, 2L))),
          List.of());

  private static final Pubkey ESCROW =
      DerivedAddress.find(List.of("escrow".getBytes(US_ASCII)), Stage.PUPPET)
          .orElseThrow()
          .address();

  final Stage stage =
      new Stage(Settings.DEFAULT.withStartSlot(100).withStrictEconomics(true), MANIFEST);

  /** What the program does before the call. */
  final Script script = new Script().orElse(1, new Script());

  private final Syscall call;
  final Object[] arguments;
  private @Nullable Calling closing;
  private @Nullable Object leaves;

  Trial(Syscall call) {
    this.call = call;
    stage.simulation.fund(Stage.PUPPET, SOL);
    arguments = new GoodCalls(script).arguments(call);
  }

  /** Replaces the argument in a register, counted from 1. */
  Trial with(int register, Object value) {
    arguments[register - 1] = value;
    return this;
  }

  Script.Argument bytes(int length) {
    return script.bytes(new byte[length]);
  }

  /** Lets the program close itself before the call. */
  Trial closed() {
    closing = Calling.closing(stage.simulation, Stage.PUPPET);
    closing.close(script);
    return this;
  }

  /** Replaces an instruction and its length. */
  Trial instruction(int register, byte[] bincode) {
    return with(register, script.bytes(bincode)).with(register + 1, bincode.length);
  }

  /** The address of more bytes than are kept of anything. */
  long mapBytes() {
    return Stage.MAP_ADDRESS;
  }

  /** Makes the map one of another type. */
  void mapType(int type) {
    byte[] data = Stage.mapBytes();
    data[8] = (byte) type;
    map(data);
  }

  /** Makes the map an account of the program like any other. */
  void noMap() {
    map(new byte[Stage.MAP_BYTES]);
  }

  private void map(byte[] data) {
    stage.simulation.put(Stage.map(Stage.PUPPET), Account.of(10_000_000_000L, data, Stage.PUPPET));
  }

  /** Takes what fees are paid from, once the calls before are paid for. */
  void poor() {
    long needed = call == SOL_EMIT_EVENT ? 99 : SOL / 100 - 1;
    stage.simulation.put(ESCROW, Account.wallet(needed));
  }

  /** Lets another program reserve thousands of units of every slot. */
  void reserved(long thousands) {
    assertThat(stage.simulation.stake(Stage.OTHER, thousands * SOL)).isEmpty();
  }

  /** Has all ids but those of the preparation given already. */
  void withoutIds() {
    long left = script.size() == 0 ? 0 : 1;
    stage.simulation.finish();
    SavedState saved = stage.simulation.save();
    byte[] state = saved.state().clone();
    byte[] known = new LittleEndian(24).u64(100).u64(1).u64(1).bytes();
    int at = indexOf(state, known);
    LittleEndian.put64(state, at + 16, (1L << 32) - left);
    stage.resume(new SavedState(saved.settings(), state, saved.tally()));
  }

  private static int indexOf(byte[] all, byte[] some) {
    for (int i = 0; i <= all.length - some.length; i++) {
      if (Arrays.equals(all, i, i + some.length, some, 0, some.length)) {
        return i;
      }
    }
    throw new AssertionError("no number of the next id");
  }

  /** Registers so many timers in an earlier transaction. */
  void timers(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(stage.send(Callbacks.timer(SLOT + 50, new Script()))).doesNotContain(0L);
    }
  }

  /** Adds calls that create so many timers; the last one's number. */
  int timersInScript(int count) {
    Script.Argument data = bytes(32);
    int last = -1;
    for (int i = 0; i < count; i++) {
      last = script.call(SOL_TIMER_CREATE, SLOT + 50, data, 32, Callbacks.BUDGET);
    }
    return last;
  }

  /** Adds a call that creates a watcher. */
  int watcher() {
    return Callbacks.watchKind(script, Stage.map(Stage.OTHER).bytes(), 0, new Script());
  }

  /** Registers so many watchers in an earlier transaction. */
  void watchers(int count) {
    Script watching = new Script();
    for (int i = 0; i < count; i++) {
      Callbacks.watchKind(watching, Stage.map(Stage.OTHER).bytes(), 0, new Script());
    }
    assertThat(stage.send(watching)).doesNotContain(0L);
  }

  void rings(int count) {
    for (int i = 0; i < count; i++) {
      assertThat(stage.send(Callbacks.calling(SOL_RING_BUFFER_CREATE, 64))).doesNotContain(0L);
    }
  }

  /** What another program's script gives last. */
  long foreign(Script other) {
    stage.simulation.fund(Stage.OTHER, SOL);
    List<Long> results = stage.send(Stage.OTHER, other);
    assertThat(results).doesNotContain(0L);
    return results.get(results.size() - 1);
  }

  long foreignWatcher() {
    Script watching = new Script();
    Callbacks.watchKind(watching, Stage.map(Stage.OTHER).bytes(), 0, new Script());
    return foreign(watching);
  }

  /** Adds so many events to what the execution has emitted. */
  Trial emissions(int count) {
    Script.Argument name = bytes(1);
    for (int i = 0; i < count; i++) {
      script.call(SOL_EMIT_EVENT, name, 1, 0, 0);
    }
    return this;
  }

  /** Discards the record that the call leaves reserved. */
  Trial discarding() {
    leaves = arguments[0];
    return this;
  }

  /** Lets as many activations wait as may. */
  void crowded() {
    Script subscribing = new Script();
    byte[] wanted = Callbacks.programEvent(new byte[32], "E", new byte[0]);
    Callbacks.subscribe(subscribing, 6, wanted, Callbacks.spinning(20_000));
    stage.send(subscribing);
    for (int i = 0; i < 11; i++) {
      Script emitting = new Script();
      for (int j = 0; j < 100; j++) {
        Callbacks.emit(emitting, "E", new byte[0]);
      }
      stage.send(emitting);
    }
    stage.steps(1);
  }

  /** Fills the system ring. */
  void deafened() {
    Script loud = new Script();
    for (int i = 0; i < 100; i++) {
      Callbacks.emit(loud, "E", new byte[1_024]);
    }
    for (int i = 0; i < 10; i++) {
      stage.send(loud);
    }
    Script small = new Script();
    for (int i = 0; i < 100; i++) {
      Callbacks.emit(small, "E", new byte[0]);
    }
    stage.send(small);
  }

  /** Lets the program go on with the very same script, again and again. */
  void ping() {
    with(1, Layout.instructionData(Stage.ACCOUNT_BYTES)).with(3, 2);
  }

  void tree(long[][] nodes) {
    byte[] tree = ModelBytes.tree(1, nodes);
    with(1, script.bytes(tree)).with(2, tree.length);
  }

  /** The code of the call, which is not to end the program; {@link #GONE} if it does not return. */
  long code() {
    int at = script.call(call, arguments);
    script.call(SOL_ASYNC_LAST_ERROR);
    Object open = call == SOL_RINGBUF_RESERVE ? Script.result(at) : leaves;
    if (open != null) {
      script.call(SOL_RINGBUF_DISCARD, open);
    }
    Instruction instruction =
        closing == null ? Stage.instruction(Stage.PUPPET, script) : closing.instruction(script);
    stage.results.clear();
    assertThat(stage.simulation.send(instruction).error()).as("%s", stage.logs).isNull();
    if (stage.results.size() <= at) {
      return GONE;
    }
    long result = stage.results.get(at);
    long code = stage.results.get(at + 1);
    if (call.result() == Result.CODE && call != SOL_ASYNC_LAST_ERROR) {
      assertThat(result).as("result and last error").isEqualTo(code);
    } else if (code != 0) {
      assertThat(result).as("result with code %d", code).isZero();
    }
    return code;
  }

  /** A ring of the program's own. */
  Object ring() {
    return Script.result(script.call(SOL_RING_BUFFER_CREATE, 64));
  }
}
