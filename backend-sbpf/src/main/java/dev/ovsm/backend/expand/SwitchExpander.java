package dev.ovsm.backend.expand;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * A switch as a search: few cases one after the other in their order, many by halves.
 *
 * <p>A constant that does not fit an immediate costs an instruction of its own, which a test for
 * equality and one for order share.
 */
final class SwitchExpander {
  private static final int FEW = 3;

  private final Drafts out;
  private final Terminator.Switch terminator;
  private final Span span;
  private final Value value;
  private final Deque<Part> parts = new ArrayDeque<>();

  SwitchExpander(Drafts out, Terminator.Switch terminator) {
    this.out = out;
    this.terminator = terminator;
    this.span = terminator.span();
    this.value = terminator.value();
  }

  void run() {
    List<Terminator.Case> cases = new ArrayList<>(terminator.cases());
    if (cases.size() > FEW) {
      Comparator<Terminator.Case> order =
          (a, b) ->
              value.type().signed()
                  ? Long.compare(a.constant(), b.constant())
                  : Long.compareUnsigned(a.constant(), b.constant());
      cases.sort(order);
    }
    search(cases);
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      out.enter(part.block);
      search(part.cases);
    }
  }

  /** Ends the current block with the search among the cases. */
  private void search(List<Terminator.Case> cases) {
    if (cases.size() <= FEW) {
      for (Terminator.Case each : cases) {
        Value constant = out.constant(value.type(), each.constant());
        int next = out.block();
        equal(each, constant, next);
        out.enter(next);
      }
      out.end(new Terminator.Jump(terminator.otherwise(), span));
      return;
    }
    int middle = cases.size() / 2;
    Terminator.Case pivot = cases.get(middle);
    Value constant = out.constant(value.type(), pivot.constant());
    int differ = out.block();
    equal(pivot, constant, differ);
    out.enter(differ);
    int below = out.block();
    int above = out.block();
    out.branch(Comparison.GT, value, constant, above, below);
    parts.push(new Part(above, cases.subList(middle + 1, cases.size())));
    parts.push(new Part(below, cases.subList(0, middle)));
  }

  private void equal(Terminator.Case each, Value constant, int next) {
    Target target = each.target();
    int found = target.arguments().isEmpty() ? target.block() : out.block();
    if (value.type() == Type.BOOL) {
      out.branch(each.constant() == 0 ? Comparison.EQ : Comparison.NE, value, zero(), found, next);
    } else {
      out.branch(Comparison.EQ, value, constant, found, next);
    }
    if (found != target.block()) {
      out.enter(found);
      out.end(new Terminator.Jump(target, span));
    }
  }

  private Value zero() {
    return out.constant(value.type(), 0);
  }

  /** Cases still to be told apart, and the block where that happens. */
  private record Part(int block, List<Terminator.Case> cases) {}
}
