package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_GET_SLOT;
import static dev.ovsm.sbpf.Syscall.SOL_GET_TRIGGER_CONTEXT;
import static dev.ovsm.sbpf.Syscall.SOL_QUERY_SUBSCRIPTIONS;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_TAIL_CALL;

import dev.ovsm.runtime.invoke.Restart;
import dev.ovsm.runtime.invoke.SyscallFailure;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.sbpf.MemoryMap;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program can ask about itself, set on its registrations, and become. */
final class ContextCalls {
  private static final long RETRIES_MOST = 10;

  private ContextCalls() {}

  static void addTo(Calls calls) {
    calls
        .add(SOL_GET_SLOT, (call, r1, r2, r3, r4, r5) -> call.slot())
        .add(SOL_ASYNC_LAST_ERROR, (call, r1, r2, r3, r4, r5) -> call.frame.lastError.number())
        .add(SOL_GET_TRIGGER_CONTEXT, ContextCalls::triggerContext)
        .add(SOL_QUERY_SUBSCRIPTIONS, ContextCalls::query)
        .add(SOL_REGISTRATION_SET, ContextCalls::set)
        .add(SOL_TAIL_CALL, ContextCalls::tailCall);
  }

  private static long triggerContext(
      Call call, long target, long offset, long length, long r4, long r5) {
    if (target == 0 && length != 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    byte[] context = call.transaction.context(call.instruction);
    if (length != 0) {
      Slice slice = call.write(target, length);
      if (offset >= 0 && offset < context.length) {
        int count = (int) Math.min(length, context.length - offset);
        System.arraycopy(context, (int) offset, slice.bytes(), slice.offset(), count);
      }
    }
    return context.length;
  }

  private static long query(Call call, long program, long target, long most, long r4, long r5) {
    if (program == 0 || (target == 0 && most != 0)) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Owner owner = call.registry().owner(call.key(program));
    long count = Math.min(most, owner.registrations().size());
    if (count <= 0) {
      return 0;
    }
    Slice slice = call.write(target, count * QueryEntry.BYTES);
    Iterator<Registration> registrations = owner.registrations().iterator();
    for (int i = 0; i < count; i++) {
      byte[] entry = QueryEntry.of(registrations.next());
      System.arraycopy(
          entry, 0, slice.bytes(), slice.offset() + i * QueryEntry.BYTES, entry.length);
    }
    return count;
  }

  private static long set(Call call, long id, long key, long value, long r4, long r5) {
    Property property = Property.of(key);
    if (property == null) {
      return call.refuse(AsyncCode.INVALID_ARGUMENT);
    }
    if (property == Property.OPEN_RING) {
      Ring ring = call.owner().rings.get(id);
      if (ring == null) {
        return call.refuse(AsyncCode.INVALID_BUFFER);
      }
      if (value < 0 || value > 1) {
        return call.refuse(AsyncCode.INVALID_ARGUMENT);
      }
      call.engine.rings().open(ring, value == 1);
      return 0;
    }
    Registration registration = call.registry().find(id);
    if (registration == null || registration.owner != call.owner()) {
      return call.refuse(property.notFound());
    }
    return call.result(property.set(call.registry().properties(), registration, value));
  }

  private static long tailCall(Call call, long context, long array, long index, long r4, long r5) {
    AsyncCode code = AsyncCode.SUCCESS;
    long discriminator = element(call, array, index);
    if (context != 0
        && context >>> 32 != MemoryMap.HEAP >>> 32
        && context >>> 32 != MemoryMap.INPUT >>> 32) {
      code = AsyncCode.INVALID_ARGUMENT;
    } else if (call.frame.tailCalls == Frame.MOST_TAIL_CALLS) {
      code = AsyncCode.TAIL_CALL_LIMIT;
    } else if (discriminator == 0) {
      code = AsyncCode.NO_PROGRAM;
    }
    if (code == AsyncCode.SUCCESS) {
      call.frame.tailCalls++;
      call.engine.calledTail(call.transaction, call.frame.tailCalls);
      throw Fault.of(new Restart(context, discriminator));
    }
    if (call.engine.settings().strictTailCalls()) {
      throw SyscallFailure.fault("tail call refused: " + code);
    }
    return call.refuse(code);
  }

  /** The discriminator in an element of a program array, or 0 if there is no such entry. */
  private static long element(Call call, long array, long index) {
    @Nullable List<Long> elements = array >>> 32 == 0 ? call.owner().array((int) array) : null;
    return elements == null || index < 0 || index >= elements.size()
        ? 0
        : elements.get((int) index);
  }

  /** What {@code sol_registration_set} can set, by its key. */
  private enum Property {
    OVERDUE_POLICY(1, AsyncCode.INVALID_TIMER),
    PRIORITY(2, AsyncCode.INVALID_TIMER),
    MIN_INTERVAL(3, AsyncCode.INVALID_WATCHER),
    FIRE_NOW(4, AsyncCode.INVALID_WATCHER),
    OPEN_RING(5, AsyncCode.INVALID_BUFFER),
    RETRIES(6, AsyncCode.INVALID_TIMER),
    COMPLETION(7, AsyncCode.INVALID_TIMER);

    private final int key;
    private final AsyncCode notFound;

    Property(int key, AsyncCode notFound) {
      this.key = key;
      this.notFound = notFound;
    }

    static @Nullable Property of(long key) {
      for (Property property : values()) {
        if (property.key == key) {
          return property;
        }
      }
      return null;
    }

    AsyncCode notFound() {
      return notFound;
    }

    AsyncCode set(Properties properties, Registration r, long value) {
      boolean done =
          value >= 0
              && switch (this) {
                case OVERDUE_POLICY -> properties.policy(r, value);
                case PRIORITY ->
                    value <= Terms.MOST_PRIORITY && properties.priority(r, (int) value);
                case MIN_INTERVAL -> value <= Checks.MOST_SLOTS && properties.minInterval(r, value);
                case FIRE_NOW -> value <= 1 && properties.fireNow(r, value == 1);
                case OPEN_RING -> false;
                case RETRIES -> value <= RETRIES_MOST && properties.retries(r, (int) value);
                case COMPLETION -> value <= 1 && properties.tellsCompletion(r, value == 1);
              };
      return done ? AsyncCode.SUCCESS : AsyncCode.INVALID_ARGUMENT;
    }
  }
}
