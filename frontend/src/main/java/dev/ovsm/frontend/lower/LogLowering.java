package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Layout;
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
 * Lowers {@code log}: constant text is logged where it lies; anything else is written into a buffer
 * from its end to its start, since a number yields its last digit first.
 */
final class LogLowering {
  private static final int MOST_ELEMENTS = 16;
  private static final int KEY = 8;

  /** Frames are small: in longer buffers the room is what is needed. */
  private static final int MOST_REACH = 512;

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private final BodyLowering body;
  private final Emitter emitter;

  LogLowering(BodyLowering body) {
    this.body = body;
    this.emitter = body.emitter();
  }

  void log(Hir.Log log) {
    Span span = log.span();
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    List<Hir> parts = log.parts();
    // A later part may write to a place that an earlier one names, which is read as any call would.
    List<List<Value>> words =
        parts.stream()
            .map(part -> part instanceof Hir.TextConstant ? List.<Value>of() : body.lower(part))
            .toList();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Hir.TextConstant constant) {
        text.append(constant.value());
      } else {
        value(words.get(i), parts.get(i).type(), text, pieces, span);
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

  /** The address and the length of what {@link #log} would write of a value. */
  List<Value> format(Hir.Format format) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Span span = format.span();
    value(body.lower(format.value()), format.value().type(), text, pieces, span);
    flush(text, pieces);
    return written(pieces, span);
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
      fields(fields, words, text, pieces, span);
    } else if (known instanceof Type.Struct struct) {
      struct(struct.layout(), words.get(0), text, pieces, span);
    } else if (known instanceof Type.Array array) {
      array(array, words.get(0), text, pieces, span);
    } else if (known instanceof Type.Vec vec) {
      vector(vec, words.get(0), text, pieces, span);
    } else if (known instanceof Type.Option option) {
      flush(text, pieces);
      List<Piece> inner = new ArrayList<>();
      StringBuilder innerText = new StringBuilder();
      value(readable(words, option, span), option.of(), innerText, inner, span);
      flush(innerText, inner);
      pieces.add(new Piece.Optional(Options.isPresent(words, emitter, span), inner, NULL));
    } else if (known instanceof Type.Account) {
      value(List.of(emitter.shift(words.get(0), KEY, span)), Basic.PUBKEY, text, pieces, span);
    } else if (!words.isEmpty()) {
      flush(text, pieces);
      pieces.add(new Piece.Computed(words, known));
    }
  }

  /** The words of an option's value; of an absent one that is read in parts, any bytes. */
  private List<Value> readable(List<Value> words, Type.Option option, Span span) {
    Type of = Type.resolved(option.of());
    List<Value> value = Options.value(words, of);
    if (!Words.isAddress(of) || of == Basic.PUBKEY) {
      return value;
    }
    Value any = emitter.slot(Sizes.of(of), 8, span);
    Value present = Options.isPresent(words, emitter, span);
    return List.of(emitter.at(span).select(present, value.get(0), any));
  }

  private void fields(
      Type.Fields fields, List<Value> words, StringBuilder text, List<Piece> pieces, Span span) {
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
  }

  private void struct(
      Layout layout, Value address, StringBuilder text, List<Piece> pieces, Span span) {
    text.append('{');
    String gap = "";
    for (Layout.Slot slot : layout.slots()) {
      text.append(gap).append(slot.name()).append('=');
      List<Value> words = body.storage().load(slot.type(), address, slot.offset(), span);
      value(words, slot.type(), text, pieces, span);
      gap = " ";
    }
    text.append('}');
  }

  /** The first elements; a longer array ends with an ellipsis. */
  private void array(
      Type.Array array, Value address, StringBuilder text, List<Piece> pieces, Span span) {
    text.append('[');
    int size = Sizes.of(array.of());
    for (int i = 0; i < Math.min(array.length(), MOST_ELEMENTS); i++) {
      text.append(i == 0 ? "" : " ");
      List<Value> words = body.storage().load(array.of(), address, i * size, span);
      value(words, array.of(), text, pieces, span);
    }
    text.append(array.length() > MOST_ELEMENTS ? " …]" : "]");
  }

  /** The first elements that there are; more of them end with an ellipsis. */
  private void vector(
      Type.Vec vec, Value address, StringBuilder text, List<Piece> pieces, Span span) {
    text.append('[');
    Value length = emitter.load(dev.ovsm.ir.Type.U32, address, 0, span);
    int size = Sizes.of(vec.of());
    int shown = Math.min(vec.most(), MOST_ELEMENTS);
    for (int i = 0; i < shown; i++) {
      StringBuilder gap = new StringBuilder(i == 0 ? "" : " ");
      List<Piece> element = new ArrayList<>();
      List<Value> words = body.storage().load(vec.of(), address, Type.Vec.HEADER + i * size, span);
      value(words, vec.of(), gap, element, span);
      ifLonger(length, i, gap, element, text, pieces, span);
    }
    if (vec.most() > MOST_ELEMENTS) {
      StringBuilder more = new StringBuilder(" …");
      ifLonger(length, MOST_ELEMENTS, more, new ArrayList<>(), text, pieces, span);
    }
    text.append(']');
  }

  /** Pieces, and text behind them, that are there only where a vector has more elements. */
  private void ifLonger(
      Value length,
      int than,
      StringBuilder behind,
      List<Piece> inner,
      StringBuilder text,
      List<Piece> pieces,
      Span span) {
    flush(text, pieces);
    flush(behind, inner);
    Value index = emitter.constant(dev.ovsm.ir.Type.U32, than, span);
    Value isLonger = emitter.compare(Comparison.GT, length, index, span);
    pieces.add(new Piece.Optional(isLonger, inner, new byte[0]));
  }

  private void write(List<Piece> pieces, Span span) {
    emitter.syscall("sol_log_", written(pieces, span), span);
  }

  /** Writes pieces into a buffer of the frame; returns where they start, and how many bytes. */
  private List<Value> written(List<Piece> pieces, Span span) {
    int most = Piece.most(pieces);
    int reach = Piece.reach(pieces);
    // What is seen to stay in its buffer is seen to leave alone what lies beside it.
    int size = reach <= MOST_REACH ? reach : most;
    Value buffer = emitter.slot(size, 8, span);
    Value end = emitter.shift(buffer, size, span);
    Value at = before(end, pieces, span);
    Value from = emitter.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, at, span);
    Value to = emitter.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, end, span);
    Value length = emitter.binary(BinaryOp.SUB, Mode.WRAP, to, from, span);
    // Every piece keeps to its room; saying so here gives the call a cost that can be proved.
    Value room = emitter.constant(dev.ovsm.ir.Type.U64, most, span);
    emitter.require(
        emitter.compare(Comparison.LE, length, room, span), Failure.OUT_OF_BOUNDS, span);
    return List.of(at, length);
  }

  /** Writes pieces before {@code end}; returns where they start. */
  private Value before(Value end, List<Piece> pieces, Span span) {
    Value at = end;
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      if (piece instanceof Piece.Fixed fixed) {
        at = fixed(fixed.bytes(), at, span);
      } else if (piece instanceof Piece.Computed computed) {
        at = digits(computed, at, span);
      } else if (piece instanceof Piece.Optional optional) {
        at = optional(optional, at, span);
      }
    }
    return at;
  }

  private Value fixed(byte[] bytes, Value end, Span span) {
    if (bytes.length == 0) {
      return end;
    }
    Value at = emitter.shift(end, -bytes.length, span);
    emitter.copy(at, emitter.data(bytes, 1, span), bytes.length, span);
    return at;
  }

  private Value optional(Piece.Optional optional, Value end, Span span) {
    FunctionBuilder builder = emitter.at(span);
    Variable start = builder.variable("text", dev.ovsm.ir.Type.PTR);
    int present = builder.block();
    int absent = builder.block();
    int join = builder.block();
    builder.branch(optional.present(), present, absent);
    builder.enter(present);
    builder.write(start, before(end, optional.pieces(), span));
    builder.jump(join);
    builder.enter(absent);
    builder.write(start, fixed(optional.otherwise(), end, span));
    builder.jump(join);
    builder.enter(join);
    return builder.read(start);
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
      types.add(piece.type());
      arguments.addAll(piece.words());
    }
    String function = body.module().use(body.module().library(name, types));
    Value result = emitter.at(span).call(dev.ovsm.ir.Type.U64, function, arguments);
    return emitter.convert(dev.ovsm.ir.Type.PTR, Mode.EXACT, result, span);
  }
}
