package dev.ovsm.ir.flow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The nodes of a directed graph that lie on a cycle, by Tarjan's algorithm without recursion. */
final class Cycles {
  private final Map<String, Set<String>> edges;
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> isOpen = new HashSet<>();
  private final Set<String> members = new LinkedHashSet<>();

  Cycles(Map<String, Set<String>> edges) {
    this.edges = edges;
  }

  Set<String> members() {
    for (String root : edges.keySet()) {
      if (!index.containsKey(root)) {
        walk(root);
      }
    }
    return members;
  }

  private void walk(String root) {
    Deque<String> path = new ArrayDeque<>();
    Deque<Iterator<String>> pending = new ArrayDeque<>();
    enter(root, path, pending);
    while (!path.isEmpty()) {
      String node = path.element();
      if (pending.element().hasNext()) {
        String next = pending.element().next();
        if (!index.containsKey(next)) {
          enter(next, path, pending);
        } else if (isOpen.contains(next)) {
          lower(node, index.getOrDefault(next, 0));
        }
      } else {
        path.pop();
        pending.pop();
        if (!path.isEmpty()) {
          lower(path.element(), lowest.getOrDefault(node, 0));
        }
        close(node);
      }
    }
  }

  private void enter(String node, Deque<String> path, Deque<Iterator<String>> pending) {
    int number = index.size();
    index.put(node, number);
    lowest.put(node, number);
    open.push(node);
    isOpen.add(node);
    path.push(node);
    pending.push(edges.getOrDefault(node, Set.of()).iterator());
  }

  private void lower(String node, int number) {
    lowest.merge(node, number, Math::min);
  }

  /** Takes a component off the stack once all of it was seen. */
  private void close(String node) {
    if (lowest.getOrDefault(node, 0).equals(index.getOrDefault(node, -1))) {
      boolean alone = node.equals(open.element());
      String member;
      do {
        member = open.pop();
        isOpen.remove(member);
        if (!alone || edges.getOrDefault(member, Set.of()).contains(member)) {
          members.add(member);
        }
      } while (!member.equals(node));
    }
  }
}
