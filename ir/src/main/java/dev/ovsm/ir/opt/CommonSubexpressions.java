package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a computation by an equal one that is always done before. A check that passed once is
 * not done again; a result computed without a check does not replace a checked one.
 */
final class CommonSubexpressions implements Pass {
  @Override
  public Function run(Function function) {
    return new Walk(function).run();
  }

  /** What two computations of one number have in common; modes are compared apart. */
  private record Key(Object operation, Type type, int left, int right, int last, long number) {
    // Written out: what the language makes of a record takes long before it is compiled.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && operation == key.operation
          && type == key.type
          && left == key.left
          && right == key.right
          && last == key.last
          && number == key.number;
    }

    @Override
    public int hashCode() {
      int numbers = (left * 31 + right) * 31 + Long.hashCode(number) + last;
      return (numbers * 31 + operation.hashCode()) * 31 + type.hashCode();
    }
  }

  private record Found(Value value, Mode mode) {}

  private record Undo(Key key, @Nullable Found before) {}

  private static final class Walk {
    private final Function function;
    private final Images images;
    private final Map<Key, Found> available = new HashMap<>();
    private final List<Undo> undo = new ArrayList<>();

    Walk(Function function) {
      this.function = function;
      this.images = new Images(function);
    }

    Function run() {
      Dominators dominators = new Dominators(Cfg.of(function));
      List<Block> blocks = new ArrayList<>(function.blocks());
      int[] marks = new int[blocks.size()];
      List<Integer> path = new ArrayList<>();
      for (int id : dominators.preorder()) {
        while (!path.isEmpty() && path.get(path.size() - 1) != dominators.parent(id)) {
          leave(marks[path.remove(path.size() - 1)]);
        }
        path.add(id);
        marks[id] = undo.size();
        Block block = blocks.get(id);
        List<Inst> insts = new ArrayList<>(block.insts().size());
        for (Inst inst : block.insts()) {
          Inst mapped = images.of(inst);
          if (!isKnown(mapped)) {
            insts.add(mapped);
          }
        }
        blocks.set(id, Rebuild.with(block, insts, block.terminator()));
      }
      return Rebuild.mapped(Rebuild.with(function, blocks), images);
    }

    private void leave(int mark) {
      while (undo.size() > mark) {
        Undo last = undo.remove(undo.size() - 1);
        if (last.before == null) {
          available.remove(last.key);
        } else {
          available.put(last.key, last.before);
        }
      }
    }

    private boolean isKnown(Inst inst) {
      Key key = key(inst);
      Value result = inst.result();
      if (key == null || result == null) {
        return false;
      }
      Mode mode = mode(inst);
      Found found = available.get(key);
      if (found != null && (mode != Mode.CHECK || found.mode != Mode.WRAP)) {
        images.replace(result, found.value);
        return true;
      }
      undo.add(new Undo(key, found));
      available.put(key, new Found(result, mode));
      return false;
    }

    private static Mode mode(Inst inst) {
      if (inst instanceof Inst.Binary binary) {
        return binary.op().hasMode() ? binary.mode() : Mode.EXACT;
      }
      return inst instanceof Inst.Convert convert ? convert.mode() : Mode.EXACT;
    }

    private static @Nullable Key key(Inst inst) {
      if (inst instanceof Inst.Binary binary) {
        return key(binary.op(), binary.result().type(), binary.left(), binary.right());
      }
      if (inst instanceof Inst.Compare compare) {
        return key(compare.op(), Type.BOOL, compare.left(), compare.right());
      }
      if (inst instanceof Inst.Convert convert) {
        return key("convert", convert.result().type(), convert.operand(), convert.operand());
      }
      if (inst instanceof Inst.Select select) {
        return new Key(
            "select",
            select.result().type(),
            select.condition().id(),
            select.left().id(),
            select.right().id(),
            0);
      }
      if (inst instanceof Inst.Const constant) {
        return new Key("const", constant.result().type(), 0, 0, 0, constant.value());
      }
      return inst instanceof Inst.DataAddress address
          ? new Key("data", Type.PTR, 0, 0, 0, address.data())
          : null;
    }

    private static Key key(Object operation, Type type, Value left, Value right) {
      return new Key(operation, type, left.id(), right.id(), 0, 0);
    }
  }
}
