package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.model.Op;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.sbpf.Syscall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns operations of the model into scripts for puppets. */
final class Compiled {
  /** Where the map's words are. */
  static final int WORDS = 512;

  /** Where the handles are. */
  static final int PLACES = 64;

  /** How many results the context takes: its length, and nine words. */
  static final int CONTEXT_RESULTS = 10;

  /** How many results come before those of operations. */
  static final int FIRST_RESULTS = CONTEXT_RESULTS + 3;

  static final List<Pubkey> PROGRAMS = List.of(Stage.PUPPET, Stage.OTHER);

  private static final long CONTEXT = 0x3_0000_7000L;

  /** Where a callback keeps for what it becomes whether it is to fail. */
  private static final long FAILS = 0x3_0000_7800L;

  /** Where what is taken off a ring goes. */
  private static final long TAKEN = 0x3_0000_0000L;

  private static final long EVICTIONS = Stage.MAP_ADDRESS + 28;
  static final String STAGES = "stages";
  private static final long STAGES_ID = Integer.toUnsignedLong(Murmur3.hash(STAGES));
  private static final int[] CONTEXT_WORDS = {0, 8, 16, 24, 32, 40, 48, 56, 64};
  private static final int ABOVE = 4;
  private static final int BELOW = 5;
  private static final int CHANGE_ABS = 6;
  private static final int HANDLE_BYTES = 16;

  private final int program;
  private final Script script;

  /** The script of the entry in which the invocation begins. */
  private final Script first;

  private final @Nullable Calling closing;
  private final Consumer<Script> ending;

  /** Which operations of the script reserve something. */
  private final List<Integer> reservations = new ArrayList<>();

  private Compiled(
      int program,
      Script first,
      Script script,
      @Nullable Calling closing,
      Consumer<Script> ending) {
    this.program = program;
    this.first = first;
    this.script = script;
    this.closing = closing;
    this.ending = ending;
  }

  /** A script of operations, of which some need to know how the program is closed. */
  static Script transaction(int program, List<Op> ops, boolean fails, @Nullable Calling closing) {
    Script script = new Script();
    Consumer<Script> ending =
        end -> {
          if (fails) {
            end.add(Puppet.EXIT, 7);
          }
        };
    new Compiled(program, script, script, closing, ending).all(ops);
    return script;
  }

  /** The instruction data of a callback. */
  static byte[] callback(int program, Op.Body body) {
    Script whole = new Script();
    Script script = whole;
    if (body.entry() != 0) {
      script = new Script();
      whole.orElse(body.entry(), script);
    }
    script.call(Syscall.SOL_GET_TRIGGER_CONTEXT, CONTEXT, 0, 80);
    for (int offset : CONTEXT_WORDS) {
      script.add(Puppet.LOAD, CONTEXT + offset);
    }
    script.add(Puppet.SPIN, body.spin());
    int failing = script.add(Puppet.LOAD, word(Math.max(0, body.failsWhile())));
    script.add(
        Puppet.STORE,
        FAILS,
        body.failsWhile() >= 0
            ? Script.result(failing)
            : Script.value(body.failsWhile() == Op.Body.ALWAYS ? 1 : 0));
    new Compiled(program, whole, script, null, Compiled::endAsKept).all(body.ops());
    byte[] data = whole.data(Stage.ACCOUNT_BYTES);
    data[0] = (byte) body.entry();
    return data;
  }

  private static void endAsKept(Script script) {
    int kept = script.add(Puppet.LOAD, FAILS);
    script.add(Puppet.SKIP_IF_EQUAL, Script.result(kept), 0, 1);
    script.add(Puppet.EXIT, 7);
  }

  private void all(List<Op> ops) {
    ops.forEach(this::add);
    ending.accept(script);
  }

  private static long word(int word) {
    return Stage.MAP_ADDRESS + WORDS + 8L * word;
  }

  private static long place(int place) {
    return Stage.MAP_ADDRESS + PLACES + (long) HANDLE_BYTES * place;
  }

  private void add(Op op) {
    if (op instanceof Op.Time time) {
      time(script, program, time);
      script.call(Syscall.SOL_ASYNC_LAST_ERROR);
    } else if (op instanceof Op.Watch watch) {
      watch(script, program, watch);
      script.call(Syscall.SOL_ASYNC_LAST_ERROR);
    } else if (op instanceof Op.Subscribe subscribe) {
      byte[] trigger = Callbacks.programEvent(new byte[32], subscribe.event(), new byte[0]);
      subscribe(script, program, 6, trigger, subscribe.body(), subscribe.budget());
      script.call(Syscall.SOL_ASYNC_LAST_ERROR);
    } else if (op instanceof Op.Interval interval) {
      byte[] trigger = new LittleEndian(16).u64(interval.period()).u64(interval.start()).bytes();
      subscribe(script, program, 0, trigger, interval.body(), interval.budget());
      script.call(Syscall.SOL_ASYNC_LAST_ERROR);
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
    } else if (op instanceof Op.Tail tail) {
      tail(tail);
    } else if (op instanceof Op.Close) {
      Objects.requireNonNull(closing).close(script);
    } else if (!handle(op)) {
      ring(op);
    }
  }

  private boolean handle(Op op) {
    if (op instanceof Op.Init init) {
      script.call(
          init.isTimer() ? Syscall.SOL_TIMER_INIT : Syscall.SOL_WQ_INIT,
          place(init.place()),
          Stage.MAP_ID);
    } else if (op instanceof Op.SetCallback set) {
      byte[] instruction = bincode(program, callback(program, set.body()));
      script.call(
          set.isTimer() ? Syscall.SOL_TIMER_SET_CALLBACK : Syscall.SOL_WQ_SET_CALLBACK,
          place(set.place()),
          script.bytes(instruction),
          instruction.length);
    } else if (op instanceof Op.Start start && start.isTimer()) {
      script.call(Syscall.SOL_TIMER_START, place(start.place()), start.slots());
    } else if (op instanceof Op.Start start) {
      script.call(Syscall.SOL_WQ_START, place(start.place()));
    } else if (op instanceof Op.CancelAt cancel) {
      script.call(Syscall.SOL_TIMER_CANCEL, place(cancel.place()));
    } else if (op instanceof Op.Overwrite overwrite) {
      overwrite(overwrite);
    } else {
      return false;
    }
    return true;
  }

  private void overwrite(Op.Overwrite overwrite) {
    for (int half = 0; half < HANDLE_BYTES; half += HANDLE_BYTES / 2) {
      Script.Argument value = Script.value(0);
      if (overwrite.from() != Op.Overwrite.NOWHERE) {
        value = Script.result(script.add(Puppet.LOAD, place(overwrite.from()) + half));
      }
      script.add(Puppet.STORE, place(overwrite.place()) + half, value);
    }
    if (overwrite.isEviction()) {
      int now = script.call(Syscall.SOL_GET_SLOT);
      script.add(Puppet.STORE, EVICTIONS, Script.result(now));
    }
  }

  private void ring(Op op) {
    if (op instanceof Op.MakeRing make) {
      script.call(Syscall.SOL_RING_BUFFER_CREATE, make.size());
      script.call(Syscall.SOL_ASYNC_LAST_ERROR);
    } else if (op instanceof Op.DestroyRing destroy) {
      script.call(Syscall.SOL_RING_BUFFER_DESTROY, destroy.id());
    } else if (op instanceof Op.Push push) {
      byte[] data = new byte[push.length()];
      Arrays.fill(data, (byte) push.content());
      script.call(
          push.isOutput() ? Syscall.SOL_RINGBUF_OUTPUT : Syscall.SOL_RING_BUFFER_PUSH,
          push.id(),
          script.bytes(data),
          data.length);
    } else if (op instanceof Op.Pop pop) {
      script.call(Syscall.SOL_RING_BUFFER_POP, pop.id(), TAKEN, pop.room());
      script.add(Puppet.LOAD_BYTE, TAKEN);
    } else if (op instanceof Op.Reserve reserve) {
      int made = script.call(Syscall.SOL_RINGBUF_RESERVE, reserve.id(), reserve.length());
      reservations.add(made);
      script.add(Puppet.SKIP_IF_EQUAL, Script.result(made), 0, 1);
      script.add(Puppet.STORE, Script.result(made), reserve.content());
    } else if (op instanceof Op.Release release) {
      script.call(
          release.isSubmitted() ? Syscall.SOL_RINGBUF_SUBMIT : Syscall.SOL_RINGBUF_DISCARD,
          Script.result(reservations.get(release.reservation())));
    } else {
      throw new AssertionError(op);
    }
  }

  /** Elements 0 and 2 of the program array are entries 1 and 2. */
  private void tail(Op.Tail tail) {
    if (tail.index() == 0 || tail.index() == 2) {
      int entry = 1 + tail.index() / 2;
      Script other = script;
      if (tail.rest() != null) {
        other = new Script();
        new Compiled(program, first, other, closing, ending).all(tail.rest());
      }
      first.orElse(entry, other);
    }
    script.call(
        Syscall.SOL_TAIL_CALL,
        Layout.instructionData(Stage.ACCOUNT_BYTES),
        STAGES_ID,
        tail.index());
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
