package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.AccountInfo;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Type;
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

  FunctionBuilder lower(EntryInfo entry) {
    List<dev.ovsm.ir.Type> input = List.of(dev.ovsm.ir.Type.PTR);
    FunctionBuilder builder =
        new FunctionBuilder(entry.name(), dev.ovsm.ir.Type.U64, input, entry.span());
    Emitter emitter = module.emitter(builder);
    BodyLowering body = new BodyLowering(emitter, module);
    body.leaves((words, span) -> leave(entry, words, emitter, span));
    prologue(entry, body);
    body.initialise(entry.function().body());
    leave(entry, body.lower(entry.function().body()), emitter, entry.span());
    return builder;
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
    module
        .inputUse()
        .ifPresent(
            use -> {
              Value input = body.emitter().at(entry.span()).parameter(0);
              body.accounts(new AccountWalk(body.emitter(), input, use, entry.span()));
            });
    new ParameterLowering(body).bind(entry);
    for (MapInfo map : module.needs().mapsOf(entry.name())) {
      if (map.isAccount()) {
        find(map, body, entry.span());
      }
    }
    for (AccountInfo account : module.needs().accountsOf(entry.name())) {
      find(account, body, entry.span());
    }
  }

  /** Looks the map's account up by owner and header. */
  private void find(MapInfo map, BodyLowering body, Span span) {
    Emitter emitter = body.emitter();
    List<Type> types = List.of(Type.U64, Type.U64, Type.U64, Type.U64);
    String function = module.use(module.library("rt-find-map", types));
    List<Value> arguments =
        List.of(
            emitter.constant(dev.ovsm.ir.Type.U64, word(map, 0), span),
            emitter.constant(dev.ovsm.ir.Type.U64, word(map, 1), span),
            emitter.constant(dev.ovsm.ir.Type.U64, map.declaration().valueBytes(), span),
            emitter.constant(dev.ovsm.ir.Type.U64, bytes(map), span));
    Value address = emitter.at(span).call(dev.ovsm.ir.Type.U64, function, arguments);
    body.places().mapData(map, address);
    if (module.needs().isShared(map)) {
      keep(address, module.contextArea().map(map), emitter, span);
    }
  }

  /** Looks an account up by its address. */
  private void find(AccountInfo account, BodyLowering body, Span span) {
    Emitter emitter = body.emitter();
    String function = module.use(module.library("rt-find-account", List.of(Type.Basic.PUBKEY)));
    Value key = emitter.data(Needs.bytes(account.address()), 8, span);
    Value found = emitter.at(span).call(dev.ovsm.ir.Type.U64, function, List.of(key));
    Value record = emitter.convert(dev.ovsm.ir.Type.PTR, Mode.EXACT, found, span);
    body.places().fixedAccount(account, record);
    if (module.needs().isShared(account)) {
      keep(found, module.contextArea().account(account), emitter, span);
    }
  }

  private static void keep(Value address, int offset, Emitter emitter, Span span) {
    Value area = emitter.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS, span);
    emitter.store(area, offset, address, span);
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
    return map.bytes();
  }
}
