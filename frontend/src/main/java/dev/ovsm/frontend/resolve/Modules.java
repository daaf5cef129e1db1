package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.util.List;
import java.util.Optional;

/** Where imported forms come from. */
public interface Modules {
  /** The top-level forms of a module of the standard library. */
  Optional<List<Form>> library(String name);

  /**
   * The top-level forms of another source file the first time, none after that.
   *
   * @param importer the import form, whose source the path is relative to
   */
  Optional<List<Form>> file(String path, Span importer);
}
