package dev.ovsm.frontend;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The modules of the standard library that every program sees. */
final class Library {
  private static final List<String> MODULES = List.of("core", "intrinsics", "runtime");

  private Library() {}

  static List<List<Form>> read(Diagnostics diagnostics) {
    List<List<Form>> modules = new ArrayList<>();
    for (String module : MODULES) {
      modules.add(Reader.read(source(module), diagnostics));
    }
    return modules;
  }

  private static Source source(String module) {
    String path = "/dev/ovsm/stdlib/" + module + ".ovsm";
    try (InputStream in = Library.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the library lacks " + path);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Source("<stdlib/" + module + ">", text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
