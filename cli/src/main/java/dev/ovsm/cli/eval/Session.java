package dev.ovsm.cli.eval;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import dev.ovsm.ir.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Definitions and expressions, one after another as in a file. What does not compile, or fails when
 * it runs, leaves the session as it was.
 */
public final class Session {
  /** Is written before an expression whose value is wanted. */
  private static final String OPENING = "(log (do ";

  private final Entered entered = new Entered();
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
    return entered.definitions().values().stream().map(one -> one.text().strip()).toList();
  }

  /** The names that an expression can use, its own definitions first. */
  public List<String> names() {
    List<String> all = new ArrayList<>(entered.definitions().keySet());
    all.removeIf(name -> name.startsWith("("));
    all.addAll(Frontend.names());
    return all;
  }

  /** Forgets every definition and value. */
  public void reset() {
    entered.clear();
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
    Entered before = entered.copy();
    entered.define(name, source);
    Diagnostics all = new Diagnostics();
    Typed typed = Compilation.phases(entered.all(), all).typed();
    said(all, source, found);
    if (typed != null && !typed.bare() && !typed.entries().isEmpty()) {
      found.add(
          Diagnostic.at(place(source), LanguageCode.NOT_HERE, "a program cannot stand here")
              .withHelp("a session runs expressions; ovsm run runs the programs of a file"));
    }
    if (found.hasErrors()) {
      entered.become(before);
    } else {
      out.accept(name + " is defined");
    }
  }

  /** Passes on what was found, but for warnings of what was entered before. */
  private static void said(Diagnostics all, Source source, Diagnostics found) {
    for (Diagnostic one : all.list()) {
      Span place = one.primary();
      boolean isOld = place != null && place.source() != source && place.isReal();
      if (one.severity() == Severity.ERROR || !isOld) {
        found.add(one);
      }
    }
  }

  /** The form in a source that has no other. */
  private static Span place(Source source) {
    String text = source.text();
    return new Span(source, text.length() - text.stripLeading().length(), text.length());
  }

  private void evaluate(Source source, Diagnostics found) {
    Diagnostics all = new Diagnostics();
    Typed typed = Compilation.phases(entered.with(source), all).typed();
    said(all, source, found);
    if (typed == null || found.hasErrors()) {
      return;
    }
    Optional<Type> type = typeOf(typed);
    if (type.isEmpty()) {
      // A macro's call that defines.
      define(source.text().strip(), source, found);
      return;
    }
    boolean isWritten = hasText(type.get());
    Source written = new Source(source.name(), OPENING + source.text() + "\n))");
    Optional<Run> run = run(isWritten ? written : source, source, found);
    run.map(entered::since).ifPresent(ended -> tell(ended, type.get(), isWritten, source, found));
  }

  private void tell(Run run, Type type, boolean isWritten, Source source, Diagnostics found) {
    boolean hasValue = isWritten && run.failure() == null && !run.logs().isEmpty();
    int logs = run.logs().size() - (hasValue ? 1 : 0);
    run.logs().subList(0, logs).forEach(out);
    Run.Failed failure = run.failure();
    if (failure != null) {
      Span place = failed(failure, source);
      found.add(
          Diagnostic.at(place, RunCode.FAULT, "the expression failed: " + failure.text())
              .withHelp("nothing of it stays; what was entered before does"));
      return;
    }
    entered.ran(source);
    if (hasValue) {
      String text = run.logs().get(logs).substring(Run.LOG.length());
      out.accept((type == Basic.STRING ? Recalled.quoted(text) : text) + " : " + type.word());
      recalled.add(text, type, source);
    } else {
      out.accept(type.word());
    }
  }

  /** What failed, in what was entered: a part of the expression, or of what it uses. */
  private Span failed(Run.Failed failure, Source expression) {
    Span place = failure.place();
    return place == null ? place(expression) : asEntered(place, expression);
  }

  /** A place in what was run, as it was entered. */
  private Span asEntered(Span place, Source expression) {
    if (!place.isReal() || place.source().isInternal() || entered.all().contains(place.source())) {
      return place;
    }
    Span whole = place(expression);
    int moved = place.source() == expression ? 0 : OPENING.length();
    boolean isInside = place.start() - moved >= whole.start() && place.end() - moved <= whole.end();
    return isInside ? new Span(expression, place.start() - moved, place.end() - moved) : whole;
  }

  private static boolean hasText(Type type) {
    return !(type == Basic.UNIT
        || type == Basic.NEVER
        || type instanceof Type.Closure
        || type instanceof Type.Named);
  }

  /**
   * @param source the expression as it is run
   * @param expression the same as it was entered
   */
  private Optional<Run> run(Source source, Source expression, Diagnostics found) {
    if (machine == Machine.IR) {
      Diagnostics silent = new Diagnostics();
      Module module = Compilation.phases(entered.with(source), silent).module();
      return Optional.ofNullable(module).map(Interpreted::of);
    }
    Diagnostics all = new Diagnostics();
    List<Source> whole = entered.with(source);
    Compilation compilation = Compilation.of(whole, Compilation.Target.DEFAULT, all);
    if (compilation.elf().isEmpty()) {
      all.list().forEach(one -> found.add(one.moved(place -> asEntered(place, expression))));
    }
    return compilation.elf().map(elf -> placed(Executed.of(elf, whole), compilation));
  }

  /**
   * A failure in the library with the place that called it, which a program's file does not say but
   * the interpreter knows, where it comes to the same failure.
   */
  private static Run placed(Run run, Compilation compilation) {
    Run.Failed failure = run.failure();
    Module module = compilation.phases().module();
    if (failure == null || failure.place() != null || module == null) {
      return run;
    }
    Run.Failed same = Interpreted.of(module).failure();
    boolean isSame = same != null && same.text().equals(failure.text());
    return isSame ? new Run(run.logs(), same) : run;
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
    Typed typed = Compilation.phases(entered.with(recalled.in(source)), found).typed();
    return typed == null || found.hasErrors()
        ? Optional.empty()
        : Optional.of(typeOf(typed).orElse(Basic.UNIT).word());
  }

  /** The type of the last expression; empty if all forms are definitions. */
  private static Optional<Type> typeOf(Typed typed) {
    return typed.entries().stream()
        .filter(EntryInfo::exitCode)
        .findFirst()
        .map(entry -> Type.resolved(entry.value()));
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
    List<Source> all = entered.with(recalled.in(source));
    Compilation compilation = Compilation.of(all, Compilation.Target.DEFAULT, found);
    return Optional.of(compilation).filter(done -> done.elf().isPresent());
  }
}
