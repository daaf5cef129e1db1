package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a load by the value that was last loaded from or stored to the same place, as long as
 * nothing may have written there since. Two addresses that are not known to differ may be the same.
 */
final class LoadForwarding implements Pass {
  private static final int MOST_KNOWN = 128;

  @Override
  public Function run(Function function) {
    return new Walk(function).run();
  }

  /** {@code bytes} bytes at {@code offset} from the address {@code base}. */
  private record Cell(int base, long offset, int bytes) {
    boolean overlaps(long from, long to) {
      return offset < to && from < offset + bytes;
    }

    // Written out: what the language makes of a record takes long before it is compiled.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Cell cell
          && base == cell.base
          && offset == cell.offset
          && bytes == cell.bytes;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * base + Long.hashCode(offset)) + bytes;
    }
  }

  private static final class Walk {
    private final Function function;
    private final SlotUses uses;
    private final Images images;
    private final Scope scope;
    private Map<Cell, Value> known = new LinkedHashMap<>();

    Walk(Function function) {
      this.function = function;
      this.uses = new SlotUses(function);
      this.scope = new Scope(function);
      this.images = scope.images;
    }

    Function run() {
      Cfg cfg = Cfg.of(function);
      List<Block> blocks = new ArrayList<>(function.blocks());
      List<Map<Cell, Value>> ends = new ArrayList<>();
      blocks.forEach(block -> ends.add(Map.of()));
      for (int id : cfg.order()) {
        known = begin(cfg, id, ends);
        Block block = blocks.get(id);
        for (Inst inst : block.insts()) {
          inst(images.of(inst));
        }
        ends.set(id, known);
        blocks.set(id, Rebuild.with(block, scope.take(), block.terminator()));
      }
      return Rebuild.mapped(Rebuild.with(function, blocks), images);
    }

    /** What all predecessors know; nothing where a way back arrives. */
    private static Map<Cell, Value> begin(Cfg cfg, int id, List<Map<Cell, Value>> ends) {
      Map<Cell, Value> common = new LinkedHashMap<>();
      int[] predecessors = cfg.predecessors(id);
      for (int i = 0; i < predecessors.length; i++) {
        if (cfg.position(predecessors[i]) >= cfg.position(id)) {
          return new LinkedHashMap<>();
        }
        Map<Cell, Value> end = ends.get(predecessors[i]);
        if (i == 0) {
          common.putAll(end);
        } else {
          common.entrySet().removeIf(one -> !one.getValue().equals(end.get(one.getKey())));
        }
      }
      return common;
    }

    private void inst(Inst inst) {
      if (inst instanceof Inst.Load load) {
        load(load);
        return;
      }
      scope.add(inst);
      if (inst instanceof Inst.Store store) {
        Cell cell = cell(store.address(), store.offset(), store.value().type().bytes());
        forget(cell.base, cell.offset, cell.offset + cell.bytes);
        remember(cell, store.value());
      } else if (inst instanceof Inst.Zero zero) {
        Cell cell = cell(zero.target(), 0, zero.bytes());
        forget(cell.base, cell.offset, cell.offset + cell.bytes);
      } else if (inst instanceof Inst.Copy copy) {
        Cell cell = cell(copy.target(), 0, copy.bytes());
        forget(cell.base, cell.offset, cell.offset + cell.bytes);
      } else if (Effects.of(inst) == Effects.ANY) {
        known.keySet().removeIf(cell -> !uses.isPrivate(cell.base));
      }
    }

    private void load(Inst.Load load) {
      Type type = load.result().type();
      Cell cell = cell(load.address(), load.offset(), type.bytes());
      Value value = known.get(cell);
      if (value == null) {
        scope.add(load);
        remember(cell, load.result());
      } else if (value.type() == type) {
        images.replace(load.result(), value);
      } else if (value.type() == Type.BOOL) {
        // It may be less than the byte that was loaded.
        scope.add(load);
      } else if (value.type() != Type.PTR && type != Type.PTR) {
        scope.add(new Inst.Convert(load.result(), Mode.WRAP, value, load.span()));
      } else if (value.type() == Type.U64 || type == Type.U64) {
        scope.add(new Inst.Convert(load.result(), Mode.EXACT, value, load.span()));
      } else {
        scope.add(load);
      }
    }

    private Cell cell(Value address, int offset, int bytes) {
      SlotUses.Place place = uses.place(address);
      return place == null
          ? new Cell(address.id(), offset, bytes)
          : new Cell(place.slot(), place.offset() + offset, bytes);
    }

    private void remember(Cell cell, Value value) {
      if (known.size() < MOST_KNOWN) {
        known.put(cell, value);
      }
    }

    /** Forgets what a write to a place may change. */
    private void forget(int base, long from, long to) {
      known
          .keySet()
          .removeIf(
              cell ->
                  cell.base == base
                      ? cell.overlaps(from, to)
                      : !uses.isPrivate(cell.base) && !uses.isPrivate(base) && !differ(cell, base));
    }

    /** Two slots of the frame differ, whoever knows their addresses. */
    private boolean differ(Cell cell, int base) {
      return isSlot(cell.base) && isSlot(base);
    }

    private boolean isSlot(int base) {
      SlotUses.@Nullable Place place = uses.place(new Value(base, Type.PTR));
      return place != null && place.slot() == base;
    }
  }
}
