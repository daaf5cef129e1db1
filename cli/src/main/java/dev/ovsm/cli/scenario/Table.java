package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file: a column of slots, and columns of values for parts of accounts.
 *
 * <p>An empty cell says nothing: what was set before stays.
 */
record Table(NavigableMap<Long, List<Action.Assignment>> rows) {

  /** What the row in force says that came into force after {@code last}; rows may be many. */
  List<Action.Assignment> between(long last, long now) {
    List<Action.Assignment> all = new ArrayList<>();
    rows.subMap(last, false, now, true).values().forEach(all::addAll);
    return all;
  }

  /** What the latest row up to a slot says. */
  List<Action.Assignment> at(long slot) {
    Map.Entry<Long, List<Action.Assignment>> row = rows.floorEntry(slot);
    return row == null ? List.of() : row.getValue();
  }

  /** Reads a file; empty if it is not as it must be, which is said. */
  static Optional<Table> read(Folder folder, String file, Cast cast, Diagnostics found) {
    return folder
        .files()
        .source(folder.file(file), found)
        .flatMap(source -> new Reader(source, cast, found).read());
  }

  private static final class Reader {
    private final Source source;
    private final Cast cast;
    private final ValueReader values;
    private final Diagnostics found;
    private final List<@Nullable Target> columns = new ArrayList<>();
    private final NavigableMap<Long, List<Action.Assignment>> rows = new TreeMap<>();
    private int offset;

    Reader(Source source, Cast cast, Diagnostics found) {
      this.source = source;
      this.cast = cast;
      this.values = new ValueReader(cast, found);
      this.found = found;
    }

    Optional<Table> read() {
      int before = found.list().size() + found.dropped();
      for (int line = 1; line <= source.lines(); line++) {
        String text = source.lineText(line);
        int start = source.text().indexOf(text, offset);
        List<Node.Text> cells = cells(text, start);
        offset = start + text.length();
        if (!text.isBlank() && columns.isEmpty()) {
          header(cells);
        } else if (!text.isBlank()) {
          row(cells);
        }
      }
      boolean isGood = found.list().size() + found.dropped() == before;
      return isGood && !columns.isEmpty() ? Optional.of(new Table(rows)) : Optional.empty();
    }

    private List<Node.Text> cells(String line, int start) {
      List<Node.Text> cells = new ArrayList<>();
      int at = start;
      for (String cell : line.split(",", -1)) {
        String value = cell.trim();
        int first = at + Math.max(0, cell.indexOf(value));
        cells.add(new Node.Text(new Span(source, first, first + value.length()), value, 0));
        at += cell.length() + 1;
      }
      return cells;
    }

    private void header(List<Node.Text> cells) {
      columns.add(null);
      if (!cells.get(0).value().equals("slot")) {
        say(cells.get(0), "the first column is not slot", "begin the header with slot,");
      }
      for (Node.Text cell : cells.subList(1, cells.size())) {
        columns.add(cast.target(cell).orElse(null));
      }
    }

    private void row(List<Node.Text> cells) {
      if (cells.size() != columns.size()) {
        say(
            cells.get(0),
            "this row has " + cells.size() + " cells, the header " + columns.size(),
            "give every column a cell, an empty one if nothing changes");
        return;
      }
      Optional<Long> slot = Quantity.count(cells.get(0).value());
      if (slot.isEmpty() || (!rows.isEmpty() && slot.get() <= rows.lastKey())) {
        say(cells.get(0), "rows begin with rising slots", "number them from 0, the start-up");
        return;
      }
      List<Action.Assignment> row = new ArrayList<>();
      for (int i = 1; i < cells.size(); i++) {
        Node.Text cell = cells.get(i);
        Target target = columns.get(i);
        if (target != null && !cell.value().isEmpty()) {
          values
              .read(target, cell)
              .ifPresent(value -> row.add(new Action.Assignment(cell.span(), target, value)));
        }
      }
      rows.put(slot.get(), row);
    }

    private void say(Node at, String message, String help) {
      found.add(Diagnostic.at(at.span(), RunCode.SCENARIO_VALUE, message).withHelp(help));
    }
  }
}
