package dev.ovsm.ir.check;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.ir.flow.Dominators;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the shape of one function: blocks, targets, definitions before uses. */
final class FunctionChecker {
  private final Function function;
  private final List<Violation> violations;
  private final TypeRules rules;
  private final Map<Integer, Place> definitions = new HashMap<>();
  private String where;

  FunctionChecker(
      Module module,
      Map<String, Function> functions,
      Function function,
      List<Violation> violations) {
    this.function = function;
    this.violations = violations;
    this.where = function.name();
    this.rules = new TypeRules(module, functions, function, this::report);
  }

  void run() {
    if (targetsExist()) {
      define();
      Cfg cfg = Cfg.of(function);
      if (cfg.predecessors(0).length > 0) {
        report("the entry block is jumped to", function.span());
      }
      Dominators dominators = new Dominators(cfg);
      for (Block block : function.blocks()) {
        block(block, cfg, dominators);
      }
    }
  }

  private boolean targetsExist() {
    int before = violations.size();
    List<Block> blocks = function.blocks();
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      where = function.name() + " b" + i;
      if (block.id() != i) {
        report("has id " + block.id(), block.terminator().span());
      }
      for (Target target : block.terminator().targets()) {
        if (target.block() < 0 || target.block() >= blocks.size()) {
          report("jumps to b" + target.block(), block.terminator().span());
        } else {
          arguments(target, blocks.get(target.block()), block.terminator().span());
        }
      }
    }
    return violations.size() == before;
  }

  private void arguments(Target target, Block to, Span span) {
    List<Value> arguments = target.arguments();
    if (arguments.size() != to.parameters().size()) {
      report("brings " + arguments.size() + " arguments to b" + to.id(), span);
      return;
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).type() != to.parameters().get(i).type()) {
        report("argument " + arguments.get(i) + " to b" + to.id() + " has another type", span);
      }
    }
  }

  private void define() {
    for (Block block : function.blocks()) {
      where = function.name() + " b" + block.id();
      for (Value parameter : block.parameters()) {
        define(parameter, block.id(), -1, block.terminator().span());
      }
      for (int i = 0; i < block.insts().size(); i++) {
        Value result = block.insts().get(i).result();
        if (result != null) {
          define(result, block.id(), i, block.insts().get(i).span());
        }
      }
    }
  }

  private void define(Value value, int block, int index, Span span) {
    if (definitions.put(value.id(), new Place(value, block, index)) != null) {
      report(value + " is defined twice", span);
    }
  }

  private void block(Block block, Cfg cfg, Dominators dominators) {
    where = function.name() + " b" + block.id();
    List<Inst> insts = block.insts();
    boolean reachable = cfg.isReachable(block.id());
    for (int i = 0; i < insts.size(); i++) {
      Inst inst = insts.get(i);
      for (Value used : inst.operands()) {
        use(used, block.id(), i, reachable ? dominators : null, inst.span());
      }
      inst.accept(rules);
    }
    Terminator end = block.terminator();
    for (Value used : end.operands()) {
      use(used, block.id(), insts.size(), reachable ? dominators : null, end.span());
    }
    for (Target target : end.targets()) {
      for (Value used : target.arguments()) {
        use(used, block.id(), insts.size(), reachable ? dominators : null, end.span());
      }
    }
    end.accept(rules);
  }

  private void use(Value value, int block, int index, @Nullable Dominators dominators, Span span) {
    Place place = definitions.get(value.id());
    if (place == null) {
      report(value + " is used but not defined", span);
    } else if (place.value.type() != value.type()) {
      report(value + " is defined as " + place.value.type().word(), span);
    } else if (dominators != null) {
      boolean before =
          place.block == block ? place.index < index : dominators.dominates(place.block, block);
      if (!before) {
        report(value + " is used where it is not defined on every path", span);
      }
    }
  }

  private void report(String text, Span span) {
    violations.add(new Violation(where, text, span));
  }

  private record Place(Value value, int block, int index) {}
}
