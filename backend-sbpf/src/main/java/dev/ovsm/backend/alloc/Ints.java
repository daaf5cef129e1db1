package dev.ovsm.backend.alloc;

import java.util.Arrays;

/** A growing list of ints; most of them stay empty, and take nothing. */
final class Ints {
  private static final int[] NONE = {};
  private static final int FEW = 4;

  private int[] items = NONE;
  private int size;

  void add(int item) {
    if (size == items.length) {
      items = size == 0 ? new int[FEW] : Arrays.copyOf(items, size * 2);
    }
    items[size++] = item;
  }

  int get(int index) {
    return items[index];
  }

  int size() {
    return size;
  }

  int removeLast() {
    return items[--size];
  }
}
