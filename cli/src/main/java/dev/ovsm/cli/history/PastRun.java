package dev.ovsm.cli.history;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.ovsm.cli.run.Plural;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run that is over, and what its events say of a registration. */
public final class PastRun {
  /** Chains of causes are followed this far. */
  private static final int LONGEST_CHAIN = 20;

  /** What makes its own triggers is followed this far. */
  private static final int MOST_LAPS = 3;

  /** How many steps around the slot asked for are shown. */
  private static final int MOST_SHOWN = 40;

  /** Events of so many bytes are kept, since one answer reads them more than once. */
  private static final long MOST_KEPT = 8L << 20;

  /** No registration has this number. */
  private static final long NOBODY = -1;

  private final Path folder;
  private List<String> kept = List.of();

  private PastRun(Path folder) {
    this.folder = folder;
  }

  /** The run in a folder; the latest of those below {@code name} if it is not one itself. */
  public static Optional<PastRun> find(String name, Diagnostics found) {
    try {
      Path folder = Path.of(name);
      if (Files.isRegularFile(folder.resolve(RunFolder.EVENTS))) {
        return Optional.of(new PastRun(folder));
      }
      Optional<Path> latest = RunFolder.latest(folder);
      if (latest.isPresent()) {
        return latest.map(PastRun::new);
      }
    } catch (InvalidPathException e) {
      // said below: there is no such folder
    }
    found.add(
        Diagnostic.in(name, RunCode.NO_RUN, "there is no run in " + name)
            .withHelp("run a program first: ovsm run PROGRAM"));
    return Optional.empty();
  }

  /**
   * Why a registration did or did not run: lines for people. With a slot, what happened in it and
   * what led there; without, its whole life, shortened.
   *
   * @param slot the slot asked about, or -1
   * @return empty if the events cannot be read or do not know it; {@code found} says why
   */
  public List<String> why(long registration, long slot, Diagnostics found) {
    String own = Events.of(registration);
    try {
      Events events =
          read(
              line -> line.contains(own),
              step -> step.registration() == registration,
              registration);
      List<Step> steps = events.steps();
      Milestones milestones = events.milestones();
      if (steps.isEmpty() && milestones.isEmpty()) {
        found.add(
            Diagnostic.in(
                    folder.toString(),
                    RunCode.UNKNOWN_REGISTRATION,
                    "the run has no registration " + registration)
                .withHelp("ovsm run -v shows the registrations as they act"));
        return List.of();
      }
      List<String> lines = new ArrayList<>();
      String kind = milestones.kind().orElseGet(() -> steps.get(0).kind());
      lines.add("registration " + registration + ", " + kind + ", in " + folder);
      if (slot < 0) {
        milestones.beginning().ifPresent(line -> lines.add("  " + line));
        life(steps, lines);
        milestones.ending(steps.isEmpty()).forEach(line -> lines.add("  " + line));
      } else {
        inSlot(events, slot, lines);
      }
      return lines;
    } catch (IOException | JsonParseException | IllegalStateException | NullPointerException e) {
      found.add(
          Diagnostic.in(folder.toString(), CommandCode.UNREADABLE, "the run's events are damaged")
              .withHelp("run the program again"));
      return List.of();
    }
  }

  /**
   * The compute units of the largest run of each callback, by its name.
   *
   * @return empty if the summary cannot be read; {@code found} says so
   */
  public Map<String, Long> largest(Diagnostics found) {
    Map<String, Long> largest = new TreeMap<>();
    Path file = folder.resolve(RunFolder.SUMMARY);
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      JsonObject summary = new Gson().fromJson(in, JsonObject.class);
      for (JsonElement one : summary.getAsJsonArray("registrations")) {
        JsonObject registration = one.getAsJsonObject();
        largest.merge(
            registration.get("callback").getAsString(),
            registration.get("compute_units_max").getAsLong(),
            Math::max);
      }
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | NumberFormatException e) {
      found.add(
          Diagnostic.in(file.toString(), CommandCode.UNREADABLE, "the run's summary is damaged")
              .withHelp("run the program again"));
      return Map.of();
    }
    return largest;
  }

  private static void life(List<Step> steps, List<String> lines) {
    int skipped = Math.max(0, steps.size() - MOST_SHOWN);
    if (skipped > 0) {
      lines.add("  … " + Plural.of(skipped, "earlier step") + "; --slot N asks about one of them");
    }
    steps.stream().skip(skipped).forEach(step -> lines.add("  " + step.words()));
  }

  private void inSlot(Events events, long slot, List<String> lines) throws IOException {
    List<Step> steps = events.steps();
    Causes causes = new Causes(steps, events);
    List<Step> now = steps.stream().filter(step -> step.slot() == slot).toList();
    List<Step> before = steps.stream().filter(step -> step.slot() < slot).toList();
    if (now.isEmpty()) {
      lines.add("  nothing happened to it in slot " + slot + ":");
      idle(events, causes, slot).forEach(line -> lines.add("  " + line));
      return;
    }
    String here = "\"slot\":" + slot + ",";
    List<Step> around =
        read(line -> line.contains(here), step -> step.slot() == slot, NOBODY).steps();
    List<Step> shown = now.subList(0, Math.min(now.size(), MOST_SHOWN));
    Map<Long, Step> makers = makers(shown);
    for (Step step : shown) {
      before.stream()
          .filter(earlier -> earlier.waits() && sameTrigger(earlier, step))
          .forEach(earlier -> lines.add("  " + earlier.words()));
      lines.add("  " + step.words());
      causes
          .of(step, around, Optional.ofNullable(step.isMade() ? makers.get(step.cause()) : null))
          .forEach(line -> lines.add("    " + line));
      chain(step, makers, lines);
    }
    if (now.size() > MOST_SHOWN) {
      lines.add("  … " + Plural.of(now.size() - MOST_SHOWN, "more step") + " in this slot");
    }
  }

  /** A retry has another number, but the slot that it was meant for is the same. */
  private static boolean sameTrigger(Step earlier, Step step) {
    return earlier.seq() == step.seq()
        || (earlier.nominal() == step.nominal() && earlier.attempt() < step.attempt());
  }

  private static List<String> idle(Events events, Causes causes, long slot) {
    List<Step> all = events.steps();
    List<Step> before = all.stream().filter(step -> step.slot() < slot).toList();
    Optional<Step> next = all.stream().filter(step -> step.slot() > slot).findFirst();
    Optional<Step> last = before.stream().reduce((first, second) -> second);
    List<String> lines = new ArrayList<>();
    causes.gap(slot).ifPresent(lines::add);
    if (slot > events.last()) {
      lines.add("the run ended with slot " + events.last());
    }
    lines.addAll(events.milestones().in(slot));
    boolean isOver = slot > events.last() || causes.gap(slot).isPresent();
    if (last.filter(Step::waits).isPresent()) {
      lines.add("it was waiting: " + last.get().words());
    } else {
      lines.add(
          last.map(step -> "no trigger of it was due; the last was " + step.words())
              .orElse("none of its triggers had come yet"));
      Optional<Step> ahead =
          all.stream().filter(step -> step.slot() > slot && step.made() <= slot).findFirst();
      ahead.ifPresent(step -> lines.add(ahead(step, slot)));
      if (ahead.isEmpty() && !isOver) {
        events.milestones().missing(slot).ifPresent(lines::add);
      }
    }
    lines.add(next.map(step -> "the next is of slot " + step.slot()).orElse("none comes after it"));
    return lines;
  }

  /** What a trigger that was there already waited for. */
  private static String ahead(Step step, long slot) {
    String which = "trigger " + step.seq() + ", made in slot " + step.made() + ", ";
    return step.nominal() > slot
        ? which + "was meant for slot " + step.nominal()
        : which + "was waiting: ask about slot " + step.slot();
  }

  private static void chain(Step step, Map<Long, Step> makers, List<String> lines) {
    Step made = step;
    for (int i = 0; made.isMade(); i++) {
      Step run = makers.get(made.cause());
      if (run == null) {
        lines.add("    made by trigger " + made.cause());
        return;
      }
      if (i == LONGEST_CHAIN || (run.registration() == step.registration() && i == MOST_LAPS)) {
        lines.add(
            i == LONGEST_CHAIN ? "    and so on" : "    and so on: it makes its own next time");
        return;
      }
      lines.add(
          "    made when "
              + run.kind()
              + " "
              + run.registration()
              + " ran in slot "
              + run.slot()
              + " for trigger "
              + run.seq());
      made = run;
    }
    lines.add("    made by " + made.source());
  }

  /**
   * The runs of the callbacks that made some steps, and what made those, by their triggers. The
   * events are read once for each link of the longest chain, however many steps there are.
   */
  private Map<Long, Step> makers(List<Step> steps) throws IOException {
    Map<Long, Step> makers = new HashMap<>();
    Set<Long> wanted = causes(steps, makers);
    for (int i = 0; i <= LONGEST_CHAIN && !wanted.isEmpty(); i++) {
      Set<Long> now = wanted;
      List<Step> found =
          read(
                  line -> now.contains(Events.trigger(line)),
                  one -> now.contains(one.seq()) && one.ran(),
                  NOBODY)
              .steps();
      found.forEach(one -> makers.putIfAbsent(one.seq(), one));
      wanted = causes(found, makers);
    }
    return makers;
  }

  /** The triggers that made some steps, without those whose runs are known. */
  private static Set<Long> causes(List<Step> steps, Map<Long, Step> known) {
    return steps.stream()
        .filter(step -> step.isMade() && !known.containsKey(step.cause()))
        .map(Step::cause)
        .collect(Collectors.toSet());
  }

  /** Reads the events; {@code line} tells by its text every line about a step that is wanted. */
  private Events read(Predicate<String> line, Predicate<Step> wanted, long registration)
      throws IOException {
    Gson gson = new Gson();
    Events events = new Events(wanted, registration);
    forEachLine(
        next -> {
          if (events.concerns(next, line)) {
            events.read(gson.fromJson(next, JsonObject.class));
          }
        });
    return events;
  }

  /** Reads the lines that can matter; those of a small file are kept. */
  private void forEachLine(Consumer<String> reader) throws IOException {
    Path file = folder.resolve(RunFolder.EVENTS);
    if (Files.size(file) > MOST_KEPT) {
      try (Stream<String> lines = Files.lines(file)) {
        lines.filter(Events::matters).forEach(reader);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      return;
    }
    if (kept.isEmpty()) {
      kept = Files.readAllLines(file).stream().filter(Events::matters).toList();
    }
    kept.forEach(reader);
  }
}
