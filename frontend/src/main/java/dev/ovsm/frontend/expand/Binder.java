package dev.ovsm.frontend.expand;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.FormPrinter;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds parameters to arguments: nested lists take lists apart, {@code &rest} takes what is left.
 */
final class Binder {
  private final Evaluator evaluator;
  private final String name;

  Binder(Evaluator evaluator, String name) {
    this.evaluator = evaluator;
    this.name = name;
  }

  void bind(Form parameters, List<Value> arguments, Environment into, Span at) {
    if (!(parameters instanceof Form.Sequence list)) {
      throw wrong(parameters.span(), "parameters stand in a list", parameters);
    }
    String mode = "";
    int next = 0;
    List<Value> rest = new ArrayList<>(arguments);
    for (Form parameter : list.items()) {
      if (parameter instanceof Form.Symbol marker && marker.name().startsWith("&")) {
        mode = marker.name();
        rest =
            new ArrayList<>(arguments.subList(Math.min(next, arguments.size()), arguments.size()));
        continue;
      }
      switch (mode) {
        case "&rest", "&body" -> {
          one(parameter, Evaluator.list(rest, at), into, at);
          next = arguments.size();
        }
        case "&key" -> key(parameter, rest, into, at);
        case "&optional" -> {
          boolean given = next < arguments.size();
          one(target(parameter), given ? arguments.get(next) : fallback(parameter, into), into, at);
          next += given ? 1 : 0;
        }
        default -> {
          if (next >= arguments.size()) {
            throw wrong(
                at, "the argument " + shown(parameter) + " of " + name + " is missing", list);
          }
          one(parameter, arguments.get(next++), into, at);
        }
      }
    }
    if (next < arguments.size() && !mode.equals("&key")) {
      String most = next + (next == 1 ? " argument" : " arguments");
      throw wrong(at, name + " takes " + most + ", and this gives it " + arguments.size(), list);
    }
  }

  private void key(Form parameter, List<Value> rest, Environment into, Span at) {
    Form target = target(parameter);
    String wanted = target instanceof Form.Symbol symbol ? symbol.name() : "";
    for (int i = 0; i + 1 < rest.size(); i += 2) {
      if (rest.get(i) instanceof Value.Data data
          && data.form() instanceof Form.Keyword keyword
          && keyword.name().equals(wanted)) {
        one(target, rest.get(i + 1), into, at);
        return;
      }
    }
    one(target, fallback(parameter, into), into, at);
  }

  private void one(Form parameter, Value value, Environment into, Span at) {
    if (parameter instanceof Form.Symbol symbol) {
      into.define(symbol.name(), value);
    } else if (parameter instanceof Form.Sequence) {
      bind(parameter, Evaluator.items(value, at), into, at);
    } else {
      throw wrong(parameter.span(), "a parameter is a name or a list of parameters", parameter);
    }
  }

  private static Form target(Form parameter) {
    return parameter instanceof Form.Sequence pair && pair.items().size() == 2
        ? pair.items().get(0)
        : parameter;
  }

  private Value fallback(Form parameter, Environment scope) {
    return parameter instanceof Form.Sequence pair && pair.items().size() == 2
        ? evaluator.evaluate(pair.items().get(1), scope)
        : new Value.Data(new Form.Null(parameter.span()));
  }

  private static String shown(Form parameter) {
    return FormPrinter.print(parameter);
  }

  private Failed wrong(Span at, String message, Form parameters) {
    String shape = shown(parameters);
    String rest = shape.startsWith("(") ? shape.substring(1) : shape + ")";
    String gap = rest.equals(")") ? "" : " ";
    return new Failed(
        Diagnostic.at(at, LanguageCode.WRONG_ARGUMENTS, message)
            .withHelp("call it as (" + name + gap + rest));
  }
}
