package dev.ovsm.tests.drawn;

import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is tried with drawn programs: what a program means, and what becomes of it by the IR's
 * interpreter, the emulator and the real VM at every level of optimisation, is one and the same.
 */
final class Trials {
  private static final List<Version> VERSIONS = List.of(Version.V0, Version.V3);

  /** The verifier takes longest: two of so many programs go through it, unless they recur. */
  private static final int PROVED = 8;

  private final Map<Construct, Integer> drawn = new EnumMap<>(Construct.class);
  private final Map<Construct, Integer> executed = new EnumMap<>(Construct.class);
  private final Map<String, Integer> ends = new TreeMap<>();
  private int programs;
  private int compared;
  private int limited;

  /** A program and what was found of it: how it differs, or its files. */
  private record Tried(Drawn program, Shape meaning, Code code, Optional<String> difference) {
    Surroundings surroundings() {
      return program.surroundings().withMaps(code.maps());
    }
  }

  /** In how many programs each construct is. */
  Map<Construct, Integer> drawn() {
    return drawn;
  }

  /** In how many programs each construct is executed. */
  Map<Construct, Integer> executed() {
    return executed;
  }

  int programs() {
    return programs;
  }

  /** How many need more of a frame than there is. */
  int limited() {
    return limited;
  }

  int succeeded() {
    return ends.getOrDefault(Shape.SUCCESS, 0);
  }

  /** How many runs were compared with the real VM. */
  int compared() {
    return compared;
  }

  /** Counts what others tried as well. */
  void add(Trials others) {
    others.drawn.forEach((construct, count) -> drawn.merge(construct, count, Integer::sum));
    others.executed.forEach((construct, count) -> executed.merge(construct, count, Integer::sum));
    others.ends.forEach((end, count) -> ends.merge(end, count, Integer::sum));
    programs += others.programs;
    compared += others.compared;
    limited += others.limited;
  }

  /** What was tried, in words. */
  String figures() {
    return "%,d programs, of which %,d succeed; %,d runs on the real VM; %d ways to end"
        .formatted(programs, succeeded(), compared, ends.size());
  }

  /** How the IR of a program, as it is lowered, differs from what the program means, if it does. */
  Optional<String> interpreted(Drawn program) {
    Drawn.Expected expected = program.expected();
    if (expected == null) {
      return Optional.empty();
    }
    Code.Lowered lowered = Code.lowered(program.text());
    if (lowered == null) {
      return Optional.of("is refused\n");
    }
    Surroundings surroundings = program.surroundings().withMaps(lowered.maps());
    Shape found = Interpretation.of(lowered.module(), surroundings);
    Shape meaning = Shape.of(expected, surroundings).completed(found, surroundings);
    return found.equals(meaning)
        ? Optional.empty()
        : Optional.of(different("interpreted", meaning, found));
  }

  /** How what a program does differs from what it means, if it does. */
  Optional<String> withoutRealVm(Drawn program, long seed) {
    Tried tried = tried(program, seed);
    if (tried == null || tried.difference.isPresent()) {
      return tried == null ? Optional.empty() : tried.difference;
    }
    for (int level = 0; level < tried.code.files().size(); level++) {
      Deployment.Run run =
          new Deployment(0, tried.code.files().get(level), tried.surroundings()).emulated();
      if (!run.means(tried.meaning)) {
        return Optional.of(different("emulated at level " + level, tried.meaning, run.shape()));
      }
    }
    return Optional.empty();
  }

  private @Nullable Tried tried(Drawn program, long seed) {
    Drawn.Expected expected = program.expected();
    if (expected == null) {
      return null;
    }
    programs++;
    Shape meaning = Shape.of(expected, program.surroundings());
    Version version = VERSIONS.get((int) (seed & 1));
    Code code =
        seed % PROVED < 2 && !program.drawn().containsKey(Construct.RECURSION)
            ? Code.proved(program.text(), version)
            : Code.unproved(program.text(), version);
    if (code.refusal().contains("FRAME_OVERFLOW")) {
      limited++;
      return null;
    }
    if (!code.refusal().isEmpty()) {
      return new Tried(program, meaning, code, Optional.of("is refused: " + code.refusal()));
    }
    program.drawn().keySet().forEach(each -> drawn.merge(each, 1, Integer::sum));
    expected.executed().keySet().forEach(each -> executed.merge(each, 1, Integer::sum));
    ends.merge(meaning.end(), 1, Integer::sum);
    Surroundings surroundings = program.surroundings().withMaps(code.maps());
    for (int level = 0; level < code.modules().size(); level++) {
      Shape interpreted = Interpretation.of(code.modules().get(level), surroundings);
      if (level == 0) {
        meaning = meaning.completed(interpreted, surroundings);
      }
      if (!interpreted.equals(meaning)) {
        String what = different("interpreted at level " + level, meaning, interpreted);
        return new Tried(program, meaning, code, Optional.of(what));
      }
    }
    return new Tried(program, meaning, code, Optional.empty());
  }

  private static String different(String how, Shape meaning, Shape found) {
    return "%s it is\n%s\nbut it means\n%s".formatted(how, found, meaning);
  }

  /**
   * The same for many, and how the emulator differs from the real VM; names the seed. Of each
   * program at every level of optimisation, for the machine version that its seed says: the IR's
   * interpretation with its meaning, the run on the emulator with its meaning, and this run with
   * that on the real VM down to each line of the log and each compute unit. The best code of two
   * programs of {@value #PROVED} comes from the whole compiler with its verifier.
   */
  Optional<String> withRealVm(long first, int count, RealVm vm) {
    List<Deployment> all = new ArrayList<>();
    List<Tried> owners = new ArrayList<>();
    List<Long> seeds = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      Tried tried = tried(Drawn.of(seed), seed);
      if (tried == null) {
        continue;
      }
      if (tried.difference.isPresent()) {
        return Optional.of(smaller(seed, tried.program, tried.difference.get()));
      }
      for (byte[] file : tried.code.files()) {
        all.add(new Deployment(all.size(), file, tried.surroundings()));
        owners.add(tried);
        seeds.add(seed);
      }
    }
    List<Deployment.Run> real = Deployment.real(all, vm);
    for (int i = 0; i < all.size(); i++) {
      compared++;
      Deployment.Run ours = all.get(i).emulated();
      Tried tried = owners.get(i);
      if (!ours.equals(real.get(i))) {
        String what = "the real VM says\n" + real.get(i) + "\nthe emulator says\n" + ours;
        return told(seeds.get(i), tried.program, what);
      }
      if (!ours.means(tried.meaning)) {
        String what = different("in machine code", tried.meaning, ours.shape());
        return told(seeds.get(i), tried.program, what);
      }
    }
    return Optional.empty();
  }

  /** Tells of a smaller program that differs in the same way. */
  private static String smaller(long seed, Drawn program, String difference) {
    String way = difference.substring(0, difference.indexOf(' '));
    Drawn small =
        Shrinker.smallest(
            program,
            candidate ->
                new Trials()
                    .withoutRealVm(candidate, seed)
                    .filter(found -> found.startsWith(way))
                    .isPresent());
    String what = new Trials().withoutRealVm(small, seed).orElse(difference);
    return "program " + seed + ": " + what + "\n" + small.text();
  }

  private static Optional<String> told(long seed, Drawn program, String what) {
    return Optional.of("program " + seed + ": " + what + "\n" + program.text());
  }
}
