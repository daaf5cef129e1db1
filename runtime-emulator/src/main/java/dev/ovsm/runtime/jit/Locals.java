package dev.ovsm.runtime.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;

/** Which local variable of a generated method holds what; parameters come first. */
final class Locals {
  private static final String TABLE = "[[B";
  private static final String BYTES = "[B";

  private final List<Object> types = new ArrayList<>();
  private final int[] registers = new int[Registers.COUNT];
  private int next;
  private int invocation;
  private int meter;
  private int depth;
  private int position;
  private int readable;
  private int writable;
  private final int[] nearReadable = new int[Registers.COUNT];
  private final int[] nearWritable = new int[Registers.COUNT];
  private int stack;
  private int frame;

  Locals() {
    Arrays.fill(registers, -1);
  }

  void addInvocation() {
    invocation = add(MethodCode.INVOCATION, 1);
  }

  void addMeter() {
    meter = add(Opcodes.LONG, 2);
  }

  void addDepth() {
    depth = add(Opcodes.INTEGER, 1);
  }

  /** Where to go on, in a method that is one part of a function. */
  void addPosition() {
    position = add(Opcodes.INTEGER, 1);
  }

  /** Gives a local to each register of a set that has none yet. */
  void addRegisters(int set) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(set, register) && registers[register] < 0) {
        registers[register] = add(Opcodes.LONG, 2);
      }
    }
  }

  /** Gives a local to everything that a method needs and that has none yet. */
  void addNeeds(Needs needs) {
    addRegisters(needs.registers() | (needs.framePointer() ? Registers.FRAME : 0));
    if (needs.loads()) {
      readable = add(TABLE, 1);
    }
    if (needs.stores()) {
      writable = add(TABLE, 1);
    }
    if (needs.frame()) {
      stack = add(BYTES, 1);
      frame = add(Opcodes.INTEGER, 1);
    }
  }

  /**
   * Gives two locals to what is near each register of two sets: an array, and behind it its half.
   */
  void addNear(int loads, int stores) {
    addNear(loads, nearReadable);
    addNear(stores, nearWritable);
  }

  private void addNear(int set, int[] near) {
    for (int register = 0; register < Registers.COUNT; register++) {
      if (Registers.contains(set, register)) {
        near[register] = add(BYTES, 1);
        add(Opcodes.LONG, 2);
      }
    }
  }

  private int add(Object type, int size) {
    types.add(type);
    int local = next;
    next += size;
    return local;
  }

  Object[] types() {
    return types.toArray();
  }

  int invocation() {
    return invocation;
  }

  int meter() {
    return meter;
  }

  int depth() {
    return depth;
  }

  int position() {
    return position;
  }

  /** The local of a register that has one. */
  int register(int register) {
    return registers[register];
  }

  int readable() {
    return readable;
  }

  int writable() {
    return writable;
  }

  /** The local with the array that can be read near a register; the half is the one behind it. */
  int nearReadable(int register) {
    return nearReadable[register];
  }

  /** The local with the array that can be written near a register. */
  int nearWritable(int register) {
    return nearWritable[register];
  }

  int stack() {
    return stack;
  }

  int frame() {
    return frame;
  }
}
