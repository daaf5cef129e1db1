package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a function has stored in its frame when it calls the runtime. */
final class Contents {
  /** So many nodes are looked through. */
  private static final int MOST = 500;

  private static final Word FRAMES = Word.unsigned(MemoryMap.STACK, MemoryMap.HEAP - 1);

  private final Instance instance;
  private final Graph graph;

  Contents(Instance instance) {
    this.instance = instance;
    this.graph = instance.graph();
  }

  /**
   * The bytes at a distance from an address that a call passes, zero-extended; anything if they are
   * not known.
   *
   * @param bytes 1, 2, 4 or 8
   */
  Word of(Node call, int address, long distance, int bytes) {
    Word any = bytes == Long.BYTES ? Word.any() : Word.unsigned(0, (1L << (8 * bytes)) - 1);
    Step step = instance.anchors().distance(address);
    int anchor = instance.anchors().anchor(address);
    if (!step.isFixed() || !(graph.node(anchor).op() instanceof Op.Address)) {
      return any;
    }
    long from = step.low() + distance;
    Node writer = writer(call, anchor, from, bytes);
    return writer == null ? any : stored(writer, anchor, from, bytes).orElse(any);
  }

  /** Whether what a call of the runtime put at its first argument is what a load gets. */
  boolean isFilledBy(Node load, Syscall syscall) {
    Step step = instance.anchors().distance(load.input(0));
    int anchor = instance.anchors().anchor(load.input(0));
    if (!step.isFixed() || !(graph.node(anchor).op() instanceof Op.Address)) {
      return false;
    }
    Node writer = writer(load, anchor, step.low(), Long.BYTES);
    return writer != null
        && writer.op() instanceof Op.Syscall call
        && Syscall.of(call.hash()).equals(Optional.of(syscall))
        && instance.anchors().anchor(writer.input(0)) == anchor
        && instance.anchors().distance(writer.input(0)).equals(step);
  }

  /** The last node before another one that may write to some bytes, or null if it is not known. */
  private @Nullable Node writer(Node before, int anchor, long from, int bytes) {
    int block = before.block();
    int[] nodes = graph.block(block).nodes();
    int at = indexOf(nodes, before.id()) - 1;
    for (int i = 0; i < MOST; i++) {
      while (at < 0) {
        int[] predecessors = graph.block(block).predecessors();
        if (predecessors.length != 1) {
          return null;
        }
        block = predecessors[0];
        nodes = graph.block(block).nodes();
        at = nodes.length - 1;
      }
      Node node = graph.node(nodes[at--]);
      if (writes(node, anchor, from, bytes)) {
        return node;
      }
    }
    return null;
  }

  private static int indexOf(int[] nodes, int id) {
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] == id) {
        return i;
      }
    }
    return 0;
  }

  /** Whether a node may write to some of the bytes. */
  private boolean writes(Node node, int anchor, long from, int bytes) {
    Op op = node.op();
    if (op instanceof Op.Store store) {
      return meets(node, 0, store.bytes(), anchor, from, bytes);
    }
    if (op instanceof Op.Zero zero) {
      return meets(node, 0, zero.bytes(), anchor, from, bytes);
    }
    if (op instanceof Op.Copy copy) {
      return meets(node, 0, copy.bytes(), anchor, from, bytes);
    }
    if (op instanceof Op.Syscall call) {
      Optional<Syscall> syscall = Syscall.of(call.hash());
      boolean plain =
          syscall.isPresent()
              && syscall.get().arguments().stream().noneMatch(a -> a.kind().writes());
      return !plain;
    }
    return op instanceof Op.Call || op instanceof Op.CallIndirect;
  }

  private boolean meets(Node node, int input, long size, int anchor, long from, int bytes) {
    int address = node.input(input);
    Step step = instance.anchors().distance(address);
    int other = instance.anchors().anchor(address);
    if (other == anchor) {
      return step.low() < from + bytes && from < step.high() + size;
    }
    boolean elsewhere = graph.node(other).op() instanceof Op.Address;
    Word word = instance.ranges().in(address, node.block());
    return !elsewhere && !word.meet(FRAMES).isEmpty();
  }

  /** What a node stored, if it covers all of the bytes. */
  private Optional<Word> stored(Node node, int anchor, long from, int bytes) {
    boolean writes = node.op() instanceof Op.Store || node.op() instanceof Op.Zero;
    Step step = writes ? instance.anchors().distance(node.input(0)) : Step.NONE;
    boolean same = writes && instance.anchors().anchor(node.input(0)) == anchor && step.isFixed();
    long size = node.op() instanceof Op.Store store ? store.bytes() : 0;
    size = node.op() instanceof Op.Zero zero ? zero.bytes() : size;
    if (!same || step.low() > from || from + bytes > step.low() + size) {
      return Optional.empty();
    }
    if (node.op() instanceof Op.Zero) {
      return Optional.of(Word.constant(0));
    }
    Word value = instance.ranges().in(node.input(1), node.block());
    if (value.isConstant()) {
      long moved = value.umin() >>> (8 * (from - step.low()));
      long mask = bytes == Long.BYTES ? -1 : (1L << (8 * bytes)) - 1;
      return Optional.of(Word.constant(moved & mask));
    }
    return step.low() == from && size == Long.BYTES && bytes == Long.BYTES
        ? Optional.of(value)
        : Optional.empty();
  }
}
