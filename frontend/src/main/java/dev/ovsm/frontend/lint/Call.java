package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Fix;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of something that has a name, with its arguments by the names of their parameters;
 * arguments of the language's own operations have their places as names.
 */
record Call(String name, Map<String, Ast> arguments, Ast.Apply apply) {

  static Optional<Call> of(Ast ast, Program program) {
    if (!(ast instanceof Ast.Apply apply)) {
      return Optional.empty();
    }
    if (apply.function() instanceof Ast.Primitive primitive) {
      String name = primitive.builtin().names().get(0);
      return Optional.of(new Call(name, named(apply.arguments(), List.of()), apply));
    }
    if (!(apply.function() instanceof Ast.Global global)) {
      return Optional.empty();
    }
    Definition definition = global.definition();
    Program.Syscall syscall = program.syscalls().get(definition);
    if (syscall != null) {
      List<List<String>> parameters =
          syscall.parameters().stream().map(Program.SyscallParameter::names).toList();
      return Optional.of(new Call(syscall.name(), named(apply.arguments(), parameters), apply));
    }
    Ast.Lambda function = program.functions().get(definition);
    List<List<String>> parameters =
        function == null
            ? List.of()
            : function.parameters().stream().map(p -> List.of(p.variable().name())).toList();
    return Optional.of(new Call(definition.name(), named(apply.arguments(), parameters), apply));
  }

  /** The arguments by name; the data of a trigger as if it stood among them. */
  private static Map<String, Ast> named(List<Ast> given, List<List<String>> parameters) {
    Map<String, Ast> named = new LinkedHashMap<>();
    int at = 0;
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) instanceof Ast.Key key && i + 1 < given.size()) {
        String name =
            parameters.stream()
                .filter(names -> names.contains(key.name()))
                .findFirst()
                .map(names -> names.get(0))
                .orElse(key.name());
        named.put(name, given.get(++i));
      } else {
        named.put(at < parameters.size() ? parameters.get(at).get(0) : "" + at, given.get(i));
        at++;
      }
    }
    if (named.get("trigger-data") instanceof Ast.Fields fields) {
      fields.fields().forEach(field -> named.put(field.name(), field.value()));
    }
    return named;
  }

  /** A fix that gives the call one more argument, by a keyword. */
  Fix adding(String argument, String description) {
    Span whole = apply.span();
    Span end = new Span(whole.source(), whole.end() - 1, whole.end() - 1);
    return new Fix(description, end, " " + argument);
  }

  Optional<Ast> argument(String parameter) {
    return Optional.ofNullable(arguments.get(parameter));
  }
}
