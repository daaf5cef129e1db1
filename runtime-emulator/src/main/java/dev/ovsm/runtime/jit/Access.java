package dev.ovsm.runtime.jit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The program's loads and stores as compiled code makes them: small enough that the Java VM inlines
 * each one where it is used.
 *
 * <p>{@code bytes - 1} is the last index that an access may not pass; an array that is too short
 * has none. The stack's accesses are in bounds by construction.
 */
final class Access {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  /** A region that nothing can be read from or written to. */
  static final byte[] NONE = {};

  private Access() {}

  static long load1(Invocation invocation, byte[][] table, long address, long meter, int pc) {
    byte[] bytes = region(table, address);
    int at = (int) address;
    if (at >= 0 && at < bytes.length) {
      return bytes[at] & 0xFFL;
    }
    return invocation.load(address, 1, pc, meter);
  }

  static long load2(Invocation invocation, byte[][] table, long address, long meter, int pc) {
    byte[] bytes = region(table, address);
    int at = (int) address;
    if (at >= 0 && at < bytes.length - 1) {
      return (short) SHORT.get(bytes, at) & 0xFFFFL;
    }
    return invocation.load(address, 2, pc, meter);
  }

  static long load4(Invocation invocation, byte[][] table, long address, long meter, int pc) {
    byte[] bytes = region(table, address);
    int at = (int) address;
    if (at >= 0 && at < bytes.length - 3) {
      return (int) INT.get(bytes, at) & 0xFFFF_FFFFL;
    }
    return invocation.load(address, 4, pc, meter);
  }

  static long load8(Invocation invocation, byte[][] table, long address, long meter, int pc) {
    byte[] bytes = region(table, address);
    int at = (int) address;
    if (at >= 0 && at < bytes.length - 7) {
      return (long) LONG.get(bytes, at);
    }
    return invocation.load(address, 8, pc, meter);
  }

  static void store1(
      Invocation invocation, byte[][] table, long address, long value, long meter, int pc) {
    byte[] bytes = region(table, address);
    int at = (int) address;
    if (at >= 0 && at < bytes.length) {
      bytes[at] = (byte) value;
    } else {
      invocation.store(address, 1, value, pc, meter);
    }
  }

  static void store2(
      Invocation invocation, byte[][] table, long address, long value, long meter, int pc) {
    byte[] bytes = region(table, address);
    int at = (int) address;
    if (at >= 0 && at < bytes.length - 1) {
      SHORT.set(bytes, at, (short) value);
    } else {
      invocation.store(address, 2, value, pc, meter);
    }
  }

  static void store4(
      Invocation invocation, byte[][] table, long address, long value, long meter, int pc) {
    byte[] bytes = region(table, address);
    int at = (int) address;
    if (at >= 0 && at < bytes.length - 3) {
      INT.set(bytes, at, (int) value);
    } else {
      invocation.store(address, 4, value, pc, meter);
    }
  }

  static void store8(
      Invocation invocation, byte[][] table, long address, long value, long meter, int pc) {
    byte[] bytes = region(table, address);
    int at = (int) address;
    if (at >= 0 && at < bytes.length - 7) {
      LONG.set(bytes, at, value);
    } else {
      invocation.store(address, 8, value, pc, meter);
    }
  }

  static long load1(
      Invocation invocation,
      byte[][] table,
      byte[] near,
      long nearHalf,
      long address,
      long meter,
      int pc) {
    int at = (int) address;
    if (half(address) == nearHalf && at >= 0 && at < near.length) {
      return near[at] & 0xFFL;
    }
    return load1(invocation, table, address, meter, pc);
  }

  static long load2(
      Invocation invocation,
      byte[][] table,
      byte[] near,
      long nearHalf,
      long address,
      long meter,
      int pc) {
    int at = (int) address;
    if (half(address) == nearHalf && at < near.length - 1) {
      return (short) SHORT.get(near, at) & 0xFFFFL;
    }
    return load2(invocation, table, address, meter, pc);
  }

  static long load4(
      Invocation invocation,
      byte[][] table,
      byte[] near,
      long nearHalf,
      long address,
      long meter,
      int pc) {
    int at = (int) address;
    if (half(address) == nearHalf && at < near.length - 3) {
      return (int) INT.get(near, at) & 0xFFFF_FFFFL;
    }
    return load4(invocation, table, address, meter, pc);
  }

  static long load8(
      Invocation invocation,
      byte[][] table,
      byte[] near,
      long nearHalf,
      long address,
      long meter,
      int pc) {
    int at = (int) address;
    if (half(address) == nearHalf && at < near.length - 7) {
      return (long) LONG.get(near, at);
    }
    return load8(invocation, table, address, meter, pc);
  }

  static void store1(
      Invocation invocation,
      byte[][] table,
      byte[] near,
      long nearHalf,
      long address,
      long value,
      long meter,
      int pc) {
    int at = (int) address;
    if (half(address) == nearHalf && at >= 0 && at < near.length) {
      near[at] = (byte) value;
    } else {
      store1(invocation, table, address, value, meter, pc);
    }
  }

  static void store2(
      Invocation invocation,
      byte[][] table,
      byte[] near,
      long nearHalf,
      long address,
      long value,
      long meter,
      int pc) {
    int at = (int) address;
    if (half(address) == nearHalf && at < near.length - 1) {
      SHORT.set(near, at, (short) value);
    } else {
      store2(invocation, table, address, value, meter, pc);
    }
  }

  static void store4(
      Invocation invocation,
      byte[][] table,
      byte[] near,
      long nearHalf,
      long address,
      long value,
      long meter,
      int pc) {
    int at = (int) address;
    if (half(address) == nearHalf && at < near.length - 3) {
      INT.set(near, at, (int) value);
    } else {
      store4(invocation, table, address, value, meter, pc);
    }
  }

  static void store8(
      Invocation invocation,
      byte[][] table,
      byte[] near,
      long nearHalf,
      long address,
      long value,
      long meter,
      int pc) {
    int at = (int) address;
    if (half(address) == nearHalf && at < near.length - 7) {
      LONG.set(near, at, value);
    } else {
      store8(invocation, table, address, value, meter, pc);
    }
  }

  static long stackLoad1(byte[] stack, int at) {
    return stack[at] & 0xFFL;
  }

  static long stackLoad2(byte[] stack, int at) {
    return (short) SHORT.get(stack, at) & 0xFFFFL;
  }

  static long stackLoad4(byte[] stack, int at) {
    return (int) INT.get(stack, at) & 0xFFFF_FFFFL;
  }

  static long stackLoad8(byte[] stack, int at) {
    return (long) LONG.get(stack, at);
  }

  static void stackStore1(byte[] stack, int at, long value) {
    stack[at] = (byte) value;
  }

  static void stackStore2(byte[] stack, int at, long value) {
    SHORT.set(stack, at, (short) value);
  }

  static void stackStore4(byte[] stack, int at, long value) {
    INT.set(stack, at, (int) value);
  }

  static void stackStore8(byte[] stack, int at, long value) {
    LONG.set(stack, at, value);
  }

  /**
   * Which half of which region an address lies in: no array reaches into an upper half, so that an
   * address in the same half as a region's first byte needs no other check of its sign.
   */
  static long half(long address) {
    return address >>> 31;
  }

  /** The lower half of the region that an address lies in. */
  static long lowerHalf(long address) {
    return half(address) & ~1;
  }

  static byte[] region(byte[][] table, long address) {
    int region = (int) (address >>> 32);
    return region >= 0 && region < table.length ? table[region] : NONE;
  }

  /** The region that a loop is about to write, if plain indexing is allowed there. */
  static byte[] openRegion(Invocation invocation, byte[][] table, long address) {
    byte[] bytes = region(table, address);
    return bytes.length > 0 ? bytes : invocation.openRegion(address);
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }
}
