package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Lowers {@code log}: constant text is logged where it lies; anything else is written into a buffer
 * from its end to its start, since a number yields its last digit first.
 */
final class LogLowering {
  private static final int LONGEST_TEXT = 256;
  private final BodyLowering body;
  private final Emitter emitter;

  LogLowering(BodyLowering body) {
    this.body = body;
    this.emitter = body.emitter();
  }

  /** A stretch of the line: constant text, or a value with the most bytes that it can take. */
  private sealed interface Piece {
    int most();

    record Fixed(byte[] bytes) implements Piece {
      @Override
      public int most() {
        return bytes.length;
      }
    }

    record Computed(List<Value> words, Type type, int most) implements Piece {}
  }

  void log(Hir.Log log) {
    Span span = log.span();
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Hir part : log.parts()) {
      if (part instanceof Hir.TextConstant constant) {
        text.append(constant.value());
      } else {
        value(body.lower(part), part.type(), text, pieces, span);
      }
    }
    flush(text, pieces);
    if (pieces.isEmpty() || (pieces.size() == 1 && pieces.get(0) instanceof Piece.Fixed)) {
      byte[] bytes = pieces.isEmpty() ? new byte[0] : ((Piece.Fixed) pieces.get(0)).bytes();
      Value length = emitter.constant(dev.ovsm.ir.Type.U64, bytes.length, span);
      emitter.syscall("sol_log_", List.of(emitter.data(bytes, 1, span), length), span);
      return;
    }
    write(pieces, span);
  }

  private static void flush(StringBuilder text, List<Piece> pieces) {
    if (text.length() > 0) {
      pieces.add(new Piece.Fixed(text.toString().getBytes(StandardCharsets.UTF_8)));
      text.setLength(0);
    }
  }

  private void value(
      List<Value> words, Type type, StringBuilder text, List<Piece> pieces, Span span) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Fields fields) {
      text.append('{');
      int from = 0;
      String gap = "";
      for (Type.Field field : fields.fields()) {
        text.append(gap).append(field.name()).append('=');
        int count = Words.of(field.type()).size();
        value(words.subList(from, from + count), field.type(), text, pieces, span);
        from += count;
        gap = " ";
      }
      text.append('}');
      return;
    }
    flush(text, pieces);
    pieces.add(new Piece.Computed(words, known, most(known)));
  }

  private static int most(Type type) {
    if (type instanceof Type.Int number) {
      return Math.max(4, (number.bits() * 78 + 255) / 256 + 1);
    }
    return type == Basic.BOOL
        ? 5
        : type == Basic.PUBKEY ? 44 : type == Basic.STRING ? LONGEST_TEXT : 48;
  }

  private void write(List<Piece> pieces, Span span) {
    int size = pieces.stream().mapToInt(Piece::most).sum();
    Value buffer = emitter.slot(size, 8, span);
    Value end = emitter.shift(buffer, size, span);
    Value at = end;
    for (int i = pieces.size() - 1; i >= 0; i--) {
      if (pieces.get(i) instanceof Piece.Fixed fixed) {
        at = emitter.shift(at, -fixed.bytes().length, span);
        Value source = emitter.data(fixed.bytes(), 1, span);
        emitter.copy(at, source, fixed.bytes().length, span);
      } else if (pieces.get(i) instanceof Piece.Computed computed) {
        at = digits(computed, at, span);
      }
    }
    Value from = emitter.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, at, span);
    Value to = emitter.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, end, span);
    Value length = emitter.binary(BinaryOp.SUB, Mode.WRAP, to, from, span);
    // Every piece keeps to its room; saying so here gives the call a cost that can be proved.
    Value room = emitter.constant(dev.ovsm.ir.Type.U64, size, span);
    emitter.require(
        emitter.compare(Comparison.LE, length, room, span), Failure.OUT_OF_BOUNDS, span);
    emitter.syscall("sol_log_", List.of(at, length), span);
  }

  /** Writes a value before {@code at}; returns where it starts. */
  private Value digits(Piece.Computed piece, Value at, Span span) {
    List<Value> arguments = new ArrayList<>();
    List<Type> types = new ArrayList<>(List.of(Type.U64));
    arguments.add(emitter.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, at, span));
    String name;
    if (piece.type() instanceof Type.Int number && number.bits() <= 64) {
      name = number.signed() ? "rt-write-i64" : "rt-write-u64";
      types.add(number.signed() ? Type.I64 : Type.U64);
      dev.ovsm.ir.Type wide = number.signed() ? dev.ovsm.ir.Type.I64 : dev.ovsm.ir.Type.U64;
      arguments.add(emitter.convert(wide, Mode.WRAP, piece.words().get(0), span));
    } else {
      boolean isNumber =
          piece.type() instanceof Type.Int
              || piece.type() == Basic.F64
              || piece.type() == Basic.DECIMAL;
      name = isNumber ? Numbers.module(piece.type()) + "write" : "rt-write-" + piece.type().word();
      if (piece.type() instanceof Type.Struct || piece.type() instanceof Type.Array) {
        name = "rt-write-address";
        types.add(Type.U64);
        arguments.add(
            emitter.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, piece.words().get(0), span));
      } else {
        types.add(piece.type());
        arguments.addAll(piece.words());
      }
    }
    String function = body.module().use(body.module().library(name, types));
    Value result = emitter.at(span).call(dev.ovsm.ir.Type.U64, function, arguments);
    return emitter.convert(dev.ovsm.ir.Type.PTR, Mode.EXACT, result, span);
  }
}
