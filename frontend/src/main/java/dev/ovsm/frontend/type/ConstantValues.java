package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.HirParts;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Computes the values of constants to find those that have none, before a program fails by them.
 *
 * <p>What is computed with numbers of an open type is not held to any; so a constant that nothing
 * uses is looked at while its types are open, and others when their uses have settled them.
 */
final class ConstantValues {
  private final Context context;
  private final List<Use> uses = new ArrayList<>();
  private final Set<Definition> used = new HashSet<>();

  private boolean looks;

  private record Use(Definition definition, Hir value, Span at) {}

  ConstantValues(Context context) {
    this.context = context;
  }

  /** A constant stands for this value somewhere. */
  void use(Definition definition, Hir value, Span at) {
    if (!looks) {
      used.add(definition);
      uses.add(new Use(definition, value, at));
    }
  }

  /** Whether a constant stands for its value somewhere. */
  boolean isUsed(Definition definition) {
    return used.contains(definition);
  }

  /** Looks at a constant if nothing uses it; what it uses itself is looked at with it. */
  void checkUnused(Definition definition, Supplier<Hir> value) {
    if (!used.contains(definition)) {
      looks = true;
      check(definition, value.get(), definition.span());
      looks = false;
    }
  }

  /** Looks at all values that are in use, whose types are known by now. */
  void check() {
    uses.forEach(use -> check(use.definition, use.value, use.at));
  }

  private void check(Definition definition, Hir value, Span at) {
    if (!definition.span().source().isInternal()) {
      new Computing(definition, at).value(value);
    }
  }

  /** The value of one constant. */
  private final class Computing {
    private final Definition definition;
    private final Span at;

    Computing(Definition definition, Span at) {
      this.definition = definition;
      this.at = at;
    }

    /** The value, if it is a whole number that is known. */
    Optional<BigInteger> value(Hir hir) {
      if (hir instanceof Hir.Constant constant) {
        return Optional.of(constant.value());
      } else if (hir instanceof Hir.NegativeZero) {
        return Optional.of(BigInteger.ZERO);
      } else if (hir instanceof Hir.Rename rename) {
        return value(rename.value());
      } else if (hir instanceof Hir.Convert convert) {
        return value(convert.value())
            .flatMap(v -> fitted(v, convert.mode(), convert.type(), hir.span()));
      } else if (hir instanceof Hir.Arithmetic arithmetic) {
        return computed(arithmetic);
      }
      if (!(hir instanceof Hir.If || hir instanceof Hir.Switch || hir instanceof Hir.Try)) {
        HirParts.of(hir).forEach(this::value);
      }
      return Optional.empty();
    }

    private Optional<BigInteger> computed(Hir.Arithmetic hir) {
      Optional<BigInteger> left = value(hir.left());
      Optional<BigInteger> right = value(hir.right());
      boolean divides = hir.op() == BinaryOp.DIV || hir.op() == BinaryOp.REM;
      boolean whole = !(Type.resolved(hir.type()) instanceof Type.Basic);
      if (divides && whole && right.filter(by -> by.signum() == 0).isPresent()) {
        fails(hir.span(), "it divides by zero", "divide by something else");
        return Optional.empty();
      }
      return left.flatMap(a -> right.flatMap(b -> Literals.fold(hir, a, b)))
          .flatMap(v -> fitted(v, hir.mode(), hir.type(), hir.span()));
    }

    private Optional<BigInteger> fitted(BigInteger value, Mode mode, Type type, Span span) {
      if (!(Type.resolved(type) instanceof Type.Int to)) {
        return Optional.of(value);
      } else if (Literals.fits(value, to)) {
        return Optional.of(value);
      } else if (mode == Mode.WRAP) {
        return Optional.of(Literals.wrapped(value, to));
      }
      fails(
          span,
          value + " does not fit " + to.word(),
          "change what it is computed of, or give it a wider type");
      return Optional.empty();
    }

    private void fails(Span span, String reason, String help) {
      Diagnostic report =
          Diagnostic.at(
                  span,
                  LanguageCode.CONSTANT_FAILS,
                  "the constant " + definition.name() + " has no value: " + reason)
              .withHelp(help);
      boolean isElsewhere = at.isReal() && !at.equals(definition.span());
      context.report(isElsewhere ? report.withLabel(at, "used here") : report);
    }
  }
}
