package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.graph.CallGraph;
import dev.ovsm.verifier.graph.Graph;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The functions that a root runs, and what is known of each whenever the root runs it. */
final class Scope {
  private final int root;
  private final boolean entersOnce;
  private final Map<Integer, Instance> views = new TreeMap<>();

  /**
   * The functions of a root.
   *
   * @param entered what is known of the root's function when the runtime enters there
   * @param reached the instances that it leads to, itself included
   */
  Scope(Instances instances, CallGraph calls, Instance entered, Set<Instance> reached) {
    this.root = entered.function();
    boolean enteredOnly =
        !calls.isRecursive(root)
            && reached.stream().noneMatch(other -> other != entered && other.function() == root);
    this.entersOnce = enteredOnly;
    Deque<Integer> open = new ArrayDeque<>();
    reached.forEach(instance -> open.add(instance.function()));
    while (!open.isEmpty()) {
      int function = open.pop();
      Instance view = enteredOnly && function == root ? entered : instances.general(function);
      boolean isNew = views.put(function, view) == null;
      if (isNew && calls.isRecursive(function)) {
        for (int callee : calls.callees(function)) {
          open.add(callee);
        }
      }
    }
  }

  /** The function that the runtime enters. */
  int root() {
    return root;
  }

  /** Whether a function runs once, as the first of an execution, so that its frame is all zero. */
  boolean entersOnce(int function) {
    return entersOnce && function == root;
  }

  List<Integer> functions() {
    return List.copyOf(views.keySet());
  }

  /** Whether the root can come to run a function. */
  boolean has(int function) {
    return views.containsKey(function);
  }

  Instance instance(int function) {
    Instance view = views.get(function);
    if (view == null) {
      throw new IllegalArgumentException("function " + function + " is not reached");
    }
    return view;
  }

  Ranges ranges(int function) {
    return instance(function).ranges();
  }

  Graph graph(int function) {
    return ranges(function).graph();
  }
}
