package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values that count from the current slot, whichever call told it. */
final class Slots {
  /** So many functions deep it is looked who told it. */
  private static final int DEEPEST = 4;

  private final Instance instance;
  private final Contents contents;
  private final int depth;

  Slots(Instance instance, Contents contents) {
    this(instance, contents, DEEPEST);
  }

  private Slots(Instance instance, Contents contents, int depth) {
    this.instance = instance;
    this.contents = contents;
    this.depth = depth;
  }

  /** How many slots after the current one a value is, or null if that is not known. */
  @Nullable Step fromNow(int value) {
    Anchors anchors = instance.anchors();
    Node anchor = instance.graph().node(anchors.anchor(value));
    Step told = told(anchor);
    return told == null ? null : told.add(anchors.distance(value));
  }

  private @Nullable Step told(Node anchor) {
    if (anchor.op() instanceof Op.Syscall call) {
      boolean slot = Syscall.of(call.hash()).equals(Optional.of(Syscall.SOL_GET_SLOT));
      return slot ? Step.NONE : null;
    }
    if (anchor.op() instanceof Op.Load load && load.bytes() == Long.BYTES) {
      return contents.isFilledBy(anchor, Syscall.SOL_GET_CLOCK_SYSVAR) ? Step.NONE : null;
    }
    Instance callee = instance.calls().get(anchor.id());
    return callee == null || depth == 0 ? null : returned(callee);
  }

  private @Nullable Step returned(Instance callee) {
    Slots inside = new Slots(callee, contents.in(callee), depth - 1);
    Step all = null;
    for (Block block : callee.returns()) {
      Step one = block.operand() < 0 ? null : inside.fromNow(block.operand());
      if (one == null) {
        return null;
      }
      all = all == null ? one : all.join(one);
    }
    return all;
  }
}
