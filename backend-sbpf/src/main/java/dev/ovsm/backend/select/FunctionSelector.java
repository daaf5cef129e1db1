package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.Exit;
import dev.ovsm.backend.machine.Link;
import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.MachineBlock;
import dev.ovsm.backend.machine.MachineFunction;
import dev.ovsm.backend.machine.MachineInst;
import dev.ovsm.diag.Span;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.InstVisitor;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Result;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Selects the instructions of one function, its blocks in reverse postorder. */
final class FunctionSelector implements InstVisitor<Boolean>, Terminator.Visitor<Boolean> {
  private final Function function;
  private final Set<String> failing;
  private final Cfg cfg;
  private final Emitter out;
  private final Values values;
  private final Comparing comparing;
  private final ArithmeticSelector arithmetic;
  private final MemorySelector memory;
  private final int[] blocks;

  private final @Nullable PresenceCheck presence;

  /** The comparison just passed, for the branch that follows. */
  private Inst.@Nullable Compare condition;

  /**
   * A selector for one function.
   *
   * @param retention what callees keep of addresses in the frame
   * @param showsData whether the machine can have left the address of the instruction data in r2
   *     when the function begins, and nothing else
   * @param version which instructions there are
   */
  FunctionSelector(
      Function function,
      Set<String> failing,
      Retention retention,
      boolean showsData,
      Version version) {
    this.function = function;
    this.failing = failing;
    this.cfg = Cfg.of(function);
    boolean isEntry = function.name().equals(Module.ENTRYPOINT);
    boolean canFail = failing.contains(function.name());
    this.out = new Emitter(new MachineFunction(function.name(), function.span(), canFail, isEntry));
    SharedSlots slots = new SharedSlots(function, cfg, retention, out.function);
    this.values = new Values(function, cfg, out, slots::number);
    this.comparing = new Comparing(function, version, values, out);
    this.arithmetic = new ArithmeticSelector(out, values, comparing);
    this.memory = new MemorySelector(out, values);
    this.blocks = new int[cfg.size()];
    PresenceCheck check = isEntry && showsData ? PresenceCheck.of(function) : null;
    this.presence = check == null || failure(check.present()) != null ? null : check;
  }

  MachineFunction run() {
    Frequencies frequencies = new Frequencies(function, cfg);
    List<MachineBlock> machine = out.function.blocks();
    Arrays.fill(blocks, -1);
    for (int id : cfg.order()) {
      if (id == 0 || failure(id) == null) {
        blocks[id] = machine.size();
        machine.add(new MachineBlock(machine.size(), frequencies.of(id)));
      }
    }
    for (int id : cfg.order()) {
      if (blocks[id] >= 0) {
        out.enter(machine.get(blocks[id]));
        block(function.blocks().get(id));
      }
    }
    return out.function;
  }

  /** The code with which a block that does nothing else fails; null if it does something else. */
  private @Nullable Long failure(int id) {
    Block block = function.blocks().get(id);
    return block.terminator() instanceof Terminator.Fail fail
            && block.parameters().isEmpty()
            && block.insts().stream().allMatch(Inst.Const.class::isInstance)
        ? values.constant(fail.code())
        : null;
  }

  private Span place(int id) {
    return function.blocks().get(id).terminator().span();
  }

  private void block(Block block) {
    values.enterBlock();
    if (block.id() == 0) {
      out.at(function.span());
      parameters();
    }
    condition = null;
    for (Inst inst : block.insts()) {
      out.at(inst.span());
      inst.accept(this);
    }
    out.at(block.terminator().span());
    block.terminator().accept(this);
  }

  private void parameters() {
    List<Value> parameters = function.parameters();
    out.moves(
        IntStream.range(0, parameters.size())
            .mapToObj(
                i ->
                    new MachineInst.Move(
                        values.home(parameters.get(i)), Location.FIRST_ARGUMENT + i))
            .toList());
  }

  @Override
  public Boolean visit(Inst.Const inst) {
    return true;
  }

  @Override
  public Boolean visit(Inst.DataAddress inst) {
    return true;
  }

  @Override
  public Boolean visit(Inst.StackSlot inst) {
    return true;
  }

  @Override
  public Boolean visit(Inst.Binary inst) {
    Long folded = arithmetic.folded(inst);
    if (folded != null) {
      values.isConstant(inst.result(), folded);
    } else if (!values.isPlace(inst.result())) {
      arithmetic.binary(inst);
    }
    return true;
  }

  @Override
  public Boolean visit(Inst.Compare inst) {
    condition = inst;
    return true;
  }

  @Override
  public Boolean visit(Inst.Convert inst) {
    arithmetic.convert(inst);
    return true;
  }

  @Override
  public Boolean visit(Inst.Select inst) {
    throw new IllegalStateException("not expanded: " + inst);
  }

  @Override
  public Boolean visit(Inst.Load inst) {
    if (presence == null || !inst.equals(presence.load())) {
      memory.load(inst);
    }
    return true;
  }

  /** Passes the check where r2 says that there is an account; what follows loads their number. */
  private void present(PresenceCheck check) {
    MachineBlock otherwise = new MachineBlock(out.function.blocks().size(), 1);
    out.function.blocks().add(otherwise);
    Link present = new Link.Edge(blocks[check.present()]);
    int data = Location.FIRST_ARGUMENT + 1;
    out.jumpIfImm(Operation.JSET, data, PresenceCheck.FAR, present);
    out.jump(otherwise.id());
    out.enter(otherwise);
    values.enterBlock();
    memory.load(check.load());
  }

  @Override
  public Boolean visit(Inst.Store inst) {
    memory.store(inst);
    return true;
  }

  @Override
  public Boolean visit(Inst.Copy inst) {
    memory.copy(inst);
    return true;
  }

  @Override
  public Boolean visit(Inst.Zero inst) {
    memory.zero(inst);
    return true;
  }

  @Override
  public Boolean visit(Inst.Call inst) {
    values.arguments(inst.arguments());
    boolean canFail = failing.contains(inst.function());
    Link callee = new Link.Callee(inst.function(), inst.arguments().size(), canFail);
    out.code(Opcode.CALL, 0, 0, 0, 0, callee);
    if (canFail) {
      out.jumpIfImm(
          Operation.JNE, Location.STATUS, 0, new Link.Out(new Exit.Propagate(), inst.span()));
    }
    result(inst.result());
    return true;
  }

  @Override
  public Boolean visit(Inst.Syscall inst) {
    values.arguments(inst.arguments());
    out.host(inst.name(), inst.arguments().size());
    Value result = inst.result();
    Optional<Syscall> known = Syscall.of(inst.name());
    if (result != null && known.isPresent() && known.get().result() == Result.ZERO) {
      values.isConstant(result, 0);
    } else {
      result(result);
    }
    return true;
  }

  private void result(@Nullable Value result) {
    if (result != null) {
      out.copy(values.home(result), Location.RESULT);
    }
  }

  @Override
  public Boolean visit(Terminator.Jump terminator) {
    int target = terminator.target().block();
    Long code = failure(target);
    if (code != null) {
      out.at(place(target));
      out.constant(Location.RESULT, code);
      out.fail();
      return true;
    }
    List<Value> parameters = function.blocks().get(target).parameters();
    int[] homes = parameters.stream().mapToInt(values::home).toArray();
    values.together(homes, terminator.target().arguments());
    out.jump(blocks[target]);
    return true;
  }

  @Override
  public Boolean visit(Terminator.Branch terminator) {
    if (presence != null && terminator.equals(function.blocks().get(0).terminator())) {
      present(presence);
    }
    int then = terminator.then().block();
    int otherwise = terminator.otherwise().block();
    if (failure(otherwise) != null && failure(then) == null) {
      branch(terminator, true, otherwise, then);
    } else {
      branch(terminator, false, then, otherwise);
    }
    return true;
  }

  /** A conditional jump to {@code taken}, which may be a failure, and a jump to the other block. */
  private void branch(Terminator.Branch terminator, boolean negated, int taken, int other) {
    Long code = failure(taken);
    Link link = code == null ? new Link.Edge(blocks[taken]) : Emitter.failure(code, place(taken));
    Inst.Compare compare = condition;
    if (compare == null || compare.result().id() != terminator.condition().id()) {
      Operation operation = negated ? Operation.JEQ : Operation.JNE;
      out.jumpIfImm(operation, values.register(terminator.condition()), 0, link);
    } else {
      comparing.jump(compare, negated ? compare.op().negated() : compare.op(), link);
    }
    Long otherCode = failure(other);
    if (otherCode == null) {
      out.jump(blocks[other]);
    } else {
      out.at(place(other));
      out.constant(Location.RESULT, otherCode);
      out.fail();
    }
  }

  @Override
  public Boolean visit(Terminator.Switch terminator) {
    throw new IllegalStateException("not expanded: " + terminator);
  }

  @Override
  public Boolean visit(Terminator.Return terminator) {
    Value value = terminator.value();
    if (value != null) {
      values.into(Location.RESULT, value);
    }
    out.leave();
    return true;
  }

  @Override
  public Boolean visit(Terminator.Fail terminator) {
    values.into(Location.RESULT, terminator.code());
    out.fail();
    return true;
  }

  @Override
  public Boolean visit(Terminator.Unreachable terminator) {
    out.host(Syscall.ABORT.symbol(), 0);
    out.code(Opcode.EXIT, 0, 0, 0, 0, null);
    return true;
  }
}
