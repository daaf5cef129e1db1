package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.ir.flow.Loops;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Moves what a loop computes anew each time in front of it: computations without effects from every
 * block that each turn passes; loads and checks only from its first block, as long as nothing that
 * stays comes before them, and loads only if nothing in the loop writes memory.
 *
 * <p>Constants, addresses of data and slots, and constant distances from addresses stay: they cost
 * nothing where they are used. So does what comes after many others that were moved in front of the
 * same loop: it would take room in the frame and be loaded from there instead.
 */
final class LoopInvariants implements Pass {
  /** So many results are moved in front of a loop. */
  private static final int MOST = 32;

  @Override
  public Function run(Function function) {
    Cfg cfg = Cfg.of(function);
    Dominators dominators = new Dominators(cfg);
    Loops loops = new Loops(cfg, dominators);
    return loops.all().isEmpty() ? function : new Hoisting(function, cfg, dominators, loops).run();
  }

  private static final class Hoisting {
    private final Function function;
    private final Cfg cfg;
    private final Dominators dominators;
    private final Loops loops;
    private final Images images;
    private final Map<Integer, Inst> definitions = new HashMap<>();

    /** The innermost loop that computes a value now, or -1. */
    private final Map<Integer, Integer> home = new HashMap<>();

    private final List<List<Inst>> insts = new ArrayList<>();

    /** What was moved in front of each loop. */
    private final List<List<Inst>> hoisted = new ArrayList<>();

    Hoisting(Function function, Cfg cfg, Dominators dominators, Loops loops) {
      this.function = function;
      this.cfg = cfg;
      this.dominators = dominators;
      this.loops = loops;
      this.images = new Images(function);
      loops.all().forEach(loop -> hoisted.add(new ArrayList<>()));
      for (Block block : function.blocks()) {
        int loop = loops.innermost(block.id());
        block.parameters().forEach(value -> home.put(value.id(), loop));
        for (Inst inst : block.insts()) {
          Value result = inst.result();
          if (result != null) {
            home.put(result.id(), loop);
            definitions.put(result.id(), inst);
          }
        }
        insts.add(block.insts());
      }
    }

    Function run() {
      for (int i = loops.all().size() - 1; i >= 0; i--) {
        hoist(loops.all().get(i));
      }
      List<Block> blocks = new ArrayList<>();
      for (Block block : function.blocks()) {
        blocks.add(
            new Block(block.id(), block.parameters(), insts.get(block.id()), block.terminator()));
      }
      for (Loops.Loop loop : loops.all()) {
        if (!hoisted.get(loop.index()).isEmpty()) {
          place(loop, blocks);
        }
      }
      return Rebuild.ordered(function, blocks);
    }

    /** The instructions of the loop in an order in which definitions come first. */
    private void hoist(Loops.Loop loop) {
      boolean writes = writes(loop);
      List<Integer> blocks = new ArrayList<>(loop.blocks());
      blocks.sort(Comparator.comparingInt(cfg::position));
      for (int block : blocks) {
        if (!isAlwaysPassed(block, loop)) {
          continue;
        }
        int inner = innerLoopAt(block, loop.index());
        if (inner >= 0) {
          hoisted.set(inner, move(hoisted.get(inner), loop, false, true));
        }
        insts.set(block, move(insts.get(block), loop, block == loop.header(), writes));
      }
    }

    /** Whether each turn of the loop passes a block. */
    private boolean isAlwaysPassed(int block, Loops.Loop loop) {
      for (int latch : cfg.predecessors(loop.header())) {
        if (isInside(loops.innermost(latch), loop.index()) && !dominators.dominates(block, latch)) {
          return false;
        }
      }
      return true;
    }

    /** The loop directly inside another one whose header a block is, or -1. */
    private int innerLoopAt(int block, int outer) {
      int loop = loops.innermost(block);
      while (loop >= 0 && loops.all().get(loop).header() == block) {
        if (loops.all().get(loop).parent() == outer) {
          return loop;
        }
        loop = loops.all().get(loop).parent();
      }
      return -1;
    }

    private boolean writes(Loops.Loop loop) {
      for (int block : loop.blocks()) {
        for (Inst inst : insts.get(block)) {
          Effects effects = Effects.of(inst);
          if (effects == Effects.WRITES || effects == Effects.ANY) {
            return true;
          }
        }
      }
      return false;
    }

    /** Moves what can be moved in front of the loop and returns what stays. */
    private List<Inst> move(List<Inst> from, Loops.Loop loop, boolean first, boolean writes) {
      List<Inst> staying = new ArrayList<>();
      boolean untouched = first;
      for (Inst inst : from) {
        Effects effects = Effects.of(inst);
        boolean movable =
            switch (effects) {
              case NONE -> !isFree(inst);
              case READS -> untouched && !writes;
              case FAILS -> untouched;
              case WRITES, ANY -> false;
            };
        if (movable && isInvariant(inst, loop) && (inst.result() == null || hasRoom(loop))) {
          // Constants stay behind: the copy in front of the loop needs its own.
          Inst moved = inst.mapUses(value -> outside(value, loop, inst));
          hoisted.get(loop.index()).add(moved);
          Value result = inst.result();
          if (result != null) {
            home.put(result.id(), loop.parent());
          }
        } else {
          staying.add(inst);
          untouched &= effects == Effects.NONE;
        }
      }
      return staying;
    }

    private boolean hasRoom(Loops.Loop loop) {
      return hoisted.get(loop.index()).stream().filter(inst -> !isFree(inst)).count() < MOST;
    }

    private boolean isFree(Inst inst) {
      if (inst instanceof Inst.Binary binary && binary.result().type() == Type.PTR) {
        return definitions.get(binary.right().id()) instanceof Inst.Const;
      }
      return inst instanceof Inst.Const
          || inst instanceof Inst.DataAddress
          || inst instanceof Inst.StackSlot;
    }

    private boolean isInvariant(Inst inst, Loops.Loop loop) {
      for (Value operand : inst.operands()) {
        boolean constant = definitions.get(operand.id()) instanceof Inst.Const;
        if (!constant && isInside(home(operand), loop.index())) {
          return false;
        }
      }
      return true;
    }

    private int home(Value value) {
      return home.getOrDefault(value.id(), -1);
    }

    private boolean isInside(int loop, int outer) {
      int at = loop;
      while (at > outer) {
        at = loops.all().get(at).parent();
      }
      return at == outer;
    }

    private Value outside(Value value, Loops.Loop loop, Inst user) {
      if (definitions.get(value.id()) instanceof Inst.Const constant
          && isInside(home(value), loop.index())) {
        Value copy = images.fresh(value.type());
        Inst.Const outside = new Inst.Const(copy, constant.value(), user.span());
        hoisted.get(loop.index()).add(outside);
        definitions.put(copy.id(), outside);
        home.put(copy.id(), loop.parent());
        return copy;
      }
      return value;
    }

    /** Puts what was moved at the end of the only block that enters the loop, or in a new one. */
    private void place(Loops.Loop loop, List<Block> blocks) {
      List<Inst> moved = hoisted.get(loop.index());
      Set<Integer> entering = new HashSet<>();
      for (int predecessor : cfg.predecessors(loop.header())) {
        if (!isInside(loops.innermost(predecessor), loop.index())) {
          entering.add(predecessor);
        }
      }
      Block only = entering.size() == 1 ? blocks.get(entering.iterator().next()) : null;
      if (only != null && only.terminator() instanceof Terminator.Jump) {
        List<Inst> extended = new ArrayList<>(only.insts());
        extended.addAll(moved);
        blocks.set(only.id(), new Block(only.id(), only.parameters(), extended, only.terminator()));
        return;
      }
      List<Value> parameters = new ArrayList<>();
      for (Value parameter : function.blocks().get(loop.header()).parameters()) {
        parameters.add(images.fresh(parameter.type()));
      }
      int id = blocks.size();
      Terminator jump =
          new Terminator.Jump(new Target(loop.header(), parameters), moved.get(0).span());
      blocks.add(new Block(id, parameters, moved, jump));
      for (int predecessor : entering) {
        Block block = blocks.get(predecessor);
        Terminator end =
            block
                .terminator()
                .map(
                    UnaryOperator.identity(),
                    target ->
                        target.block() == loop.header()
                            ? new Target(id, target.arguments())
                            : target);
        blocks.set(predecessor, new Block(predecessor, block.parameters(), block.insts(), end));
      }
    }
  }
}
