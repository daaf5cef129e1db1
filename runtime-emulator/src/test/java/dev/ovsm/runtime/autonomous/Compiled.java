package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.model.Op;
import dev.ovsm.sbpf.Syscall;
import java.util.List;

/** Turns operations of the model into scripts for puppets. */
final class Compiled {
  /** Where the map's words are. */
  static final int WORDS = 512;

  /** Where the handles of work items are. */
  static final int ITEMS = 64;

  /** How many results the context takes: its length, and nine words. */
  static final int CONTEXT_RESULTS = 10;

  static final List<Pubkey> PROGRAMS = List.of(Stage.PUPPET, Stage.OTHER);

  private static final long CONTEXT = 0x3_0000_7000L;
  private static final int[] CONTEXT_WORDS = {0, 8, 16, 24, 32, 40, 48, 56, 64};
  private static final int ABOVE = 4;
  private static final int BELOW = 5;
  private static final int CHANGE_ABS = 6;
  private static final int HANDLE_BYTES = 16;

  private Compiled() {}

  /**
   * A script of operations; those that make something are followed by the code of the last failure.
   */
  static Script transaction(int program, List<Op> ops, boolean fails) {
    Script script = new Script();
    for (Op op : ops) {
      add(script, program, op);
      if (makes(op)) {
        script.call(Syscall.SOL_ASYNC_LAST_ERROR);
      }
    }
    if (fails) {
      script.add(Puppet.EXIT, 7);
    }
    return script;
  }

  /** Whether an operation gives an id, or 0 if it fails. */
  static boolean makes(Op op) {
    return op instanceof Op.Time
        || op instanceof Op.Watch
        || op instanceof Op.Subscribe
        || op instanceof Op.Interval;
  }

  /** The instruction data of a callback. */
  static byte[] callback(int program, Op.Body body) {
    Script whole = new Script();
    if (body.entry() == 0) {
      fill(whole, program, body);
    } else {
      Script other = new Script();
      fill(other, program, body);
      whole.orElse(body.entry(), other);
    }
    byte[] data = whole.data(Stage.ACCOUNT_BYTES);
    data[0] = (byte) body.entry();
    return data;
  }

  private static void fill(Script script, int program, Op.Body body) {
    script.call(Syscall.SOL_GET_TRIGGER_CONTEXT, CONTEXT, 0, 80);
    for (int offset : CONTEXT_WORDS) {
      script.add(Puppet.LOAD, CONTEXT + offset);
    }
    script.add(Puppet.SPIN, body.spin());
    int failing = -1;
    if (body.failsWhile() >= 0) {
      failing = script.add(Puppet.LOAD, word(body.failsWhile()));
    }
    body.ops().forEach(op -> add(script, program, op));
    if (body.failsWhile() == Op.Body.ALWAYS) {
      script.add(Puppet.EXIT, 7);
    } else if (failing >= 0) {
      script.add(Puppet.SKIP_IF_EQUAL, Script.result(failing), 0, 1);
      script.add(Puppet.EXIT, 7);
    }
  }

  private static long word(int word) {
    return Stage.MAP_ADDRESS + WORDS + 8L * word;
  }

  /** The address of the handle of a work item. */
  static long item(int item) {
    return Stage.MAP_ADDRESS + ITEMS + (long) HANDLE_BYTES * item;
  }

  private static void add(Script script, int program, Op op) {
    if (op instanceof Op.Time time) {
      time(script, program, time);
    } else if (op instanceof Op.Watch watch) {
      watch(script, program, watch);
    } else if (op instanceof Op.Subscribe subscribe) {
      byte[] trigger = Callbacks.programEvent(new byte[32], subscribe.event(), new byte[0]);
      subscribe(script, program, 6, trigger, subscribe.body(), subscribe.budget());
    } else if (op instanceof Op.Interval interval) {
      byte[] trigger = new LittleEndian(16).u64(interval.period()).u64(interval.start()).bytes();
      subscribe(script, program, 0, trigger, interval.body(), interval.budget());
    } else if (op instanceof Op.Cancel cancel) {
      script.call(Syscall.SOL_TIMER_CANCEL, cancel.id());
    } else if (op instanceof Op.Remove remove) {
      script.call(Syscall.SOL_WATCHER_REMOVE, remove.id());
    } else if (op instanceof Op.Configure set) {
      script.call(Syscall.SOL_REGISTRATION_SET, set.id(), set.key(), set.value());
    } else if (op instanceof Op.Write write) {
      script.add(Puppet.STORE, word(write.word()), write.value());
    } else if (op instanceof Op.Emit emit) {
      Callbacks.emit(script, emit.event(), new byte[0]);
    } else if (op instanceof Op.Work work) {
      script.call(Syscall.SOL_WQ_START, item(work.item()), 0);
    }
  }

  private static void time(Script script, int program, Op.Time time) {
    byte[] data = callback(program, time.body());
    switch (time.kind()) {
      case TIMER ->
          script.call(
              Syscall.SOL_TIMER_CREATE,
              time.slot(),
              script.bytes(data),
              data.length,
              time.budget());
      case SCHEDULE -> {
        byte[] instruction = bincode(program, data);
        script.call(
            Syscall.SOL_SCHEDULE_EXECUTION,
            time.slot(),
            script.bytes(instruction),
            instruction.length,
            time.budget());
      }
      case PERIODIC, DEADLINE ->
          script.call(
              time.kind() == Op.Timed.PERIODIC
                  ? Syscall.SOL_TIMER_CREATE_PERIODIC
                  : Syscall.SOL_TIMER_CREATE_DEADLINE,
              time.slot(),
              time.more(),
              script.bytes(data),
              data.length,
              time.budget());
    }
  }

  private static void watch(Script script, int program, Op.Watch watch) {
    Script.Argument key = script.bytes(Stage.map(PROGRAMS.get(watch.program())).bytes());
    byte[] data = callback(program, watch.body());
    int offset = WORDS + 8 * watch.word();
    switch (watch.kind()) {
      case ABOVE, BELOW ->
          script.call(
              Syscall.SOL_WATCHER_CREATE_THRESHOLD,
              key,
              watch.kind() == Op.Watched.ABOVE ? ABOVE : BELOW,
              offset,
              watch.threshold(),
              script.structure(data, watch.budget()));
      case ANY ->
          script.call(
              Syscall.SOL_WATCHER_CREATE, key, 0, script.bytes(data), data.length, watch.budget());
      case MOVE -> {
        byte[] instruction = bincode(program, data);
        script.call(
            Syscall.SOL_WATCH_ACCOUNT,
            key,
            script.bytes(Callbacks.criteria(CHANGE_ABS, offset, -1, watch.threshold())),
            script.bytes(instruction),
            instruction.length,
            watch.budget());
      }
    }
  }

  private static void subscribe(
      Script script, int program, int type, byte[] trigger, Op.Body body, long budget) {
    byte[] instruction = bincode(program, callback(program, body));
    script.call(
        Syscall.SOL_SUBSCRIBE_EVENT,
        type,
        script.bytes(trigger),
        trigger.length,
        script.structure(instruction),
        budget);
  }

  /** The bincode of a callback's instruction. */
  static byte[] bincode(int program, byte[] data) {
    return new LittleEndian(32 + 8 + 34 + 8 + data.length)
        .raw(PROGRAMS.get(program).bytes())
        .u64(1)
        .raw(Stage.map(PROGRAMS.get(program)).bytes())
        .u8(0)
        .u8(1)
        .u64(data.length)
        .raw(data)
        .bytes();
  }
}
