package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads values in Borsh from bytes of a known length; what they do not hold fails the invocation.
 */
final class BorshReader {
  private final BodyLowering body;
  private final Emitter emitter;
  private final Variable at;
  private final Value end;
  private final Failure failure;

  /** Reads from {@code start}, an address, up to {@code end}, a {@code U64}. */
  BorshReader(BodyLowering body, Value start, Value end, Failure failure, Span span) {
    this.body = body;
    this.emitter = body.emitter();
    this.end = end;
    this.failure = failure;
    this.at = emitter.temporaries("at", List.of(dev.ovsm.ir.Type.PTR)).get(0);
    emitter.at(span).write(at, start);
  }

  /** The words of the next value. */
  List<Value> read(Type type, Span span) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Fields fields) {
      List<Value> words = new ArrayList<>();
      fields.fields().forEach(field -> words.addAll(read(field.type(), span)));
      return words;
    }
    if (known == Basic.STRING) {
      Value length = emitter.load(dev.ovsm.ir.Type.U32, take(4, span), 0, span);
      Value bytes = emitter.convert(dev.ovsm.ir.Type.U64, Mode.WRAP, length, span);
      return List.of(take(bytes, span), bytes);
    }
    if (known instanceof Type.Option option) {
      return option(option, span);
    }
    if (known instanceof Type.Vec vec) {
      return List.of(vec(vec, span));
    }
    Value address = take(Sizes.of(known), span);
    if (known == Basic.BOOL) {
      requireTruth(emitter, address, 0, failure, span);
    }
    return body.storage().load(known, address, 0, span);
  }

  /** Fails unless the byte of a truth value, or before an option, is 0 or 1. */
  static void requireTruth(Emitter emitter, Value address, int offset, Failure failure, Span span) {
    Value byteThere = emitter.load(dev.ovsm.ir.Type.U8, address, offset, span);
    Value one = emitter.constant(dev.ovsm.ir.Type.U8, 1, span);
    emitter.require(emitter.compare(Comparison.LE, byteThere, one, span), failure, span);
  }

  /** A vector in the frame: so many elements as there are, which have room in it. */
  private Value vec(Type.Vec vec, Span span) {
    Value count = emitter.load(dev.ovsm.ir.Type.U32, take(Type.Vec.HEADER, span), 0, span);
    Value length = emitter.convert(dev.ovsm.ir.Type.U64, Mode.WRAP, count, span);
    Value most = emitter.constant(dev.ovsm.ir.Type.U64, vec.most(), span);
    emitter.require(emitter.compare(Comparison.LE, length, most, span), failure, span);
    Value size = emitter.constant(dev.ovsm.ir.Type.U64, Sizes.of(vec.of()), span);
    Value bytes = emitter.binary(BinaryOp.MUL, Mode.WRAP, length, size, span);
    Value from = take(bytes, span);
    Value slot = emitter.slot(Sizes.of(vec), 8, span);
    emitter.store(slot, 0, count, span);
    Value room = emitter.shift(slot, Type.Vec.HEADER, span);
    emitter.syscall("sol_memcpy_", List.of(room, from, bytes), span);
    return slot;
  }

  private List<Value> option(Type.Option option, Span span) {
    FunctionBuilder builder = emitter.at(span);
    List<Variable> words = emitter.temporaries("option", Words.of(option));
    for (Variable word : words) {
      builder.write(word, builder.constant(word.type(), 0));
    }
    Value before = take(1, span);
    requireTruth(emitter, before, 0, failure, span);
    Value flag = emitter.load(dev.ovsm.ir.Type.BOOL, before, 0, span);
    int present = builder.block();
    int after = builder.block();
    emitter.at(span).branch(flag, present, after);
    builder.enter(present);
    List<Value> value = Options.present(read(option.of(), span), option.of(), emitter, span);
    emitter.at(span);
    for (int i = 0; i < words.size(); i++) {
      builder.write(words.get(i), value.get(i));
    }
    builder.jump(after);
    builder.enter(after);
    return words.stream().map(builder::read).toList();
  }

  private Value take(int bytes, Span span) {
    return take(emitter.constant(dev.ovsm.ir.Type.U64, bytes, span), span);
  }

  private Value take(Value bytes, Span span) {
    Value start = emitter.at(span).read(at);
    Value from = emitter.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, start, span);
    Value left = emitter.binary(BinaryOp.SUB, Mode.WRAP, end, from, span);
    emitter.require(emitter.compare(Comparison.LE, bytes, left, span), failure, span);
    Value next = emitter.binary(BinaryOp.ADD, Mode.WRAP, start, bytes, span);
    emitter.at(span).write(at, next);
    return start;
  }
}
