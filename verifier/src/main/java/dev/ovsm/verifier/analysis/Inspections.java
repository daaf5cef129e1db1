package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.analysis.AccountWrite.Standing;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Where functions look whether accounts may be written, and what they find where they go on. */
final class Inspections {
  /** So many calls back it is looked. */
  private static final int DEEPEST = 12;

  private final Function<Instance, List<Origins.Caller>> callers;
  private final Map<Instance, List<Flag>> flags = new HashMap<>();

  Inspections(Function<Instance, List<Origins.Caller>> callers) {
    this.callers = callers;
  }

  /** A byte that says whether an account, or some account, may be written. */
  private record Flag(Node load, int account) {
    boolean mayBe(int other) {
      return account == other || account == Spot.SOME;
    }
  }

  /** Notes that a node loads such a byte. */
  void add(Instance instance, Node load, int account) {
    flags.computeIfAbsent(instance, one -> new ArrayList<>()).add(new Flag(load, account));
  }

  private List<Flag> flags(Instance instance) {
    return flags.getOrDefault(instance, List.of());
  }

  /**
   * What is known in a block of an account.
   *
   * @param account {@link Spot#SOME} if it is not known which one
   * @param base the value number that its record's address counts from by a fixed distance, or -1
   */
  Standing of(Instance instance, int block, int account, int base) {
    for (Flag flag : flags(instance)) {
      boolean same = account >= 0 && flag.account == account;
      same |= base >= 0 && Offset.of(instance, flag.load.input(0)).base() == base;
      Standing found = same ? said(instance, flag, block) : Standing.OPEN;
      if (found != Standing.OPEN) {
        return found;
      }
    }
    boolean before = account >= 0 && wasChecked(instance, account, new HashSet<>(), DEEPEST);
    return before ? Standing.CHECKED : Standing.OPEN;
  }

  /** What a flag says in a block, if it says anything there. */
  private static Standing said(Instance instance, Flag flag, int block) {
    if (!dominates(instance, flag.load, block)) {
      return Standing.OPEN;
    }
    Word value = instance.ranges().in(flag.load.id(), block);
    if (!value.contains(0)) {
      return Standing.CHECKED;
    }
    return value.equals(Word.constant(0)) ? Standing.REFUSED : Standing.OPEN;
  }

  private static boolean dominates(Instance instance, Node node, int block) {
    return instance.ranges().dominators().dominates(node.block(), block);
  }

  /** Whether every call of a function is made after an account was found to be writable. */
  private boolean wasChecked(Instance callee, int account, Set<Instance> seen, int depth) {
    List<Origins.Caller> calls = callers.apply(callee);
    if (calls.isEmpty() || depth == 0 || !seen.add(callee)) {
      return false;
    }
    for (Origins.Caller caller : calls) {
      boolean here =
          flags(caller.instance()).stream()
              .filter(flag -> flag.account == account)
              .anyMatch(
                  flag -> said(caller.instance(), flag, caller.call().block()) == Standing.CHECKED);
      if (!here && !wasChecked(caller.instance(), account, new HashSet<>(seen), depth - 1)) {
        return false;
      }
    }
    return true;
  }

  /** Whether an account may have been looked at, in a way that is not followed. */
  boolean areMissed(Instance instance, int block, int account) {
    return areMissed(instance, block, account, new HashSet<>(), DEEPEST);
  }

  private boolean areMissed(
      Instance instance, int block, int account, Set<Instance> seen, int depth) {
    for (Flag flag : flags(instance)) {
      if (flag.mayBe(account) && dominates(instance, flag.load, block)) {
        return true;
      }
    }
    for (Map.Entry<Integer, Instance> call : instance.calls().entrySet()) {
      boolean before = dominates(instance, instance.graph().node(call.getKey()), block);
      boolean looks =
          call.getValue().calleesFirst().stream()
              .flatMap(one -> flags(one).stream())
              .anyMatch(flag -> flag.mayBe(account));
      if (before && looks) {
        return true;
      }
    }
    if (depth == 0 || !seen.add(instance)) {
      return depth == 0;
    }
    return callers.apply(instance).stream()
        .anyMatch(
            caller ->
                areMissed(caller.instance(), caller.call().block(), account, seen, depth - 1));
  }
}
