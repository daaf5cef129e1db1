package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.AccountInfo;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.ir.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a function finds maps and fixed accounts: by what it was told, else by what the invocation
 * keeps.
 */
final class KnownPlaces {
  private final Emitter emitter;
  private final ModuleLowering module;
  private final Map<MapInfo, Value> mapData = new LinkedHashMap<>();
  private final Map<Integer, Value> fixedAccounts = new LinkedHashMap<>();

  KnownPlaces(Emitter emitter, ModuleLowering module) {
    this.emitter = emitter;
    this.module = module;
  }

  /** Makes the address of a map's data known to the whole function. */
  void mapData(MapInfo map, Value address) {
    mapData.put(map, address);
  }

  /** Makes the address of a fixed account's record known to the whole function. */
  void fixedAccount(AccountInfo account, Value address) {
    fixedAccounts.put(account.index(), address);
  }

  Value fixedAccount(AccountInfo account, Span span) {
    Value known = fixedAccounts.get(account.index());
    if (known != null) {
      return known;
    }
    Value area = emitter.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS, span);
    return emitter.load(dev.ovsm.ir.Type.PTR, area, module.contextArea().account(account), span);
  }

  Value mapAddress(MapInfo map, Span span) {
    Value known = mapData.get(map);
    if (known != null) {
      return known;
    }
    Value area = emitter.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS, span);
    return emitter.load(dev.ovsm.ir.Type.U64, area, module.contextArea().map(map), span);
  }
}
