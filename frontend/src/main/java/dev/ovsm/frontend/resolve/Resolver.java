package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.read.Form;
import java.util.List;

/** Resolves the forms of all sources of a program against each other and the standard library. */
public final class Resolver {
  private Resolver() {}

  /**
   * The program that the sources define together.
   *
   * @param name the program's name, for messages and the manifest
   * @param sources the top-level forms of each source
   * @param prelude the names of the library's modules that every program sees
   */
  public static Program resolve(
      String name,
      List<List<Form>> sources,
      List<String> prelude,
      Modules modules,
      Diagnostics diagnostics) {
    Names names = new Names(modules, diagnostics);
    prelude.forEach(names::load);
    boolean isBare = sources.stream().noneMatch(Resolver::makesProgram);
    Declarations declarations = new Declarations(names, false, isBare);
    sources.forEach(declarations::note);
    for (List<Form> source : sources) {
      declarations.declare(source);
    }
    declarations.finish(whole(sources));
    names.resolveAll();
    return names.program(name);
  }

  /** The names that every program can use: special forms, operations, the library's prelude. */
  public static List<String> names(List<String> prelude, Modules modules) {
    Names names = new Names(modules, new Diagnostics());
    prelude.forEach(names::load);
    return names.visible();
  }

  private static boolean makesProgram(List<Form> source) {
    return source.stream()
        .anyMatch(
            form ->
                form instanceof Form.Sequence list
                    && (list.startsWith("define-program")
                        || list.startsWith("define-autonomous-program")
                        || (list.startsWith("do") && makesProgram(list.items()))));
  }

  private static Span whole(List<List<Form>> sources) {
    for (List<Form> source : sources) {
      if (!source.isEmpty()) {
        return source.get(0).span().to(source.get(source.size() - 1).span());
      }
    }
    return Span.none();
  }
}
