package dev.ovsm.verifier.analysis;

import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a function returns where a resource may still be open. */
final class OpenEnds {
  private final Instance instance;
  private final Handle handle;
  private final Course course;
  private final Conduct.@Nullable Left left;
  private Word results = Word.empty(64);
  private Word seconds = Word.empty(64);
  private boolean areAny;

  /**
   * Looks at all ways in which an instance returns.
   *
   * @param left what the callee that the handle's anchor calls leaves open, if it is that
   */
  OpenEnds(Instance instance, Handle handle, Course course, Conduct.@Nullable Left left) {
    this.instance = instance;
    this.handle = handle;
    this.course = course;
    this.left = left;
    for (Return way : Return.of(instance)) {
      if (isOpen(way) && !gives(way)) {
        note(way);
      }
    }
  }

  /** Whether there are any. */
  boolean areAny() {
    return areAny;
  }

  /** Whether one of them tells of no failure. */
  boolean areGood() {
    return results.contains(0);
  }

  /** What it returns then. */
  Word results() {
    return results;
  }

  /** What it returns besides. */
  Word seconds() {
    return seconds;
  }

  private boolean isOpen(Return way) {
    return Phase.OPEN.isIn(Conduct.after(course.leaving(way), Phase.UNBEGUN));
  }

  /** Whether the function gives the record to its caller. */
  private boolean gives(Return way) {
    int operand = way.end().operand();
    return operand >= 0 && isAddress(instance, operand, handle);
  }

  /** Whether a node's value is the address of a record. */
  static boolean isAddress(Instance instance, int node, Handle handle) {
    return handle.resource() == Resource.RECORD
        && handle.distance() == 0
        && instance.anchors().anchor(node) == handle.anchor()
        && instance.anchors().distance(node).equals(Step.NONE);
  }

  private void note(Return way) {
    Word result = word(way.result(), way.block());
    Word second = word(way.second(), way.block());
    Optional<Conduct.Left> once = Optional.ofNullable(left).filter(one -> isOnce());
    if (once.isPresent()) {
      Graph graph = instance.graph();
      Node call = graph.node(handle.anchor());
      int other = instance.anchors().second(call.id());
      Word given = word(call.id(), way.block()).meet(once.get().results());
      Word besides = word(other, way.block()).meet(once.get().seconds());
      if (given.isEmpty() || besides.isEmpty()) {
        return;
      }
      result = narrowed(result, way.result(), call.id(), given);
      result = narrowed(result, way.result(), other, besides);
      second = narrowed(second, way.second(), call.id(), given);
      second = narrowed(second, way.second(), other, besides);
    }
    areAny = true;
    results = results.join(result);
    seconds = seconds.join(second);
  }

  /** Whether the latest call is the only one. */
  private boolean isOnce() {
    return Strays.isOne(instance, instance.graph().node(handle.anchor()));
  }

  private Word word(int node, int block) {
    return node < 0 ? Word.any() : Outcomes.in(instance, node, block);
  }

  private Word narrowed(Word word, int node, int known, Word narrow) {
    ValueNumbers numbers = instance.ranges().numbers();
    boolean same = node >= 0 && known >= 0 && numbers.of(node) == numbers.of(known);
    return same ? word.meet(narrow) : word;
  }
}
