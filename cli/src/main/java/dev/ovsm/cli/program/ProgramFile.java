package dev.ovsm.cli.program;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.ObjectCode;
import dev.ovsm.elf.ElfError;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoadResult;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.sbpf.Availability;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.ValidatorError;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A program's file as the machine takes it: loaded and checked. */
public final class ProgramFile {
  private static final byte[] MAGIC = {0x7F, 'E', 'L', 'F'};

  private ProgramFile() {}

  /**
   * The rules for programs that run, or those for programs that are being deployed.
   *
   * @param syscalls hashes of the system calls that are there
   */
  public static LoaderConfig rules(Set<Integer> syscalls, boolean asDeployed) {
    if (!asDeployed) {
      return LoaderConfig.execution(syscalls);
    }
    Set<Integer> deployable = new HashSet<>(syscalls);
    deployable.remove(Syscall.SOL_ALLOC_FREE_.hash());
    return LoaderConfig.deployment(deployable);
  }

  /**
   * Loads a program; else empty, and {@code found} says why.
   *
   * @param name of the file, for people
   */
  public static Optional<Program> load(
      String name, byte[] elf, LoaderConfig config, Diagnostics found) {
    if (!isElf(elf)) {
      found.add(
          Diagnostic.in(name, ObjectCode.NOT_AN_ELF, name + " is not an ELF file")
              .withHelp("name the .so that ovsm compile wrote"));
      return Optional.empty();
    }
    LoadResult result = ElfLoader.load(elf, config);
    Optional<ElfError> refusal = result.error();
    if (refusal.isPresent()) {
      found.add(
          Diagnostic.in(name, ObjectCode.NOT_LOADABLE, refusal.get().text())
              .withHelp(wayOut(refusal.get())));
      return Optional.empty();
    }
    Optional<ValidatorError> broken =
        result
            .program()
            .flatMap(program -> Validator.validate(program).or(() -> clientRule(program, config)));
    if (broken.isPresent()) {
      found.add(
          Diagnostic.in(name, ObjectCode.NOT_VALID, broken.get().text())
              .withHelp(wayOut(broken.get())));
      return Optional.empty();
    }
    return result.program();
  }

  private static String wayOut(ElfError refusal) {
    if (refusal.kind() != ElfError.Kind.UNRESOLVED_SYMBOL) {
      return "compile the program again";
    }
    return Arrays.stream(Syscall.values())
        .filter(call -> refusal.text().contains("(" + call.symbol() + ")"))
        .findFirst()
        .flatMap(ProgramFile::runsElsewhere)
        .orElse("call only what is there; docs/syscalls.md lists it");
  }

  private static String wayOut(ValidatorError broken) {
    boolean call = broken.rule() == ValidatorError.Rule.INVALID_SYSCALL;
    return (call ? Syscall.of(broken.arguments().get(0).intValue()) : Optional.<Syscall>empty())
        .flatMap(ProgramFile::runsElsewhere)
        .orElse("ovsm disasm shows the instruction");
  }

  private static Optional<String> runsElsewhere(Syscall call) {
    return call.availability() == Availability.AUTONOMOUS
        ? Optional.of(
            "no Solana cluster has " + call.symbol() + "; ovsm run is where the program runs")
        : Optional.empty();
  }

  /** What Solana's client refuses to deploy though the loader would take it. */
  private static Optional<ValidatorError> clientRule(Program program, LoaderConfig config) {
    return config.rejectBrokenElfs()
        ? Validator.validateCalls(program.version(), program.text(), config.syscalls())
        : Optional.empty();
  }

  /** Whether a file is meant as a compiled program, by its first bytes or by its name. */
  public static boolean isMeant(String name, byte[] bytes) {
    return isElf(bytes) || name.endsWith(".so");
  }

  private static boolean isElf(byte[] bytes) {
    if (bytes.length < MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }
}
