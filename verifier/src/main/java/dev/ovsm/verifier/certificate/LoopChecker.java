package dev.ovsm.verifier.certificate;

import dev.ovsm.verifier.certificate.Objection.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Holds what is claimed of a function's loops against what is known where they begin and end. */
final class LoopChecker {
  private final Certificate.Function claim;
  private final Roots roots;
  private final Consumer<Objection> objections;
  private final Map<Integer, State> heads = new HashMap<>();

  LoopChecker(Certificate.Function claim, Roots roots, Consumer<Objection> objections) {
    this.claim = claim;
    this.roots = roots;
    this.objections = objections;
  }

  private Objection objection(Kind kind, int pc) {
    return Objection.of(kind, claim.pc(), pc);
  }

  private void compare(Certificate.Loop loop, State state, Objection objection) {
    objection.where(loop.ranges(), place -> state.get(place, roots).number(), objections);
  }

  /** What the claim says of the first slot of a loop, if that is so where the loop is entered. */
  State entered(int pc, State before) {
    Certificate.Loop loop = claim.loops().get(pc);
    if (loop == null) {
      objections.accept(objection(Kind.NO_LOOP, pc));
      return State.unknown(roots);
    }
    State head = State.unknown(roots);
    head.set(State.FRAME_POINTER, before.register(State.FRAME_POINTER));
    for (Location kept : loop.kept()) {
      head.put(kept, before.get(kept, roots));
    }
    compare(loop, before, objection(Kind.NOT_THERE, pc));
    loop.ranges().forEach((location, range) -> head.put(location, roots.in(range)));
    heads.put(pc, head.copy());
    return head;
  }

  /** How often a value can move within a range by at least a step, or be halved. */
  private static long rounds(Interval range, long step) {
    long width = range.high() - range.low();
    if (step == 0 && range.isNatural()) {
      return 64L - Long.numberOfLeadingZeros(range.high());
    }
    return width < 0 || step == 0 || step == Long.MIN_VALUE
        ? Long.MAX_VALUE
        : width / Math.abs(step);
  }

  /** At the end of a round everything is as at its beginning, and the counter has moved. */
  void repeated(int pc, State after) {
    Certificate.Loop loop = claim.loops().get(pc);
    State head = heads.get(pc);
    if (loop == null || head == null) {
      return;
    }
    Interval counted = loop.ranges().get(loop.counter());
    long most = counted == null ? Long.MAX_VALUE : rounds(counted, loop.step());
    if (most > loop.rounds()) {
      objections.accept(new Objection(Kind.TOO_FEW_ROUNDS, claim.pc(), pc, null, null, most));
    }
    for (Location kept : loop.kept()) {
      Value value = after.get(kept, roots);
      if (!value.equalsForSure(head.get(kept, roots))) {
        objections.accept(objection(Kind.NOT_KEPT, pc).about(kept, value.number()));
      }
    }
    compare(loop, after, objection(Kind.NOT_INDUCTIVE, pc));
    Value before = head.get(loop.counter(), roots);
    Value now = after.get(loop.counter(), roots);
    long moved = now.distance() - before.distance();
    boolean far = loop.step() > 0 ? moved >= loop.step() : moved <= loop.step();
    boolean tied = now.root() == before.root() && !now.isFrame();
    boolean counts = loop.step() == 0 ? roots.hasFallen(now, before) : tied && far;
    if (!counts || !loop.ranges().containsKey(loop.counter())) {
      objections.accept(objection(Kind.NOT_COUNTING, pc).about(loop.counter(), now.number()));
    }
  }
}
