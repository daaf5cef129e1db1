package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** The words of options: of an address the address or 0, of anything else a flag before it. */
final class Options {
  private Options() {}

  static List<Value> present(List<Value> words, Type type, Emitter emitter, Span span) {
    if (Words.isAddress(Type.resolved(type))) {
      return words;
    }
    List<Value> all = new ArrayList<>();
    all.add(emitter.constant(dev.ovsm.ir.Type.BOOL, 1, span));
    all.addAll(words);
    return all;
  }

  static List<Value> absent(Type option, Emitter emitter, Span span) {
    List<Value> zeros = new ArrayList<>();
    for (dev.ovsm.ir.Type word : Words.of(option)) {
      zeros.add(emitter.constant(word, 0, span));
    }
    return zeros;
  }

  static Value isPresent(List<Value> words, Emitter emitter, Span span) {
    Value first = words.get(0);
    return first.type() == dev.ovsm.ir.Type.BOOL
        ? first
        : emitter.compare(Comparison.NE, first, emitter.constant(first.type(), 0, span), span);
  }

  static List<Value> value(List<Value> words, Type type) {
    return Words.isAddress(Type.resolved(type)) ? words : words.subList(1, words.size());
  }
}
