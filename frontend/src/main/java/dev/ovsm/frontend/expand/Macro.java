package dev.ovsm.frontend.expand;

import dev.ovsm.frontend.read.Form;
import java.util.List;

/** A macro as written: parameters, which may nest, and the code that makes the expansion. */
record Macro(String name, Form parameters, List<Form> body, boolean isLibrary, Form definition) {
  Macro {
    body = List.copyOf(body);
  }
}
