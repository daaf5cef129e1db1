package dev.ovsm.runtime.jit;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.sbpf.Alu;
import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The control flow of a program: its blocks, and the slots where functions may begin.
 *
 * <p>Every slot that control can reach by itself begins a block or lies behind one that does.
 */
final class Flow {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** In instructions; so that a block fits into any method. */
  private static final int LONGEST_BLOCK = 100;

  private final Executable executable;
  private final Program program;
  private final @Nullable Insn[] insns;
  private final int slots;
  private final SortedSet<Integer> entries = new TreeSet<>();
  private final SortedSet<Integer> addresses = new TreeSet<>();
  private final List<Block> blocks;
  private final int[] blockAt;

  /** Cuts a program into blocks. */
  Flow(Executable executable) {
    this.executable = executable;
    this.program = executable.program();
    this.insns = Decoder.decode(program.version(), program.text());
    this.slots = insns.length;
    this.blockAt = new int[slots + 1];
    findAddresses();
    boolean[] leaders = leaders();
    number(leaders);
    List<Block> found = new ArrayList<>();
    for (int pc = 0; pc <= slots; pc++) {
      if (leaders[pc]) {
        found.add(block(leaders, pc));
      }
    }
    blocks = Returns.cut(executable, found);
  }

  Executable executable() {
    return executable;
  }

  Program program() {
    return program;
  }

  List<Block> blocks() {
    return blocks;
  }

  /** The instruction at a slot; there must be one. */
  Insn insn(int pc) {
    Insn insn = insns[pc];
    if (insn == null) {
      throw new IllegalArgumentException("no instruction at slot " + pc);
    }
    return insn;
  }

  /** The block that begins at a slot. */
  Block blockAt(int pc) {
    return blocks.get(blockAt[pc]);
  }

  /** The slot behind the last instruction of a block that is one of the version's. */
  int end(Block block) {
    return switch (block.exit()) {
      case UNSUPPORTED, INVALID, OVERRUN -> block.last();
      case FALL, JUMP, BRANCH, CALL, SYSCALL, CALLX, RETURN -> block.last() + 1;
    };
  }

  /** The slots where functions begin: the entrypoint, called ones, ones whose address is taken. */
  SortedSet<Integer> entries() {
    return entries;
  }

  /** Those of the entries whose address the program has as a constant or in its data. */
  SortedSet<Integer> addresses() {
    return addresses;
  }

  /**
   * Whether the code names only registers that exist and writes only those that it may, as all
   * validated code does.
   */
  boolean isRegular() {
    boolean frameBump = program.version().manualStackFrameBump();
    for (int pc = 0; pc < slots; pc++) {
      Insn insn = insns[pc];
      if (insn == null) {
        continue;
      }
      boolean writes = !insn.op().family().stores();
      boolean bumps = frameBump && insn.op() == Opcode.ADD64_IMM;
      if (insn.dst() > 10 || insn.src() > 10 || (insn.dst() == 10 && writes && !bumps)) {
        return false;
      }
      if (insn.op().family() == Family.CALLX && executable.calledRegisterAt(pc) > 10) {
        return false;
      }
    }
    return true;
  }

  private void findAddresses() {
    for (int pc = 0; pc < slots; pc++) {
      Insn insn = insns[pc];
      if (insn != null && insn.op().family() == Family.LDDW) {
        addAddress(insn.imm());
      }
    }
    byte[] image = program.readOnly();
    for (int at = 0; at + Long.BYTES <= image.length; at += Long.BYTES) {
      addAddress((long) LONG.get(image, at));
    }
  }

  private void addAddress(long address) {
    long offset = address - program.textAddress();
    if (offset >= 0 && offset < (long) slots * Slot.BYTES && offset % Slot.BYTES == 0) {
      addresses.add((int) (offset / Slot.BYTES));
    }
  }

  private boolean[] leaders() {
    boolean[] leaders = new boolean[slots + 1];
    entries.add(program.entryPc());
    entries.addAll(addresses);
    leaders[slots] = true;
    for (int pc = 0; pc < slots; pc++) {
      Insn insn = insns[pc];
      if (insn == null) {
        leaders[pc + 1] = true;
        continue;
      }
      if (insn.op().family().jumps()) {
        leaders[inside(insn.target(pc))] = true;
      }
      if (executable.functionAt(pc) >= 0) {
        entries.add(executable.functionAt(pc));
      }
      if (exit(insn, pc) != Block.Exit.FALL) {
        leaders[pc + 1] = true;
      }
      // The second slot of a constant is no instruction: whoever jumps there finds a block of its
      // own, whoever passes by does not see it.
      pc += insn.op().slots() - 1;
    }
    for (int entry : entries) {
      leaders[entry] = true;
    }
    cutLongBlocks(leaders);
    return leaders;
  }

  private void cutLongBlocks(boolean[] leaders) {
    int size = 0;
    for (int pc = 0; pc < slots; pc++) {
      size = leaders[pc] ? 1 : size + 1;
      if (size > LONGEST_BLOCK) {
        leaders[pc] = true;
        size = 1;
      }
      Insn insn = insns[pc];
      pc += insn == null ? 0 : insn.op().slots() - 1;
    }
  }

  private void number(boolean[] leaders) {
    int count = 0;
    for (int pc = 0; pc <= slots; pc++) {
      blockAt[pc] = leaders[pc] ? count++ : -1;
    }
  }

  private Block block(boolean[] leaders, int first) {
    int size = 1;
    int pc = first;
    while (true) {
      Insn insn = pc < slots ? insns[pc] : null;
      if (insn == null) {
        Block.Exit exit = pc < slots ? Block.Exit.UNSUPPORTED : Block.Exit.OVERRUN;
        return new Block(blockAt[first], first, pc, size, exit, -1, -1);
      }
      Block.Exit exit = exit(insn, pc);
      int next = pc + insn.op().slots();
      if (exit != Block.Exit.FALL || leaders[next]) {
        return new Block(
            blockAt[first], first, pc, size, exit, target(insn, exit, pc), following(exit, next));
      }
      pc = next;
      size++;
    }
  }

  private int target(Insn insn, Block.Exit exit, int pc) {
    return switch (exit) {
      case JUMP, BRANCH -> blockAt[inside(insn.target(pc))];
      case CALL -> blockAt[executable.functionAt(pc)];
      case FALL, SYSCALL, CALLX, RETURN, UNSUPPORTED, INVALID, OVERRUN -> -1;
    };
  }

  private int following(Block.Exit exit, int next) {
    return switch (exit) {
      case FALL, BRANCH, CALL, SYSCALL, CALLX -> blockAt[next];
      case JUMP, RETURN, UNSUPPORTED, INVALID, OVERRUN -> -1;
    };
  }

  private Block.Exit exit(Insn insn, int pc) {
    return switch (insn.op().family()) {
      case JUMP -> Block.Exit.JUMP;
      case JUMP64, JUMP32 -> Block.Exit.BRANCH;
      case CALLX -> Block.Exit.CALLX;
      case EXIT -> Block.Exit.RETURN;
      case CALL -> {
        if (executable.syscallAt(pc) != null) {
          yield Block.Exit.SYSCALL;
        }
        yield executable.functionAt(pc) >= 0 ? Block.Exit.CALL : Block.Exit.UNSUPPORTED;
      }
      case ENDIAN -> Alu.isWidth(insn.imm()) ? Block.Exit.FALL : Block.Exit.INVALID;
      case ALU32, ALU64, NEG, LDDW, LOAD, STORE_IMM, STORE_REG -> Block.Exit.FALL;
    };
  }

  private int inside(int target) {
    return target < 0 || target > slots ? slots : target;
  }
}
