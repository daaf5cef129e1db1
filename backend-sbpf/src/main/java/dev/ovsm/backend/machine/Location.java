package dev.ovsm.backend.machine;

/**
 * Where a number is held, as an int: a register of the machine, a virtual register, or, below zero,
 * a slot of the frame.
 */
public final class Location {
  /** Where functions and the runtime leave their result. */
  public static final int RESULT = 0;

  /** Where a function that can fail tells with a number other than 0 that the invocation ends. */
  public static final int STATUS = 1;

  /** The registers that hold arguments are those from here on. */
  public static final int FIRST_ARGUMENT = 1;

  /** From here on the machine keeps registers across calls. */
  public static final int FIRST_KEPT = 6;

  /** The frame pointer, which can only be read; registers below it are for any use. */
  public static final int FRAME = 10;

  /** The first virtual register. */
  public static final int FIRST_VIRTUAL = 16;

  private Location() {}

  public static boolean isVirtual(int location) {
    return location >= FIRST_VIRTUAL;
  }

  /** Whether this is one of the registers to allocate. */
  public static boolean isReal(int location) {
    return location >= 0 && location < FRAME;
  }

  public static boolean isSlot(int location) {
    return location < 0;
  }

  /** The location that is a slot. */
  public static int ofSlot(int slot) {
    return ~slot;
  }

  /** The slot of a location that is one. */
  public static int slot(int location) {
    return ~location;
  }
}
