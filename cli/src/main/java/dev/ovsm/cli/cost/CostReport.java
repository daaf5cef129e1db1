package dev.ovsm.cli.cost;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ovsm.elf.LineTable;
import dev.ovsm.verifier.Cost;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tells what the entries of one program take in the worst case, and where. */
public final class CostReport {
  /** So many lines of an entry are shown unless all are asked for. */
  private static final int USUAL_LINES = 10;

  private final List<Cost> entries;
  private final LineTable lines;
  private final Map<Integer, String> names;
  private final Map<String, Long> measured;

  /**
   * A report.
   *
   * @param lines which line of which source the instructions stand for, as far as it is known
   * @param names of functions by their first slots, as far as they are known
   * @param measured the compute units of the largest run seen, by the entry's name
   */
  public CostReport(
      List<Cost> entries, LineTable lines, Map<Integer, String> names, Map<String, Long> measured) {
    this.entries = List.copyOf(entries);
    this.lines = lines;
    this.names = new TreeMap<>(names);
    this.measured = Map.copyOf(measured);
  }

  /** Writes tables for people. */
  public void writeText(PrintWriter out, boolean whole) {
    for (Cost cost : entries) {
      out.println(cost.entry() + ": " + bound(cost));
      long most = measured.getOrDefault(cost.entry(), 0L);
      if (most > 0 && cost.units() != Cost.UNBOUNDED) {
        out.println(
            line("  %.2f times the largest run of %,d", (double) cost.units() / most, most));
      } else if (most > 0) {
        out.println(line("  the largest run took %,d", most));
      } else if (!measured.isEmpty()) {
        out.println("  no run of it was seen");
      }
      functions(cost, out);
      if (cost.units() != Cost.UNBOUNDED) {
        spots(cost, whole, out);
      }
    }
  }

  /** Writes one JSON object a line, one of each entry. */
  public void writeJson(PrintWriter out) {
    entries.forEach(cost -> out.println(json(cost)));
  }

  private static String bound(Cost cost) {
    String budget = number(cost.budget()) + (cost.declared() ? "" : " by default");
    String invocations =
        cost.invocations() == 0
            ? ""
            : " and " + number(cost.invocations()) + " calls of other programs";
    String units = cost.units() == Cost.UNBOUNDED ? "no bound, budget " : "at most %s of ";
    return String.format(Locale.ROOT, units, number(cost.units())) + budget + invocations;
  }

  private void functions(Cost cost, PrintWriter out) {
    out.println(line("  %12s %7s %10s %12s %12s", "share", "", "calls", "one call", "with calls"));
    for (Cost.FunctionCost function : cost.functions()) {
      out.println(
          line(
              "  %12s %7s %10s %12s %12s  %s%s",
              number(function.share()),
              part(function.share(), cost),
              number(function.calls()),
              number(function.own()),
              number(function.total()),
              name(function),
              lines
                  .find(function.pc())
                  .map(place -> ", " + place.file() + ":" + place.line())
                  .orElse("")));
    }
  }

  private String name(Cost.FunctionCost function) {
    return names.getOrDefault(function.pc(), function.function());
  }

  private void spots(Cost cost, boolean whole, PrintWriter out) {
    List<Spot> spots = Spot.of(cost, lines);
    int shown = whole ? spots.size() : Math.min(USUAL_LINES, spots.size());
    out.println(line("  %12s %7s %10s", "share", "", "runs"));
    for (Spot spot : spots.subList(0, shown)) {
      out.println(
          line(
              "  %12s %7s %10s  %s",
              number(spot.units()), part(spot.units(), cost), number(spot.times()), spot.place()));
    }
    long rest = spots.subList(shown, spots.size()).stream().mapToLong(Spot::units).sum();
    if (rest > 0) {
      out.println(
          line(
              "  %12s %7s %10s  in %,d other places; --all shows them",
              number(rest), part(rest, cost), "", spots.size() - shown));
    }
  }

  private JsonObject json(Cost cost) {
    JsonObject json = new JsonObject();
    json.addProperty("v", 1);
    json.addProperty("type", "cost");
    json.addProperty("entry", cost.entry());
    if (cost.units() != Cost.UNBOUNDED) {
      json.addProperty("units", cost.units());
    }
    json.addProperty("budget", cost.budget());
    json.addProperty("declared", cost.declared());
    json.addProperty("calls_of_other_programs", cost.invocations());
    Long most = measured.get(cost.entry());
    if (most != null) {
      json.addProperty("measured", most);
      if (most > 0 && cost.units() != Cost.UNBOUNDED) {
        json.addProperty("ratio", (double) cost.units() / most);
      }
    }
    JsonArray functions = new JsonArray();
    for (Cost.FunctionCost function : cost.functions()) {
      JsonObject one = new JsonObject();
      one.addProperty("function", name(function));
      one.addProperty("instruction", function.pc());
      one.addProperty("share", function.share());
      one.addProperty("calls", function.calls());
      put(one, "own", function.own());
      put(one, "total", function.total());
      functions.add(one);
    }
    json.add("functions", functions);
    JsonArray spots = new JsonArray();
    for (Spot spot : Spot.of(cost, lines)) {
      JsonObject one = new JsonObject();
      if (spot.file().isEmpty()) {
        one.addProperty("from", spot.from());
        one.addProperty("to", spot.to());
      } else {
        one.addProperty("file", spot.file());
        one.addProperty("line", spot.from());
      }
      one.addProperty("runs", spot.times());
      one.addProperty("share", spot.units());
      spots.add(one);
    }
    json.add("lines", spots);
    return json;
  }

  /** Puts a bound if there is one. */
  private static void put(JsonObject json, String name, long units) {
    if (units != Cost.UNBOUNDED) {
      json.addProperty(name, units);
    }
  }

  private static String part(long share, Cost cost) {
    return share == 0 || cost.units() == Cost.UNBOUNDED
        ? ""
        : line("%.1f %%", 100.0 * share / cost.units());
  }

  private static String number(long units) {
    return units == Cost.UNBOUNDED ? "no bound" : line("%,d", units);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).stripTrailing();
  }
}
