package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;

/**
 * How many bytes of the heap a node takes: a word of the heap at a constant address that moves by a
 * known distance tells where the free part begins, whoever wrote the program.
 */
final class HeapUse {
  private static final int ALIGNMENT = 8;

  private HeapUse() {}

  /** The bytes, {@link Saturated#UNBOUNDED} if some are taken and nobody knows how many. */
  static long of(Instance instance, Node node) {
    if (node.op() instanceof Op.Syscall call && call.hash() == Syscall.SOL_ALLOC_FREE_.hash()) {
      Word bytes = instance.ranges().in(node.input(0), node.block());
      // What it gives begins at the next multiple of eight.
      return bytes.umax() < 0 ? Saturated.UNBOUNDED : Saturated.sum(bytes.umax(), ALIGNMENT - 1);
    }
    if (!(node.op() instanceof Op.Store)) {
      return 0;
    }
    Word place = instance.ranges().in(node.input(0), node.block());
    Anchors anchors = instance.anchors();
    Node before = instance.graph().node(anchors.anchor(node.input(1)));
    boolean moves =
        isHeap(place)
            && before.op() instanceof Op.Load
            && instance.ranges().in(before.input(0), before.block()).equals(place);
    Step step = anchors.distance(node.input(1));
    return moves ? Math.max(Math.abs(step.low()), Math.abs(step.high())) : 0;
  }

  private static boolean isHeap(Word place) {
    return place.isConstant()
        && place.umin() >= MemoryMap.HEAP
        && place.umin() < MemoryMap.HEAP + MemoryMap.MAX_HEAP_BYTES;
  }
}
