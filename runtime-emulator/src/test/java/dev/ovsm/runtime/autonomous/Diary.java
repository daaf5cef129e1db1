package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.autonomous.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a model says of a whole life. */
final class Diary {
  private final List<Told> told = new ArrayList<>();
  private final Map<Long, Long> born = new TreeMap<>();
  private final Map<Long, Long> over = new TreeMap<>();
  private final List<Long> skipped = new ArrayList<>();
  private final Map<Long, Integer> owners = new TreeMap<>();
  private final List<Lived.Upgrade> upgrades = new ArrayList<>();

  /**
   * Writes down what became of triggers, and which registrations there are now; one that is no
   * more, but has a trigger that ended, came and went in this slot.
   */
  void write(long slot, List<Told> news, Map<Long, Integer> ids) {
    told.addAll(news);
    owners.putAll(ids);
    ids.keySet().forEach(id -> born.putIfAbsent(id, slot));
    news.stream()
        .map(Told::registration)
        .filter(id -> id > 0)
        .forEach(id -> born.putIfAbsent(id, slot));
    for (long id : born.keySet()) {
      if (!ids.containsKey(id)) {
        over.putIfAbsent(id, slot);
      }
    }
  }

  void upgrade(long slot, int program) {
    upgrades.add(new Lived.Upgrade(slot, program));
  }

  /** Writes down that slots before another one were skipped. */
  void skip(long slot, long count) {
    for (long one = slot - count; one < slot; one++) {
      skipped.add(one);
    }
  }

  /** A life of which nothing more is written. */
  Lived lived(byte[] recording) {
    return new Lived(recording, told, born, over, skipped, owners, upgrades);
  }
}
