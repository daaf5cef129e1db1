package dev.ovsm.cli.history;

import com.google.gson.JsonObject;
import dev.ovsm.runtime.autonomous.Milestone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** What a run's events say, line by line: the steps that are asked for, and what concerns all. */
final class Events {
  /** A branch that was left: its slots are those after {@code parent} up to {@code slot}. */
  private record Fork(long parent, long slot) {}

  /** Slots that the chain had no block for. */
  record Gap(long from, long to) {}

  /** A program that got another file. */
  private record Upgrade(long slot, String program) {}

  private static final String STEP = beginning("fate");
  private static final String LOGGED = beginning("log");
  private static final List<String> TURNS =
      Arrays.stream(Milestone.Turn.values()).map(turn -> beginning(turn.word())).toList();
  private static final String TRIGGER = "\"seq\":";
  private static final String UPGRADED = "Upgraded program ";

  private final Predicate<Step> wanted;
  private final String own;
  private final Milestones milestones;
  private final List<Step> steps = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private final List<Upgrade> upgrades = new ArrayList<>();
  private long last = Long.MAX_VALUE;

  /**
   * Events of which nothing has been read.
   *
   * @param wanted the steps that are asked for
   * @param registration whose milestones are asked for
   */
  Events(Predicate<Step> wanted, long registration) {
    this.wanted = wanted;
    this.own = of(registration);
    this.milestones = new Milestones(registration);
  }

  /** What stands in every line about a registration. */
  static String of(long registration) {
    return "\"registration\":" + registration + ",";
  }

  private static String beginning(String type) {
    return "{\"v\":1,\"type\":\"" + type + "\",";
  }

  Milestones milestones() {
    return milestones;
  }

  /** The last slot of the run, if it came to its end. */
  long last() {
    return last;
  }

  /** The steps that are asked for, without those of branches that were left. */
  List<Step> steps() {
    return steps;
  }

  List<Gap> gaps() {
    return gaps;
  }

  /** The slot after another one. */
  long next(long slot) {
    long next = slot + 1;
    for (Gap gap : gaps) {
      next = gap.from <= next && next <= gap.to ? gap.to + 1 : next;
    }
    return next;
  }

  /** The slots in which the registration's program was upgraded. */
  List<Long> upgrades() {
    return upgrades.stream()
        .filter(one -> milestones.isOf(one.program))
        .map(Upgrade::slot)
        .toList();
  }

  /** Whether a line can say anything to anybody: what programs log is only theirs. */
  static boolean matters(String line) {
    return !line.startsWith(LOGGED) || line.contains(UPGRADED);
  }

  /**
   * Whether a line that matters can say anything that is wanted: most need not be taken apart.
   *
   * @param step tells by its text every line about a step that is wanted
   */
  boolean concerns(String line, Predicate<String> step) {
    if (line.startsWith(STEP)) {
      return step.test(line);
    }
    return TURNS.stream().noneMatch(line::startsWith) || line.contains(own);
  }

  /** The trigger of a line about a step, or -1. */
  static long trigger(String line) {
    int start = line.indexOf(TRIGGER);
    if (start < 0) {
      return -1;
    }
    long number = 0;
    for (int i = start + TRIGGER.length(); i < line.length(); i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  void read(JsonObject line) {
    String type = line.has("type") ? line.get("type").getAsString() : "";
    switch (type) {
      case "fate" -> Step.of(line).filter(wanted).ifPresent(steps::add);
      case "skipped" -> gaps.add(new Gap(line.get("from").getAsLong(), line.get("to").getAsLong()));
      case "fork" -> leave(new Fork(line.get("parent").getAsLong(), line.get("slot").getAsLong()));
      case "log" -> {
        String message = line.get("message").getAsString();
        if (message.startsWith(UPGRADED)) {
          String program = message.substring(UPGRADED.length());
          upgrades.add(new Upgrade(line.get("slot").getAsLong(), program));
        }
      }
      case "summary" -> last = line.get("last_slot").getAsLong();
      default -> milestones.read(type, line);
    }
  }

  private void leave(Fork fork) {
    steps.removeIf(step -> step.slot() > fork.parent);
    milestones.leave(fork.parent);
    gaps.removeIf(gap -> gap.from > fork.parent);
    upgrades.removeIf(one -> one.slot > fork.parent);
    gaps.add(new Gap(fork.parent + 1, fork.slot));
  }
}
