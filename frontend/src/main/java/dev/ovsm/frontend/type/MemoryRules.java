package dev.ovsm.frontend.type;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.MemoryOperation;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Types raw loads and stores; addresses and values are {@code u64}. */
final class MemoryRules {
  private static final BigInteger FARTHEST = BigInteger.valueOf(1 << 24);
  private final FunctionTyper typer;

  MemoryRules(FunctionTyper typer) {
    this.typer = typer;
  }

  Hir apply(MemoryOperation operation, Ast.Apply apply) {
    List<Ast> arguments = apply.arguments();
    Optional<Hir> base = word(arguments.get(0));
    Optional<Hir> offset =
        arguments.size() > 1
            ? word(arguments.get(1))
            : Optional.of(new Hir.Constant(BigInteger.ZERO, Type.U64, apply.span()));
    Optional<Hir> value = operation.stores() ? word(arguments.get(2)) : Optional.empty();
    if (base.isEmpty() || offset.isEmpty() || (operation.stores() && value.isEmpty())) {
      return typer.agreement().broken(apply.span());
    }
    Hir address = base.get();
    int displacement = 0;
    Optional<BigInteger> known =
        Literals.constant(offset.get()).filter(o -> o.abs().compareTo(FARTHEST) < 0);
    if (known.isPresent()) {
      displacement = known.get().intValue();
    } else {
      address = new Hir.Shift(address, offset.get(), Type.U64, apply.span());
    }
    Type type = new Type.Int(operation.bytes() * 8, false);
    if (value.isPresent()) {
      Hir stored = Agreement.convert(value.get(), type, Mode.WRAP, apply.span());
      return new Hir.Store(address, displacement, stored, apply.span());
    }
    Hir loaded = new Hir.Load(address, displacement, type, apply.span());
    return operation.bytes() == 8
        ? loaded
        : new Hir.Convert(Mode.WRAP, loaded, Type.U64, apply.span());
  }

  private Optional<Hir> word(Ast ast) {
    return typer.word(ast);
  }
}
