package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Area;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a function has in its frame, or finds in read-only data, when it calls the runtime. */
final class Contents {
  /** So many nodes are looked through. */
  private static final int MOST = 500;

  static final int CLOCK_BYTES = 40;

  /** So often is it looked where bytes were copied from. */
  private static final int DEEPEST = 4;

  /** Stands for no node's value but 0. */
  static final int ZERO = -2;

  private static final Word FRAMES = Word.unsigned(MemoryMap.STACK, MemoryMap.HEAP - 1);

  private final Instance instance;
  private final Graph graph;
  private final Area area;

  Contents(Instance instance, Area area) {
    this.instance = instance;
    this.area = area;
    this.graph = instance.graph();
  }

  /** What a function has in its frame alone. */
  Contents(Instance instance) {
    this(instance, new Area(0, 0, false, List.of()));
  }

  Instance instance() {
    return instance;
  }

  /** The same of another function of the program. */
  Contents in(Instance other) {
    return new Contents(other, area);
  }

  /**
   * The bytes at a distance from an address that a call passes, zero-extended; anything if they are
   * not known.
   *
   * @param bytes 1, 2, 4 or 8
   */
  Word of(Node call, int address, long distance, int bytes) {
    Word any = bytes == Long.BYTES ? Word.any() : Word.unsigned(0, (1L << (8 * bytes)) - 1);
    return found(call, address, distance, bytes, DEEPEST)
        .or(() -> together(call, address, distance, bytes))
        .orElse(any);
  }

  /** Bytes that were not written at once, if each of them is known. */
  private Optional<Word> together(Node call, int address, long distance, int bytes) {
    long word = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      Optional<Word> one = found(call, address, distance + i, 1, DEEPEST);
      if (one.filter(Word::isConstant).isEmpty()) {
        return Optional.empty();
      }
      word = word << Byte.SIZE | one.get().umin();
    }
    return Optional.of(Word.constant(word));
  }

  private Optional<Word> found(Node user, int address, long distance, int bytes, int depth) {
    Word number = instance.ranges().in(address, user.block());
    if (number.isConstant()) {
      return constant(area.at(number.umin() + distance, bytes));
    }
    Step step = instance.anchors().distance(address);
    int anchor = instance.anchors().anchor(address);
    if (!step.isFixed() || !(graph.node(anchor).op() instanceof Op.Address object)) {
      return Optional.empty();
    }
    long from = step.low() + distance;
    if (object.memory() == Op.Memory.READ_ONLY) {
      return constant(area.in(object.object(), from, bytes));
    }
    Node writer = depth == 0 ? null : writer(user, anchor, from, bytes);
    return writer == null ? Optional.empty() : stored(writer, anchor, from, bytes, depth - 1);
  }

  private static Optional<Word> constant(OptionalLong word) {
    return word.isPresent() ? Optional.of(Word.constant(word.getAsLong())) : Optional.empty();
  }

  /** Whether an address is a fixed place in the frame. */
  boolean isInFrame(int address) {
    return instance.anchors().distance(address).isFixed()
        && graph.node(instance.anchors().anchor(address)).op() instanceof Op.Address object
        && object.memory() == Op.Memory.FRAME;
  }

  /**
   * The node whose value was stored last over all of some bytes at a distance from a place in the
   * frame, before another node reads them; {@link #ZERO} if they were cleared, empty if that is not
   * known.
   */
  OptionalInt source(Node user, int address, long distance, int bytes) {
    int anchor = instance.anchors().anchor(address);
    long from = instance.anchors().distance(address).low() + distance;
    Node writer = writer(user, anchor, from, bytes);
    if (writer == null || !(writer.op() instanceof Op.Store || writer.op() instanceof Op.Zero)) {
      return OptionalInt.empty();
    }
    int value = writer.op() instanceof Op.Store ? writer.input(1) : ZERO;
    return covers(writer, anchor, from, bytes) ? OptionalInt.of(value) : OptionalInt.empty();
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
  boolean writes(Node node, int anchor, long from, int bytes) {
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
              && !syscall.get().effects().contains(Effect.INVOKES)
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

  /** Whether a node that runs to its end has written all of the bytes. */
  boolean covers(Node node, int anchor, long from, int bytes) {
    boolean clock = node.op() instanceof Op.Syscall call && isClock(call);
    long size = clock ? CLOCK_BYTES : size(node);
    if (size == 0 || instance.anchors().anchor(node.input(0)) != anchor) {
      return false;
    }
    Step step = instance.anchors().distance(node.input(0));
    return step.isFixed() && step.low() <= from && from + bytes <= step.low() + size;
  }

  private static boolean isClock(Op.Syscall call) {
    return Syscall.of(call.hash()).equals(Optional.of(Syscall.SOL_GET_CLOCK_SYSVAR));
  }

  /** Whether bytes at a distance from a node lie in an object whose place and size are known. */
  boolean isWithin(int anchor, long from, int bytes) {
    return graph.node(anchor).op() instanceof Op.Address object
        && object.to() - object.from() <= MemoryMap.FRAME_BYTES
        && object.from() <= from
        && from + bytes <= object.to();
  }

  /** What a node stored, if it covers all of the bytes. */
  private Optional<Word> stored(Node node, int anchor, long from, int bytes, int depth) {
    long size = size(node);
    if (size == 0 || !covers(node, anchor, from, bytes)) {
      return Optional.empty();
    }
    Step step = instance.anchors().distance(node.input(0));
    if (node.op() instanceof Op.Zero) {
      return Optional.of(Word.constant(0));
    }
    if (!(node.op() instanceof Op.Store)) {
      return found(node, node.input(1), from - step.low(), bytes, depth);
    }
    Word value = value(node, (int) size, depth);
    if (value.isConstant()) {
      long moved = value.umin() >>> (8 * (from - step.low()));
      long mask = bytes == Long.BYTES ? -1 : (1L << (8 * bytes)) - 1;
      return Optional.of(Word.constant(moved & mask));
    }
    return step.low() == from && size == Long.BYTES && bytes == Long.BYTES
        ? Optional.of(value)
        : Optional.empty();
  }

  /** How many bytes a node writes at its first input, 0 if it does not or that is not known. */
  private long size(Node node) {
    if (node.op() instanceof Op.Store store) {
      return store.bytes();
    }
    if (node.op() instanceof Op.Zero zero) {
      return zero.bytes();
    }
    if (node.op() instanceof Op.Copy copy) {
      return copy.bytes();
    }
    boolean copies =
        node.op() instanceof Op.Syscall call
            && Syscall.of(call.hash()).filter(Contents::copies).isPresent();
    Word length = copies ? instance.ranges().in(node.input(2), node.block()) : Word.any();
    return length.isConstant() && length.umin() > 0 ? length.umin() : 0;
  }

  private static boolean copies(Syscall syscall) {
    return syscall == Syscall.SOL_MEMCPY_ || syscall == Syscall.SOL_MEMMOVE_;
  }

  /** What a store writes: what it is known to be, or what was loaded for it. */
  private Word value(Node store, int bytes, int depth) {
    Word value = Outcomes.in(instance, store.input(1), store.block());
    Node source = graph.node(instance.ranges().numbers().of(store.input(1)));
    if (!value.isConstant() && source.op() instanceof Op.Load load && load.bytes() == bytes) {
      return found(source, source.input(0), 0, bytes, depth).orElse(value);
    }
    return value;
  }
}
