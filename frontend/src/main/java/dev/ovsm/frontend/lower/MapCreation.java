package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The generated entry that creates the program's maps: payer, system program, then one account for
 * each map. It may be called again until every map has its full size.
 */
final class MapCreation {
  static final String NAME = "create-maps";
  private static final int SEED = 32;
  private static final int FIRST_MAP = 2;

  private MapCreation() {}

  static FunctionBuilder lower(ModuleLowering module, List<MapInfo> maps, Span span) {
    FunctionBuilder builder =
        new FunctionBuilder(NAME, dev.ovsm.ir.Type.U64, List.of(dev.ovsm.ir.Type.PTR), span);
    String function = module.use(module.library("rt-create-map", List.of(Type.U64, Type.U64)));
    int account = FIRST_MAP;
    for (MapInfo map : maps) {
      Value index = builder.constant(dev.ovsm.ir.Type.U64, account++);
      Value data = builder.data(module.pool().add(description(map), 8));
      Value address = builder.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, data);
      builder.callVoid(function, List.of(index, address));
    }
    builder.ret(builder.constant(dev.ovsm.ir.Type.U64, 0));
    return builder;
  }

  /**
   * What the library needs to know of a map: total bytes, name, and the first words of its header.
   */
  private static byte[] description(MapInfo map) {
    byte[] name = map.name().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(16 + SEED + 24).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(EntryLowering.bytes(map)).putLong(name.length);
    bytes.put(name).position(16 + SEED);
    bytes.putLong(EntryLowering.word(map, 0)).putLong(EntryLowering.word(map, 1));
    bytes.putInt(map.declaration().valueBytes()).putInt(map.declaration().maxEntries());
    return bytes.array();
  }

  static List<Entry.Account> accounts(List<MapInfo> maps) {
    List<Entry.Account> accounts = new ArrayList<>();
    accounts.add(new Entry.Account("payer", true, true, null, null));
    accounts.add(new Entry.Account("system-program", false, false, null, new byte[32]));
    for (MapInfo map : maps) {
      accounts.add(new Entry.Account(map.name(), false, true, map.name(), null));
    }
    return accounts;
  }
}
