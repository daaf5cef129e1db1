package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.AssemblyFile;
import dev.ovsm.elf.Disassembly;
import dev.ovsm.elf.ElfError;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoadResult;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.runtime.sysvar.EpochSchedule;
import dev.ovsm.runtime.trace.TraceWriter;
import dev.ovsm.runtime.trace.TraceWriter.Traced;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.sbpf.Availability;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.tests.realvm.Clock;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RealVm.ProgramCase;
import dev.ovsm.tests.realvm.RealVm.Verdict;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Random programs in the real VM and on our engines: error, compute units, log; each is made from
 * the seed and its own number.
 */
final class RealVmPrograms {
  private static final long BUDGET = 5000;
  private static final long SHORTEST_BUDGET = 30;
  private static final long LONGEST_SHORT_BUDGET = 600;
  private static final int DATA_BYTES = 48;
  private static final List<Engines> ENGINES = List.of(Engines.INTERPRETER, Engines.JIT);

  /** Versions in the proportion in which they are drawn. */
  private static final List<Version> VERSIONS =
      List.of(Version.V0, Version.V0, Version.V1, Version.V2, Version.V3, Version.V3);

  private static final Set<Integer> KNOWN =
      SolanaSyscalls.handlers(BankConfig.mainnet().features()).keySet();

  /** Like mainnet, with the real VM's sysvars. */
  private static final BankConfig CONFIG =
      BankConfig.mainnet()
          .withEpochSchedule(new EpochSchedule(432_000, 432_000, true, 14, 524_256));

  private static final List<String> SYSCALLS =
      Arrays.stream(Syscall.values())
          .filter(syscall -> syscall.availability() != Availability.AUTONOMOUS)
          .map(Syscall::symbol)
          .toList();

  private final RealVm vm;
  private final long seed;
  private final Statistics statistics = new Statistics();

  /** What is run, and how it is called in a report. */
  private record Case(String name, Pubkey id, byte[] elf, byte[] data, long budget) {
    ProgramCase forRealVm() {
      return new ProgramCase(id.toString(), elf, data, budget);
    }
  }

  RealVmPrograms(RealVm vm, long seed) {
    this.vm = vm;
    this.seed = seed;
  }

  /** What the programs were like that our loader accepts. */
  Statistics statistics() {
    return statistics;
  }

  /** Runs programs by their numbers in one request; says how ours differ. */
  List<String> run(long first, int count) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cases.add(draw(first + i));
    }
    List<ProgramCase> request = cases.stream().map(Case::forRealVm).toList();
    CompletableFuture<List<Verdict>> verdicts =
        CompletableFuture.supplyAsync(() -> vm.runMany(request, Features.MAINNET, clock()));
    List<List<String>> ours = cases.stream().map(this::ours).toList();
    List<Verdict> real = verdicts.join();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String expected = text(real.get(i));
      for (String actual : ours.get(i)) {
        if (!expected.equals(actual)) {
          differences.add(
              cases.get(i).name + ": the real VM says\n" + expected + "\nours says\n" + actual);
        }
      }
    }
    return differences;
  }

  /** Runs programs by their numbers in one request and here; both write traces on the way. */
  void trace(long first, int count, Path traces) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cases.add(withSections(draw(first + i)));
    }
    vm.runMany(cases.stream().map(Case::forRealVm).toList(), Features.MAINNET, clock());
    for (Case one : cases) {
      ElfLoader.load(one.elf, LoaderConfig.execution(KNOWN))
          .program()
          .ifPresent(
              program -> {
                Traced traced = new Traced(one.id.toString(), one.elf);
                TraceWriter writer = new TraceWriter(traces, machine -> Optional.of(traced));
                Bank bank = new Bank(CONFIG.withEngine(writer));
                bank.addProgram(one.id, program);
                bank.invoke(new Instruction(one.id, List.of(), one.data), one.budget);
                assertThat(writer.failure()).isEmpty();
              });
    }
  }

  /** The same program in a file with sections, without which the real VM traces no version 3. */
  private static Case withSections(Case one) {
    Diagnostics none = new Diagnostics();
    Assembly code = Disassembly.of(one.name, one.elf, none).orElseThrow().assembly();
    if (code.version() != Version.V3) {
      return one;
    }
    List<Assembly.Section> sections = List.of(new Assembly.Section("note", new byte[1]));
    Assembly more =
        new Assembly(
            code.version(), code.entry(), code.items(), code.data(), sections, code.image());
    byte[] elf = AssemblyFile.assemble(more, none).orElseThrow();
    return new Case(one.name, one.id, elf, one.data, one.budget);
  }

  private Case draw(long number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + number);
    Version version = VERSIONS.get(random.nextInt(VERSIONS.size()));
    List<String> syscalls = version.disableLddw() ? List.of() : SYSCALLS;
    ProgramGenerator generator = new ProgramGenerator(random, version, syscalls);
    byte[] elf = GeneratedFile.write(version, generator.generate());
    byte[] data = new byte[DATA_BYTES];
    random.nextBytes(data);
    long budget =
        random.nextInt(4) == 0 ? random.nextLong(SHORTEST_BUDGET, LONGEST_SHORT_BUDGET) : BUDGET;
    byte[] id = ByteBuffer.allocate(Pubkey.BYTES).putLong(-1).putLong(number).array();
    String name = "program " + number + " of " + seed + " in " + version;
    return new Case(name, Pubkey.of(id), elf, data, budget);
  }

  /** What each engine makes of it, or why it does not load. */
  private List<String> ours(Case one) {
    LoadResult result = ElfLoader.load(one.elf, LoaderConfig.execution(KNOWN));
    String refusal = refusal(result);
    if (refusal != null) {
      statistics.addUnloaded();
      return List.of("Failed to add program: " + refusal);
    }
    Program program = result.program().orElseThrow();
    return ENGINES.stream()
        .flatMap(engine -> run(engine, program, one).stream())
        .map(RealVmPrograms::text)
        .toList();
  }

  private static @Nullable String refusal(LoadResult result) {
    return result
        .error()
        .map(ElfError::text)
        .or(
            () ->
                result
                    .program()
                    .flatMap(Validator::validate)
                    .map(error -> "Verifier error: " + error.text()))
        .orElse(null);
  }

  /** Runs a program twice: the second run must not see what the first left in memory. */
  private List<TransactionOutcome> run(Engines engine, Program program, Case one) {
    AtomicInteger runs = new AtomicInteger();
    Engine counted =
        vm -> {
          dev.ovsm.runtime.vm.Outcome outcome = engine.engine().execute(vm);
          if (engine == ENGINES.get(0) && runs.getAndIncrement() == 0) {
            statistics.add(program, true, outcome);
          }
          return outcome;
        };
    Bank bank = new Bank(CONFIG.withEngine(counted));
    bank.addProgram(one.id, program);
    Instruction instruction = new Instruction(one.id, List.of(), one.data);
    TransactionOutcome first = bank.invoke(instruction, one.budget);
    return List.of(first, bank.invoke(instruction, one.budget));
  }

  /** The time of our bank. */
  private static Clock clock() {
    dev.ovsm.runtime.sysvar.Clock ours = new Bank(CONFIG).sysvars().clock();
    return new Clock(
        ours.slot(), ours.epochStart(), ours.epoch(), ours.leaderScheduleEpoch(), ours.unixTime());
  }

  private static String text(TransactionOutcome outcome) {
    String error = outcome.error() == null ? "null" : outcome.error().json();
    return error + "\n" + outcome.units() + "\n" + String.join("\n", outcome.logs());
  }

  private static String text(Verdict verdict) {
    Outcome outcome = verdict.outcome();
    return outcome == null
        ? String.valueOf(verdict.refused())
        : outcome.errorText()
            + "\n"
            + outcome.computeUnits()
            + "\n"
            + String.join("\n", outcome.logs());
  }
}
