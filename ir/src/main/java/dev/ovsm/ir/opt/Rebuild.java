package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the blocks of a function in order again and numbers its values anew. */
final class Rebuild {
  private Rebuild() {}

  /** The reachable blocks in reverse postorder, with ids that are their places. */
  static Function ordered(Function function, List<Block> blocks) {
    Function draft = with(function, blocks);
    return ordered(draft, Cfg.order(draft));
  }

  /** The same of a function with the order of its graph; the same object if nothing changes. */
  static Function ordered(Function function, int[] order) {
    List<Block> blocks = function.blocks();
    if (isInOrder(order, blocks.size())) {
      return function;
    }
    int[] position = new int[blocks.size()];
    for (int i = 0; i < order.length; i++) {
      position[order[i]] = i;
    }
    List<Block> ordered = new ArrayList<>(order.length);
    UnaryOperator<Target> moved =
        target -> new Target(position[target.block()], target.arguments());
    for (int id : order) {
      Block block = blocks.get(id);
      Terminator end = block.terminator().map(UnaryOperator.identity(), moved);
      ordered.add(new Block(ordered.size(), block.parameters(), block.insts(), end));
    }
    return new Function(function.name(), function.result(), ordered, function.span());
  }

  private static boolean isInOrder(int[] order, int blocks) {
    boolean same = order.length == blocks;
    for (int i = 0; same && i < blocks; i++) {
      same = order[i] == i;
    }
    return same;
  }

  /** The function with values numbered from 0 in the order of their definitions. */
  static Function numbered(Function function) {
    Numbers numbers = new Numbers();
    for (Block block : function.blocks()) {
      block.parameters().forEach(numbers::define);
      for (Inst inst : block.insts()) {
        Value result = inst.result();
        if (result != null) {
          numbers.define(result);
        }
      }
    }
    return mapped(function, numbers::of);
  }

  /** The function with every value that another stands for replaced by it. */
  static Function mapped(Function function, Images images) {
    return images.isEmpty() ? function : mapped(function, images.each());
  }

  /**
   * The function with every value, used or defined, replaced by its image; what has no other image
   * stays the same object.
   */
  static Function mapped(Function function, UnaryOperator<Value> image) {
    List<Block> blocks = new ArrayList<>(function.blocks().size());
    UnaryOperator<Target> target = to -> to.map(image);
    for (Block block : function.blocks()) {
      List<Inst> insts = new ArrayList<>(block.insts().size());
      for (Inst inst : block.insts()) {
        insts.add(inst.map(image, image));
      }
      Terminator end = block.terminator().map(image, target);
      blocks.add(with(block, Value.map(block.parameters(), image), insts, end));
    }
    return with(function, blocks);
  }

  /** A block with other instructions and another end; the same object if they are the same. */
  static Block with(Block block, List<Inst> insts, Terminator end) {
    return with(block, block.parameters(), insts, end);
  }

  /** A block with other contents; the same object if they are the same objects. */
  static Block with(Block block, List<Value> parameters, List<Inst> insts, Terminator end) {
    boolean same =
        parameters == block.parameters()
            && end == block.terminator()
            && areSame(insts, block.insts());
    return same ? block : new Block(block.id(), parameters, insts, end);
  }

  /** A function with other blocks; the same object if they are the same objects. */
  static Function with(Function function, List<Block> blocks) {
    return areSame(blocks, function.blocks())
        ? function
        : new Function(function.name(), function.result(), blocks, function.span());
  }

  private static boolean areSame(List<?> some, List<?> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; some != others && i < some.size(); i++) {
      if (some.get(i) != others.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static final class Numbers {
    private @Nullable Value[] numbered = new Value[64];
    private int next;

    void define(Value value) {
      if (value.id() >= numbered.length) {
        numbered = Arrays.copyOf(numbered, Math.max(value.id() + 1, 2 * value.id()));
      }
      numbered[value.id()] = new Value(next++, value.type());
    }

    Value of(Value value) {
      Value number = numbered[value.id()];
      if (number == null) {
        throw new IllegalStateException(value + " is used where nothing defines it");
      }
      return number;
    }
  }
}
