package dev.ovsm.frontend.hir;

import dev.ovsm.frontend.ast.Program;
import java.util.List;

/** How the data that a program declares is written, for those who read it from outside. */
public record Declared(List<Struct> structs, List<Event> events) {
  public Declared {
    structs = List.copyOf(structs);
    events = List.copyOf(events);
  }

  /**
   * A struct or an account of the program, not of the library.
   *
   * @param discriminator of an account the first 8 bytes of its data, little-endian; else 0
   */
  public record Struct(Program.Struct source, Layout layout, long discriminator) {}

  /**
   * An event.
   *
   * @param discriminator the first 8 bytes of its encoding where it is logged, little-endian
   */
  public record Event(Program.Struct source, Type.Fields fields, long discriminator) {}
}
