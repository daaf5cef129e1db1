package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.List;

/** Makes two types one by binding type variables; what cannot be one stays as it was. */
final class Unifier {
  private Unifier() {}

  /** Whether the types now are one; {@code at} is remembered as the place that decided. */
  static boolean unify(Type left, Type right, Span at) {
    Type a = Type.resolved(left);
    Type b = Type.resolved(right);
    if (a == b) {
      return true;
    }
    if (a == Basic.BROKEN || b == Basic.BROKEN) {
      Type other = a == Basic.BROKEN ? b : a;
      if (other instanceof Type.Var var) {
        var.bind(Basic.BROKEN, at);
      }
      return true;
    }
    if (a instanceof Type.Var va && b instanceof Type.Var vb) {
      boolean leftIsNarrower = va.freedom().compareTo(vb.freedom()) >= 0;
      if (leftIsNarrower) {
        vb.bind(va, at);
      } else {
        va.bind(vb, at);
      }
      return true;
    }
    if (a instanceof Type.Var var) {
      return bind(var, b, at);
    }
    if (b instanceof Type.Var var) {
      return bind(var, a, at);
    }
    return structurally(a, b, at);
  }

  private static boolean structurally(Type a, Type b, Span at) {
    if (a instanceof Type.Option left && b instanceof Type.Option right) {
      return unify(left.of(), right.of(), at);
    }
    if (a instanceof Type.Array left && b instanceof Type.Array right) {
      return left.length() == right.length() && unify(left.of(), right.of(), at);
    }
    if (a instanceof Type.Vec left && b instanceof Type.Vec right) {
      return left.most() == right.most() && unify(left.of(), right.of(), at);
    }
    if (a instanceof Type.Fields left && b instanceof Type.Fields right) {
      return fields(left.fields(), right.fields(), at);
    }
    if (a instanceof Type.Closure left && b instanceof Type.Closure right) {
      return left.lambda().equals(right.lambda()) && all(left.captures(), right.captures(), at);
    }
    if (a instanceof Type.Choice left && b instanceof Type.Choice right) {
      return all(List.copyOf(left.options()), List.copyOf(right.options()), at);
    }
    return a.equals(b);
  }

  private static boolean fields(List<Type.Field> left, List<Type.Field> right, Span at) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      Type.Field a = left.get(i);
      Type.Field b = right.get(i);
      if (!a.name().equals(b.name()) || !unify(a.type(), b.type(), at)) {
        return false;
      }
    }
    return true;
  }

  private static boolean all(List<Type> left, List<Type> right, Span at) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!unify(left.get(i), right.get(i), at)) {
        return false;
      }
    }
    return true;
  }

  private static boolean bind(Type.Var var, Type type, Span at) {
    boolean allowed =
        switch (var.freedom()) {
          case ANY -> !mentions(type, var);
          case NUMBER -> type instanceof Type.Int || type == Basic.F64 || type == Basic.DECIMAL;
          case FRACTION -> type == Basic.F64 || type == Basic.DECIMAL;
        };
    if (allowed) {
      var.bind(type, at);
    }
    return allowed;
  }

  private static boolean mentions(Type type, Type.Var var) {
    Type known = Type.resolved(type);
    if (known == var) {
      return true;
    }
    if (known instanceof Type.Option option) {
      return mentions(option.of(), var);
    }
    if (known instanceof Type.Array array) {
      return mentions(array.of(), var);
    }
    if (known instanceof Type.Vec vec) {
      return mentions(vec.of(), var);
    }
    if (known instanceof Type.Fields fields) {
      return fields.fields().stream().anyMatch(field -> mentions(field.type(), var));
    }
    if (known instanceof Type.Choice choice) {
      return choice.parts().stream().anyMatch(part -> mentions(part, var));
    }
    return known instanceof Type.Closure closure
        && closure.captures().stream().anyMatch(capture -> mentions(capture, var));
  }

  /** Gives a variable that nothing constrained its default type. */
  static void close(Type type, Span at) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Var var) {
      var.bind(
          switch (var.freedom()) {
            case ANY -> Basic.UNIT;
            case NUMBER -> Type.I64;
            case FRACTION -> Basic.F64;
          },
          at);
    } else if (known instanceof Type.Option option) {
      close(option.of(), at);
    } else if (known instanceof Type.Array array) {
      close(array.of(), at);
    } else if (known instanceof Type.Vec vec) {
      close(vec.of(), at);
    } else if (known instanceof Type.Fields fields) {
      fields.fields().forEach(field -> close(field.type(), at));
    } else if (known instanceof Type.Closure closure) {
      closure.captures().forEach(capture -> close(capture, at));
    } else if (known instanceof Type.Choice choice) {
      choice.parts().forEach(part -> close(part, at));
    }
  }
}
