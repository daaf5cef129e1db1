package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Merges ways to failures that do the same for the same place in the source, as inlining and
 * expansion leave them: one block is kept, and what the others compute it from becomes a parameter,
 * unless it is an address, of which less would be known then.
 *
 * <p>Nothing else is merged: where a program goes on, a jump to shared code would cost a unit, and
 * code of several places would have no place of its own.
 */
final class TailMerging implements Pass {
  /** Longer ways are left alone from there on. */
  private static final int LONGEST = 8;

  /** A merged block has at most so many parameters. */
  private static final int MOST_PARAMETERS = 3;

  @Override
  public Function run(Function function) {
    Function merged = function;
    boolean merges = false;
    int[] heights = heights(function);
    Map<Integer, Long> constants = constants(function);
    for (int height = 1; height <= LONGEST; height++) {
      if (has(heights, height)) {
        Round round = new Round(merged, constants, heights, height);
        merged = round.run();
        if (round.merges()) {
          merges = true;
          constants = constants(merged);
        }
      }
    }
    return merges ? Rebuild.ordered(merged, merged.blocks()) : function;
  }

  private static boolean has(int[] heights, int height) {
    for (int each : heights) {
      if (each == height) {
        return true;
      }
    }
    return false;
  }

  private static Map<Integer, Long> constants(Function function) {
    Map<Integer, Long> constants = new HashMap<>();
    for (Block block : function.blocks()) {
      for (Inst inst : block.insts()) {
        if (inst instanceof Inst.Const constant) {
          constants.put(constant.result().id(), constant.value());
        }
      }
    }
    return constants;
  }

  /** How many blocks the longest way from a block passes if every way ends in a failure; else 0. */
  private static int[] heights(Function function) {
    Cfg cfg = Cfg.of(function);
    int[] heights = new int[cfg.size()];
    for (int i = cfg.order().length - 1; i >= 0; i--) {
      int id = cfg.order()[i];
      Terminator end = function.blocks().get(id).terminator();
      boolean fails = end instanceof Terminator.Fail || end instanceof Terminator.Unreachable;
      int most = 0;
      for (int successor : cfg.successors(id)) {
        boolean leads = cfg.position(successor) > i && heights[successor] > 0;
        most = leads && most >= 0 ? Math.max(most, heights[successor]) : -1;
      }
      heights[id] = fails ? 1 : most > 0 && id != 0 ? most + 1 : 0;
    }
    return heights;
  }

  /**
   * What a block does, its values numbered in the order of their use.
   *
   * @param constants the constants that it takes from elsewhere
   */
  private record Shape(
      List<Value> parameters, List<Long> constants, List<Inst> insts, Terminator end) {}

  /**
   * A block and what it takes from elsewhere.
   *
   * @param outer values that are no constants
   * @param constants the values of {@link Shape#constants}
   */
  private record Member(Block block, List<Value> outer, List<Value> constants) {}

  /** One round: the blocks of one height, all of whose ways on are merged already. */
  private static final class Round {
    private final Function function;
    private final Images images;
    private final Map<Integer, Long> constants;
    private final Map<Shape, List<Member>> groups = new LinkedHashMap<>();

    /** Where jumps to a merged block go, and which values they bring beside their arguments. */
    private final Map<Integer, Target> moved = new HashMap<>();

    private final Map<Integer, Block> kept = new HashMap<>();

    Round(Function function, Map<Integer, Long> constants, int[] heights, int height) {
      this.function = function;
      this.constants = constants;
      this.images = new Images(function);
      for (Block block : function.blocks()) {
        if (block.id() != 0 && heights[block.id()] == height && !block.insts().isEmpty()) {
          note(block);
        }
      }
    }

    private void note(Block block) {
      Map<Value, Value> numbers = new HashMap<>();
      List<Value> outer = new ArrayList<>();
      List<Value> fixed = new ArrayList<>();
      List<Long> numbersOfFixed = new ArrayList<>();
      UnaryOperator<Value> define = value -> numbered(numbers, value);
      block.parameters().forEach(value -> numbered(numbers, value));
      block
          .insts()
          .forEach(
              inst -> {
                Value result = inst.result();
                if (result != null) {
                  numbered(numbers, result);
                }
              });
      UnaryOperator<Value> use =
          value -> {
            if (!numbers.containsKey(value)) {
              Long constant = constants.get(value.id());
              if (constant == null) {
                outer.add(value);
              } else {
                fixed.add(value);
                numbersOfFixed.add(constant);
              }
            }
            return define.apply(value);
          };
      List<Inst> insts = block.insts().stream().map(inst -> inst.map(use, define)).toList();
      Terminator end = block.terminator().map(use, target -> target.map(use));
      Shape shape = new Shape(Value.map(block.parameters(), define), numbersOfFixed, insts, end);
      groups.computeIfAbsent(shape, s -> new ArrayList<>()).add(new Member(block, outer, fixed));
    }

    private static Value numbered(Map<Value, Value> numbers, Value value) {
      return numbers.computeIfAbsent(value, v -> new Value(numbers.size(), v.type()));
    }

    /** Whether any blocks are the same and have become one. */
    boolean merges() {
      return !moved.isEmpty();
    }

    Function run() {
      groups.values().stream().filter(members -> members.size() > 1).forEach(this::merge);
      if (moved.isEmpty()) {
        return function;
      }
      List<Block> blocks = new ArrayList<>();
      for (Block block : function.blocks()) {
        Block same = kept.getOrDefault(block.id(), block);
        Terminator end = same.terminator().map(UnaryOperator.identity(), this::target);
        blocks.add(Rebuild.with(same, same.insts(), end));
      }
      return new Function(function.name(), function.result(), blocks, function.span());
    }

    private void merge(List<Member> members) {
      Member first = members.get(0);
      List<Integer> differing = new ArrayList<>();
      for (int i = 0; i < first.outer.size(); i++) {
        if (differs(members, i)) {
          differing.add(i);
        }
      }
      boolean anywhere = differing.stream().anyMatch(i -> first.outer.get(i).type() == Type.PTR);
      if (anywhere || first.block.parameters().size() + differing.size() > MOST_PARAMETERS) {
        return;
      }
      Map<Value, Value> inner = new HashMap<>();
      List<Value> parameters = new ArrayList<>(first.block.parameters());
      for (int index : differing) {
        Value value = first.outer.get(index);
        parameters.add(inner.computeIfAbsent(value, v -> images.fresh(v.type())));
      }
      List<Inst> insts = new ArrayList<>();
      for (Value value : first.constants) {
        Value copy = inner.computeIfAbsent(value, v -> images.fresh(v.type()));
        long number = constants.getOrDefault(value.id(), 0L);
        insts.add(new Inst.Const(copy, number, first.block.insts().get(0).span()));
      }
      UnaryOperator<Value> image = value -> inner.getOrDefault(value, value);
      first.block.insts().forEach(inst -> insts.add(inst.mapUses(image)));
      Terminator end = first.block.terminator().map(image, target -> target.map(image));
      int id = first.block.id();
      kept.put(id, new Block(id, parameters, insts, end));
      for (Member member : members) {
        List<Value> brought = differing.stream().map(member.outer::get).toList();
        moved.put(member.block.id(), new Target(id, brought));
      }
    }

    /** Whether not all blocks take the same value from elsewhere at a place. */
    private static boolean differs(List<Member> members, int place) {
      Value first = members.get(0).outer.get(place);
      return members.stream().anyMatch(member -> !member.outer.get(place).equals(first));
    }

    private Target target(Target target) {
      @Nullable Target to = moved.get(target.block());
      if (to == null) {
        return target;
      }
      List<Value> arguments = new ArrayList<>(target.arguments());
      arguments.addAll(to.arguments());
      return new Target(to.block(), arguments);
    }
  }
}
