package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a value in Borsh into the frame: at fixed places as long as everything before has a fixed
 * size, then behind a moving address that stays inside the buffer.
 */
final class BorshWriter {
  /** The largest event that the runtime takes. */
  private static final int MOST = 1_024;

  private final BodyLowering body;
  private final Emitter emitter;
  private Value buffer;
  private int offset;
  private int size;

  /** The address to write at, once it is not fixed any more. */
  private List<Variable> moving = List.of();

  BorshWriter(BodyLowering body) {
    this.body = body;
    this.emitter = body.emitter();
    this.buffer = new Value(0, dev.ovsm.ir.Type.PTR);
  }

  /** The address and the length of the encoding. */
  List<Value> write(Hir.Borsh borsh) {
    Span span = borsh.span();
    Hir value = borsh.value();
    boolean fixed = isFixed(value);
    size = fixed ? fixedSize(value) : MOST;
    buffer = emitter.slot(size, 8, span);
    put(value);
    List<Value> pair = new ArrayList<>(List.of(buffer));
    if (moving.isEmpty()) {
      pair.add(emitter.constant(dev.ovsm.ir.Type.U64, offset, span));
      return pair;
    }
    Value end = word(at(span), span);
    pair.add(emitter.binary(BinaryOp.SUB, Mode.WRAP, end, word(buffer, span), span));
    return pair;
  }

  private Value word(Value address, Span span) {
    return emitter.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, address, span);
  }

  private static boolean isFixed(Hir hir) {
    if (hir instanceof Hir.Compose compose
        && Type.resolved(compose.type()) instanceof Type.Fields) {
      return compose.parts().stream().allMatch(BorshWriter::isFixed);
    }
    return hir instanceof Hir.TextConstant || isFixed(hir.type());
  }

  /** Whether every value of the type takes the same bytes. */
  static boolean isFixed(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Fields fields) {
      return fields.fields().stream().allMatch(field -> isFixed(field.type()));
    }
    return known != Basic.STRING
        && known != Basic.BYTES
        && !(known instanceof Type.Option)
        && !(known instanceof Type.Vec);
  }

  private static int fixedSize(Hir hir) {
    if (hir instanceof Hir.TextConstant text) {
      return 4 + text.value().getBytes(StandardCharsets.UTF_8).length;
    }
    if (hir instanceof Hir.Compose compose
        && Type.resolved(compose.type()) instanceof Type.Fields) {
      return compose.parts().stream().mapToInt(BorshWriter::fixedSize).sum();
    }
    return Sizes.of(hir.type());
  }

  private void put(Hir hir) {
    if (hir instanceof Hir.TextConstant text) {
      constant(text.value().getBytes(StandardCharsets.UTF_8), hir.span());
    } else if (hir instanceof Hir.Compose compose
        && Type.resolved(compose.type()) instanceof Type.Fields) {
      compose.parts().forEach(this::put);
    } else {
      put(hir.type(), body.lower(hir), hir.span());
    }
  }

  private void constant(byte[] bytes, Span span) {
    Value target = place(4 + bytes.length, span);
    Value length = emitter.constant(dev.ovsm.ir.Type.U32, bytes.length, span);
    emitter.store(target, 0, length, span);
    Value text = emitter.shift(target, 4, span);
    emitter.copy(text, emitter.data(bytes, 1, span), bytes.length, span);
  }

  private void put(Type type, List<Value> words, Span span) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Fields fields) {
      int from = 0;
      for (Type.Field field : fields.fields()) {
        int count = Words.of(field.type()).size();
        put(field.type(), words.subList(from, from + count), span);
        from += count;
      }
    } else if (known == Basic.STRING || known == Basic.BYTES) {
      text(words, known == Basic.STRING, span);
    } else if (known instanceof Type.Option option) {
      option(option, words, span);
    } else if (known instanceof Type.Vec vec) {
      vec(vec, words.get(0), span);
    } else {
      Value target = place(Sizes.of(known), span);
      body.storage().store(known, words, target, 0, span);
    }
  }

  private void option(Type.Option option, List<Value> words, Span span) {
    FunctionBuilder builder = emitter.at(span);
    Value flag = Options.isPresent(words, emitter, span);
    move(span);
    Value target = place(1, span);
    emitter.store(target, 0, flag, span);
    int present = builder.block();
    int after = builder.block();
    builder.branch(flag, present, after);
    builder.enter(present);
    put(option.of(), Options.value(words, option.of()), span);
    emitter.at(span).jump(after);
    builder.enter(after);
  }

  /** How many elements there are, then their bytes. */
  private void vec(Type.Vec vec, Value address, Span span) {
    Value count = emitter.load(dev.ovsm.ir.Type.U32, address, 0, span);
    Value length = emitter.convert(dev.ovsm.ir.Type.U64, Mode.WRAP, count, span);
    Value most = emitter.constant(dev.ovsm.ir.Type.U64, vec.most(), span);
    Value fits = emitter.compare(Comparison.LE, length, most, span);
    emitter.require(fits, Failure.OUT_OF_BOUNDS, span);
    emitter.store(place(Type.Vec.HEADER, span), 0, count, span);
    Value size = emitter.constant(dev.ovsm.ir.Type.U64, Sizes.of(vec.of()), span);
    Value bytes = emitter.binary(BinaryOp.MUL, Mode.WRAP, length, size, span);
    text(List.of(emitter.shift(address, Type.Vec.HEADER, span), bytes), false, span);
  }

  private void text(List<Value> words, boolean counted, Span span) {
    move(span);
    Value address = words.get(0);
    Value length = words.get(1);
    if (counted) {
      Value narrow = emitter.convert(dev.ovsm.ir.Type.U32, Mode.CHECK, length, span);
      emitter.store(place(4, span), 0, narrow, span);
    }
    Value target = at(span);
    Value limit = emitter.shift(buffer, size, span);
    Value room =
        emitter.binary(BinaryOp.SUB, Mode.WRAP, word(limit, span), word(target, span), span);
    Value fits = emitter.compare(Comparison.LE, length, room, span);
    emitter.require(fits, Failure.OUT_OF_BOUNDS, span);
    emitter.syscall("sol_memcpy_", List.of(target, address, length), span);
    Value next = emitter.binary(BinaryOp.ADD, Mode.WRAP, target, length, span);
    emitter.at(span).write(moving.get(0), next);
  }

  /** The address of the next {@code bytes} bytes, which are taken by this. */
  private Value place(int bytes, Span span) {
    if (moving.isEmpty()) {
      Value target = emitter.shift(buffer, offset, span);
      offset += bytes;
      return target;
    }
    Value target = at(span);
    Value next = emitter.shift(target, bytes, span);
    Value limit = emitter.shift(buffer, size, span);
    Value fits = emitter.compare(Comparison.LE, word(next, span), word(limit, span), span);
    emitter.require(fits, Failure.OUT_OF_BOUNDS, span);
    emitter.at(span).write(moving.get(0), next);
    return target;
  }

  private Value at(Span span) {
    return emitter.at(span).read(moving.get(0));
  }

  /** From here on places depend on what was written. */
  private void move(Span span) {
    if (moving.isEmpty()) {
      moving = emitter.temporaries("at", List.of(dev.ovsm.ir.Type.PTR));
      emitter.at(span).write(moving.get(0), emitter.shift(buffer, offset, span));
    }
  }
}
