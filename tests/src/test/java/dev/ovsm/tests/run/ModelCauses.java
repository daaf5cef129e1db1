package dev.ovsm.tests.run;

import dev.ovsm.runtime.autonomous.Lived;
import dev.ovsm.runtime.autonomous.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Why the model of a life would say that a step happened, and happened late. */
final class ModelCauses {
  private static final Set<String> WAITING = Set.of("DEFERRED", "RETRIED", "QUARANTINED");
  private static final Set<String> RUNNING = Set.of("EXECUTED", "FAILED", "RETRIED");

  private final Lived life;
  private final List<Told> told;
  private final Map<String, Integer> seen;

  /** Causes in a life; {@code seen} counts them by kind. */
  ModelCauses(Lived life, Map<String, Integer> seen) {
    this.life = life;
    this.told = life.told();
    this.seen = seen;
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  static boolean waits(Told one) {
    return WAITING.contains(one.fate());
  }

  /** Whether the callback ran; one that is given up may have failed or never have run. */
  static boolean ran(Told one) {
    return RUNNING.contains(one.fate()) || one.why().equals(Told.FAILED);
  }

  /** The lines about the causes of a step, of whose registration all steps are known. */
  List<String> of(Told step, List<Told> own) {
    List<String> lines = new ArrayList<>();
    if (ran(step) && step.slot() > step.nominal() && step.attempt() == 0) {
      late(step, own).forEach(lines::add);
    }
    switch (step.fate()) {
      case "DEFERRED" -> {
        count("no room");
        lines.add(room(earlier(told, step).stream().filter(one -> beside(one, step)).toList()));
      }
      case "COALESCED" -> into(step, own).forEach(lines::add);
      case "QUARANTINED" -> {
        count("upgrade");
        lines.add("since the upgrade in slot " + upgrade(step.registration(), step.slot()));
      }
      default -> {
        if (step.why().startsWith("breaker open")) {
          count("open");
          lines.add(opened(earlier(own, step)));
        }
      }
    }
    return lines;
  }

  private static List<Told> earlier(List<Told> all, Told step) {
    return all.subList(0, all.indexOf(step));
  }

  private static boolean beside(Told one, Told step) {
    return one.slot() == step.slot() && ran(one);
  }

  private long upgrade(long id, long slot) {
    Integer owner = life.owners().get(id);
    return life.upgrades().stream()
        .filter(one -> owner != null && one.program() == owner && one.slot() <= slot)
        .mapToLong(Lived.Upgrade::slot)
        .max()
        .orElseThrow();
  }

  private List<String> late(Told step, List<Told> own) {
    if (step.origin().equals("replay")) {
      count("replayed");
      Told letter =
          own.stream()
              .filter(one -> one.fate().equals("DEAD_LETTERED") && one.seq() < step.seq())
              .filter(one -> one.nominal() == step.nominal())
              .reduce((first, second) -> second)
              .orElseThrow();
      return List.of(
          "trigger " + letter.seq() + ", given up in slot " + letter.slot() + ", was replayed");
    }
    if (own.stream().anyMatch(one -> waits(one) && one.seq() == step.seq())) {
      return List.of();
    }
    if (life.skipped().contains(step.nominal())) {
      return List.of(gap(step.nominal()));
    }
    List<Told> made =
        own.stream()
            .filter(one -> ran(one) && one.nominal() < step.nominal())
            .filter(one -> one.slot() >= step.nominal() && one.slot() < step.slot())
            .toList();
    if (!made.isEmpty() && wave(step) == 0) {
      count("made up");
      return List.of(
          "its ticks are made up for one a slot, and an earlier one ran in slot "
              + made.get(made.size() - 1).slot());
    }
    String then = life.skipped().contains(step.slot() - 1) ? "; " + gap(step.slot() - 1) : "";
    String suffix = then.isEmpty() ? "" : then + " before it ran";
    boolean isAfter = isAfterItsTurn(step);
    count(isAfter ? "turn" : "apart");
    return List.of(
        isAfter
            ? "the turn of its kind was over in the slot in which it was made" + suffix
            : "its registration keeps triggers some slots apart" + suffix);
  }

  /** Whether a callback made it whose turn is not before its own, for the next slot there is. */
  private boolean isAfterItsTurn(Told step) {
    long next = step.nominal() + 1;
    while (life.skipped().contains(next)) {
      next++;
    }
    boolean isNext = step.slot() == next;
    return isNext
        && step.origin().equals("callback")
        && maker(step).stream()
            .anyMatch(
                run ->
                    (run.slot() > run.nominal() && run.attempt() == 0)
                        ? wave(step) <= -1
                        : wave(run) >= wave(step));
  }

  private static int wave(Told one) {
    return switch (one.kind()) {
      case "watcher" -> 1;
      case "event" -> 2;
      case "work" -> 3;
      default -> 0;
    };
  }

  /** The slots that were skipped with this one. */
  String gap(long slot) {
    count("gap");
    long from = slot;
    long to = slot;
    while (life.skipped().contains(from - 1)) {
      from--;
    }
    while (life.skipped().contains(to + 1)) {
      to++;
    }
    return "slots " + from + " to " + to + " were skipped";
  }

  private static String room(List<Told> ran) {
    if (ran.isEmpty()) {
      return "nothing had run there: .*";
    }
    String names =
        ran.stream()
            .limit(8)
            .map(one -> one.kind() + " " + one.registration() + " \\([0-9,]+\\)")
            .reduce((first, second) -> first + ", " + second)
            .orElseThrow();
    String more = ran.size() > 8 ? " and " + (ran.size() - 8) + " more" : "";
    return "[0-9,]+ CU had been used there by " + names + more;
  }

  private List<String> into(Told step, List<Told> own) {
    return own.stream()
        .filter(one -> one.slot() >= step.slot() && !one.fate().equals("COALESCED"))
        .filter(one -> (one.seq() < step.seq() || one.attempt() > 0) && !waits(one))
        .limit(1)
        .peek(one -> count("a part"))
        .map(
            one ->
                "it became a part of trigger %d, %s in slot %d"
                    .formatted(one.seq(), one.fate(), one.slot()))
        .toList();
  }

  private static String opened(List<Told> earlier) {
    List<Told> row = new ArrayList<>();
    for (Told one : earlier) {
      if (one.fate().equals("EXECUTED")) {
        row.clear();
      } else if (ran(one)) {
        row.add(one);
      }
    }
    return row.size()
        + " failures in a row had opened it, the last in slot "
        + row.get(row.size() - 1).slot()
        + ": .+";
  }

  /** The run that made the trigger of a step. */
  List<Told> maker(Told step) {
    return told.stream().filter(one -> one.seq() == step.cause() && ran(one)).limit(1).toList();
  }
}
