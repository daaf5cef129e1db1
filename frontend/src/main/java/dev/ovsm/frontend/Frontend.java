package dev.ovsm.frontend;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.frontend.lower.Lowering;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.Reader;
import dev.ovsm.frontend.resolve.Resolver;
import dev.ovsm.frontend.type.Typer;
import dev.ovsm.ir.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Compiles sources to IR: read, expand, resolve, type, lower. A user's mistake becomes a
 * diagnostic, never an exception, and ends the compilation after the phase that found it.
 */
public final class Frontend {
  /** Enough for forms that nest as deep as the reader allows. */
  private static final long STACK = 1L << 30;

  private Frontend() {}

  /** Compiles {@code sources} as one program. */
  public static Compiled compile(List<Source> sources, Options options, Diagnostics diagnostics) {
    return deeply(() -> run(sources, options, diagnostics));
  }

  /**
   * The IR of the same program, its entries that declare no compute units having these by their
   * names: in the manifest, and wherever they are registered without a budget.
   */
  public static Module withBudgets(Typed typed, Map<String, Long> budgets) {
    return deeply(() -> Lowering.lower(typed.withBudgets(budgets)));
  }

  /** The names that every program can use, and those of the modules that it can import. */
  public static List<String> names() {
    Library library = new Library(Options.defaults(), new Diagnostics(), Library.prelude());
    List<String> names = new ArrayList<>(Resolver.names(Library.PRELUDE, library));
    names.addAll(Library.MODULES);
    return names;
  }

  /** Runs a phase that recurses as deep as forms nest. */
  private static <T> T deeply(Supplier<T> phase) {
    List<T> result = new ArrayList<>();
    Throwable[] failure = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.add(phase.get());
              } catch (Throwable e) {
                failure[0] = e;
              }
            },
            "compiler",
            STACK);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (failure[0] instanceof RuntimeException e) {
      throw e;
    }
    if (failure[0] instanceof Error e) {
      throw e;
    }
    return result.get(0);
  }

  private static void beside(Runnable task) {
    Thread thread = new Thread(task, "prelude");
    thread.setDaemon(true);
    thread.start();
  }

  private static Compiled run(List<Source> sources, Options options, Diagnostics diagnostics) {
    options.phases().accept("read");
    // Another processor reads what is the same for all programs. The common pool's threads may all
    // be waiting for compilations like this one.
    CompletableFuture<Map<String, List<Form>>> prelude =
        CompletableFuture.supplyAsync(Library::prelude, Frontend::beside);
    List<List<Form>> forms = new ArrayList<>();
    for (Source source : sources) {
      forms.add(Reader.read(source, diagnostics));
    }
    if (!diagnostics.hasErrors()) {
      refuseEmpty(sources, forms, diagnostics);
    }
    if (diagnostics.hasErrors()) {
      return new Compiled(forms, forms, null, null, null);
    }
    options.phases().accept("expand");
    Library library = new Library(options, diagnostics, prelude.join());
    List<List<Form>> expanded = library.expand(forms);
    if (diagnostics.hasErrors()) {
      return new Compiled(forms, expanded, null, null, null);
    }
    options.phases().accept("resolve");
    Program program =
        Resolver.resolve(name(sources, options), expanded, Library.PRELUDE, library, diagnostics);
    if (diagnostics.hasErrors()) {
      return new Compiled(forms, expanded, program, null, null);
    }
    options.phases().accept("type");
    Typed typed = Typer.type(program, diagnostics);
    if (diagnostics.hasErrors()) {
      return new Compiled(forms, expanded, program, typed, null);
    }
    options.phases().accept("lower");
    Typed wanted = typed.withDebug(options.debug());
    Module module = Lowering.lower(wanted);
    return new Compiled(forms, expanded, program, wanted, module);
  }

  /** A source that says nothing is hardly the one that was meant. */
  private static void refuseEmpty(
      List<Source> sources, List<List<Form>> forms, Diagnostics diagnostics) {
    for (int i = 0; i < sources.size(); i++) {
      if (forms.get(i).isEmpty()) {
        String name = sources.get(i).name();
        diagnostics.add(
            Diagnostic.in(name, ReadCode.EMPTY, name + " holds no form")
                .withHelp("write what the program does, for example (log :answer 42)"));
      }
    }
  }

  private static String name(List<Source> sources, Options options) {
    if (options.name() != null) {
      return options.name();
    }
    String path = sources.isEmpty() ? "program" : sources.get(0).name();
    String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }
}
