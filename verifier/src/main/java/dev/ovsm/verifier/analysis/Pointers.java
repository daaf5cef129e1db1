package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the addresses in some functions may lead to, without regard to the order of execution.
 *
 * <p>Addresses of frames that are stored in memory may come back from any load.
 */
final class Pointers {
  private final Scope scope;
  private final boolean untyped;
  private final Pointer[][] values;
  private final Pointer[][] parameters;
  private final Pointer[] results;
  private final Pointer[] seconds;
  private Pointer stored = Pointer.ELSEWHERE;
  private boolean changed;

  /**
   * Finds the pointers in the functions of a scope.
   *
   * @param untyped whether any word may be an address: one that is loaded from elsewhere than from
   *     frames leads to a frame no more likely than any other
   */
  Pointers(Scope scope, boolean untyped) {
    this.scope = scope;
    this.untyped = untyped;
    List<Integer> functions = scope.functions();
    int count = functions.stream().mapToInt(function -> function + 1).max().orElse(0);
    this.values = new Pointer[count][0];
    this.parameters = new Pointer[count][0];
    this.results = filled(count, Pointer.NOTHING);
    this.seconds = filled(count, Pointer.NOTHING);
    for (int function : functions) {
      Graph graph = scope.graph(function);
      values[function] = filled(graph.nodes().size(), Pointer.NOTHING);
      Pointer outside = function == scope.root() ? Pointer.ELSEWHERE : Pointer.NOTHING;
      parameters[function] = filled(5, outside);
    }
    do {
      changed = false;
      functions.forEach(this::pass);
    } while (changed);
  }

  Pointer of(int function, int node) {
    return values[function][node];
  }

  private static Pointer[] filled(int size, Pointer pointer) {
    Pointer[] all = new Pointer[size];
    Arrays.fill(all, pointer);
    return all;
  }

  private void pass(int function) {
    Graph graph = scope.graph(function);
    Pointer[] known = values[function];
    for (int id : graph.cfg().order()) {
      // What is stored where control never comes is never loaded.
      if (!scope.ranges(function).reaches(id)) {
        continue;
      }
      Block block = graph.block(id);
      for (int node : block.nodes()) {
        Pointer next = known[node].join(evaluate(function, graph.node(node)));
        changed |= !next.equals(known[node]);
        known[node] = next;
      }
      if (block.exit() == Block.Exit.RETURN && block.operand() >= 0) {
        Pointer before = results[function];
        Pointer after = before.join(known[block.operand()]);
        changed |= !after.equals(before);
        results[function] = after;
      }
    }
  }

  private Pointer evaluate(int function, Node node) {
    Op op = node.op();
    Pointer[] known = values[function];
    if (op instanceof Op.Parameter parameter) {
      return parameters[function][parameter.index()];
    }
    if (op instanceof Op.Address address) {
      return address.memory() == Op.Memory.FRAME
          ? new Pointer(Set.of(new Pointer.Target(function, address.object(), 0)), false)
          : Pointer.ELSEWHERE;
    }
    if (op instanceof Op.Arithmetic || op instanceof Op.Require) {
      return moved(function, node);
    }
    if (op instanceof Op.Phi || op instanceof Op.Select) {
      Pointer all = Pointer.NOTHING;
      for (int i = op instanceof Op.Select ? 1 : 0; i < node.inputs().length; i++) {
        all = all.join(known[node.input(i)]);
      }
      return all;
    }
    if (op instanceof Op.Call call) {
      if (!scope.has(call.callee())) {
        return Pointer.NOTHING;
      }
      pass(known, node, call.callee());
      return results[call.callee()];
    }
    if (op instanceof Op.Second) {
      seconds[function] = grown(seconds[function], known[node.input(0)]);
      return known[node.input(0)];
    }
    if (op instanceof Op.SecondOf) {
      return scope.graph(function).node(node.input(0)).op() instanceof Op.Call call
              && scope.has(call.callee())
          ? seconds[call.callee()]
          : stored;
    }
    if (op instanceof Op.Store) {
      store(known[node.input(1)]);
    }
    if (op instanceof Op.CallIndirect) {
      for (int input : node.inputs()) {
        store(known[input]);
      }
    }
    if (op instanceof Op.Load && untyped && known[node.input(0)].targets().isEmpty()) {
      return Pointer.ELSEWHERE;
    }
    return op instanceof Op.Load || op instanceof Op.CallIndirect ? stored : Pointer.ELSEWHERE;
  }

  private void pass(Pointer[] known, Node call, int callee) {
    Pointer[] taken = parameters[callee];
    for (int i = 0; i < Math.min(taken.length, call.inputs().length); i++) {
      Pointer next = taken[i].join(known[call.input(i)]);
      changed |= !next.equals(taken[i]);
      taken[i] = next;
    }
  }

  private void store(Pointer pointer) {
    stored = grown(stored, pointer.anywhere());
  }

  private Pointer grown(Pointer pointer, Pointer more) {
    Pointer next = pointer.join(more);
    changed |= !next.equals(pointer);
    return next;
  }

  /** The sum of an address and a number; any other arithmetic may lead anywhere in its object. */
  private Pointer moved(int function, Node node) {
    Pointer[] known = values[function];
    Pointer first = known[node.input(0)];
    if (node.op() instanceof Op.Require) {
      return first;
    }
    Pointer second = known[node.input(1)];
    if (first.targets().isEmpty() && second.targets().isEmpty()) {
      return Pointer.ELSEWHERE;
    }
    boolean adds = ((Op.Arithmetic) node.op()).operator() == Operator.ADD;
    if (adds && second.targets().isEmpty()) {
      return plus(function, first, node.input(1));
    }
    if (adds && first.targets().isEmpty()) {
      return plus(function, second, node.input(0));
    }
    return first.anywhere().join(second.anywhere());
  }

  private Pointer plus(int function, Pointer pointer, int amount) {
    Word word = scope.ranges(function).of(amount);
    return word.isConstant() && !word.isEmpty() ? pointer.plus(word.smin()) : pointer.anywhere();
  }
}
