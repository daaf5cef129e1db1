package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.model.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears what the engine does in a life, and compares it with what a model says of it. */
final class Ear implements Listener {
  /** Where the window of reserved records is. */
  private static final long WINDOW = 5;

  private final Map<String, Integer> coverage;
  private final List<FateRecord> fates = new ArrayList<>();
  private final List<Long> units = new ArrayList<>();
  private final List<List<Long>> runs = new ArrayList<>();
  private List<Long> results = new ArrayList<>();
  private boolean inWaves;
  private boolean isCut;

  Ear(Map<String, Integer> coverage) {
    this.coverage = coverage;
  }

  @Override
  public void fate(FateRecord fate) {
    fates.add(fate);
    if (fate.units() > 0) {
      units.add(fate.units());
    }
  }

  @Override
  public void log(long at, Pubkey program, String line) {
    if (line.endsWith(" invoke [1]")) {
      results = new ArrayList<>();
      isCut = false;
      if (inWaves) {
        runs.add(results);
      }
    } else if (line.equals("Log truncated")) {
      isCut = true;
    } else if (line.startsWith("Program log: 0x")) {
      results.add(Long.parseUnsignedLong(line.split(", 0x", 3)[1], 16));
    }
  }

  /** The units of the run of a number, counted from 0; 0 if there was none yet. */
  long units(int run) {
    return run < units.size() ? units.get(run) : 0;
  }

  /** What the calls of the last transaction gave. */
  List<Long> results() {
    return plain(results);
  }

  /** Of what the calls of the last transaction were to give, as much as its log has room for. */
  List<Long> told(List<Long> expected) {
    return isCut ? expected.subList(0, Math.min(results.size(), expected.size())) : expected;
  }

  /** Lets callbacks run, and knows that it is they. */
  void finish(Simulation simulation) {
    inWaves = true;
    simulation.finish();
    inWaves = false;
  }

  /**
   * What is unlike what a model says of the slot, or null; then it is forgotten.
   *
   * @param told what became of triggers
   * @param contexts what callbacks were told
   */
  @Nullable String unlike(List<Told> told, List<List<Long>> contexts) {
    for (int i = 0; i < Math.max(told.size(), fates.size()); i++) {
      String real = i < fates.size() ? words(fates.get(i)) : "nothing";
      String expected = i < told.size() ? told.get(i).toString() : "nothing";
      if (!real.equals(expected)) {
        return real + "\n  but the model says\n" + expected;
      }
      FateRecord fate = fates.get(i);
      cover("fate " + fate.fate(), fate.count());
      cover("kind " + fate.kind().word());
      cover("origin " + fate.origin());
      if (fate.fate() == Fate.CANCELLED || fate.fate() == Fate.EVICTED) {
        cover(fate.reason().replaceAll("by \\w+ \\d+ as trigger \\d+", "by another"));
      }
    }
    fates.clear();
    for (int i = 0; i < contexts.size(); i++) {
      List<Long> wanted = contexts.get(i);
      List<Long> said = new ArrayList<>(runs.get(i).subList(1, Compiled.CONTEXT_RESULTS));
      int end = Compiled.FIRST_RESULTS - said.size() + wanted.size();
      said.addAll(plain(runs.get(i).subList(Compiled.FIRST_RESULTS, end)));
      if (!said.equals(wanted)) {
        return "a callback is told " + said + ", not " + wanted;
      }
      cover("policy " + (said.get(0) >> 8 & 0xFF));
      cover("wave of " + (said.get(0) & 0xFF));
    }
    runs.clear();
    return null;
  }

  /** Results in which reserved addresses are 1. */
  private static List<Long> plain(List<Long> results) {
    return results.stream().map(r -> r >>> 32 == WINDOW ? 1 : r).toList();
  }

  private static String words(FateRecord fate) {
    return new Told(
            fate.slot(),
            fate.registration(),
            fate.kind().word(),
            fate.fate().name(),
            fate.seq(),
            fate.nominal(),
            fate.cause(),
            fate.origin().word(),
            fate.made(),
            fate.attempt(),
            fate.count(),
            why(fate))
        .toString();
  }

  /** The reason, unless it is a machine's error, which must be told too. */
  private static String why(FateRecord fate) {
    boolean ran = fate.fate() == Fate.FAILED || fate.fate() == Fate.RETRIED || fate.units() > 0;
    return ran && !fate.reason().isEmpty() ? Told.FAILED : fate.reason();
  }

  private void cover(String what) {
    cover(what, 1);
  }

  private void cover(String what, long times) {
    coverage.merge(what.toLowerCase(Locale.ROOT), (int) times, Integer::sum);
  }
}
