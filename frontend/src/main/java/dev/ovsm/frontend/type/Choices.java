package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.hir.Arm;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one value of different functions: a number that says which of them it is, and what each of
 * them captures. A call selects by the number, so every target is known.
 */
final class Choices {
  private final Context context;

  Choices(Context context) {
    this.context = context;
  }

  /** The type that holds any of the functions that values are; empty if some value is none. */
  Optional<Type.Choice> of(List<Type> types) {
    List<Type.Closure> all = new ArrayList<>();
    for (Type type : types) {
      Optional<List<Type.Closure>> options = options(type);
      if (options.isEmpty()) {
        return Optional.empty();
      }
      for (Type.Closure option : options.get()) {
        if (index(all, option) < 0) {
          all.add(option);
        }
      }
    }
    return all.size() < 2 ? Optional.empty() : Optional.of(new Type.Choice(all));
  }

  /** The type of the only function that values are; empty if there are others. */
  Optional<Type> one(List<Type> types) {
    List<Type> all =
        types.stream()
            .flatMap(type -> options(type).stream().flatMap(List::stream))
            .map(Type::closed)
            .distinct()
            .toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** What is said of a place that one function is kept in, and not another. */
  static Diagnostic differ(Span at, Span one, Span other) {
    Diagnostic report =
        Diagnostic.at(
                at, LanguageCode.TYPE_MISMATCH, "these are two different functions in one place")
            .withHelp("call each where it is chosen: (if condition (f x) (g x))")
            .withNote("a place has room for functions that capture only what is defined before it");
    report = one.isReal() && !one.equals(at) ? report.withLabel(one, "one function") : report;
    return other.equals(at) ? report : report.withLabel(other, "another function");
  }

  /** Functions that are all of a choice, each as one of it. */
  List<Hir> as(List<Hir> functions, Type.Choice choice) {
    return functions.stream().flatMap(function -> as(function, choice).stream()).toList();
  }

  /** The functions that a value of a type may be; empty if it is none. */
  Optional<List<Type.Closure>> options(Type type) {
    if (type instanceof Type.Closure closure) {
      return Optional.of(List.of(closure));
    } else if (type instanceof Type.Choice choice) {
      return Optional.of(choice.options());
    } else if (type instanceof Type.Named named
        && named.definition().kind() == Definition.Kind.FUNCTION) {
      Ast.@Nullable Lambda lambda = context.program().functions().get(named.definition());
      return Optional.ofNullable(lambda).map(known -> List.of(new Type.Closure(known, List.of())));
    }
    return Optional.empty();
  }

  private static int index(List<Type.Closure> all, Type.Closure wanted) {
    for (int i = 0; i < all.size(); i++) {
      if (Type.closed(all.get(i)).equals(Type.closed(wanted))) {
        return i;
      }
    }
    return -1;
  }

  /** The value as one of a choice, or as the only function; empty if it may be another. */
  Optional<Hir> as(Hir value, Type to) {
    Type type = Type.resolved(value.type());
    Optional<List<Type.Closure>> options = options(type);
    if (!(to instanceof Type.Choice choice)) {
      return type instanceof Type.Named && options.equals(Optional.of(List.of(to)))
          ? Optional.of(new Hir.Compose(List.of(), to, value.span()))
          : Optional.empty();
    }
    boolean fits =
        options.isPresent()
            && options.get().stream().allMatch(option -> index(choice.options(), option) >= 0);
    if (!fits) {
      return Optional.empty();
    }
    if (type.equals(choice)) {
      return Optional.of(value);
    }
    Span span = value.span();
    List<Hir> body = new ArrayList<>();
    if (type instanceof Type.Named) {
      body.add(value);
      Type.Closure option = options.get().get(0);
      body.add(made(choice, index(choice.options(), option), List.of(), span));
      return Optional.of(new Hir.Sequence(body, span));
    }
    Local local = context.local("function", type, span);
    body.add(new Hir.Write(local, value, span));
    Hir read = new Hir.Read(local, span);
    if (type instanceof Type.Closure closure) {
      int index = index(choice.options(), closure);
      body.add(made(choice, index, captures(read, 0, closure), span));
      return Optional.of(new Hir.Sequence(body, span));
    }
    body.add(renumbered(read, (Type.Choice) type, choice, span));
    return Optional.of(new Hir.Sequence(body, span));
  }

  /** A choice among fewer functions as one among more. */
  private static Hir renumbered(Hir read, Type.Choice from, Type.Choice to, Span span) {
    List<Hir> each = new ArrayList<>();
    int first = 1;
    for (Type.Closure option : from.options()) {
      int index = index(to.options(), option);
      each.add(made(to, index, captures(read, first, option), span));
      first += option.captures().size();
    }
    return select(read, each, to, span);
  }

  private static List<Hir> captures(Hir read, int first, Type.Closure closure) {
    List<Hir> captures = new ArrayList<>();
    for (int i = 0; i < closure.captures().size(); i++) {
      captures.add(new Hir.Part(read, first + i, closure.captures().get(i), read.span()));
    }
    return captures;
  }

  private static Hir made(Type.Choice choice, int index, List<Hir> captures, Span span) {
    List<Hir> parts = new ArrayList<>();
    parts.add(new Hir.Constant(BigInteger.valueOf(index), Type.U64, span));
    for (int i = 0; i < choice.options().size(); i++) {
      if (i == index) {
        parts.addAll(captures);
      } else {
        choice.options().get(i).captures().forEach(type -> parts.add(new Hir.Zeros(type, span)));
      }
    }
    return new Hir.Compose(parts, choice, span);
  }

  /** What the function that a choice is gives: {@code each} has a value for every option. */
  static Hir select(Hir read, List<Hir> each, Type type, Span span) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < each.size() - 1; i++) {
      arms.add(new Arm(List.of(BigInteger.valueOf(i)), each.get(i)));
    }
    Hir number = new Hir.Part(read, 0, Type.U64, span);
    return new Hir.Switch(number, arms, each.get(each.size() - 1), type, span);
  }

  /** The functions of a choice as values of their own, taken out of it. */
  static List<Hir> each(Hir read, Type.Choice choice, Span span) {
    List<Hir> all = new ArrayList<>();
    int first = 1;
    for (Type.Closure option : choice.options()) {
      all.add(new Hir.Compose(captures(read, first, option), option, span));
      first += option.captures().size();
    }
    return all;
  }

  /** Whether a branch of this type says nothing of which function is meant. */
  static boolean isSilent(Type type) {
    return type == Basic.NEVER || type == Basic.BROKEN;
  }
}
