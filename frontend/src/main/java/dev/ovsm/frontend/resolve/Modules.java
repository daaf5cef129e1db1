package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where imported forms come from. */
public interface Modules {
  /** The top-level forms of a module of the standard library. */
  Optional<List<Form>> library(String name);

  /** The names of the library's modules that a program may import, in the order to propose them. */
  List<String> names();

  /** The macros that sources may call. */
  Set<String> macros();

  /** The module that defines a name which no import made visible. */
  Optional<String> defining(String name);

  /**
   * The top-level forms of another source file the first time, none after that.
   *
   * @param importer the import form, whose source the path is relative to
   */
  Optional<List<Form>> file(String path, Span importer);

  /** Whether a path is that of a source, from where it is written: no other file is opened. */
  boolean isSource(String path);
}
