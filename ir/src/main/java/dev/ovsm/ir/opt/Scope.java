package dev.ovsm.ir.opt;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a forward walk over a function knows: the rewritten definition of every value passed so far,
 * and the instructions of the block at hand.
 */
final class Scope {
  final Images images;
  private @Nullable Inst[] definitions;
  private List<Inst> insts = new ArrayList<>();

  Scope(Function function) {
    this.images = new Images(function);
    this.definitions = new Inst[images.size()];
  }

  /** The instructions since the last call; the next ones go to another block. */
  List<Inst> take() {
    List<Inst> taken = insts;
    insts = new ArrayList<>();
    return taken;
  }

  void add(Inst inst) {
    insts.add(inst);
    Value result = inst.result();
    if (result != null) {
      if (result.id() >= definitions.length) {
        definitions = Arrays.copyOf(definitions, Math.max(images.size(), 2 * result.id()));
      }
      definitions[result.id()] = inst;
    }
  }

  /** The instruction that defines a value; null for block parameters. */
  @Nullable Inst definition(Value value) {
    return value.id() < definitions.length ? definitions[value.id()] : null;
  }

  /** The number that a value always is; null if that is not known. */
  @Nullable Long constant(Value value) {
    return definition(value) instanceof Inst.Const constant ? constant.value() : null;
  }

  boolean is(Value value, long number) {
    Long constant = constant(value);
    return constant != null && constant == number;
  }

  /** A new constant before what comes next. */
  Value constant(Type type, long number, Span span) {
    Value value = images.fresh(type);
    add(new Inst.Const(value, type.canonical(number), span));
    return value;
  }
}
