package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which argument of a call of an intrinsic is which parameter's: in order, or by its name. */
final class SyscallArguments {
  private final Context context;
  private final Program.Syscall syscall;

  SyscallArguments(Context context, Program.Syscall syscall) {
    this.context = context;
    this.syscall = syscall;
  }

  /** The arguments by parameter name; a parameter may have several names. */
  Optional<Map<String, Ast>> match(Ast.Apply apply) {
    Map<String, Ast> found = new LinkedHashMap<>();
    List<Program.SyscallParameter> parameters = syscall.parameters();
    List<Ast> given = apply.arguments();
    int at = 0;
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) instanceof Ast.Key key && i + 1 < given.size()) {
        Optional<Program.SyscallParameter> named =
            parameters.stream().filter(p -> p.names().contains(key.name())).findFirst();
        if (named.isEmpty()) {
          return unknown(key);
        }
        found.put(named.get().name(), given.get(++i));
      } else if (at < parameters.size()) {
        found.put(parameters.get(at++).name(), given.get(i));
      } else {
        return wrong(given.get(i).span(), syscall.name() + " takes fewer arguments");
      }
    }
    for (Program.SyscallParameter parameter : parameters) {
      if (parameter.fallback() == null && !found.containsKey(parameter.name())) {
        return wrong(apply.span(), syscall.name() + " lacks its argument " + parameter.name());
      }
    }
    return Optional.of(found);
  }

  private Optional<Map<String, Ast>> unknown(Ast.Key key) {
    String message = syscall.name() + " has no parameter :" + key.name();
    List<String> names = new ArrayList<>();
    syscall.parameters().forEach(p -> names.addAll(p.names()));
    if (RegistrationOptions.areFor(syscall)) {
      names.addAll(RegistrationOptions.words());
    }
    context.reportUnknown(report(key.span(), message), key.span(), key.name(), names);
    return Optional.empty();
  }

  private Optional<Map<String, Ast>> wrong(Span span, String message) {
    context.report(report(span, message));
    return Optional.empty();
  }

  private Diagnostic report(Span span, String message) {
    String parameters =
        syscall.parameters().stream()
            .map(p -> p.fallback() == null ? p.name() : "[" + p.name() + "]")
            .collect(Collectors.joining(" ", "(" + syscall.name() + " ", ")"));
    return Diagnostic.at(span, LanguageCode.WRONG_ARGUMENTS, message)
        .withHelp("call it as " + parameters + ", in order or each after its :name");
  }
}
