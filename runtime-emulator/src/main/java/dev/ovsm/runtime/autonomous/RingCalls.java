package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_DISCARD;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_OUTPUT;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_RESERVE;
import static dev.ovsm.sbpf.Syscall.SOL_RINGBUF_SUBMIT;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_DESTROY;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_POP;
import static dev.ovsm.sbpf.Syscall.SOL_RING_BUFFER_PUSH;

import dev.ovsm.runtime.autonomous.Frame.Reservation;
import dev.ovsm.runtime.vm.Piece;
import dev.ovsm.runtime.vm.Slice;
import dev.ovsm.sbpf.MemoryMap;
import org.jspecify.annotations.Nullable;

/** Ring buffers, declared or created. */
final class RingCalls {
  private static final long WINDOW_ALIGNMENT = 64;

  private RingCalls() {}

  static void addTo(Calls calls) {
    calls
        .add(SOL_RINGBUF_RESERVE, RingCalls::reserve)
        .add(SOL_RINGBUF_SUBMIT, RingCalls::submit)
        .add(SOL_RINGBUF_DISCARD, RingCalls::discard)
        .add(
            SOL_RINGBUF_OUTPUT,
            (call, id, data, length, flags, r5) ->
                flags == 0 ? push(call, id, data, length) : call.refuse(AsyncCode.INVALID_ARGUMENT))
        .add(SOL_RING_BUFFER_PUSH, (call, id, data, length, r4, r5) -> push(call, id, data, length))
        .add(SOL_RING_BUFFER_POP, RingCalls::pop)
        .add(SOL_RING_BUFFER_CREATE, RingCalls::create)
        .add(SOL_RING_BUFFER_DESTROY, RingCalls::destroy);
  }

  private static long create(Call call, long size, long r2, long r3, long r4, long r5) {
    long bytes = size == 0 ? Ring.DEFAULT_BYTES : size;
    if (bytes < Ring.LEAST_BYTES || bytes > Ring.MOST_BYTES) {
      return call.none(AsyncCode.INVALID_ARGUMENT);
    }
    if (call.isShuttingDown()) {
      return call.none(AsyncCode.SHUTDOWN);
    }
    if (call.owner().rings.size() >= Owner.MOST_RINGS) {
      return call.none(AsyncCode.MAX_BUFFERS);
    }
    if (call.registry().isFull()) {
      return call.none(AsyncCode.NO_CAPACITY);
    }
    Ring ring = new Ring(call.registry().takeId(), call.program(), (int) bytes);
    call.engine.rings().add(ring);
    return ring.id;
  }

  private static long destroy(Call call, long id, long r2, long r3, long r4, long r5) {
    Ring ring = call.owner().rings.get(id);
    if (ring == null) {
      return call.refuse(AsyncCode.INVALID_BUFFER);
    }
    call.engine.rings().remove(ring);
    return 0;
  }

  private static long reserve(Call call, long id, long size, long flags, long r4, long r5) {
    Ring ring = pushable(call, id);
    if (ring == null) {
      return call.none(AsyncCode.INVALID_BUFFER);
    }
    if (flags != 0 || size < 1 || !ring.canHold(size)) {
      return call.none(AsyncCode.INVALID_ARGUMENT);
    }
    call.engine.rings().touch(ring);
    long position = ring.reserve((int) size);
    if (position == Ring.FULL) {
      return call.none(AsyncCode.BUFFER_FULL);
    }
    byte[] data = new byte[(int) size];
    long address = call.frame.nextWindow(WINDOW_ALIGNMENT, MemoryMap.RING_WINDOW);
    call.frame.reservations.put(address, new Reservation(ring, position, data));
    call.vm.memory().map(new Piece(address, data, true));
    return address;
  }

  private static long submit(Call call, long address, long flags, long r3, long r4, long r5) {
    Reservation reservation = call.frame.reservations.get(address);
    AsyncCode code = releasable(address, flags, reservation);
    if (code == AsyncCode.SUCCESS && !call.transaction.mayEmit()) {
      code = AsyncCode.EVENT_LIMIT;
    }
    if (reservation == null || code != AsyncCode.SUCCESS) {
      return call.refuse(code);
    }
    call.engine.rings().touch(reservation.ring());
    reservation.ring().submit(reservation.position(), reservation.data(), 0);
    release(call, address);
    call.engine.rings().published(call, reservation.ring(), reservation.data());
    return 0;
  }

  private static long discard(Call call, long address, long flags, long r3, long r4, long r5) {
    Reservation reservation = call.frame.reservations.get(address);
    AsyncCode code = releasable(address, flags, reservation);
    if (reservation == null || code != AsyncCode.SUCCESS) {
      return call.refuse(code);
    }
    call.engine.rings().touch(reservation.ring());
    reservation.ring().discard(reservation.position());
    release(call, address);
    return 0;
  }

  private static AsyncCode releasable(long address, long flags, @Nullable Reservation reservation) {
    if (address == 0) {
      return AsyncCode.NULL_POINTER;
    }
    if (reservation == null) {
      return AsyncCode.INVALID_BUFFER;
    }
    return flags == 0 ? AsyncCode.SUCCESS : AsyncCode.INVALID_ARGUMENT;
  }

  private static void release(Call call, long address) {
    call.frame.reservations.remove(address);
    call.vm.memory().unmap(address);
  }

  private static long push(Call call, long id, long address, long length) {
    byte[] data = call.bytes(address, length);
    if (data == null) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    Ring ring = pushable(call, id);
    if (ring == null) {
      return call.refuse(AsyncCode.INVALID_BUFFER);
    }
    if (length < 1 || !ring.canHold(length)) {
      return call.refuse(AsyncCode.INVALID_ARGUMENT);
    }
    if (!call.transaction.mayEmit()) {
      return call.refuse(AsyncCode.EVENT_LIMIT);
    }
    call.engine.rings().touch(ring);
    long position = ring.reserve(data.length);
    if (position == Ring.FULL) {
      return call.refuse(AsyncCode.BUFFER_FULL);
    }
    ring.submit(position, data, 0);
    call.engine.rings().published(call, ring, data);
    return 0;
  }

  private static long pop(Call call, long id, long address, long length, long r4, long r5) {
    if (address == 0 && length != 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Ring ring = call.owner().rings.get(id);
    if (ring == null) {
      return call.none(AsyncCode.INVALID_BUFFER);
    }
    Slice target = length == 0 ? null : call.write(address, length);
    call.engine.rings().touch(ring);
    int needed = ring.nextLength();
    if (needed < 0) {
      return 0;
    }
    if (target != null && needed <= length) {
      ring.take(target.bytes(), target.offset());
    }
    return needed;
  }

  /** The program's own ring, or another one's that is open. */
  private static @Nullable Ring pushable(Call call, long id) {
    Ring own = call.owner().rings.get(id);
    return own != null ? own : call.engine.rings().open(id);
  }
}
