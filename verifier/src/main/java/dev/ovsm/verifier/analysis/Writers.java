package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which nodes of a function may have written what a node reads in the function's frame: those from
 * which control can come to the reader without all of the bytes being overwritten on the way.
 */
final class Writers {
  /** So many nodes are looked at, over all functions. */
  private static final long MOST_NODES = 1_000_000;

  /** So many functions deep it is looked what calls overwrite. */
  private static final int DEEPEST = 2;

  private static final int NOBODY = -1;

  private final Scope scope;
  private final Fuel fuel = new Fuel(MOST_NODES);
  private final Map<Key, Optional<BitSet>> known = new HashMap<>();

  Writers(Scope scope) {
    this.scope = scope;
  }

  private record Key(int function, int node, int address, long offset, int bytes) {}

  /**
   * The nodes, without those that write by way of addresses that do not count from the function's
   * own frame; empty if what lay there before the function began may be read, or that is not known.
   *
   * @param offset where the bytes begin, counted from the address
   */
  Optional<BitSet> of(int function, Node user, int address, long offset, int bytes) {
    return known.computeIfAbsent(
        new Key(function, user.id(), address, offset, bytes),
        key -> search(function, user, address, offset, bytes));
  }

  /** Whether an address counts from the function's own frame. */
  boolean isOwn(int function, int address) {
    Instance instance = scope.instance(function);
    return instance.graph().node(instance.anchors().anchor(address)).op()
            instanceof Op.Address object
        && object.memory() == Op.Memory.FRAME;
  }

  private Optional<BitSet> search(int function, Node user, int address, long offset, int bytes) {
    Instance instance = scope.instance(function);
    Step step = instance.anchors().distance(address);
    if (!isOwn(function, address) || step.width() > MemoryMap.FRAME_BYTES) {
      return Optional.empty();
    }
    Contents contents = new Contents(instance);
    int anchor = instance.anchors().anchor(address);
    long from = step.low() + offset;
    int all = (int) step.width() + bytes;
    Search search = new Search(contents, anchor, from, all, user.block(), 0);
    search.back(user.block(), user.id());
    boolean isZero = scope.entersOnce(function) && contents.isWithin(anchor, from, all);
    return (isZero || !search.begins) && !fuel.isSpent()
        ? Optional.of(search.writers)
        : Optional.empty();
  }

  /** One way back from a block to all that may have written to some bytes. */
  private final class Search {
    private final Contents contents;
    private final Instance instance;
    private final Graph graph;
    private final int anchor;
    private final long from;
    private final int bytes;
    private final int end;
    private final int depth;
    private final BitSet writers = new BitSet();

    /** Whether the bytes may be as they were when the function began. */
    private boolean begins;

    Search(Contents contents, int anchor, long from, int bytes, int end, int depth) {
      this.contents = contents;
      this.instance = contents.instance();
      this.graph = instance.graph();
      this.anchor = anchor;
      this.from = from;
      this.bytes = bytes;
      this.end = end;
      this.depth = depth;
    }

    /** Goes back from a node, or from the end of the block. */
    void back(int block, int user) {
      BitSet seen = new BitSet();
      Deque<Integer> open = new ArrayDeque<>();
      if (isOpen(block, user)) {
        follow(block, seen, open);
      }
      while (!open.isEmpty()) {
        int next = open.pop();
        if (isOpen(next, NOBODY)) {
          follow(next, seen, open);
        }
      }
    }

    private void follow(int block, BitSet seen, Deque<Integer> open) {
      begins |= block == 0;
      for (int predecessor : graph.block(block).predecessors()) {
        if (instance.ranges().passes(predecessor) && !seen.get(predecessor)) {
          seen.set(predecessor);
          open.push(predecessor);
        }
      }
    }

    /** Whether control can come through a block, as far as a node, and leave some of the bytes. */
    private boolean isOpen(int block, int user) {
      int[] nodes = graph.block(block).nodes();
      if (!fuel.take(nodes.length + 1L)) {
        begins = true;
        return false;
      }
      int at = nodes.length - 1;
      while (user != NOBODY && nodes[at] != user) {
        at--;
      }
      for (int i = user == NOBODY ? at : at - 1; i >= 0; i--) {
        Node node = graph.node(nodes[i]);
        if (contents.writes(node, anchor, from, bytes)) {
          writers.set(node.id());
          if (contents.covers(node, anchor, from, bytes) || isOverwrittenBy(node, user)) {
            return false;
          }
        }
      }
      return true;
    }

    /**
     * Whether a call overwrites all of the bytes, whichever way it ended if control came here.
     *
     * @param user a node after the call in its block, whose value counts where it is used
     */
    private boolean isOverwrittenBy(Node call, int user) {
      Instance callee = instance.calls().get(call.id());
      if (callee == null || depth == DEEPEST || !(call.op() instanceof Op.Call)) {
        return false;
      }
      Word seconds = seconds(call, user);
      for (int i = 0; i < call.inputs().length; i++) {
        Step step = instance.anchors().distance(call.input(i));
        boolean counts = instance.anchors().anchor(call.input(i)) == anchor && step.isFixed();
        if (counts && overwrites(callee, i, from - step.low(), seconds)) {
          return true;
        }
      }
      return false;
    }

    /**
     * What the second result of a call can be at the end of the way. What is loaded in the block of
     * the call tells something only where it is used, and then that call was the last.
     */
    private Word seconds(Node call, int user) {
      Word last = Return.seconds(instance, call, end);
      boolean isValue = user != NOBODY && graph.node(user).op() instanceof Op.Load;
      if (!isValue || last.isConstant() || !fuel.take(graph.nodes().size())) {
        return last;
      }
      Word all = Word.empty(64);
      for (int block : uses(user)) {
        all = all.join(Return.seconds(instance, call, block));
      }
      return all;
    }

    /** The blocks in which a node is used, or at whose ends it is. */
    private Set<Integer> uses(int user) {
      Set<Integer> uses = new TreeSet<>();
      for (int live : instance.ranges().live()) {
        Block block = graph.block(live);
        for (int id : block.nodes()) {
          Node node = graph.node(id);
          for (int i = 0; i < node.inputs().length; i++) {
            if (node.input(i) == user) {
              uses.add(node.op() instanceof Op.Phi ? block.predecessors()[i] : block.id());
            }
          }
        }
        if (block.operand() == user) {
          uses.add(block.id());
        }
      }
      return uses;
    }

    private boolean overwrites(Instance callee, int argument, long distance, Word seconds) {
      int parameter = parameter(callee.graph(), argument);
      for (Return way : parameter < 0 ? List.<Return>of() : Return.of(callee)) {
        if (way.mayGive(callee, seconds)) {
          Search inside =
              new Search(contents.in(callee), parameter, distance, bytes, way.block(), depth + 1);
          inside.back(way.block(), NOBODY);
          if (inside.begins) {
            return false;
          }
        }
      }
      return parameter >= 0;
    }

    private static int parameter(Graph graph, int argument) {
      for (int id : graph.block(0).nodes()) {
        if (graph.node(id).op() instanceof Op.Parameter parameter
            && parameter.index() == argument) {
          return id;
        }
      }
      return NOBODY;
    }
  }
}
