package dev.ovsm.cli.eval;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import dev.ovsm.ir.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Definitions that stay, and expressions that run among them. What does not compile, or fails when
 * it runs, leaves the session as it was.
 */
public final class Session {
  private final Map<String, Source> definitions = new LinkedHashMap<>();
  private final Recalled recalled = new Recalled();
  private final Consumer<String> out;
  private Machine machine;

  /**
   * A session without definitions.
   *
   * @param out gets values, and what expressions write to the log, line by line
   */
  public Session(Machine machine, Consumer<String> out) {
    this.machine = machine;
    this.out = out;
  }

  /** Whether the text stops inside of a form, so that more of it may make it whole. */
  public static boolean isUnfinished(Source source) {
    Diagnostics found = new Diagnostics();
    Reader.read(source, found);
    return found.list().stream().anyMatch(Session::isOpen);
  }

  private static boolean isOpen(Diagnostic diagnostic) {
    Span place = diagnostic.primary();
    return diagnostic.code() == ReadCode.UNCLOSED_STRING
        || diagnostic.code() == ReadCode.UNCLOSED_COMMENT
        || (diagnostic.code() == ReadCode.UNBALANCED_PARENTHESIS
            && place != null
            && place.text().matches("(?s)[\\[({].*"));
  }

  /** Has what follows run by another machine. */
  public void on(Machine other) {
    machine = other;
  }

  /** The texts of the definitions, in their order. */
  public List<String> definitions() {
    return definitions.values().stream().map(source -> source.text().strip()).toList();
  }

  /** The names that an expression can use, its own definitions first. */
  public List<String> names() {
    List<String> all = new ArrayList<>(definitions.keySet());
    all.removeIf(name -> name.startsWith("("));
    all.addAll(Frontend.names());
    return all;
  }

  /** Forgets every definition and value. */
  public void reset() {
    definitions.clear();
    recalled.clear();
  }

  /** Takes the definitions of a text and runs its expressions, up to the first that is wrong. */
  public void submit(Source source, Diagnostics found) {
    for (Form form : Reader.read(source, found)) {
      if (found.hasErrors()) {
        return;
      }
      Source alone = recalled.in(alone(source, form));
      Optional<String> name = defined(form);
      if (name.isPresent()) {
        define(name.get(), alone, found);
      } else {
        evaluate(alone, found);
      }
    }
  }

  /** The form by itself, at its place. */
  private static Source alone(Source source, Form form) {
    String before = source.text().substring(0, form.span().start());
    return new Source(source.name(), before.replaceAll("[^\\n]", " ") + form.span().text());
  }

  /** What a form defines, if it is a definition. */
  private static Optional<String> defined(Form form) {
    if (!(form instanceof Form.Sequence list)
        || list.items().size() < 2
        || !(list.items().get(0) instanceof Form.Symbol word)) {
      return Optional.empty();
    }
    Form name = list.items().get(1);
    if (name instanceof Form.Sequence head && !head.items().isEmpty()) {
      name = head.items().get(0);
    }
    return switch (word.name()) {
      case "import" -> Optional.of(form.span().text());
      case "defun", "defn", "defmacro", "const" -> Optional.of(name.span().text());
      default ->
          word.name().startsWith("define") ? Optional.of(name.span().text()) : Optional.empty();
    };
  }

  private void define(String name, Source source, Diagnostics found) {
    Source earlier = definitions.put(name, source);
    Typed typed = Compilation.phases(sources(null), found).typed();
    if (typed != null && !typed.bare() && !typed.entries().isEmpty()) {
      found.add(
          Diagnostic.at(place(source), LanguageCode.NOT_HERE, "a program cannot stand here")
              .withHelp("a session runs expressions; ovsm run runs the programs of a file"));
    }
    if (!found.hasErrors()) {
      out.accept(name + " is defined");
    } else if (earlier == null) {
      definitions.remove(name);
    } else {
      definitions.put(name, earlier);
    }
  }

  /** The form in a source that has no other. */
  private static Span place(Source source) {
    String text = source.text();
    return new Span(source, text.length() - text.stripLeading().length(), text.length());
  }

  private List<Source> sources(@Nullable Source last) {
    List<Source> all = new ArrayList<>(definitions.values());
    if (last != null) {
      all.add(last);
    }
    return all;
  }

  private void evaluate(Source source, Diagnostics found) {
    Optional<Type> type = typeOf(Compilation.phases(sources(source), found), found);
    if (type.isEmpty()) {
      return;
    }
    boolean isWritten = hasText(type.get());
    Source written = new Source(source.name(), "(log (do " + source.text() + "\n))");
    Optional<Run> run = run(isWritten ? written : source, found);
    run.ifPresent(ended -> tell(ended, type.get(), isWritten, source, found));
  }

  private void tell(Run run, Type type, boolean isWritten, Source source, Diagnostics found) {
    boolean hasValue = isWritten && run.failure() == null && !run.logs().isEmpty();
    int logs = run.logs().size() - (hasValue ? 1 : 0);
    run.logs().subList(0, logs).forEach(out);
    if (run.failure() != null) {
      found.add(
          Diagnostic.at(place(source), RunCode.FAULT, "the expression failed: " + run.failure())
              .withHelp("nothing of it stays; the definitions do"));
    } else if (hasValue) {
      String text = run.logs().get(logs).substring(Run.LOG.length());
      out.accept((type == Basic.STRING ? Recalled.quoted(text) : text) + " : " + type.word());
      recalled.add(text, type, source);
    } else {
      out.accept(type.word());
    }
  }

  private static boolean hasText(Type type) {
    return !(type == Basic.UNIT
        || type == Basic.NEVER
        || type instanceof Type.Closure
        || type instanceof Type.Named);
  }

  private Optional<Run> run(Source source, Diagnostics found) {
    if (machine == Machine.IR) {
      Diagnostics silent = new Diagnostics();
      Module module = Compilation.phases(sources(source), silent).module();
      return Optional.ofNullable(module).map(Interpreted::of);
    }
    Diagnostics all = new Diagnostics();
    Compilation compilation = Compilation.of(sources(source), Compilation.Target.DEFAULT, all);
    if (compilation.elf().isEmpty()) {
      found.addAll(all.list());
    }
    return compilation.elf().map(Executed::of);
  }

  /** What {@code :type}, {@code :ir} or {@code :asm} shows of an expression; empty for no such. */
  public Optional<Shown> shown(String word) {
    return switch (word) {
      case ":type" -> Optional.of((one, found) -> type(one, found).map(type -> type + "\n"));
      case ":ir" -> Optional.of(this::ir);
      case ":asm" -> Optional.of(this::asm);
      default -> Optional.empty();
    };
  }

  /** Something to be seen of an expression without running it. */
  @FunctionalInterface
  public interface Shown {
    /** The lines; empty if the expression does not compile, and {@code found} says why. */
    Optional<String> of(Source expression, Diagnostics found);
  }

  /** The type of an expression. */
  private Optional<String> type(Source source, Diagnostics found) {
    List<Source> all = sources(recalled.in(source));
    return typeOf(Compilation.phases(all, found), found).map(Type::word);
  }

  private static Optional<Type> typeOf(Compiled phases, Diagnostics found) {
    Typed typed = phases.typed();
    if (typed == null || found.hasErrors()) {
      return Optional.empty();
    }
    return typed.entries().stream()
        .filter(EntryInfo::exitCode)
        .findFirst()
        .map(entry -> Type.resolved(entry.value()))
        .or(() -> Optional.of(Basic.UNIT));
  }

  /** The IR of an expression and of what it calls, optimised; the library's is left out. */
  private Optional<String> ir(Source source, Diagnostics found) {
    return compiled(source, found).map(OwnCode::ir);
  }

  /** The machine code of an expression and of what it calls; the library's is left out. */
  private Optional<String> asm(Source source, Diagnostics found) {
    return compiled(source, found).map(OwnCode::assembly);
  }

  private Optional<Compilation> compiled(Source source, Diagnostics found) {
    List<Source> all = sources(recalled.in(source));
    Compilation compilation = Compilation.of(all, Compilation.Target.DEFAULT, found);
    return Optional.of(compilation).filter(done -> done.elf().isPresent());
  }
}
