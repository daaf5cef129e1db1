package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Value;
import java.util.List;

/** Converts between whole numbers of one word and of two. */
final class WideConversion {
  private static final int LAST_BIT = 63;
  private final Emitter emitter;
  private final Mode mode;
  private final Span span;

  WideConversion(Emitter emitter, Mode mode, Span span) {
    this.emitter = emitter;
    this.mode = mode;
    this.span = span;
  }

  List<Value> convert(List<Value> words, Type to) {
    List<dev.ovsm.ir.Type> types = Words.of(to);
    if (words.size() == 1 && types.size() == 1) {
      return List.of(emitter.convert(types.get(0), mode, words.get(0), span));
    }
    if (words.size() == 1) {
      return widen(words.get(0), types.get(1));
    }
    Value low = words.get(0);
    Value high = words.get(1);
    if (types.size() == 2) {
      check(high.type() == types.get(1) ? null : nonNegative(high));
      return List.of(low, emitter.convert(types.get(1), Mode.WRAP, high, span));
    }
    return List.of(narrow(low, high, types.get(0)));
  }

  private List<Value> widen(Value value, dev.ovsm.ir.Type highType) {
    boolean signed = value.type().signed();
    dev.ovsm.ir.Type word = signed ? dev.ovsm.ir.Type.I64 : dev.ovsm.ir.Type.U64;
    Value full = emitter.convert(word, Mode.WRAP, value, span);
    Value low = emitter.convert(dev.ovsm.ir.Type.U64, Mode.WRAP, full, span);
    if (!signed) {
      return List.of(low, emitter.constant(highType, 0, span));
    }
    if (!highType.signed()) {
      check(nonNegative(full));
    }
    return List.of(low, emitter.convert(highType, Mode.WRAP, sign(full), span));
  }

  /** All bits of a word set to its sign. */
  private Value sign(Value word) {
    Value last = emitter.constant(dev.ovsm.ir.Type.U64, LAST_BIT, span);
    return emitter.binary(BinaryOp.SHR, Mode.WRAP, word, last, span);
  }

  private Value nonNegative(Value word) {
    Value signed = emitter.convert(dev.ovsm.ir.Type.I64, Mode.WRAP, word, span);
    Value zero = emitter.constant(dev.ovsm.ir.Type.I64, 0, span);
    return emitter.compare(Comparison.GE, signed, zero, span);
  }

  private Value narrow(Value low, Value high, dev.ovsm.ir.Type to) {
    dev.ovsm.ir.Type word = to.signed() ? dev.ovsm.ir.Type.I64 : dev.ovsm.ir.Type.U64;
    Value full = emitter.convert(word, Mode.WRAP, low, span);
    Value top = emitter.convert(word, Mode.WRAP, high, span);
    Value expected = to.signed() ? sign(full) : emitter.constant(word, 0, span);
    check(emitter.compare(Comparison.EQ, top, expected, span));
    if (to.signed() && !high.type().signed()) {
      // The largest numbers of two words have the bits of small negative ones.
      check(nonNegative(high));
    }
    return emitter.convert(to, mode, full, span);
  }

  private void check(@org.jspecify.annotations.Nullable Value condition) {
    if (condition != null && mode == Mode.CHECK) {
      emitter.require(condition, Failure.NARROWING, span);
    }
  }
}
