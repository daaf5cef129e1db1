package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_CURRENT;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_DESTROY;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_NEW;
import static dev.ovsm.sbpf.Syscall.SOL_ITER_NUM_NEXT;

import dev.ovsm.runtime.vm.Slice;

/** Iterators over ranges of signed numbers: {i64 current, i64 end, u64 state} in program memory. */
final class IteratorCalls {
  private static final int BYTES = 24;
  private static final int END = 8;
  private static final int STATE = 16;

  /** At no number: before the first, behind the last, or never begun. */
  private static final long IDLE = 0;

  private static final long FRESH = 1;
  private static final long AT_NUMBER = 2;

  private IteratorCalls() {}

  static void addTo(Calls calls) {
    calls
        .add(SOL_ITER_NUM_NEW, IteratorCalls::begin)
        .add(SOL_ITER_NUM_NEXT, IteratorCalls::next)
        .add(SOL_ITER_NUM_CURRENT, IteratorCalls::current)
        .add(SOL_ITER_NUM_DESTROY, IteratorCalls::destroy);
  }

  private static long begin(Call call, long iterator, long start, long end, long r4, long r5) {
    if (iterator == 0) {
      return call.refuse(AsyncCode.NULL_POINTER);
    }
    boolean valid = start <= end;
    Slice slice = call.write(iterator, BYTES);
    set(slice, 0, valid ? start : 0);
    set(slice, END, valid ? end : 0);
    set(slice, STATE, valid ? FRESH : IDLE);
    return valid ? 0 : call.refuse(AsyncCode.INVALID_ARGUMENT);
  }

  private static long next(Call call, long iterator, long r2, long r3, long r4, long r5) {
    if (iterator == 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Slice slice = call.write(iterator, BYTES);
    long state = get(slice, STATE);
    long number = get(slice, 0) + (state == AT_NUMBER ? 1 : 0);
    boolean another = (state == FRESH || state == AT_NUMBER) && number < get(slice, END);
    if (another) {
      set(slice, 0, number);
    }
    set(slice, STATE, another ? AT_NUMBER : IDLE);
    return another ? iterator : 0;
  }

  private static long current(Call call, long iterator, long r2, long r3, long r4, long r5) {
    if (iterator == 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Slice slice = call.read(iterator, BYTES);
    return get(slice, STATE) == AT_NUMBER ? get(slice, 0) : 0;
  }

  private static long destroy(Call call, long iterator, long r2, long r3, long r4, long r5) {
    if (iterator == 0) {
      return call.none(AsyncCode.NULL_POINTER);
    }
    Slice slice = call.write(iterator, BYTES);
    set(slice, 0, 0);
    set(slice, END, 0);
    set(slice, STATE, IDLE);
    return 0;
  }

  private static long get(Slice slice, int at) {
    return LittleEndian.u64(slice.bytes(), slice.offset() + at);
  }

  private static void set(Slice slice, int at, long value) {
    LittleEndian.put64(slice.bytes(), slice.offset() + at, value);
  }
}
