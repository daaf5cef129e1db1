package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calling convention of functions on words: a result of several words is written through a
 * first parameter that holds its address, and more than five parameters travel in a block of
 * memory. A version of a function that reports its errors returns a code, 0 for none, and writes
 * any result.
 */
final class CallLowering {
  private static final int REGISTERS = 5;
  private static final int WORD = 8;
  private final BodyLowering body;
  private final Emitter emitter;

  CallLowering(BodyLowering body) {
    this.body = body;
    this.emitter = body.emitter();
  }

  List<Value> call(Hir.Call call) {
    Span span = call.span();
    Instance function = body.module().canonical(call.function());
    List<Value> words = new ArrayList<>();
    int room = body.module().escape(function).bytes();
    if (room > 0) {
      words.add(emitter.slot(room, WORD, span));
    }
    for (Hir argument : call.arguments()) {
      words.addAll(body.lower(argument));
    }
    List<dev.ovsm.ir.Type> results = Words.of(function.result());
    List<Value> arguments = new ArrayList<>();
    boolean reports = emitter.escapes();
    boolean indirect = isIndirect(function, reports);
    if (indirect) {
      arguments.add(emitter.slot(results.size() * WORD, WORD, span));
    }
    if (arguments.size() + words.size() > REGISTERS) {
      Value block = emitter.slot(words.size() * WORD, WORD, span);
      for (int i = 0; i < words.size(); i++) {
        emitter.store(block, i * WORD, words.get(i), span);
      }
      arguments.add(block);
    } else {
      arguments.addAll(words);
    }
    String name = body.module().use(function, reports);
    if (reports) {
      Value code = emitter.at(span).call(dev.ovsm.ir.Type.U64, name, arguments);
      escape(code, span);
    } else if (results.size() == 1) {
      return List.of(emitter.at(span).call(results.get(0), name, arguments));
    }
    if (!reports) {
      emitter.at(span).callVoid(name, arguments);
    }
    List<Value> loaded = new ArrayList<>();
    for (int i = 0; indirect && i < results.size(); i++) {
      loaded.add(emitter.load(results.get(i), arguments.get(0), i * WORD, span));
    }
    return loaded;
  }

  /** Hands the error of a function on to where errors of this place go. */
  private void escape(Value code, Span span) {
    FunctionBuilder builder = emitter.at(span);
    int bad = builder.block();
    int good = builder.block();
    Value zero = emitter.constant(dev.ovsm.ir.Type.U64, 0, span);
    builder.branch(emitter.compare(Comparison.EQ, code, zero, span), good, bad);
    builder.enter(bad);
    emitter.fail(code, span);
    builder.enter(good);
  }

  /**
   * The IR types of a function's parameters.
   *
   * @param room whether the first is the address of room for what it returns of its frame
   */
  static List<dev.ovsm.ir.Type> parameters(Instance function, boolean room, boolean reports) {
    List<dev.ovsm.ir.Type> words = new ArrayList<>();
    if (room) {
      words.add(dev.ovsm.ir.Type.PTR);
    }
    function.parameters().forEach(parameter -> words.addAll(Words.of(parameter.type())));
    List<dev.ovsm.ir.Type> all = new ArrayList<>();
    if (isIndirect(function, reports)) {
      all.add(dev.ovsm.ir.Type.PTR);
    }
    if (all.size() + words.size() > REGISTERS) {
      all.add(dev.ovsm.ir.Type.PTR);
    } else {
      all.addAll(words);
    }
    return all;
  }

  private static boolean isIndirect(Instance function, boolean reports) {
    return Words.of(function.result()).size() > (reports ? 0 : 1);
  }

  /** Makes the parameters of a function its locals; gives the room for its result if it has it. */
  static @Nullable Value enter(
      Instance function, boolean hasRoom, boolean reports, Emitter emitter) {
    Span span = function.span();
    FunctionBuilder builder = emitter.at(span);
    int first = isIndirect(function, reports) ? 1 : 0;
    int words = hasRoom ? 1 : 0;
    for (Local parameter : function.parameters()) {
      words += Words.of(parameter.type()).size();
    }
    boolean inMemory = first + words > REGISTERS;
    int at = hasRoom ? 1 : 0;
    for (Local parameter : function.parameters()) {
      List<Value> values = new ArrayList<>();
      for (dev.ovsm.ir.Type word : Words.of(parameter.type())) {
        values.add(
            inMemory
                ? builder.load(word, builder.parameter(first), at * WORD)
                : builder.parameter(first + at));
        at++;
      }
      emitter.write(parameter, values);
    }
    if (!hasRoom) {
      return null;
    }
    return inMemory
        ? builder.load(dev.ovsm.ir.Type.PTR, builder.parameter(first), 0)
        : builder.parameter(first);
  }

  /** Returns the words of a result as the convention wants them. */
  static void leave(
      Instance function, boolean reports, List<Value> words, Emitter emitter, Span span) {
    FunctionBuilder builder = emitter.at(span);
    List<dev.ovsm.ir.Type> results = Words.of(function.result());
    if (reports) {
      for (int i = 0; i < Math.min(words.size(), results.size()); i++) {
        builder.store(builder.parameter(0), i * WORD, words.get(i));
      }
      builder.ret(builder.constant(dev.ovsm.ir.Type.U64, 0));
    } else if (results.isEmpty()) {
      builder.ret(null);
    } else if (results.size() == 1) {
      builder.ret(words.isEmpty() ? builder.constant(results.get(0), 0) : words.get(0));
    } else {
      for (int i = 0; i < words.size(); i++) {
        builder.store(builder.parameter(0), i * WORD, words.get(i));
      }
      builder.ret(null);
    }
  }
}
