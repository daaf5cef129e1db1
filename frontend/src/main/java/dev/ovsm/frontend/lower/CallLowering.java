package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The calling convention of functions on words: a result of several words is written through a first
 * parameter that holds its address, and more than five parameters travel in a block of memory.
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
    List<Value> words = new ArrayList<>();
    for (Hir argument : call.arguments()) {
      words.addAll(body.lower(argument));
    }
    Instance function = body.module().canonical(call.function());
    List<dev.ovsm.ir.Type> results = Words.of(function.result());
    List<Value> arguments = new ArrayList<>();
    boolean indirect = results.size() > 1;
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
    String name = body.module().use(function);
    if (results.size() == 1) {
      Value result = emitter.value(results.get(0));
      emitter.emit(new Inst.Call(result, name, arguments, span));
      return List.of(result);
    }
    emitter.emit(new Inst.Call(null, name, arguments, span));
    List<Value> loaded = new ArrayList<>();
    for (int i = 0; indirect && i < results.size(); i++) {
      loaded.add(emitter.load(results.get(i), arguments.get(0), i * WORD, span));
    }
    return loaded;
  }

  /** Makes the parameters of a function its locals; returns the address of its result, if any. */
  static List<Value> enter(Instance function, Emitter emitter) {
    Span span = function.span();
    List<Value> result = new ArrayList<>();
    if (Words.of(function.result()).size() > 1) {
      result.add(emitter.parameter(dev.ovsm.ir.Type.PTR));
    }
    int words = 0;
    for (Local parameter : function.parameters()) {
      words += Words.of(parameter.type()).size();
    }
    boolean inMemory = result.size() + words > REGISTERS;
    List<Value> block =
        inMemory ? List.of(emitter.parameter(dev.ovsm.ir.Type.PTR)) : List.of();
    int at = 0;
    for (Local parameter : function.parameters()) {
      List<Value> values = new ArrayList<>();
      for (dev.ovsm.ir.Type word : Words.of(Type.resolved(parameter.type()))) {
        values.add(
            inMemory
                ? emitter.load(word, block.get(0), at * WORD, span)
                : emitter.parameter(word));
        at++;
      }
      emitter.locals().put(parameter, values);
    }
    return result;
  }

  /** Returns the words of a result as the convention wants them. */
  static void leave(List<Value> words, List<Value> result, Emitter emitter, Span span) {
    if (result.isEmpty()) {
      emitter.leave(words.isEmpty() ? null : words.get(0), span);
      return;
    }
    for (int i = 0; i < words.size(); i++) {
      emitter.store(result.get(0), i * WORD, words.get(i), span);
    }
    emitter.leave(null, span);
  }
}
