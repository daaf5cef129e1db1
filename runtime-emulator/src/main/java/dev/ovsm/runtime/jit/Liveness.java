package dev.ovsm.runtime.jit;

import dev.ovsm.sbpf.Insn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which registers can still be read, across calls and returns: what a function must be given, what
 * it must leave, and what a block needs.
 *
 * <p>The target of a {@code callx} is not known, so it reads every register, and what can be read
 * behind it is left by every function whose address the program has. Where r10 only changes with
 * the depth of calls it is in no set.
 */
final class Liveness {
  private final Flow flow;
  private final Functions functions;
  private final int known;
  private final int[] blockReads;
  private final int[] blockWrites;

  /** A node is a block in a function; those of one function have consecutive numbers. */
  private final int[] firstNode;

  private final Node[] nodes;
  private final int[] liveIn;
  private final List<List<Node>> returns = new ArrayList<>();
  private final List<List<Node>> callers = new ArrayList<>();
  private final int[] left;
  private int leftByAny;
  private final Worklist open;

  private record Node(
      int number, Function function, Block block, int[] successors, List<Node> predecessors) {}

  /**
   * Computes it for a program.
   *
   * @param results the registers that are read when the entrypoint has returned
   */
  Liveness(Flow flow, Functions functions, int results) {
    this.flow = flow;
    this.functions = functions;
    this.known =
        flow.program().version().manualStackFrameBump()
            ? Registers.ALL
            : Registers.ALL & ~Registers.FRAME;
    this.blockReads = new int[flow.blocks().size()];
    this.blockWrites = new int[flow.blocks().size()];
    flow.blocks().forEach(this::summarize);
    int count = functions.all().size();
    this.firstNode = new int[count + 1];
    for (Function function : functions.all()) {
      firstNode[function.index() + 1] = firstNode[function.index()] + function.blocks().size();
      returns.add(new ArrayList<>());
      callers.add(new ArrayList<>());
    }
    this.nodes = new Node[firstNode[count]];
    this.liveIn = new int[nodes.length];
    this.left = new int[count];
    this.open = new Worklist(nodes.length);
    functions.all().forEach(this::link);
    if (count > 0) {
      left[0] = results & known;
    }
    for (int number = nodes.length - 1; number >= 0; number--) {
      open.add(number);
    }
    while (!open.isEmpty()) {
      visit(nodes[open.remove()]);
    }
  }

  /** The registers that a function may read before it writes them. */
  int needed(Function function) {
    return liveIn(function, function.entry());
  }

  /** The registers among r0..r5 that may be read when a function has returned. */
  int left(Function function) {
    return left[function.index()];
  }

  /** The registers that may be read when a block is entered in a function. */
  int liveIn(Function function, Block block) {
    return liveIn[number(function, block.index())];
  }

  /** The registers that may be read behind a block in a function, if it leads on. */
  int liveOut(Function function, Block block) {
    int set = 0;
    for (int i = 0; i < block.successors(); i++) {
      set |= liveIn[number(function, block.successor(i))];
    }
    return set;
  }

  private int number(Function function, int block) {
    return firstNode[function.index()] + function.positionOf(block);
  }

  private void summarize(Block block) {
    int reads = 0;
    int writes = 0;
    int pc = block.first();
    while (pc < flow.end(block)) {
      Insn insn = flow.insn(pc);
      reads |= Registers.reads(flow.executable(), insn, pc) & ~writes;
      writes |= Registers.writes(flow.executable(), insn, pc);
      pc += insn.op().slots();
    }
    blockReads[block.index()] = reads & known;
    blockWrites[block.index()] = writes & known;
  }

  private void link(Function function) {
    List<Block> blocks = function.blocks();
    int first = firstNode[function.index()];
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      int[] successors = new int[block.successors()];
      Arrays.setAll(successors, way -> number(function, block.successor(way)));
      nodes[first + i] = new Node(first + i, function, block, successors, new ArrayList<>());
    }
    for (int i = first; i < first + blocks.size(); i++) {
      Node node = nodes[i];
      for (int successor : node.successors()) {
        nodes[successor].predecessors().add(node);
      }
      if (node.block().exit() == Block.Exit.RETURN) {
        returns.get(function.index()).add(node);
      }
      Function callee = callee(node.block());
      if (callee != null) {
        callers.get(callee.index()).add(node);
      }
    }
  }

  private void visit(Node node) {
    int out = 0;
    for (int successor : node.successors()) {
      out |= liveIn[successor];
    }
    int before =
        switch (node.block().exit()) {
          case FALL, JUMP, BRANCH, SYSCALL, UNSUPPORTED, INVALID, OVERRUN -> out;
          case RETURN -> left[node.function().index()];
          case CALL -> beforeCall(callee(node.block()), out);
          case CALLX -> {
            leaveByAny(out & Registers.RESULTS);
            yield known;
          }
        };
    int block = node.block().index();
    int in = (before & ~blockWrites[block]) | blockReads[block];
    if (in == liveIn[node.number()]) {
      return;
    }
    liveIn[node.number()] = in;
    reopen(node.predecessors());
    if (node.block().index() == node.function().entry().index()) {
      reopen(callers.get(node.function().index()));
    }
  }

  private int beforeCall(@Nullable Function callee, int after) {
    if (callee == null) {
      return known;
    }
    leave(callee, after & Registers.RESULTS);
    return (after & ~Registers.RESULTS) | needed(callee);
  }

  private void leaveByAny(int registers) {
    if ((registers & ~leftByAny) != 0) {
      leftByAny |= registers;
      for (int slot : flow.addresses()) {
        Function function = functions.beginningWith(flow.blockAt(slot));
        if (function != null) {
          leave(function, leftByAny);
        }
      }
    }
  }

  private void leave(Function function, int registers) {
    if ((registers & ~left[function.index()]) != 0) {
      left[function.index()] |= registers;
      reopen(returns.get(function.index()));
    }
  }

  private @Nullable Function callee(Block block) {
    return block.exit() == Block.Exit.CALL
        ? functions.beginningWith(flow.blocks().get(block.target()))
        : null;
  }

  private void reopen(List<Node> some) {
    some.forEach(node -> open.add(node.number()));
  }

  /** Numbers that wait, each at most once, in the order of their arrival. */
  private static final class Worklist {
    private final int[] ring;
    private final boolean[] waits;
    private int first;
    private int count;

    Worklist(int size) {
      ring = new int[size];
      waits = new boolean[size];
    }

    boolean isEmpty() {
      return count == 0;
    }

    void add(int number) {
      if (!waits[number]) {
        waits[number] = true;
        ring[(first + count) % ring.length] = number;
        count++;
      }
    }

    int remove() {
      int number = ring[first];
      first = (first + 1) % ring.length;
      count--;
      waits[number] = false;
      return number;
    }
  }
}
