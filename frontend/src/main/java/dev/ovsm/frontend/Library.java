package dev.ovsm.frontend;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.expand.Expander;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import dev.ovsm.frontend.resolve.Modules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds modules in the standard library and files through what the caller gave. */
final class Library implements Modules {
  /** The modules that every program sees. */
  static final List<String> PRELUDE = List.of("core", "intrinsics", "runtime");

  private final Options options;
  private final Diagnostics diagnostics;
  private final Expander expander;
  private final Map<String, Optional<List<Form>>> modules = new LinkedHashMap<>();
  private final Map<String, Optional<List<Form>>> files = new LinkedHashMap<>();

  Library(Options options, Diagnostics diagnostics) {
    this.options = options;
    this.diagnostics = diagnostics;
    this.expander = new Expander(diagnostics);
    PRELUDE.forEach(this::read);
  }

  /** The sources without macros; macros of what they import are known in them. */
  List<List<Form>> expand(List<List<Form>> sources) {
    for (List<Form> source : sources) {
      imports(source);
      expander.learn(source, false);
    }
    return sources.stream().map(expander::expand).toList();
  }

  /** Reads what top-level forms import. */
  private void imports(List<Form> forms) {
    for (Form form : forms) {
      if (form instanceof Form.Sequence list
          && (list.startsWith("import") || list.startsWith("use"))) {
        for (Form what : list.items().subList(1, list.items().size())) {
          if (what instanceof Form.Text path) {
            read(path.value(), list.span());
          } else if (what instanceof Form.Symbol module) {
            read(module.name());
          }
        }
      }
    }
  }

  private Optional<List<Form>> read(String name) {
    Optional<List<Form>> known = modules.get(name);
    if (known != null) {
      return known;
    }
    Optional<List<Form>> forms =
        resource(name)
            .map(text -> Reader.read(new Source("<stdlib/" + name + ">", text), diagnostics));
    modules.put(name, forms);
    forms.ifPresent(this::imports);
    forms.ifPresent(read -> expander.learn(read, true));
    return forms;
  }

  private Optional<List<Form>> read(String path, Span importer) {
    String key = importer.source().name() + "\0" + path;
    Optional<List<Form>> known = files.get(key);
    if (known != null) {
      return known;
    }
    Optional<List<Form>> forms =
        options
            .files()
            .load(importer.source().name(), path)
            .map(source -> Reader.read(source, diagnostics));
    files.put(key, forms);
    forms.ifPresent(this::imports);
    forms.ifPresent(read -> expander.learn(read, false));
    return forms;
  }

  @Override
  public Optional<List<Form>> library(String name) {
    return read(name).map(expander::expand);
  }

  private static Optional<String> resource(String name) {
    if (!name.matches("[a-z0-9-]+")) {
      return Optional.empty();
    }
    String path = "/dev/ovsm/stdlib/" + name + ".ovsm";
    try (InputStream in = Library.class.getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<List<Form>> file(String path, Span importer) {
    return read(path, importer).map(expander::expand);
  }
}
