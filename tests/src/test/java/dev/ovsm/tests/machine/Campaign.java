package dev.ovsm.tests.machine;

import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Random programs on every engine; each is made from the campaign's seed and its own number. */
final class Campaign {
  private static final long BUDGET = 5000;
  private static final int INPUT_BYTES = 64;
  private static final List<Integer> PIECES = List.of(16, 24, 40, INPUT_BYTES);

  /** Versions in the proportion in which they are drawn. */
  private static final List<Version> VERSIONS =
      List.of(
          Version.V0,
          Version.V0,
          Version.V0,
          Version.V1,
          Version.V2,
          Version.V2,
          Version.V3,
          Version.V3,
          Version.V3);

  private final long seed;
  private final List<Engines> engines;
  private final Statistics statistics = new Statistics();

  /**
   * Prepares a campaign.
   *
   * @param engines the first is the one that the others are compared with
   */
  Campaign(long seed, List<Engines> engines) {
    this.seed = seed;
    this.engines = engines;
  }

  Statistics statistics() {
    return statistics;
  }

  /** Runs a program by its number; says how engines differ, if they do. */
  Optional<String> run(long number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + number);
    Version version = VERSIONS.get(random.nextInt(VERSIONS.size()));
    Optional<Program> program = program(random, version);
    if (program.isEmpty()) {
      statistics.addUnloaded();
      return Optional.empty();
    }
    return run(random, program.get())
        .map(what -> "program " + number + " of " + seed + " in " + version + " on " + what);
  }

  private Optional<String> run(SplittableRandom random, Program program) {
    Experiment experiment = experiment(random, program);
    Executable first = executable(experiment);
    Result expected = experiment.run(engines.get(0), first, BUDGET);
    long less = random.nextLong(expected.outcome().instructions() + 1);
    Result cut = experiment.run(engines.get(0), first, less);
    statistics.add(program, Validator.validate(program).isEmpty(), expected.outcome());
    for (Engines engine : engines.subList(1, engines.size())) {
      Executable executable = executable(experiment);
      Result actual = experiment.run(engine, executable, BUDGET);
      Result actualCut = experiment.run(engine, executable, less);
      Optional<String> difference =
          actual
              .differenceFrom(expected)
              .or(() -> actualCut.differenceFrom(cut).map(what -> "budget " + less + ": " + what));
      if (difference.isPresent()) {
        return difference.map(what -> engine + ": " + what);
      }
    }
    return Optional.empty();
  }

  private static Optional<Program> program(SplittableRandom random, Version version) {
    List<String> syscalls = version.disableLddw() ? List.of() : StandInSyscalls.names();
    ProgramGenerator generator = new ProgramGenerator(random, version, syscalls);
    byte[] elf = GeneratedFile.write(version, generator.generate());
    return GeneratedFile.load(elf, StandInSyscalls.table().handlers().keySet());
  }

  private static Experiment experiment(SplittableRandom random, Program program) {
    byte[] input = new byte[INPUT_BYTES];
    random.nextBytes(input);
    long r2 = random.nextLong();
    return new Experiment(
        program,
        StandInSyscalls.table(),
        input,
        random.nextInt(16) == 0 ? PIECES : List.of(),
        MemoryMap.DEFAULT_HEAP_BYTES,
        BUDGET,
        registers -> registers[2] = r2);
  }

  private static Executable executable(Experiment experiment) {
    return new Executable(experiment.program(), experiment.syscalls());
  }
}
