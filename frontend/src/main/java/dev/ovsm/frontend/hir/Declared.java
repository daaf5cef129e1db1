package dev.ovsm.frontend.hir;

import dev.ovsm.frontend.ast.Program;
import java.util.List;

/** How the data that a program declares is written, for those who read it from outside. */
public record Declared(List<Struct> structs, List<Event> events, List<Failing> errors) {
  public Declared {
    structs = List.copyOf(structs);
    events = List.copyOf(events);
    errors = List.copyOf(errors);
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

  /** An error by name; its text is empty if none was written. */
  public record Failing(String name, long code, String text) {}
}
