package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.Framed;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Operand;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far from frame pointers or arguments the addresses lie that instructions use, whoever runs
 * them.
 */
final class Framing {
  private Framing() {}

  /** All operands that always count from the frame pointer or one argument of their function. */
  static Map<Operand, Framed> of(Collection<Instance> instances) {
    Map<Operand, Optional<Framed>> all = new HashMap<>();
    for (Instance instance : instances) {
      for (Node node : instance.running()) {
        for (int i = 0; i < addresses(node); i++) {
          all.merge(
              new Operand(node.place().pc(), i),
              framed(instance, node, i),
              (a, b) -> a.flatMap(left -> b.flatMap(right -> joined(left, right))));
        }
      }
    }
    Map<Operand, Framed> known = new HashMap<>();
    all.forEach((operand, one) -> one.ifPresent(framed -> known.put(operand, framed)));
    return known;
  }

  /** The operands of which something is supposed that cannot be shown wherever they are used. */
  static Set<Operand> unframed(Collection<Instance> instances, Map<Operand, Framed> supposed) {
    Set<Operand> all = new HashSet<>();
    for (Instance instance : instances) {
      for (Node node : instance.running()) {
        for (int i = 0; i < addresses(node); i++) {
          Operand operand = new Operand(node.place().pc(), i);
          Framed one = supposed.get(operand);
          if (one != null && framed(instance, node, i).filter(one::includes).isEmpty()) {
            all.add(operand);
          }
        }
      }
    }
    return all;
  }

  private static Optional<Framed> joined(Framed one, Framed other) {
    return one.argument() == other.argument() ? Optional.of(one.join(other)) : Optional.empty();
  }

  /** How many of a node's first inputs may be addresses that are written to. */
  private static int addresses(Node node) {
    if (node.op() instanceof Op.Store) {
      return 1;
    }
    boolean calls = node.op() instanceof Op.Call || node.op() instanceof Op.Syscall;
    return calls ? node.inputs().length : 0;
  }

  private static Optional<Framed> framed(Instance instance, Node user, int input) {
    int address = user.input(input);
    Op anchor = instance.graph().node(instance.anchors().anchor(address, user.block())).op();
    Step step = instance.anchors().distance(address, user.block());
    if (anchor instanceof Op.Parameter parameter) {
      return Optional.of(new Framed(parameter.index(), step.low(), step.high()));
    }
    return anchor instanceof Op.Address one && one.memory() == Op.Memory.FRAME
        ? Optional.of(new Framed(Framed.FRAME, step.low(), step.high()))
        : Optional.empty();
  }
}
