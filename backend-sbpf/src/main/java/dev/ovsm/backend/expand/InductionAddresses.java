package dev.ovsm.backend.expand;

import dev.ovsm.backend.expand.LoopAddresses.Sum;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Loops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets an address that a loop computes from its counter in each turn go on by a constant instead.
 *
 * <p>That is done for sums of an address from outside the loop and a counter, times a constant or
 * not, that every turn computes, if nothing else in the loop wants the address from outside: then
 * one register takes the other's place.
 */
final class InductionAddresses {
  private final Function function;
  private final LoopAddresses addresses;
  private final Map<Integer, Value> images = new HashMap<>();
  private final List<Block> blocks;
  private int values;

  private InductionAddresses(Function function) {
    this.function = function;
    this.addresses = new LoopAddresses(function);
    this.blocks = new ArrayList<>(function.blocks());
    for (Block block : function.blocks()) {
      block.parameters().forEach(this::see);
      block.insts().forEach(inst -> see(inst.result()));
    }
  }

  private void see(@Nullable Value value) {
    values = Math.max(values, value == null ? 0 : value.id() + 1);
  }

  static Function run(Function function) {
    InductionAddresses induction = new InductionAddresses(function);
    for (Loops.Loop loop : induction.addresses.loops()) {
      int entering = induction.addresses.entering(loop);
      if (entering >= 0) {
        induction.reduce(loop, entering);
      }
    }
    return induction.result();
  }

  private void reduce(Loops.Loop loop, int entering) {
    Set<Value> bases = new HashSet<>();
    addresses
        .sums(loop)
        .forEach(
            (sum, all) -> {
              Long step = addresses.step(loop, sum.counter());
              if (step != null
                  && bases.add(sum.base())
                  && addresses.isWantedOnlyBy(sum.base(), all, loop)) {
                replace(loop, entering, sum, all, step * sum.scale());
              }
            });
  }

  private void replace(Loops.Loop loop, int entering, Sum sum, List<Inst.Binary> all, long growth) {
    Inst.Binary first = all.get(0);
    Value address = fresh(Type.PTR);
    all.forEach(each -> images.put(each.result().id(), address));
    Block header = blocks.get(loop.header());
    List<Value> parameters = new ArrayList<>(header.parameters());
    parameters.add(address);
    blocks.set(
        header.id(), new Block(header.id(), parameters, header.insts(), header.terminator()));
    for (int predecessor : new HashSet<>(list(addresses.predecessors(loop.header())))) {
      Block block = blocks.get(predecessor);
      List<Inst> insts = new ArrayList<>(block.insts());
      Target into =
          block.terminator().targets().stream()
              .filter(target -> target.block() == loop.header())
              .findFirst()
              .orElseThrow();
      Value brought =
          predecessor == entering
              ? start(sum, into.arguments().get(sum.counter()), first, insts)
              : sum(address, constant(growth, first, insts), first, insts);
      Terminator end =
          block.terminator().map(UnaryOperator.identity(), to -> with(to, loop.header(), brought));
      blocks.set(predecessor, new Block(predecessor, block.parameters(), insts, end));
    }
  }

  private static List<Integer> list(int[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  /** The address in the first turn. */
  private Value start(Sum sum, Value counter, Inst.Binary like, List<Inst> insts) {
    Long constant = addresses.constant(counter);
    if (constant != null) {
      return moved(sum.base(), sum.offset() + constant * sum.scale(), like, insts);
    }
    Value base = moved(sum.base(), sum.offset(), like, insts);
    Value wide = counter;
    if (counter.type() != Type.U64) {
      wide = fresh(Type.U64);
      Mode mode = counter.type().signed() ? Mode.WRAP : Mode.EXACT;
      insts.add(new Inst.Convert(wide, mode, counter, like.span()));
    }
    Value scaled = wide;
    if (sum.scale() != 1) {
      scaled = fresh(Type.U64);
      Value factor = constant(sum.scale(), like, insts);
      insts.add(new Inst.Binary(scaled, BinaryOp.MUL, Mode.WRAP, wide, factor, like.span()));
    }
    return sum(base, scaled, like, insts);
  }

  private Value moved(Value base, long offset, Inst.Binary like, List<Inst> insts) {
    return offset == 0 ? base : sum(base, constant(offset, like, insts), like, insts);
  }

  private Value constant(long number, Inst.Binary like, List<Inst> insts) {
    Value constant = fresh(Type.U64);
    insts.add(new Inst.Const(constant, number, like.span()));
    return constant;
  }

  private Value sum(Value left, Value right, Inst.Binary like, List<Inst> insts) {
    Value sum = fresh(Type.PTR);
    insts.add(new Inst.Binary(sum, BinaryOp.ADD, Mode.WRAP, left, right, like.span()));
    return sum;
  }

  private static Target with(Target target, int header, Value brought) {
    if (target.block() != header) {
      return target;
    }
    List<Value> arguments = new ArrayList<>(target.arguments());
    arguments.add(brought);
    return new Target(header, arguments);
  }

  private Value fresh(Type type) {
    return new Value(values++, type);
  }

  private Function result() {
    if (images.isEmpty()) {
      return function;
    }
    UnaryOperator<Value> image = value -> images.getOrDefault(value.id(), value);
    List<Block> mapped = new ArrayList<>();
    for (Block block : blocks) {
      List<Inst> insts = block.insts().stream().map(inst -> inst.mapUses(image)).toList();
      Terminator end = block.terminator().map(image, target -> target.map(image));
      mapped.add(new Block(block.id(), block.parameters(), insts, end));
    }
    return new Function(function.name(), function.result(), withoutUnused(mapped), function.span());
  }

  /** Drops the sums that were replaced, and what only they were made of. */
  private static List<Block> withoutUnused(List<Block> blocks) {
    Set<Integer> used = new HashSet<>();
    List<Block> kept = new ArrayList<>(blocks);
    for (Block block : blocks) {
      note(block.terminator().operands(), used);
      block.terminator().targets().forEach(target -> note(target.arguments(), used));
      block.insts().stream()
          .filter(inst -> !isPlain(inst))
          .forEach(inst -> note(inst.operands(), used));
    }
    int before = -1;
    while (used.size() > before) {
      before = used.size();
      for (Block block : blocks) {
        for (Inst inst : block.insts()) {
          Value result = inst.result();
          if (result != null && used.contains(result.id())) {
            note(inst.operands(), used);
          }
        }
      }
    }
    kept.replaceAll(
        block ->
            new Block(
                block.id(),
                block.parameters(),
                block.insts().stream()
                    .filter(inst -> !isPlain(inst) || isUsed(inst.result(), used))
                    .toList(),
                block.terminator()));
    return kept;
  }

  private static void note(List<Value> values, Set<Integer> used) {
    values.forEach(value -> used.add(value.id()));
  }

  private static boolean isUsed(@Nullable Value result, Set<Integer> used) {
    return result != null && used.contains(result.id());
  }

  /** Whether an instruction does nothing but compute its result. */
  private static boolean isPlain(Inst inst) {
    if (inst instanceof Inst.Binary binary) {
      boolean divides = binary.op() == BinaryOp.DIV || binary.op() == BinaryOp.REM;
      return binary.mode() != Mode.CHECK && !divides;
    }
    return inst instanceof Inst.Convert convert && convert.mode() != Mode.CHECK;
  }
}
