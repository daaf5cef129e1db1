package dev.ovsm.verifier.lift;

import dev.ovsm.verifier.graph.Op;
import java.util.List;

/**
 * What callers need to know of a function.
 *
 * @param writes what it writes to, as its callers see it
 * @param arity how many arguments it takes
 * @param left the places counted from arguments that it is known to leave something in
 * @param relied bytes counted from its arguments that it takes to be in no frame but its callers'
 */
record Summary(Writes writes, int arity, List<Op.Left> left, List<Extent> relied) {
  Summary {
    left = List.copyOf(left);
    relied = List.copyOf(relied);
  }
}
