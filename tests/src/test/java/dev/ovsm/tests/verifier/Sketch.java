package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Version;
import java.util.Random;

/**
 * The assembly of a program that is being drawn; r6 holds the address of the input all the time:
 * one account with a map's data, of which the last half is chance.
 */
final class Sketch {
  /** Where the data of the account begins in the input. */
  static final int DATA = 96;

  /** Where in the data there are values that hold handles. */
  static final int HANDLES = 64;

  /** Where in the data there is an instruction to call back, and its length. */
  static final int CALLBACK = 192;

  static final int CALLBACK_BYTES = 56;

  /** Where in the data there are bytes that nobody knows. */
  static final int CHANCE = 256;

  static final int DATA_BYTES = 512;

  /** The number of the map. */
  static final int MAP = 7;

  final Random random;
  final Version version;
  final StringBuilder helpers = new StringBuilder();
  private final StringBuilder code = new StringBuilder();
  private int labels;

  Sketch(Random random, Version version) {
    this.random = random;
    this.version = version;
  }

  /** All of it. */
  String text() {
    return ".sbpf " + version.word() + "\n.text\nentrypoint:\n" + code + helpers;
  }

  void line(String text) {
    code.append("  ").append(text).append('\n');
  }

  void mark(String label) {
    code.append("  ").append(label).append(":\n");
  }

  String label() {
    return ".l" + number();
  }

  int number() {
    return labels++;
  }

  /** A number from 0 to a mask, of which nothing else is known. */
  void unknown(String register, int mask) {
    line("ldxb " + register + ", [r6+" + (DATA + CHANCE + random.nextInt(8)) + "]");
    line("and64 " + register + ", " + mask);
  }

  void address(String register, long value) {
    line("mov64 " + register + ", " + (value >>> 32));
    line("lsh64 " + register + ", 32");
    line("add64 " + register + ", " + (int) value);
  }

  /** Reserves a record whose address comes to r9. */
  void reserve(int size) {
    line("mov64 r1, 256");
    line("syscall sol_ring_buffer_create");
    line("mov64 r1, r0");
    if (random.nextInt(3) == 0) {
      // There may be no such ring.
      unknown("r7", 1);
      line("add64 r1, r7");
    }
    line("mov64 r2, " + size);
    line("mov64 r3, 0");
    line("syscall sol_ringbuf_reserve");
    line("mov64 r9, r0");
  }

  void release() {
    line("mov64 r1, r9");
    line("mov64 r2, 0");
    line(random.nextBoolean() ? "syscall sol_ringbuf_submit" : "syscall sol_ringbuf_discard");
  }

  void callback(String address, String length) {
    line("mov64 " + address + ", r6");
    line("add64 " + address + ", " + (DATA + CALLBACK));
    line("mov64 " + length + ", " + CALLBACK_BYTES);
  }

  void frame(String register, int distance) {
    line("mov64 " + register + ", r10");
    line(
        version.swapSubRegImmOperands() || random.nextBoolean()
            ? "add64 " + register + ", " + -distance
            : "sub64 " + register + ", " + distance);
  }
}
