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
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds modules in the standard library and files through what the caller gave. */
final class Library implements Modules {
  /** The modules that every program sees. */
  static final List<String> PRELUDE = List.of("core", "intrinsics", "runtime");

  /** The modules that programs import. */
  static final List<String> MODULES =
      List.of(
          "math",
          "accounts",
          "system",
          "spl-token",
          "ata",
          "pda",
          "pyth",
          "switchboard",
          "clock",
          "timer",
          "events",
          "anchor",
          "hash",
          "borsh",
          "maps",
          "f64",
          "decimal",
          "wide");

  private static final Set<String> DEFINERS =
      Set.of("defun", "defmacro", "define", "define-constant", "define-struct", "define-error");

  private final Options options;
  private final Diagnostics diagnostics;
  private final Expander expander;
  private final Map<String, List<Form>> prelude;

  /** The module that defines each name; empty until somebody asks. */
  private final Map<String, String> defining = new HashMap<>();

  private final Map<String, Optional<List<Form>>> modules = new LinkedHashMap<>();
  private final Map<String, Imported> files = new LinkedHashMap<>();
  private final Set<String> delivered = new LinkedHashSet<>();

  /**
   * A library of which only the prelude is read yet.
   *
   * @param prelude what {@link #prelude()} reads
   */
  Library(Options options, Diagnostics diagnostics, Map<String, List<Form>> prelude) {
    this.options = options;
    this.diagnostics = diagnostics;
    this.expander = new Expander(diagnostics);
    this.prelude = prelude;
    PRELUDE.forEach(this::read);
  }

  /** The forms of the modules that every program sees; the same for all programs. */
  static Map<String, List<Form>> prelude() {
    Map<String, List<Form>> all = new LinkedHashMap<>();
    for (String name : PRELUDE) {
      forms(name, new Diagnostics()).ifPresent(forms -> all.put(name, forms));
    }
    return all;
  }

  private static Optional<List<Form>> forms(String module, Diagnostics diagnostics) {
    return resource(module)
        .map(text -> Reader.read(new Source("<stdlib/" + module + ">", text), diagnostics));
  }

  /** The sources without macros; macros of what they import are known in them. */
  List<List<Form>> expand(List<List<Form>> sources) {
    for (List<Form> source : sources) {
      // An import of a source that is compiled anyway brings nothing.
      source.stream().findFirst().map(form -> form.span().source().name()).ifPresent(this::given);
    }
    for (List<Form> source : sources) {
      imports(source);
      expander.learn(source, false);
    }
    return sources.stream().map(expander::expand).toList();
  }

  private void given(String name) {
    String file = plain(name);
    files.put(file, new Imported(file, List.of()));
    delivered.add(file);
  }

  /** A path without detours, so that a file has one name. */
  private static String plain(String name) {
    try {
      return Path.of(name).normalize().toString();
    } catch (InvalidPathException e) {
      return name;
    }
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
        Optional.ofNullable(prelude.get(name)).or(() -> forms(name, diagnostics));
    modules.put(name, forms);
    forms.ifPresent(this::imports);
    forms.ifPresent(read -> expander.learn(read, true));
    return forms;
  }

  /** The forms of a file, read once however the sources name it. */
  private Optional<Imported> read(String path, Span importer) {
    Optional<Source> source =
        isSource(path) ? options.files().load(importer.source().name(), path) : Optional.empty();
    return source.map(
        found -> {
          String name = plain(found.name());
          Imported known = files.get(name);
          if (known != null) {
            return known;
          }
          Imported read = new Imported(name, Reader.read(found, diagnostics));
          files.put(name, read);
          imports(read.forms());
          expander.learn(read.forms(), false);
          return read;
        });
  }

  private record Imported(String name, List<Form> forms) {}

  @Override
  public Optional<List<Form>> library(String name) {
    return read(name).map(expander::expand);
  }

  @Override
  public List<String> names() {
    return MODULES;
  }

  @Override
  public boolean isSource(String path) {
    return Options.Files.isSource(path);
  }

  @Override
  public Set<String> macros() {
    return expander.macros();
  }

  @Override
  public Optional<String> defining(String name) {
    if (defining.isEmpty()) {
      MODULES.forEach(this::learnNames);
    }
    return Optional.ofNullable(defining.get(name));
  }

  /** Reads a module only to see what it defines. */
  private void learnNames(String module) {
    for (Form form : forms(module, new Diagnostics()).orElse(List.of())) {
      if (form instanceof Form.Sequence list
          && list.items().size() > 2
          && DEFINERS.stream().anyMatch(list::startsWith)
          && list.items().get(1) instanceof Form.Symbol name) {
        defining.putIfAbsent(name.name(), module);
      }
    }
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
    return read(path, importer)
        .map(file -> delivered.add(file.name()) ? expander.expand(file.forms()) : List.of());
  }
}
