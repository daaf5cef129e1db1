package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Iterators that lie in no frame, as in a map's value: only the value that its address counts from
 * tells which one it is.
 *
 * <p>Two such values may be equal. So where there is a stray, all iterators of the execution count
 * from one value and lie apart, and nothing runs meanwhile that is not followed. What is written to
 * an iterator's bytes is no matter: the order of calls stays the same.
 */
final class Strays {
  /** The bytes of an iterator. */
  private static final long BYTES = 24;

  private final Map<Handle, Instance> iterators = new LinkedHashMap<>();
  private boolean areMixed;

  /** Whether an address that counts from a node's value is the same whenever a function has it. */
  static boolean isOne(Instance instance, Node anchor) {
    return instance.graph().loops().innermost(anchor.block()) < 0;
  }

  /** An iterator that a function begins or uses and does not have from its callers. */
  void add(Instance instance, Handle iterator) {
    for (Map.Entry<Handle, Instance> entry : iterators.entrySet()) {
      Handle other = entry.getKey();
      areMixed |=
          entry.getValue() != instance
              || other.anchor() != iterator.anchor()
              || Math.abs(other.distance() - iterator.distance()) < BYTES;
    }
    areMixed |= iterators.put(iterator, instance) != null;
  }

  /**
   * The stray that other iterators may be, or that what is not followed may handle too.
   *
   * @param all the instances of the execution
   */
  Optional<Map.Entry<Handle, Instance>> doubtful(Collection<Instance> all) {
    return iterators.entrySet().stream()
        .filter(entry -> isStray(entry.getValue(), entry.getKey()))
        .findFirst()
        .filter(stray -> areMixed || all.stream().anyMatch(Strays::leaves));
  }

  private static boolean isStray(Instance instance, Handle iterator) {
    Op anchor = instance.graph().node(iterator.anchor()).op();
    return !(anchor instanceof Op.Address || anchor instanceof Op.Parameter);
  }

  /** Whether an instance goes where it is not followed, from where this program may be entered. */
  private static boolean leaves(Instance instance) {
    return instance.running().stream()
        .anyMatch(
            node ->
                node.op() instanceof Op.CallIndirect
                    || (node.op() instanceof Op.Call && !instance.calls().containsKey(node.id()))
                    || Costs.has(node, Effect.INVOKES));
  }
}
