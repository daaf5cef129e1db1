package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Types {@code if}, {@code and} and {@code or}. */
final class Conditions {
  private final FunctionTyper typer;

  Conditions(FunctionTyper typer) {
    this.typer = typer;
  }

  Hir choose(Ast.If choice, boolean used) {
    Hir condition = typer.condition(choice.condition());
    List<Hir> branches = new ArrayList<>();
    branches.add(used ? typer.value(choice.then()) : typer.effect(choice.then()));
    if (choice.otherwise() == null) {
      branches.add(new Hir.Nothing(Basic.UNIT, choice.span()));
    } else {
      branches.add(used ? typer.value(choice.otherwise()) : typer.effect(choice.otherwise()));
    }
    if (!used) {
      return new Hir.If(condition, branches.get(0), branches.get(1), Basic.UNIT, choice.span());
    }
    Type type = typer.agreement().join(branches, choice.span(), "the branches");
    return new Hir.If(condition, branches.get(0), branches.get(1), type, choice.span());
  }

  Hir logic(Ast.Logic logic) {
    List<Ast> operands = logic.operands();
    Hir last = typer.value(operands.get(operands.size() - 1));
    boolean isDefault =
        !logic.conjunction() && operands.size() == 2 && !(Type.resolved(last.type()) == Basic.BOOL);
    if (isDefault) {
      Hir first = typer.value(operands.get(0));
      if (Type.resolved(first.type()) instanceof Type.Option option) {
        return orElse(first, option, last, logic.span());
      }
      Hir truth = typer.agreement().truth(first);
      Hir yes = new Hir.Constant(BigInteger.ONE, Basic.BOOL, logic.span());
      return new Hir.If(truth, yes, typer.agreement().truth(last), Basic.BOOL, logic.span());
    }
    Hir result = typer.agreement().truth(last);
    for (int i = operands.size() - 2; i >= 0; i--) {
      Hir condition = typer.condition(operands.get(i));
      BigInteger known = logic.conjunction() ? BigInteger.ZERO : BigInteger.ONE;
      Hir decided = new Hir.Constant(known, Basic.BOOL, logic.span());
      result =
          logic.conjunction()
              ? new Hir.If(condition, result, decided, Basic.BOOL, logic.span())
              : new Hir.If(condition, decided, result, Basic.BOOL, logic.span());
    }
    return result;
  }

  /** The exit code that a value is: of an option the value, or 0 if there is none. */
  Hir code(Hir value) {
    if (!(Type.resolved(value.type()) instanceof Type.Option option)) {
      return value;
    }
    Type of = Type.resolved(option.of());
    boolean isNumber =
        of instanceof Type.Int
            || of == Basic.BOOL
            || (of instanceof Type.Var var && var.freedom() == Type.Freedom.NUMBER);
    Hir zero = new Hir.Constant(BigInteger.ZERO, of, value.span());
    return isNumber ? orElse(value, option, zero, value.span()) : value;
  }

  private Hir orElse(Hir first, Type.Option option, Hir last, Span span) {
    Local local = typer.context().local("value", first.type(), span);
    Hir read = new Hir.Read(local, span);
    Hir present = new Hir.Unwrap(read, option.of(), span);
    List<Hir> branches = new ArrayList<>(List.of(present, last));
    Type type = typer.agreement().join(branches, span, "the values");
    Hir choice =
        new Hir.If(new Hir.IsPresent(read, span), branches.get(0), branches.get(1), type, span);
    return new Hir.Sequence(List.of(new Hir.Write(local, first, span), choice), span);
  }
}
