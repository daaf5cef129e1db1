package dev.ovsm.verifier;

import dev.ovsm.diag.Severity;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.graph.Root;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An execution goes on in others no more often than it may. */
final class TailCallCheck implements Check {
  private static final int MOST = 33;

  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    Map<Root, Set<Root>> next = examination.tailCalls(root);
    if (next.getOrDefault(root, Set.of()).isEmpty()) {
      return List.of();
    }
    int most = longest(root, next);
    if (most <= MOST) {
      String figure = "at most " + most + " of " + MOST;
      return List.of(Finding.safe(root.name(), Property.TAIL_CALLS, figure));
    }
    String figure = "perhaps more than " + MOST;
    return List.of(
        policy.strict()
            ? Finding.unknown(
                root.name(),
                Property.TAIL_CALLS,
                figure,
                Places.at(
                        root.place(),
                        root.name(),
                        VerifierCode.UNPROVED,
                        "a chain of tail calls from here may have no end of its own")
                    .withSeverity(Severity.WARNING)
                    .withNote("the machine refuses the tail call after " + MOST))
            : Finding.guarded(
                root.name(), Property.TAIL_CALLS, figure + ", which the machine refuses"));
  }

  /** The most tail calls one after the other, where more than are allowed count as one more. */
  private static int longest(Root root, Map<Root, Set<Root>> next) {
    Map<Root, Integer> longest = new HashMap<>();
    boolean grows = true;
    for (int round = 0; round <= MOST && grows; round++) {
      Map<Root, Integer> longer = new HashMap<>();
      next.forEach(
          (from, targets) ->
              longer.put(
                  from,
                  targets.stream()
                      .mapToInt(to -> 1 + longest.getOrDefault(to, 0))
                      .max()
                      .orElse(0)));
      grows = !longer.equals(longest);
      longest.putAll(longer);
    }
    return longest.getOrDefault(root, 0);
  }
}
