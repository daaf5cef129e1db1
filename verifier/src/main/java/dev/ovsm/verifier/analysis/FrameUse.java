package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How deeply calls nest below an instance, and how much of a frame is used. */
final class FrameUse {
  private static final Word FRAMES = Word.unsigned(MemoryMap.STACK, MemoryMap.HEAP - 1);

  /** Threads may find the same one at once; it is the same for all. */
  private final Map<Instance, Long> frames = new ConcurrentHashMap<>();

  /** The most frames at once while an instance runs, its own included; without recursion. */
  long frames(Instance root) {
    if (!frames.containsKey(root)) {
      root.calleesFirst().forEach(instance -> frames.put(instance, 1 + below(instance)));
    }
    return frames.getOrDefault(root, 1L);
  }

  private long below(Instance instance) {
    return instance.calls().values().stream()
        .mapToLong(callee -> frames.getOrDefault(callee, 0L))
        .max()
        .orElse(0);
  }

  /** The calls on the way to the deepest frame. */
  List<Node> deepest(Instance root) {
    List<Node> calls = new ArrayList<>();
    Instance at = root;
    while (at != null) {
      Instance next = null;
      for (Map.Entry<Integer, Instance> call : at.calls().entrySet()) {
        if (next == null && frames(call.getValue()) == frames(at) - 1) {
          next = call.getValue();
          calls.add(at.graph().node(call.getKey()));
        }
      }
      at = next;
    }
    return calls;
  }

  /** How far at most below the frame pointer the farthest address lies that is used as one. */
  static long bytes(Collection<Instance> instances) {
    long most = 0;
    for (Instance instance : instances) {
      for (Node node : instance.running()) {
        boolean addresses =
            node.op() instanceof Op.Load
                || node.op() instanceof Op.Store
                || node.op() instanceof Op.Call
                || node.op() instanceof Op.Syscall;
        if (addresses) {
          for (int input : node.inputs()) {
            most = Math.max(most, below(instance, node, input));
          }
        }
      }
    }
    return most;
  }

  private static long below(Instance instance, Node user, int address) {
    Op anchor = instance.graph().node(instance.anchors().anchor(address)).op();
    boolean framed = anchor instanceof Op.Address object && object.memory() == Op.Memory.FRAME;
    if (!framed || instance.ranges().in(address, user.block()).meet(FRAMES).isEmpty()) {
      return 0;
    }
    long low = instance.anchors().distance(address).low();
    return Math.min(-low, MemoryMap.FRAME_BYTES);
  }
}
