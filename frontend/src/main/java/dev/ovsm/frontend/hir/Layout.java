package dev.ovsm.frontend.hir;

import java.util.List;
import java.util.Optional;

/** How a struct lies in memory: packed, in the order written, with documented offsets. */
public record Layout(String name, List<Slot> slots, int bytes) {
  public Layout {
    slots = List.copyOf(slots);
  }

  /** A field at its offset in bytes. */
  public record Slot(String name, Type type, int offset) {}

  public Optional<Slot> slot(String field) {
    return slots.stream().filter(slot -> slot.name().equals(field)).findFirst();
  }
}
