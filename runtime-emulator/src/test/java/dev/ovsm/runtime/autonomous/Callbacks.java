package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_GET_SLOT;
import static dev.ovsm.sbpf.Syscall.SOL_GET_TRIGGER_CONTEXT;

import dev.ovsm.runtime.autonomous.Script.Argument;
import dev.ovsm.sbpf.Syscall;

/** Scripts that tests use as callbacks, and calls that register them. */
final class Callbacks {
  /** Where {@link #recording} leaves the slot in which it ran. */
  static final int SLOT = 128;

  /** Where {@link #recording} leaves the context of its trigger, 80 bytes. */
  static final int CONTEXT = 256;

  static final int CONTEXT_BYTES = 80;
  static final long BUDGET = 50_000;

  private Callbacks() {}

  /** Leaves its slot and its trigger's context in the map. */
  static Script recording() {
    Script script = new Script();
    int slot = script.call(SOL_GET_SLOT);
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + SLOT, Script.result(slot));
    script.call(SOL_GET_TRIGGER_CONTEXT, Stage.MAP_ADDRESS + CONTEXT, 0, CONTEXT_BYTES);
    return script;
  }

  /** Fails with a program error. */
  static Script failing() {
    Script script = new Script();
    script.add(Puppet.EXIT, 7);
    return script;
  }

  /** Uses a few times so many compute units. */
  static Script spinning(long times) {
    Script script = new Script();
    script.add(Puppet.SPIN, times);
    return script;
  }

  /** Writes a number to an offset of the map. */
  static Script writing(int offset, long value) {
    Script script = new Script();
    script.add(Puppet.STORE, Stage.MAP_ADDRESS + offset, value);
    return script;
  }

  /** A script that makes one system call. */
  static Script calling(Syscall syscall, Object... arguments) {
    Script script = new Script();
    script.call(syscall, arguments);
    return script;
  }

  /** A script that creates a one-shot timer. */
  static Script timer(long slot, Script callback) {
    return timer(slot, callback, BUDGET);
  }

  static Script timer(long slot, Script callback, long budget) {
    Script script = new Script();
    byte[] data = callback.data(Stage.ACCOUNT_BYTES);
    script.call(Syscall.SOL_TIMER_CREATE, slot, script.bytes(data), data.length, budget);
    return script;
  }

  /** Adds a call that creates a periodic timer. */
  static int periodic(Script script, long start, long period, Script callback) {
    byte[] data = callback.data(Stage.ACCOUNT_BYTES);
    Argument at = script.bytes(data);
    return script.call(Syscall.SOL_TIMER_CREATE_PERIODIC, start, period, at, data.length, BUDGET);
  }

  /** Adds a call that watches an account with criteria of 32 bytes. */
  static int watch(Script script, byte[] account, byte[] criteria, Script callback) {
    byte[] instruction = Stage.bincode(Stage.PUPPET, callback);
    return script.call(
        Syscall.SOL_WATCH_ACCOUNT,
        script.bytes(account),
        script.bytes(criteria),
        script.bytes(instruction),
        instruction.length,
        0);
  }

  /** Adds a call that watches for any change of a kind. */
  static int watchKind(Script script, byte[] account, int type, Script callback) {
    byte[] data = callback.data(Stage.ACCOUNT_BYTES);
    return script.call(
        Syscall.SOL_WATCHER_CREATE,
        script.bytes(account),
        type,
        script.bytes(data),
        data.length,
        BUDGET);
  }

  /** Adds a call that subscribes to a type of event. */
  static int subscribe(Script script, int type, byte[] trigger, Script callback) {
    byte[] instruction = Stage.bincode(Stage.PUPPET, callback);
    return script.call(
        Syscall.SOL_SUBSCRIBE_EVENT,
        type,
        script.bytes(trigger),
        trigger.length,
        script.structure(instruction),
        BUDGET);
  }

  /** The description of a program's events for a subscription. */
  static byte[] programEvent(byte[] source, String id, byte[] prefix) {
    byte[] name = EventId.of(id).bytes();
    return new LittleEndian(32 + 1 + name.length + 2 + prefix.length)
        .raw(source)
        .u8(name.length)
        .raw(name)
        .u16(prefix.length)
        .raw(prefix)
        .bytes();
  }

  /** Adds a call that emits an event. */
  static int emit(Script script, String id, byte[] data) {
    byte[] name = EventId.of(id).bytes();
    return script.call(
        Syscall.SOL_EMIT_EVENT,
        script.bytes(name),
        name.length,
        data.length == 0 ? 0 : script.bytes(data),
        data.length);
  }

  /** Criteria of 32 bytes on data. */
  static byte[] criteria(int op, long offset, long mask, long threshold) {
    return criteria(0, op, offset, mask, threshold);
  }

  static byte[] criteria(int field, int op, long offset, long mask, long threshold) {
    return new LittleEndian(32)
        .u8(field)
        .u8(op)
        .u16(0)
        .u32(offset)
        .u64(mask)
        .u64(threshold)
        .u64(0)
        .bytes();
  }
}
