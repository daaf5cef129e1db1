package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.run.JsonLine;
import dev.ovsm.runtime.autonomous.FateRecord;
import dev.ovsm.runtime.sysvar.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A run in the Trace Event Format, which ui.perfetto.dev and chrome://tracing open.
 *
 * <p>Microseconds are those of the chain since the first slot. A program is a process and a
 * registration a thread of it; a callback takes the part of its slot that it takes of the slot's
 * budget. Arrows lead from a callback to those that it triggered. No two events of the file
 * overlap.
 */
final class TraceFile {
  private static final long SLOT_MICROS = Clock.SLOT_MILLIS * 1_000L;

  /** Microseconds of later slots are no whole numbers in JSON. */
  private static final long MOST_SLOTS = (1L << 53) / SLOT_MICROS - 1;

  private static final int WHOLE_RUN = 0;

  private final Story story;
  private final StringBuilder text = new StringBuilder(1 << 16);
  private final List<String> processes = new ArrayList<>();

  /** Where what ran for a trigger is in the trace. */
  private record Place(int process, long thread, long micros) {}

  private TraceFile(Story story) {
    this.story = story;
  }

  static String of(Story story) {
    TraceFile file = new TraceFile(story);
    file.text.append("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
    file.names();
    file.counters();
    file.steps();
    file.text.setLength(file.text.length() - 1);
    return file.text.append("\n]}\n").toString();
  }

  /** Every process has a number of its own from 1; 0 is for what is not of one program. */
  private int process(String program) {
    int index = processes.indexOf(program);
    if (index < 0) {
      processes.add(program);
      index = processes.size() - 1;
    }
    return index + 1;
  }

  /** A thread of no registration gets the number 0. */
  private static long thread(Lane lane) {
    return Math.max(0, lane.id());
  }

  private void names() {
    name("process_name", WHOLE_RUN, 0, "the whole run");
    TreeSet<Integer> named = new TreeSet<>();
    for (Lane lane : story.lanes().all()) {
      int process = process(lane.program());
      if (named.add(process)) {
        name("process_name", process, 0, lane.program().isEmpty() ? "no program" : lane.program());
      }
      name("thread_name", process, thread(lane), lane.title());
    }
  }

  private void name(String what, int process, long thread, String name) {
    JsonLine arguments = new JsonLine().put("name", name);
    add(event("M", what, process, thread).putRaw("args", arguments.toString()));
  }

  private void counters() {
    Axis axis = story.axis();
    for (int place = 0; place < axis.used(); place++) {
      long units = story.units().at(place);
      long micros = micros(axis.first() + place * axis.width());
      if (units != Series.NOTHING) {
        counter("compute units a slot", micros, "CU", units / axis.width());
        counter("triggers that wait", micros, "triggers", story.waiting().at(place));
      }
      int here = place;
      story
          .balances()
          .forEach(
              (account, lamports) -> {
                if (lamports.at(here) != Series.NOTHING) {
                  counter("balance of " + account, micros, "lamports", lamports.at(here));
                }
              });
    }
  }

  private void counter(String name, long micros, String unit, long value) {
    JsonLine arguments = new JsonLine().put(unit, value);
    add(event("C", name, WHOLE_RUN, 0).put("ts", micros).putRaw("args", arguments.toString()));
  }

  private void steps() {
    Map<Long, Place> ran = new HashMap<>();
    long slot = -1;
    long used = 0;
    long free = 0;
    for (FateRecord step : story.window().steps()) {
      used = step.slot() == slot ? used : 0;
      slot = step.slot();
      long start = Math.max(free, within(slot, used));
      Lane lane = story.lanes().of(step);
      Place place = new Place(process(lane.program()), thread(lane), start);
      if (step.ran()) {
        used += step.units();
        free = Math.max(start + 1, within(slot, used));
        add(at("X", step, lane, place).put("dur", free - start).putRaw("args", arguments(step)));
        arrow(ran.get(step.cause()), place, step.seq());
        ran.put(step.seq(), place);
      } else {
        add(at("i", step, lane, place).put("s", "t").putRaw("args", arguments(step)));
      }
    }
  }

  /** When so many units of a slot are used, if the slot's budget lasts as long as the slot. */
  private long within(long slot, long used) {
    double share = Math.min(1, (double) used / story.settings().slotBudget());
    return micros(slot) + (long) (share * SLOT_MICROS);
  }

  private long micros(long slot) {
    return Math.min(slot - story.axis().first(), MOST_SLOTS) * SLOT_MICROS;
  }

  private void arrow(@Nullable Place from, Place to, long id) {
    if (from != null) {
      add(arrow("s", from).put("id", id));
      add(arrow("f", to).put("bp", "e").put("id", id));
    }
  }

  private static JsonLine arrow(String phase, Place place) {
    return event(phase, "triggers", place.process, place.thread)
        .put("cat", "cause")
        .put("ts", place.micros);
  }

  private static JsonLine at(String phase, FateRecord step, Lane lane, Place place) {
    String name = step.ran() ? lane.title() : step.fate().name();
    return event(phase, name, place.process, place.thread)
        .put("cat", step.kind().word())
        .put("ts", place.micros);
  }

  private static String arguments(FateRecord step) {
    return new JsonLine()
        .put("slot", step.slot())
        .put("fate", step.fate().name())
        .put("compute_units", step.units())
        .put("trigger", step.seq())
        .put("cause", step.cause())
        .put("nominal_slot", step.nominal())
        .put("attempt", step.attempt())
        .put("count", step.count())
        .put("reason", step.reason())
        .toString();
  }

  private static JsonLine event(String phase, String name, int process, long thread) {
    return new JsonLine().put("ph", phase).put("name", name).put("pid", process).put("tid", thread);
  }

  private void add(JsonLine event) {
    text.append('\n').append(event).append(',');
  }
}
