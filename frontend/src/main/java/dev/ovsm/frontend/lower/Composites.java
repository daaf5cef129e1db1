package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Lowers values of several words: their parts lie one after another, each with its own words. */
final class Composites {
  private final BodyLowering body;
  private final Emitter emitter;

  Composites(BodyLowering body) {
    this.body = body;
    this.emitter = body.emitter();
  }

  /** The parts of a value one after another. */
  List<Value> compose(Hir.Compose compose) {
    List<Value> words = new ArrayList<>();
    compose.parts().forEach(part -> words.addAll(body.lower(part)));
    List<dev.ovsm.ir.Type> types = Words.of(compose.type());
    for (int i = 0; i < Math.min(words.size(), types.size()); i++) {
      words.set(i, emitter.rename(types.get(i), words.get(i), compose.span()));
    }
    return words;
  }

  /** The words of a value under other types. */
  List<Value> rename(Hir.Rename rename) {
    List<Value> words = body.lower(rename.value());
    List<dev.ovsm.ir.Type> types = Words.of(rename.type());
    List<Value> renamed = new ArrayList<>();
    for (int i = 0; i < Math.min(words.size(), types.size()); i++) {
      renamed.add(emitter.rename(types.get(i), words.get(i), rename.span()));
    }
    return renamed;
  }

  /** The words of one part of a value. */
  List<Value> part(Hir.Part part) {
    List<Value> words = body.lower(part.whole());
    Type whole = Type.resolved(part.whole().type());
    int from = 0;
    if (whole instanceof Type.Fields fields) {
      for (int i = 0; i < part.index(); i++) {
        from += Words.of(fields.fields().get(i).type()).size();
      }
    } else if (whole instanceof Type.Closure || whole instanceof Type.Choice) {
      List<Type> parts =
          whole instanceof Type.Choice choice ? choice.parts() : ((Type.Closure) whole).captures();
      for (int i = 0; i < part.index(); i++) {
        from += Words.of(parts.get(i)).size();
      }
    } else {
      from = part.index();
    }
    List<dev.ovsm.ir.Type> types = Words.of(part.type());
    List<Value> taken = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      taken.add(emitter.rename(types.get(i), words.get(from + i), part.span()));
    }
    return taken;
  }
}
