package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_START;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_START;

import dev.ovsm.runtime.autonomous.Callback.Decoded;
import dev.ovsm.runtime.autonomous.Registration.Draft;
import dev.ovsm.runtime.autonomous.Registration.State;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.vm.Slice;
import org.jspecify.annotations.Nullable;

/** Timers and work queues whose handles stand in values of maps. */
final class HandleCalls {
  private static final long FIRST_ADDRESS = 1L << 32;

  private HandleCalls() {}

  static void addTo(Calls calls) {
    calls
        .add(
            SOL_TIMER_INIT,
            (call, at, map, flags, r4, r5) -> init(call, Kind.TIMER, at, map, flags))
        .add(SOL_WQ_INIT, (call, at, map, flags, r4, r5) -> init(call, Kind.WORK, at, map, flags))
        .add(
            SOL_TIMER_SET_CALLBACK,
            (call, at, data, length, r4, r5) -> setCallback(call, Kind.TIMER, at, data, length))
        .add(
            SOL_WQ_SET_CALLBACK,
            (call, at, data, length, r4, r5) -> setCallback(call, Kind.WORK, at, data, length))
        .add(SOL_TIMER_START, HandleCalls::startTimer)
        .add(SOL_WQ_START, HandleCalls::startWork)
        .add(SOL_TIMER_CANCEL, HandleCalls::cancel);
  }

  private static long init(Call call, Kind kind, long address, long map, long flags) {
    if (address == 0) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    Slice bytes = call.write(address, Handle.BYTES);
    MapPlace place = MapPlace.find(call, address);
    if (flags != 0) {
      return call.refuse(AsyncCode.INVALID_ARGUMENT);
    }
    if (place == null || !place.mayHoldHandles() || place.mapId() != map) {
      return call.refuse(AsyncCode.INVALID_TIMER);
    }
    Registration there = call.registry().findHandle(place.account(), place.offset());
    if (!isZero(bytes)) {
      return call.refuse(
          there != null && isLive(there, bytes)
              ? AsyncCode.INVALID_ARGUMENT
              : AsyncCode.INVALID_TIMER);
    }
    AsyncCode code = Checks.room(call, kind);
    if (code != AsyncCode.SUCCESS) {
      return call.refuse(code);
    }
    if (there != null) {
      call.registry().overwritten(there);
    }
    Handle handle = new Handle(place.account(), place.offset(), call.slot());
    Registration made = call.registry().add(new Draft(call.owner(), kind).handle(handle));
    LittleEndian.put64(bytes.bytes(), bytes.offset(), made.id);
    LittleEndian.put64(bytes.bytes(), bytes.offset() + Long.BYTES, handle.generation());
    return 0;
  }

  private static long setCallback(Call call, Kind kind, long address, long data, long length) {
    if (address == 0) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    Registration registration = find(call, kind, address);
    if (registration == null) {
      return call.refuse(AsyncCode.INVALID_TIMER);
    }
    Decoded callback = Callback.read(call, data, length);
    if (callback.instruction() == null) {
      return call.refuse(callback.code());
    }
    long budget = Callback.budget(call, callback.instruction());
    AsyncCode code = Checks.budget(call, budget);
    if (code == AsyncCode.SUCCESS) {
      call.registry().properties().callback(registration, callback.instruction(), budget);
      call.registry().recalled(registration);
    }
    return call.result(code);
  }

  private static long startTimer(
      Call call, long address, long slots, long flags, long r4, long r5) {
    Registration registration = find(call, Kind.TIMER, address);
    AsyncCode code = startable(call, registration, address, flags);
    if (registration == null || code != AsyncCode.SUCCESS) {
      return call.refuse(code);
    }
    code = Checks.ahead(call, slots);
    if (code == AsyncCode.SUCCESS && !call.registry().hasRoom(registration)) {
      code = AsyncCode.MAX_TIMERS;
    }
    if (code == AsyncCode.SUCCESS) {
      call.registry().arm(registration, call.slot() + slots);
    }
    return call.result(code);
  }

  private static long startWork(Call call, long address, long flags, long r3, long r4, long r5) {
    Registration registration = find(call, Kind.WORK, address);
    AsyncCode code = startable(call, registration, address, flags);
    if (registration == null || code != AsyncCode.SUCCESS) {
      return call.refuse(code);
    }
    Triggers triggers = call.triggers();
    if (registration.pending != null) {
      triggers.createEnded(registration, Fate.COALESCED, call.slot(), 1, "it is queued already");
      return 0;
    }
    if (registration.owner.waiting >= Owner.MOST_WAITING) {
      return call.refuse(AsyncCode.QUEUE_FULL);
    }
    Trigger running = call.transaction.trigger;
    boolean own = running != null && running.registration == registration;
    long due = own ? call.slot() + 1 : triggers.soonest(Wave.WORK);
    call.registry().state(registration, State.ARMED);
    triggers.gather(triggers.create(registration, call.slot(), due, Payload.NONE));
    return 0;
  }

  private static AsyncCode startable(
      Call call, @Nullable Registration registration, long address, long flags) {
    if (address == 0) {
      return AsyncCode.NULL_POINTER;
    }
    Instruction callback = registration == null ? null : registration.callback();
    if (callback == null) {
      return AsyncCode.INVALID_TIMER;
    }
    if (flags != 0) {
      return AsyncCode.INVALID_ARGUMENT;
    }
    return call.isShuttingDown() ? AsyncCode.SHUTDOWN : AsyncCode.SUCCESS;
  }

  private static long cancel(Call call, long timer, long r2, long r3, long r4, long r5) {
    if (timer == 0) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    boolean isId = timer > 0 && timer < FIRST_ADDRESS;
    Registration registration = isId ? byId(call, timer) : find(call, Kind.TIMER, timer);
    if (registration == null) {
      return call.refuse(AsyncCode.INVALID_TIMER);
    }
    call.registry().cancel(registration, "cancelled");
    return 0;
  }

  private static @Nullable Registration byId(Call call, long id) {
    Registration registration = call.registry().find(id);
    return registration != null
            && registration.kind().isTimed()
            && registration.owner == call.owner()
        ? registration
        : null;
  }

  /** The live registration of the handle at an address, or null. */
  private static @Nullable Registration find(Call call, Kind kind, long address) {
    if (address == 0) {
      return null;
    }
    Slice bytes = call.read(address, Handle.BYTES);
    MapPlace place = MapPlace.find(call, address);
    if (place == null) {
      return null;
    }
    Registration there = call.registry().findHandle(place.account(), place.offset());
    return there != null && there.kind() == kind && isLive(there, bytes) ? there : null;
  }

  private static boolean isLive(Registration registration, Slice bytes) {
    Handle handle = registration.handle();
    return handle != null
        && LittleEndian.u64(bytes.bytes(), bytes.offset()) == registration.id
        && LittleEndian.u64(bytes.bytes(), bytes.offset() + Long.BYTES) == handle.generation();
  }

  private static boolean isZero(Slice bytes) {
    return (LittleEndian.u64(bytes.bytes(), bytes.offset())
            | LittleEndian.u64(bytes.bytes(), bytes.offset() + Long.BYTES))
        == 0;
  }
}
