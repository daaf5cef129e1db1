package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import java.util.LinkedHashSet;
import java.util.Set;

/** The locals that code writes, and whether it jumps to a loop's next round or out of it. */
final class Assigned {
  private final Set<Local> locals = new LinkedHashSet<>();

  private Assigned() {}

  static Set<Local> in(Hir... parts) {
    Assigned assigned = new Assigned();
    for (Hir part : parts) {
      Children.walk(
          part,
          node -> {
            if (node instanceof Hir.Write write) {
              assigned.locals.add(write.local());
            }
          });
    }
    return assigned.locals;
  }

  /** Whether {@code body} jumps to the loop {@code label} in the way asked for. */
  static boolean jumps(Hir body, Hir.Label label, boolean leaves) {
    boolean[] found = new boolean[1];
    Children.walk(
        body,
        node ->
            found[0] |=
                node instanceof Hir.Jump jump
                    && jump.label().equals(label)
                    && jump.leaves() == leaves);
    return found[0];
  }
}
