package dev.ovsm.frontend;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import dev.ovsm.frontend.resolve.Modules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Finds modules in the standard library and files through what the caller gave. */
final class Library implements Modules {
  /** The modules that every program sees. */
  static final List<String> PRELUDE = List.of("core", "intrinsics", "runtime");

  private final Options options;
  private final Diagnostics diagnostics;

  Library(Options options, Diagnostics diagnostics) {
    this.options = options;
    this.diagnostics = diagnostics;
  }

  @Override
  public Optional<List<Form>> library(String name) {
    if (!name.matches("[a-z0-9-]+")) {
      return Optional.empty();
    }
    String path = "/dev/ovsm/stdlib/" + name + ".ovsm";
    try (InputStream in = Library.class.getResourceAsStream(path)) {
      if (in == null) {
        return Optional.empty();
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Source source = new Source("<stdlib/" + name + ">", text);
      return Optional.of(Reader.read(source, diagnostics));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<List<Form>> file(String path, Span importer) {
    return options
        .files()
        .load(importer.source().name(), path)
        .map(source -> Reader.read(source, diagnostics));
  }
}
