package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.MemoryMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** Writes blocks of a function as the body of one method. */
final class BodyEmitter {
  private final MethodCode code;
  private final Compilation compilation;
  private final Flow flow;
  private final Liveness liveness;
  private final Function function;
  private final Surroundings surroundings;
  private final Stubs stubs;
  private final Arithmetic arithmetic;
  private final MemoryAccess memory;
  private final Loops loops;
  private final Map<Integer, Label> inside = new LinkedHashMap<>();
  private final Map<Integer, Label> headers = new LinkedHashMap<>();
  private final Map<Integer, Label> outside = new LinkedHashMap<>();

  /** What a body needs to know of the method and class around it. */
  interface Surroundings {
    /** Ends the function, with its results in their fields. */
    void leave(MethodCode code);

    /** Goes on at a block that is in another method, with registers in their fields. */
    void goOn(MethodCode code, Block block);

    /** Calls a function, with its registers in locals; leaves the meter on the stack. */
    void call(MethodCode code, Function callee);
  }

  BodyEmitter(
      MethodCode code,
      Compilation compilation,
      Function function,
      Loops loops,
      Surroundings surroundings) {
    this.code = code;
    this.compilation = compilation;
    this.flow = compilation.flow();
    this.liveness = compilation.liveness();
    this.function = function;
    this.loops = loops;
    this.surroundings = surroundings;
    this.stubs = new Stubs(code);
    this.arithmetic = new Arithmetic(code, stubs, compilation.version());
    this.memory = new MemoryAccess(code, compilation);
  }

  /** Where a block begins that is in the body, for who comes from outside of its loop. */
  Label labelOf(Block block) {
    return inside.computeIfAbsent(block.index(), any -> new Label());
  }

  /** Writes the blocks and all that they jump to; the code before goes on at the first of them. */
  void emit(List<Block> blocks) {
    blocks.forEach(this::labelOf);
    for (int i = 0; i < blocks.size(); i++) {
      int following = i + 1 < blocks.size() ? blocks.get(i + 1).index() : -1;
      emit(blocks.get(i), following);
    }
    outside.forEach(
        (index, label) -> {
          Block block = flow.blocks().get(index);
          code.label(label);
          code.spill(liveness.liveIn(function, block));
          surroundings.goOn(code, block);
        });
    stubs.emit();
  }

  private void emit(Block block, int following) {
    code.label(labelOf(block));
    Loop begun = loops.beginningWith(block);
    if (begun != null) {
      memory.enter(begun);
      code.label(headerOf(begun));
    }
    charge(block);
    Loop loop = loops.around(block);
    int pc = block.first();
    while (pc < block.last()) {
      pc += emit(flow.insn(pc), pc, loop);
    }
    switch (block.exit()) {
      case FALL -> {
        emit(flow.insn(pc), pc, loop);
        goOn(block, block.next(), following);
      }
      case JUMP -> goOn(block, block.target(), following);
      case BRANCH -> {
        arithmetic.branch(flow.insn(pc), label(block, block.target()));
        goOn(block, block.next(), following);
      }
      case CALL -> {
        call(block);
        comeBack(block, following);
      }
      case SYSCALL -> {
        syscall(block);
        comeBack(block, following);
      }
      case CALLX -> {
        callAddress(block);
        comeBack(block, following);
      }
      case RETURN -> {
        code.spill(liveness.left(function));
        surroundings.leave(code);
      }
      case UNSUPPORTED -> code.goTo(stubs.fault("unsupported", pc));
      case INVALID -> code.goTo(stubs.fault("invalid", pc));
      case OVERRUN -> code.goTo(stubs.fault("overrun", pc));
    }
  }

  private void charge(Block block) {
    code.meter();
    code.constant(block.size());
    code.op(Opcodes.LSUB);
    code.op(Opcodes.DUP2);
    code.setMeter();
    code.constant(0);
    code.op(Opcodes.LCMP);
    code.jump(Opcodes.IFLT, stubs.exhausted(block.first(), liveness.liveIn(function, block)));
  }

  /** Writes an instruction that leads to the next one; returns its number of slots. */
  private int emit(Insn insn, int pc, @Nullable Loop loop) {
    switch (insn.op().family()) {
      case ALU32, ALU64, NEG, ENDIAN, LDDW -> arithmetic.emit(insn, pc);
      case LOAD -> memory.load(insn, pc, loop);
      case STORE_IMM, STORE_REG -> memory.store(insn, pc, loop);
      case JUMP, JUMP64, JUMP32, CALL, CALLX, EXIT ->
          throw new IllegalArgumentException(insn.op() + " inside a block");
    }
    return insn.op().slots();
  }

  private void call(Block block) {
    Function callee = compilation.callee(block);
    code.depth();
    code.intConstant(MemoryMap.MAX_CALL_DEPTH - 1);
    code.jump(Opcodes.IF_ICMPEQ, stubs.fault("depthExceeded", block.last()));
    if (callee == null) {
      code.spill(compilation.all());
      code.invocation();
      code.intConstant(flow.blocks().get(block.target()).first());
      code.meter();
      code.innerDepth();
      code.callInvocation("interpret", "(IJI)J");
    } else {
      surroundings.call(code, callee);
    }
    receive(block);
  }

  private void callAddress(Block block) {
    code.spill(compilation.all());
    code.invocation();
    code.register(flow.executable().calledRegisterAt(block.last()));
    code.intConstant(block.last());
    code.meter();
    code.depth();
    code.callInvocation("callAddress", "(JIJI)J");
    receive(block);
  }

  private void syscall(Block block) {
    code.invocation();
    code.intConstant(block.last());
    code.meter();
    for (int register = 1; register <= 5; register++) {
      code.register(register);
    }
    code.callInvocation("syscall", "(IJJJJJJ)J");
    code.setRegister(0);
    code.invocation();
    code.field(Opcodes.GETFIELD, "remaining", "J");
    code.setMeter();
  }

  /** Takes what a call left: the meter from the stack, and the registers that matter. */
  private void receive(Block block) {
    code.setMeter();
    code.reload(liveness.liveOut(function, block) & Registers.RESULTS);
  }

  private void comeBack(Block block, int following) {
    if (block.next() < 0) {
      code.goTo(stubs.fault("returned", block.last()));
    } else {
      goOn(block, block.next(), following);
    }
  }

  private void goOn(Block from, int block, int following) {
    if (block != following || againTo(from, block) != null) {
      code.goTo(label(from, block));
    }
  }

  private Label label(Block from, int block) {
    Loop loop = againTo(from, block);
    if (loop != null) {
      return headerOf(loop);
    }
    Label label = inside.get(block);
    return label != null ? label : outside.computeIfAbsent(block, any -> new Label());
  }

  /** The loop that goes round from one block to another, or null. */
  private @Nullable Loop againTo(Block from, int block) {
    Loop loop = loops.around(from);
    return loop != null && loop.header() == block ? loop : null;
  }

  /** Where a loop begins for who comes from inside. */
  private Label headerOf(Loop loop) {
    return headers.computeIfAbsent(loop.header(), any -> new Label());
  }
}
