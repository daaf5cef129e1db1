package dev.ovsm.tests.reference;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.FormPrinter;
import dev.ovsm.frontend.read.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prints what the modules of the standard library offer. Names with a slash, and those that start
 * with {@code rt-}, are the library's own.
 */
final class LibraryReference {
  private static final List<String> MODULES =
      List.of(
          "core",
          "intrinsics",
          "accounts",
          "anchor",
          "ata",
          "borsh",
          "clock",
          "events",
          "hash",
          "math",
          "pda",
          "pyth",
          "spl-token",
          "switchboard",
          "system",
          "timer");
  private static final Set<String> CALLS = Set.of("defun", "defmacro", "define-syscall");
  private static final Pattern SECTION = Pattern.compile(";; -{10,} (.+)");
  private static final Pattern OPENING = Pattern.compile(";; ?(.*)");

  private final StringBuilder out = new StringBuilder();
  private boolean open;

  private LibraryReference() {}

  static String print() throws IOException {
    LibraryReference reference = new LibraryReference();
    reference.out.append(
        """
        # The standard library

        This document is printed from the sources of the library; a test keeps it so.

        `core` and `intrinsics` are known everywhere; the others to those that `(import NAME)`. A
        parameter without a type takes any. [syscalls.md](syscalls.md) says what the system calls
        behind the intrinsics do, [language.md](language.md) what the language itself has.
        """);
    for (String module : MODULES) {
      reference.module(module);
    }
    return reference.out.toString();
  }

  private void module(String name) throws IOException {
    String text = source(name);
    List<String> lines = text.lines().toList();
    out.append("\n## ").append(name).append("\n\n").append(opening(lines));
    open = false;
    int line = 0;
    for (Form form : Reader.read(new Source(name, text), new Diagnostics())) {
      int start = form.span().line() - 1;
      lines.subList(line, start).stream()
          .map(SECTION::matcher)
          .filter(Matcher::matches)
          .forEach(section -> heading(section.group(1)));
      line = start;
      if (form instanceof Form.Sequence list) {
        entry(list).ifPresent(this::row);
      }
    }
  }

  private static String source(String module) throws IOException {
    String path = "/dev/ovsm/stdlib/" + module + ".ovsm";
    try (InputStream in = Objects.requireNonNull(Reader.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The comment that a module begins with. */
  private static String opening(List<String> lines) {
    return lines.stream()
        .map(OPENING::matcher)
        .takeWhile(Matcher::matches)
        .map(line -> line.group(1) + "\n")
        .collect(Collectors.joining());
  }

  private void heading(String title) {
    out.append("\n### ").append(title).append('\n');
    open = false;
  }

  private void row(String row) {
    out.append(open ? "" : "\n| | |\n|---|---|\n").append(row).append('\n');
    open = true;
  }

  private static Optional<String> entry(Form.Sequence list) {
    if (list.items().size() < 3 || !(list.items().get(1) instanceof Form.Symbol symbol)) {
      return Optional.empty();
    }
    String name = symbol.name();
    if (name.contains("/") || name.startsWith("rt-")) {
      return Optional.empty();
    }
    if (CALLS.stream().anyMatch(list::startsWith)) {
      return Optional.of(cells(call(name, list), doc(list)));
    }
    if (list.startsWith("define-constant")) {
      return Optional.of(cells(name, "`" + print(list.items().get(2)) + "`"));
    }
    if (list.startsWith("define-error")) {
      return Optional.of(cells(name, "error " + rest(list, 2)));
    }
    return list.startsWith("define-struct")
        ? Optional.of(cells(name, "struct `" + rest(list, 2) + "`"))
        : Optional.empty();
  }

  private static String cells(String code, String text) {
    return "| `" + code.replace("|", "\\|") + "` | " + text.replace("|", "\\|") + " |";
  }

  /** A call as it is written, and what it gives. */
  private static String call(String name, Form.Sequence list) {
    List<String> words = new ArrayList<>(List.of(name));
    if (parameters(list) instanceof Form.Sequence parameters) {
      parameters.items().stream().map(LibraryReference::print).forEach(words::add);
    }
    return "(" + String.join(" ", words) + ")" + result(list);
  }

  private static Form parameters(Form.Sequence list) {
    return list.items().get(list.startsWith("define-syscall") ? 3 : 2);
  }

  private static String result(Form.Sequence list) {
    if (list.startsWith("define-syscall")) {
      return " → " + print(list.items().get(4));
    }
    return list.items().size() > 4 && list.items().get(3).isSymbol("->")
        ? " → " + print(list.items().get(4))
        : "";
  }

  private static String doc(Form.Sequence list) {
    if (list.startsWith("define-syscall")) {
      return "`" + ((Form.Text) list.items().get(2)).value() + "`";
    }
    return list.items().subList(3, list.items().size() - 1).stream()
        .filter(Form.Text.class::isInstance)
        .map(text -> ((Form.Text) text).value().replaceAll("\\s+", " "))
        .findFirst()
        .orElseThrow(() -> new AssertionError(print(list.items().get(1)) + " says nothing"));
  }

  private static String rest(Form.Sequence list, int from) {
    return list.items().subList(from, list.items().size()).stream()
        .map(LibraryReference::print)
        .collect(Collectors.joining(" "));
  }

  private static String print(Form form) {
    return FormPrinter.print(form);
  }
}
