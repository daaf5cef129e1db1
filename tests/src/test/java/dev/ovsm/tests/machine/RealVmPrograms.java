package dev.ovsm.tests.machine;

import dev.ovsm.elf.ElfError;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoadResult;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RunRequest;
import dev.ovsm.tests.realvm.RunRequest.Run;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random programs in the real VM and on our engines: error, compute units, log. */
final class RealVmPrograms {
  private static final long BUDGET = 5000;
  private static final int DATA_BYTES = 48;
  private static final List<Engines> ENGINES = List.of(Engines.INTERPRETER, Engines.JIT);

  /** Versions in the proportion in which they are drawn. */
  private static final List<Version> VERSIONS =
      List.of(Version.V0, Version.V0, Version.V1, Version.V2, Version.V3, Version.V3);

  private static final List<String> SYSCALLS =
      List.of(
          Syscall.SOL_LOG_64_.symbol(),
          Syscall.SOL_LOG_COMPUTE_UNITS_.symbol(),
          Syscall.SOL_MEMCPY_.symbol(),
          Syscall.SOL_MEMMOVE_.symbol(),
          Syscall.SOL_MEMCMP_.symbol(),
          Syscall.SOL_MEMSET_.symbol());

  private final RealVm vm;
  private final long seed;
  private long compared;

  RealVmPrograms(RealVm vm, long seed) {
    this.vm = vm;
    this.seed = seed;
  }

  /** How many outcomes were compared. */
  long compared() {
    return compared;
  }

  /** Runs a program by its number; says how ours differs, if it does. */
  Optional<String> run(long number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + number);
    Version version = VERSIONS.get(random.nextInt(VERSIONS.size()));
    List<String> syscalls = version.disableLddw() ? List.of() : SYSCALLS;
    byte[] elf =
        GeneratedFile.write(version, new ProgramGenerator(random, version, syscalls).generate());
    byte[] data = new byte[DATA_BYTES];
    random.nextBytes(data);
    String what = "program " + number + " of " + seed + " in " + version;
    String refusal = vm.load(elf, Features.MAINNET);
    String ours = refusal(elf);
    compared++;
    if (refusal != null || ours != null) {
      return difference(what, refusal == null ? "" : refusal, ours == null ? "" : ours);
    }
    RunRequest request = RunRequest.of(Program.of(elf), List.of(Run.of(data).withBudget(BUDGET)));
    String real = text(vm.run(request).get(0));
    for (Engines engine : ENGINES) {
      compared++;
      Optional<String> difference =
          difference(what + " on " + engine, real, text(run(engine, elf, data)));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(String what, String expected, String actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of(what + ": the real VM says\n" + expected + "\nours says\n" + actual);
  }

  /** The loader's or the validator's complaint as the real VM words it; null if there is none. */
  private static @Nullable String refusal(byte[] elf) {
    LoadResult result =
        ElfLoader.load(
            elf,
            LoaderConfig.execution(
                SolanaSyscalls.handlers(BankConfig.mainnet().features()).keySet()));
    return result
        .error()
        .map(ElfError::text)
        .or(
            () ->
                result
                    .program()
                    .flatMap(Validator::validate)
                    .map(error -> "Verifier error: " + error.text()))
        .map(text -> "Failed to add program: " + text)
        .orElse(null);
  }

  private static TransactionOutcome run(Engines engine, byte[] elf, byte[] data) {
    Bank bank = new Bank(BankConfig.mainnet().withEngine(engine.engine()));
    Pubkey id = Pubkey.parse(Program.ANY_ID).orElseThrow();
    bank.addProgram(id, elf, ProgramIds.SYSTEM);
    return bank.invoke(new Instruction(id, List.of(), data), BUDGET);
  }

  private static String text(TransactionOutcome outcome) {
    String error = outcome.error() == null ? "null" : outcome.error().json();
    return error + "\n" + outcome.units() + "\n" + String.join("\n", outcome.logs());
  }

  private static String text(Outcome outcome) {
    return outcome.errorText()
        + "\n"
        + outcome.computeUnits()
        + "\n"
        + String.join("\n", outcome.logs());
  }
}
