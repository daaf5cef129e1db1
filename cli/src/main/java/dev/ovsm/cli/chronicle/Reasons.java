package dev.ovsm.cli.chronicle;

import dev.ovsm.cli.run.JsonLine;
import dev.ovsm.runtime.autonomous.FateRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** Why triggers did not simply run, and how often: the first reasons that a run gives. */
final class Reasons {
  private static final int MOST = 50;

  private final Map<String, Long> counts = new LinkedHashMap<>();

  void add(FateRecord fate) {
    if (!fate.reason().isEmpty()) {
      String reason = fate.fate().name() + ": " + fate.reason();
      if (counts.size() < MOST || counts.containsKey(reason)) {
        counts.merge(reason, fate.count(), Long::sum);
      }
    }
  }

  String json() {
    return new JsonLine().put("reasons", counts).toString();
  }
}
