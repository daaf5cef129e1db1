package dev.ovsm.cli.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What made the steps of a registration go as they did, beyond what they say themselves. */
final class Causes {
  private static final int MOST_NAMED = 8;
  private static final String BREAKER = "breaker open";

  private final List<Step> own;
  private final Events events;

  /**
   * The causes of a registration's steps.
   *
   * @param own its steps in the order in which they happened
   * @param events what happened in the run
   */
  Causes(List<Step> own, Events events) {
    this.own = own;
    this.events = events;
  }

  /**
   * Why it went so; lines for people.
   *
   * @param around all steps of the same slot
   * @param maker the run that made the step's trigger, if one is known
   */
  List<String> of(Step step, List<Step> around, Optional<Step> maker) {
    List<String> lines = new ArrayList<>();
    if (step.ran() && step.slot() > step.nominal() && step.attempt() == 0) {
      late(step, maker).ifPresent(lines::add);
    }
    if (step.fate().equals("DEFERRED")) {
      lines.add(room(step, around));
    }
    if (step.fate().equals("COALESCED")) {
      into(step).ifPresent(lines::add);
    }
    if (step.reason().startsWith(BREAKER)) {
      opened(step).ifPresent(lines::add);
    }
    if (step.fate().equals("QUARANTINED")) {
      events.upgrades().stream()
          .filter(slot -> slot <= step.slot())
          .reduce((before, slot) -> slot)
          .ifPresent(slot -> lines.add("since the upgrade in slot " + slot));
    }
    return lines;
  }

  /** Why something ran after its slot although nothing was told of it meanwhile. */
  private Optional<String> late(Step step, Optional<Step> maker) {
    if (step.origin().equals("replay")) {
      return own.stream()
          .filter(one -> one.seq() < step.seq() && one.nominal() == step.nominal())
          .filter(one -> one.fate().equals("DEAD_LETTERED"))
          .reduce((first, second) -> second)
          .map(one -> "trigger " + one.seq() + ", given up in slot " + one.slot())
          .map(given -> given + ", was replayed");
    }
    if (own.stream().anyMatch(one -> one.waits() && one.seq() == step.seq())) {
      return Optional.empty();
    }
    Optional<String> gap = gap(step.nominal());
    if (gap.isPresent()) {
      return gap;
    }
    Optional<Step> earlier =
        own.stream()
            .filter(one -> one.ran() && one.nominal() < step.nominal())
            .filter(one -> one.slot() >= step.nominal() && one.slot() < step.slot())
            .reduce((first, second) -> second);
    if (earlier.isPresent() && step.wave() == 0) {
      return Optional.of(
          "its ticks are made up for one a slot, and an earlier one ran in slot "
              + earlier.get().slot());
    }
    String then = gap(step.slot() - 1).map(one -> "; " + one + " before it ran").orElse("");
    if (step.slot() == events.next(step.nominal())
        && maker.filter(run -> wave(run) >= step.wave()).isPresent()) {
      return Optional.of("the turn of its kind was over in the slot in which it was made" + then);
    }
    return Optional.of("its registration keeps triggers some slots apart" + then);
  }

  /** That the chain had no block for a slot, if it had none. */
  Optional<String> gap(long slot) {
    return events.gaps().stream()
        .filter(one -> one.from() <= slot && slot <= one.to())
        .findFirst()
        .map(one -> "slots " + one.from() + " to " + one.to() + " were skipped");
  }

  /** What was carried over runs before everything else. */
  private int wave(Step run) {
    return run.slot() > run.nominal() && run.attempt() == 0 ? -1 : run.wave();
  }

  private static String room(Step step, List<Step> around) {
    List<Step> ran = around.stream().takeWhile(one -> !one.equals(step)).filter(Step::ran).toList();
    long units = ran.stream().mapToLong(Step::units).sum();
    List<String> names =
        ran.stream()
            .limit(MOST_NAMED)
            .map(
                one ->
                    String.format(
                        Locale.ROOT, "%s %d (%,d)", one.kind(), one.registration(), one.units()))
            .toList();
    String more = ran.size() > MOST_NAMED ? " and " + (ran.size() - MOST_NAMED) + " more" : "";
    return ran.isEmpty()
        ? "nothing had run there: the room is reserved, or its budget waits behind a larger one"
        : String.format(Locale.ROOT, "%,d CU had been used there by ", units)
            + String.join(", ", names)
            + more;
  }

  /** The trigger that a merged one is a part of: the next that ends otherwise. */
  private Optional<String> into(Step step) {
    return own.stream()
        .filter(one -> one.slot() >= step.slot() && !one.fate().equals("COALESCED"))
        .filter(one -> one.seq() < step.seq() || one.attempt() > 0)
        .filter(one -> !one.waits())
        .findFirst()
        .map(
            one ->
                "it became a part of trigger "
                    + one.seq()
                    + ", "
                    + one.fate()
                    + " in slot "
                    + one.slot());
  }

  private Optional<String> opened(Step step) {
    List<Step> failures = new ArrayList<>();
    for (Step one : own) {
      if (one.slot() > step.slot()) {
        break;
      }
      if (one.fate().equals("EXECUTED")) {
        failures.clear();
      } else if (one.ran() && !one.reason().isEmpty()) {
        failures.add(one);
      }
    }
    return failures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            failures.size()
                + " failures in a row had opened it, the last in slot "
                + failures.get(failures.size() - 1).slot()
                + ": "
                + failures.get(failures.size() - 1).reason());
  }
}
