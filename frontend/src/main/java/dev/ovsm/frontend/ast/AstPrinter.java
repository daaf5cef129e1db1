package dev.ovsm.frontend.ast;

import dev.ovsm.frontend.read.Form;
import dev.ovsm.frontend.read.FormPrinter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Prints a resolved program as text. */
public final class AstPrinter {
  private static final int WIDTH = 80;
  private final StringBuilder out = new StringBuilder();

  private AstPrinter() {}

  /** Everything that the user's sources define. */
  public static String print(Program program) {
    AstPrinter printer = new AstPrinter();
    program.constants().forEach((name, value) -> printer.constant(name, value));
    program
        .functions()
        .forEach((name, lambda) -> printer.top("function " + name.name(), name, lambda));
    program
        .entries()
        .forEach((name, entry) -> printer.top("program " + name.name(), name, entry.lambda()));
    return printer.out.toString();
  }

  private static boolean isUsers(Definition definition) {
    return !definition.span().source().isInternal();
  }

  private void constant(Definition name, Ast value) {
    if (isUsers(name)) {
      out.append("constant ").append(name.name()).append('\n');
      write(node(value), 1);
      out.append('\n');
    }
  }

  private void top(String title, Definition name, Ast.Lambda lambda) {
    if (isUsers(name)) {
      out.append(title).append(' ').append(parameters(lambda)).append('\n');
      write(node(lambda.body()), 1);
      out.append('\n');
    }
  }

  private static String parameters(Ast.Lambda lambda) {
    Form result = lambda.result();
    return lambda.parameters().stream()
        .map(parameter -> bound(parameter.variable()))
        .collect(
            Collectors.joining(
                " ", "(", result == null ? ")" : ") -> " + FormPrinter.print(result)));
  }

  /** A variable where it is bound, with the type that is written beside it. */
  private static String bound(Variable variable) {
    Form type = variable.type();
    return type == null
        ? variable.name()
        : "(" + variable.name() + " : " + FormPrinter.print(type) + ")";
  }

  /** A head with parts; no parts and no parentheses for an atom. */
  private record Node(String head, List<Node> parts, boolean isAtom) {
    String line(int room) {
      if (isAtom) {
        return head;
      }
      StringBuilder line = new StringBuilder("(").append(head);
      for (Node part : parts) {
        if (line.length() > room) {
          break;
        }
        line.append(line.length() == 1 ? "" : " ").append(part.line(room - line.length()));
      }
      return line.append(')').toString();
    }
  }

  private void write(Node node, int depth) {
    String indent = "  ".repeat(depth);
    String line = node.line(WIDTH);
    if (line.length() + indent.length() <= WIDTH || node.isAtom) {
      out.append(indent).append(line).append('\n');
      return;
    }
    boolean isCall = node.head.isEmpty() && !node.parts.isEmpty() && node.parts.get(0).isAtom;
    String head = isCall ? node.parts.get(0).head : node.head;
    out.append(indent).append('(').append(head).append('\n');
    node.parts.stream().skip(isCall ? 1 : 0).forEach(part -> write(part, depth + 1));
    out.append(indent).append(")\n");
  }

  private static Node atom(String text) {
    return new Node(text, List.of(), true);
  }

  private static Node list(String head, Ast... parts) {
    return new Node(head, nodes(List.of(parts)), false);
  }

  private static List<Node> nodes(List<? extends Ast> asts) {
    List<Node> nodes = new ArrayList<>();
    asts.forEach(ast -> nodes.add(node(ast)));
    return nodes;
  }

  private static Node node(Ast ast) {
    if (ast instanceof Ast.Whole whole) {
      return atom(whole.value() + (whole.suffix() == null ? "" : whole.suffix()));
    } else if (ast instanceof Ast.Fraction fraction) {
      return atom(fraction.value().toString());
    } else if (ast instanceof Ast.Text text) {
      return atom(FormPrinter.print(new Form.Text(text.value(), text.span())));
    } else if (ast instanceof Ast.Bool bool) {
      return atom(String.valueOf(bool.value()));
    } else if (ast instanceof Ast.Null) {
      return atom("null");
    } else if (ast instanceof Ast.PublicKey) {
      return atom(ast.span().text());
    } else if (ast instanceof Ast.Key key) {
      return atom(":" + key.name());
    } else if (ast instanceof Ast.Use use) {
      return atom(use.variable().name());
    } else if (ast instanceof Ast.Global global) {
      return atom(global.definition().name());
    } else if (ast instanceof Ast.Primitive primitive) {
      return atom(primitive.builtin().names().get(0));
    } else if (ast instanceof Ast.Define define) {
      return list("define " + bound(define.variable()), define.value());
    } else if (ast instanceof Ast.Assign assign) {
      return list("set!", assign.place(), assign.value());
    } else if (ast instanceof Ast.Do body) {
      return new Node("do", nodes(body.body()), false);
    } else if (ast instanceof Ast.If choice) {
      Ast otherwise = choice.otherwise();
      return otherwise == null
          ? list("if", choice.condition(), choice.then())
          : list("if", choice.condition(), choice.then(), otherwise);
    } else if (ast instanceof Ast.Logic logic) {
      return new Node(logic.conjunction() ? "and" : "or", nodes(logic.operands()), false);
    } else if (ast instanceof Ast.Apply apply) {
      List<Node> all = new ArrayList<>(List.of(node(apply.function())));
      all.addAll(nodes(apply.arguments()));
      return new Node("", all, false);
    } else if (ast instanceof Ast.Vector vector) {
      return new Node("vector", nodes(vector.items()), false);
    } else if (ast instanceof Ast.Fields fields) {
      List<Node> parts = new ArrayList<>();
      for (Ast.Field field : fields.fields()) {
        parts.add(new Node(":" + field.name(), List.of(node(field.value())), false));
      }
      return new Node("record", parts, false);
    }
    return control(ast);
  }

  private static Node control(Ast ast) {
    if (ast instanceof Ast.While loop) {
      return list("while", loop.condition(), loop.body());
    } else if (ast instanceof Ast.Count count) {
      String head = "count " + bound(count.variable());
      return list(head, count.from(), count.to(), count.step(), count.body());
    } else if (ast instanceof Ast.Each each) {
      return list("each " + bound(each.variable()), each.collection(), each.body());
    } else if (ast instanceof Ast.Case select) {
      List<Node> parts = new ArrayList<>(List.of(node(select.value())));
      for (Ast.Clause clause : select.clauses()) {
        Node keys = new Node("", nodes(clause.keys()), false);
        parts.add(new Node("clause", List.of(keys, node(clause.body())), false));
      }
      Ast otherwise = select.otherwise();
      parts.addAll(otherwise == null ? Collections.emptyList() : List.of(node(otherwise)));
      return new Node("case", parts, false);
    } else if (ast instanceof Ast.TypeCase select) {
      List<Node> parts = new ArrayList<>(List.of(node(select.value())));
      for (Ast.TypeClause clause : select.clauses()) {
        List<Node> types =
            clause.types().stream().map(type -> atom(FormPrinter.print(type))).toList();
        parts.add(
            new Node("clause", List.of(new Node("", types, false), node(clause.body())), false));
      }
      Ast otherwise = select.otherwise();
      parts.addAll(otherwise == null ? Collections.emptyList() : List.of(node(otherwise)));
      return new Node("typecase", parts, false);
    } else if (ast instanceof Ast.MapEach each) {
      String head = "map-for-each " + bound(each.key()) + " " + bound(each.value());
      return list(head, each.map(), each.body());
    } else if (ast instanceof Ast.MakeLike make) {
      return list("make-like", make.collection());
    } else if (ast instanceof Ast.Break) {
      return list("break");
    } else if (ast instanceof Ast.Continue) {
      return list("continue");
    } else if (ast instanceof Ast.Return leave) {
      Ast value = leave.value();
      return value == null ? list("return") : list("return", value);
    } else if (ast instanceof Ast.Lambda lambda) {
      return list("lambda " + parameters(lambda), lambda.body());
    } else if (ast instanceof Ast.Make make) {
      return list("make " + FormPrinter.print(make.type()));
    } else if (ast instanceof Ast.The the) {
      return list("the " + FormPrinter.print(the.type()), the.value());
    } else if (ast instanceof Ast.Finally last) {
      return list("finally", last.body(), last.end());
    } else if (ast instanceof Ast.Range range) {
      Ast step = range.step();
      return step == null
          ? list("range", range.from(), range.to())
          : list("range", range.from(), range.to(), step);
    } else if (ast instanceof Ast.Catch caught) {
      return list("catch " + caught.tag(), caught.body());
    } else if (ast instanceof Ast.Throw thrown) {
      return list("throw " + thrown.tag(), thrown.value());
    } else if (ast instanceof Ast.Try attempt) {
      String head = "try " + attempt.error().name();
      return list(head, attempt.body(), attempt.handler());
    }
    return ast instanceof Ast.TypeName name ? atom(FormPrinter.print(name.type())) : atom("broken");
  }
}
