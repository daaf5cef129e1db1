package dev.ovsm.ir.opt;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps slots of the frame in values where every access names a whole piece of the slot at a known
 * place. Bytes that were never written read as zero, as one of the things they may be.
 */
final class ScalarReplacement implements Pass {
  private static final int MOST_PIECES = 64;

  @Override
  public Function run(Function function) {
    Map<Integer, Layout> layouts = new Layouts(function).find();
    return layouts.isEmpty() ? function : new Rewriting(function, layouts).run();
  }

  /** The pieces of a slot by their offset. */
  private static final class Layout {
    final TreeMap<Long, Type> pieces = new TreeMap<>();
    final List<long[]> ranges = new ArrayList<>();
    boolean possible = true;

    void access(long offset, Type type) {
      Type known = pieces.putIfAbsent(offset, type);
      if (known == Type.BOOL) {
        // A byte may hold more than a boolean does.
        pieces.put(offset, type);
      }
      possible &= (known == null || known.bytes() == type.bytes()) && pieces.size() <= MOST_PIECES;
    }

    /** Pieces do not overlap one another, nor lie across the end of a range. */
    boolean isSound(int slotBytes) {
      long end = 0;
      for (Map.Entry<Long, Type> piece : pieces.entrySet()) {
        long next = piece.getKey() + piece.getValue().bytes();
        possible &= piece.getKey() >= end && next <= slotBytes;
        for (long[] range : ranges) {
          boolean inside = piece.getKey() >= range[0] && next <= range[1];
          boolean outside = next <= range[0] || piece.getKey() >= range[1];
          possible &= inside || outside;
        }
        end = next;
      }
      return possible;
    }
  }

  /** Finds the slots that can be replaced. */
  private static final class Layouts {
    private final Function function;
    private final SlotUses uses;
    private final Map<Integer, Layout> layouts = new HashMap<>();

    Layouts(Function function) {
      this.function = function;
      this.uses = new SlotUses(function);
    }

    Map<Integer, Layout> find() {
      Map<Integer, Integer> sizes = new HashMap<>();
      for (int id : Cfg.order(function)) {
        for (Inst inst : function.blocks().get(id).insts()) {
          if (inst instanceof Inst.StackSlot slot) {
            sizes.put(slot.result().id(), slot.bytes());
            layouts.put(slot.result().id(), new Layout());
          } else if (inst instanceof Inst.Load load) {
            access(load.address(), load.offset(), load.result().type());
          } else if (inst instanceof Inst.Store store) {
            access(store.address(), store.offset(), store.value().type());
          } else if (inst instanceof Inst.Zero zero) {
            range(zero.target(), zero.bytes());
          } else if (inst instanceof Inst.Copy copy) {
            refuse(copy.target());
            refuse(copy.source());
          }
        }
      }
      layouts
          .entrySet()
          .removeIf(
              one ->
                  !uses.isPrivate(one.getKey())
                      || !one.getValue().isSound(sizes.getOrDefault(one.getKey(), 0)));
      return layouts;
    }

    private @Nullable Layout layout(SlotUses.@Nullable Place place) {
      return place == null ? null : layouts.get(place.slot());
    }

    private void access(Value address, int offset, Type type) {
      SlotUses.Place place = uses.place(address);
      Layout layout = layout(place);
      if (layout != null && place != null) {
        layout.access(place.offset() + offset, type);
      }
    }

    private void range(Value address, int bytes) {
      SlotUses.Place place = uses.place(address);
      Layout layout = layout(place);
      if (layout != null && place != null) {
        layout.ranges.add(new long[] {place.offset(), place.offset() + bytes});
      }
    }

    private void refuse(Value address) {
      Layout layout = layout(uses.place(address));
      if (layout != null) {
        layout.possible = false;
      }
    }
  }

  /** Builds the function anew with a variable for each piece. */
  private static final class Rewriting {
    private final Function function;
    private final Map<Integer, Layout> layouts;
    private final SlotUses uses;
    private final FunctionBuilder out;
    private final @Nullable Value[] images;
    private final Map<SlotUses.Place, Variable> variables = new HashMap<>();
    private final Map<Integer, Integer> blocks = new HashMap<>();

    Rewriting(Function function, Map<Integer, Layout> layouts) {
      this.function = function;
      this.layouts = layouts;
      this.uses = new SlotUses(function);
      this.images = new Value[new Images(function).size()];
      List<Type> types = function.parameters().stream().map(Value::type).toList();
      this.out = new FunctionBuilder(function.name(), function.result(), types, function.span());
    }

    Function run() {
      int[] order = Cfg.order(function);
      for (int id : order) {
        Block block = function.blocks().get(id);
        blocks.put(id, id == 0 ? 0 : out.block());
        for (int i = 0; i < block.parameters().size(); i++) {
          Value parameter = block.parameters().get(i);
          images[parameter.id()] =
              id == 0 ? out.parameter(i) : out.parameter(block(id), parameter.type());
        }
      }
      declare();
      for (int id : order) {
        out.enter(block(id));
        Block block = function.blocks().get(id);
        for (Inst inst : block.insts()) {
          out.at(inst.span());
          inst(inst);
        }
        Terminator end = block.terminator();
        out.end(
            end.map(
                this::image,
                target -> new Target(block(target.block()), target.map(this::image).arguments())));
      }
      return out.build();
    }

    private int block(int id) {
      return blocks.getOrDefault(id, 0);
    }

    private Value image(Value value) {
      Value image = images[value.id()];
      if (image == null) {
        throw new IllegalStateException(value + " has no definition before its use");
      }
      return image;
    }

    private void declare() {
      out.at(Span.none());
      layouts.entrySet().stream()
          .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
          .forEach(
              one ->
                  one.getValue()
                      .pieces
                      .forEach(
                          (offset, type) -> {
                            Variable variable = out.variable("piece", type);
                            out.write(variable, out.constant(type, 0));
                            variables.put(new SlotUses.Place(one.getKey(), offset), variable);
                          }));
    }

    private @Nullable Variable variable(Value address, int offset) {
      SlotUses.Place place = uses.place(address);
      return place == null
          ? null
          : variables.get(new SlotUses.Place(place.slot(), place.offset() + offset));
    }

    private void inst(Inst inst) {
      SlotUses.Place address = inst.result() == null ? null : uses.place(inst.result());
      if (address != null && layouts.containsKey(address.slot())) {
        return;
      }
      if (inst instanceof Inst.Load load) {
        Variable variable = variable(load.address(), load.offset());
        if (variable != null) {
          Type type = load.result().type();
          images[load.result().id()] = bits(out.read(variable), type);
          return;
        }
      } else if (inst instanceof Inst.Store store) {
        Variable variable = variable(store.address(), store.offset());
        if (variable != null) {
          out.write(variable, bits(image(store.value()), variable.type()));
          return;
        }
      } else if (inst instanceof Inst.Zero zero && zero(zero)) {
        return;
      }
      Value result = inst.result();
      Value image = result == null ? null : out.value(result.type());
      Inst mapped = inst.map(this::image, value -> image == null ? value : image);
      if (result != null) {
        images[result.id()] = image;
      }
      out.add(mapped);
    }

    private boolean zero(Inst.Zero zero) {
      SlotUses.Place place = uses.place(zero.target());
      Layout layout = place == null ? null : layouts.get(place.slot());
      if (layout == null || place == null) {
        return false;
      }
      layout
          .pieces
          .subMap(place.offset(), place.offset() + zero.bytes())
          .forEach(
              (offset, type) -> {
                Variable variable = variables.get(new SlotUses.Place(place.slot(), offset));
                if (variable != null) {
                  out.write(variable, out.constant(type, 0));
                }
              });
      return true;
    }

    /** The same bytes as another type of their size. */
    private Value bits(Value value, Type type) {
      Value number = value;
      if (value.type() == Type.PTR) {
        number = out.convert(Type.U64, Mode.EXACT, value);
      } else if (type == Type.PTR) {
        number = out.convert(Type.U64, Mode.WRAP, value);
      }
      return out.convert(type, type == Type.PTR ? Mode.EXACT : Mode.WRAP, number);
    }
  }
}
