package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import java.util.List;

/**
 * Lowers an entry: who may call it, its maps, its parameters, then its body; the result is a code.
 */
final class EntryLowering {
  private static final String MAGIC = "OMAP";
  private final ModuleLowering module;

  EntryLowering(ModuleLowering module) {
    this.module = module;
  }

  Function lower(EntryInfo entry) {
    List<dev.ovsm.ir.Type> input = List.of(dev.ovsm.ir.Type.PTR);
    FunctionBuilder builder =
        new FunctionBuilder(entry.name(), dev.ovsm.ir.Type.U64, input, entry.span());
    Emitter emitter = new Emitter(builder, module.pool());
    BodyLowering body = new BodyLowering(emitter, module);
    body.leaves((words, span) -> leave(entry, words, emitter, span));
    prologue(entry, body);
    body.initialise(entry.function().body());
    leave(entry, body.lower(entry.function().body()), emitter, entry.span());
    return builder.build();
  }

  /** The result code: the value of a bare program if it has one, else 0. */
  private static void leave(EntryInfo entry, List<Value> words, Emitter emitter, Span span) {
    FunctionBuilder builder = emitter.at(span);
    boolean isCode =
        entry.exitCode() && words.size() == 1 && words.get(0).type() != dev.ovsm.ir.Type.PTR;
    builder.ret(
        isCode
            ? builder.convert(dev.ovsm.ir.Type.U64, Mode.WRAP, words.get(0))
            : builder.constant(dev.ovsm.ir.Type.U64, 0));
  }

  private void prologue(EntryInfo entry, BodyLowering body) {
    Emitter emitter = body.emitter();
    Span span = entry.span();
    if (entry.kind() == Entry.Kind.CALLBACK && !entry.isPublic()) {
      Value zero = emitter.constant(dev.ovsm.ir.Type.U64, 0, span);
      Value length = emitter.syscall("sol_get_trigger_context", List.of(zero, zero, zero), span);
      emitter.require(
          emitter.compare(Comparison.NE, length, zero, span), Failure.NOT_A_TRIGGER, span);
    }
    for (MapInfo map : module.needs().mapsOf(entry.name())) {
      if (map.isAccount()) {
        find(map, body, span);
      }
    }
    new ParameterLowering(body).bind(entry);
  }

  /** Looks the map's account up by owner and header. */
  private void find(MapInfo map, BodyLowering body, Span span) {
    Emitter emitter = body.emitter();
    List<Type> types = List.of(Type.U64, Type.U64, Type.U64, Type.U64);
    String function = body.module().use(body.module().library("rt-find-map", types));
    List<Value> arguments =
        List.of(
            emitter.constant(dev.ovsm.ir.Type.U64, word(map, 0), span),
            emitter.constant(dev.ovsm.ir.Type.U64, word(map, 1), span),
            emitter.constant(dev.ovsm.ir.Type.U64, map.declaration().valueBytes(), span),
            emitter.constant(dev.ovsm.ir.Type.U64, bytes(map), span));
    Value address = emitter.at(span).call(dev.ovsm.ir.Type.U64, function, arguments);
    body.mapData(map, address);
    if (module.needs().isShared(map)) {
      Value area = emitter.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS, span);
      emitter.store(area, ContextArea.map(map), address, span);
    }
  }

  /** The first words of a map's header: magic and id, then type, version, flags and key size. */
  static long word(MapInfo map, int index) {
    if (index == 0) {
      long magic = 0;
      for (int i = MAGIC.length() - 1; i >= 0; i--) {
        magic = magic << 8 | MAGIC.charAt(i);
      }
      return magic | (map.id() & 0xffff_ffffL) << 32;
    }
    return map.kind().number() | 1L << 8 | (long) map.declaration().keyBytes() << 32;
  }

  /** The length of the map's account data. */
  static long bytes(MapInfo map) {
    int entry = map.declaration().valueBytes();
    return MapInfo.HEADER + (long) map.declaration().maxEntries() * entry;
  }
}
