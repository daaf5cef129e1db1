package dev.ovsm.verifier.certify;

import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.Interval;
import dev.ovsm.verifier.certificate.Location;
import dev.ovsm.verifier.certificate.Objection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is claimed of one function so far. */
final class FunctionDraft {
  private static final Interval NOTHING_SEEN = new Interval(0, 0);

  private final int pc;
  private final Set<Location> locations;
  private final List<Long> steps;
  private final Widening widening;
  private final Map<Location, Growing> arguments = new TreeMap<>();
  private final Map<Integer, LoopDraft> loops = new TreeMap<>();
  private final Growing result;
  private boolean isContained = true;
  private long units;
  private long events;

  FunctionDraft(int pc, Set<Location> locations, List<Long> steps, Widening widening) {
    this.pc = pc;
    this.locations = locations;
    this.steps = steps;
    this.widening = widening;
    this.result = new Growing(null, widening);
    for (int register = 1; register <= 5; register++) {
      arguments.put(new Location(false, register), new Growing(null, widening));
    }
  }

  /** Makes it the function that the runtime starts. */
  void start(long input) {
    arguments.clear();
    arguments.put(new Location(false, 1), new Growing(new Interval(input, input), widening));
  }

  /**
   * The claim as it stands.
   *
   * @param withFigures whether figures are claimed too, rather than none
   */
  Certificate.Function claim(boolean withFigures) {
    Map<Location, Interval> takes = new TreeMap<>();
    arguments.forEach(
        (location, range) -> {
          if (!range.isAnything()) {
            takes.put(location, range.orElse(NOTHING_SEEN));
          }
        });
    Map<Integer, Certificate.Loop> claims = new TreeMap<>();
    loops.forEach((head, loop) -> claims.put(head, loop.claim(withFigures)));
    return new Certificate.Function(
        pc,
        withFigures ? units : Long.MAX_VALUE,
        withFigures ? events : Long.MAX_VALUE,
        isContained,
        takes,
        result.orElse(NOTHING_SEEN),
        claims);
  }

  boolean mendRange(Objection objection) {
    return switch (objection.kind()) {
      case NO_LOOP ->
          loops.putIfAbsent(objection.pc(), new LoopDraft(locations, steps, widening)) == null;
      case FALSE_RESULT -> grow(result, objection.seen());
      case FALSE_ARGUMENT -> {
        Location location = objection.location();
        Growing argument = location == null ? null : arguments.get(location);
        yield argument != null && grow(argument, objection.seen());
      }
      case NOT_CONTAINED -> {
        boolean was = isContained;
        isContained = false;
        yield was;
      }
      default -> {
        LoopDraft loop = loops.get(objection.pc());
        yield loop != null && loop.mend(objection);
      }
    };
  }

  private static boolean grow(Growing range, @Nullable Interval seen) {
    return range.grow(seen == null ? Interval.ALL : seen);
  }

  boolean nextCounter(int head) {
    LoopDraft loop = loops.get(head);
    return loop != null && loop.nextCounter();
  }

  boolean mendFigure(Objection objection) {
    switch (objection.kind()) {
      case TOO_FEW_UNITS -> {
        boolean more = objection.figure() > units;
        units = Math.max(units, objection.figure());
        return more;
      }
      case TOO_FEW_EVENTS -> {
        boolean more = objection.figure() > events;
        events = Math.max(events, objection.figure());
        return more;
      }
      default -> {
        LoopDraft loop = loops.get(objection.pc());
        return loop != null && loop.moreRounds(objection.figure());
      }
    }
  }
}
