package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;

/** How large a method becomes at most, estimated block by block. */
final class Weight {
  /** What surrounds the blocks: locals that are set, stubs that faults share. */
  private static final int FRAME_BYTES = 200;

  /** Setting two locals of what is near a register. */
  private static final int NEAR_BYTES = 12;

  /** Charging a block, and the stub for when that fails. */
  private static final int BLOCK_BYTES = 40;

  /** Moving a register to or from its field. */
  private static final int MOVE_BYTES = 7;

  private static final int ENTRY_BYTES = 10;

  private final Compilation compilation;
  private final Limits limits;
  private final Loops loops;
  private int bytes;
  private int accesses;

  /**
   * An empty method.
   *
   * @param loops those of the function
   */
  Weight(Compilation compilation, Limits limits, Loops loops) {
    this.compilation = compilation;
    this.limits = limits;
    this.loops = loops;
    int near = Integer.bitCount(loops.loads()) + Integer.bitCount(loops.stores());
    this.bytes = FRAME_BYTES + NEAR_BYTES * near;
  }

  /** Adds a block if the method stays within its limits; says whether it does. */
  boolean add(Function function, Block block) {
    int moreBytes = bytes(function, block);
    int moreAccesses = 0;
    Flow flow = compilation.flow();
    boolean near = loops.around(block) != null;
    for (int pc = block.first(); pc < block.last(); pc += flow.insn(pc).op().slots()) {
      Insn insn = flow.insn(pc);
      moreBytes += bytes(insn.op(), near) + MethodCode.mostBytes(insn.imm());
      moreBytes += insn.op().bytes() > 0 ? MethodCode.mostBytes(pc) : 0;
      moreAccesses += insn.op().bytes() > 0 && !compilation.isInFrame(insn) ? 1 : 0;
    }
    if (bytes + moreBytes > limits.methodBytes()
        || accesses + moreAccesses > limits.methodAccesses()) {
      return false;
    }
    bytes += moreBytes;
    accesses += moreAccesses;
    return true;
  }

  private int bytes(Function function, Block block) {
    int live = Integer.bitCount(compilation.liveness().liveIn(function, block));
    int moves = live;
    for (int way = 0; way < block.successors(); way++) {
      Block next = compilation.flow().blocks().get(block.successor(way));
      moves += Integer.bitCount(compilation.liveness().liveIn(function, next));
    }
    int exit =
        switch (block.exit()) {
          case FALL, JUMP, UNSUPPORTED, INVALID, OVERRUN -> 40;
          case BRANCH -> 40;
          case CALL, CALLX -> {
            moves += 2 * Registers.COUNT;
            yield 40;
          }
          case SYSCALL -> 40;
          case RETURN -> {
            moves += Integer.bitCount(Registers.RESULTS);
            yield 10;
          }
        };
    return BLOCK_BYTES
        + ENTRY_BYTES
        + 2 * MethodCode.mostBytes(block.last())
        + exit
        + MOVE_BYTES * moves;
  }

  private static int bytes(Opcode op, boolean near) {
    return switch (op.family()) {
      case ALU64, NEG, LDDW -> 8;
      case ALU32, ENDIAN -> 14;
      case LOAD, STORE_IMM, STORE_REG -> MemoryAccess.estimate(op, near);
      case JUMP, JUMP64, JUMP32, CALL, CALLX, EXIT -> 0;
    };
  }
}
