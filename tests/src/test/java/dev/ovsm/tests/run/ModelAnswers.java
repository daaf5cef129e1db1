package dev.ovsm.tests.run;

import dev.ovsm.runtime.autonomous.Lived;
import dev.ovsm.runtime.autonomous.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What the model of a life would answer about a registration and a slot. */
final class ModelAnswers {
  private static final int MOST_SHOWN = 40;

  /** What a callback costs, and why it failed, only a machine knows. */
  private static final String COST = "(, [0-9,]+ CU)?";

  /** Marks a line that may come any number of times: the model does not say of what. */
  private static final String MAYBE = "?";

  private static final String PASSED_BY =
      "  (its account changed, but not as it waits for.*|its account changed before it was .*"
          + "|an event came that its filter refuses|and so [0-9]+ times more)";
  private static final String MISSING =
      "  (its account did not change|no event that it waits for came|nobody started it)";

  private final Lived life;
  private final List<Told> told;
  private final Map<String, Integer> seen;
  private final ModelCauses causes;

  /** Answers about a life; {@code seen} counts what they were about. */
  ModelAnswers(Lived life, Map<String, Integer> seen) {
    this.life = life;
    this.told = life.told();
    this.seen = seen;
    this.causes = new ModelCauses(life, seen);
  }

  /** What is wrong with an answer; empty if nothing is. */
  String objection(long id, long slot, List<String> answer) {
    List<Told> own = told.stream().filter(one -> one.registration() == id).toList();
    List<Told> now = own.stream().filter(one -> one.slot() == slot).toList();
    List<String> expected = now.isEmpty() ? idle(id, slot, own) : steps(now, own);
    List<String> given = answer.subList(1, answer.size());
    int at = 0;
    for (String wanted : expected) {
      boolean isOptional = wanted.startsWith(MAYBE);
      while (isOptional && at < given.size() && given.get(at).matches(wanted.substring(1))) {
        at++;
      }
      if (!isOptional && (at == given.size() || !given.get(at++).matches(wanted))) {
        return "line " + at + " is not “" + wanted + "”";
      }
    }
    return at == given.size() ? "" : "nobody wants “" + given.get(at) + "”";
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  private List<String> steps(List<Told> now, List<Told> own) {
    List<String> lines = new ArrayList<>();
    for (Told step : now.subList(0, Math.min(now.size(), MOST_SHOWN))) {
      own.stream()
          .filter(one -> one.slot() < step.slot() && ModelCauses.waits(one))
          .filter(one -> one.seq() == step.seq() || isEarlierAttempt(one, step))
          .forEach(
              one -> {
                count("waited");
                lines.add("  " + words(one));
              });
      count("step");
      lines.add("  " + words(step));
      causes.of(step, own).forEach(line -> lines.add("    " + line));
      chain(step, lines);
    }
    int more = now.size() - MOST_SHOWN;
    if (more > 0) {
      count("more");
      lines.add("  … " + more + " more step" + (more == 1 ? "" : "s") + " in this slot");
    }
    return lines;
  }

  private static boolean isEarlierAttempt(Told one, Told step) {
    return one.nominal() == step.nominal() && one.attempt() < step.attempt();
  }

  /** A step in words, of which some are known to a machine only. */
  private static String words(Told one) {
    String which =
        one.count() == 1
            ? "trigger " + one.seq()
            : one.count() + " triggers from " + one.seq() + " on";
    String late = one.slot() == one.nominal() ? "" : ", meant for slot " + one.nominal();
    String again = one.attempt() == 0 ? "" : ", attempt " + (one.attempt() + 1);
    String head = "slot " + one.slot() + "  " + which + late + again + "  " + one.fate();
    String why =
        one.why().isEmpty()
            ? ""
            : one.why().equals(Told.FAILED) ? ": .+" : literal(": " + one.why());
    return literal(head) + (ModelCauses.ran(one) ? COST : "") + why;
  }

  private static String literal(String text) {
    return Pattern.quote(text);
  }

  private void chain(Told step, List<String> lines) {
    Told made = step;
    for (int lap = 0; made.origin().equals("callback"); lap++) {
      Told run = causes.maker(made).get(0);
      if (lap == 20 || (lap == 3 && run.registration() == step.registration())) {
        lines.add("    and so on" + (lap == 20 ? "" : ": it makes its own next time"));
        return;
      }
      count("chain");
      lines.add(
          "    made when %s %d ran in slot %d for trigger %d"
              .formatted(run.kind(), run.registration(), run.slot(), run.seq()));
      made = run;
    }
    String source =
        switch (made.origin()) {
          case "start_up" -> "a transaction at start-up, in slot " + made.made();
          case "transaction" -> "a transaction in slot " + made.made();
          case "outside" -> "a change from outside in slot " + made.made();
          case "replay" -> "a replay in slot " + made.made() + " of what was given up";
          default -> "its own grid of slots";
        };
    lines.add("    made by " + source);
  }

  private List<String> idle(long id, long slot, List<Told> own) {
    count("idle");
    List<String> lines = new ArrayList<>();
    lines.add("  nothing happened to it in slot " + slot + ":");
    boolean isGap = life.skipped().contains(slot);
    if (isGap) {
      lines.add("  " + causes.gap(slot));
    }
    Long born = life.born().get(id);
    Long over = life.over().get(id);
    if (born != null && born > slot) {
      count("not there yet");
      lines.add("  it was not there yet: registered in slot " + born + " by .+");
    }
    if (over != null && over <= slot) {
      count("over");
      lines.add("  it was over: in slot " + over + ", .+");
    }
    boolean isThere = born != null && born <= slot && (over == null || over > slot);
    if (isThere) {
      lines.add(MAYBE + PASSED_BY);
    }
    pending(slot, own).forEach(line -> lines.add("  " + line));
    if (isThere && !isGap) {
      lines.add(MAYBE + MISSING);
    }
    lines.add(
        own.stream()
            .filter(one -> one.slot() > slot)
            .findFirst()
            .map(one -> "  the next is of slot " + one.slot())
            .orElse("  none comes after it"));
    return lines;
  }

  /** What had come of its triggers, and what was there to come. */
  private List<String> pending(long slot, List<Told> own) {
    List<Told> before = own.stream().filter(one -> one.slot() < slot).toList();
    if (!before.isEmpty() && ModelCauses.waits(before.get(before.size() - 1))) {
      count("waiting");
      return List.of("it was waiting: " + words(before.get(before.size() - 1)));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        before.isEmpty()
            ? "none of its triggers had come yet"
            : "no trigger of it was due; the last was " + words(before.get(before.size() - 1)));
    own.stream()
        .filter(one -> one.slot() > slot && one.made() <= slot)
        .findFirst()
        .ifPresent(
            one -> {
              count("ahead");
              String which = "trigger " + one.seq() + ", made in slot " + one.made() + ", was ";
              lines.add(
                  which
                      + (one.nominal() > slot
                          ? "meant for slot " + one.nominal()
                          : "waiting: ask about slot " + one.slot()));
            });
    return lines;
  }
}
