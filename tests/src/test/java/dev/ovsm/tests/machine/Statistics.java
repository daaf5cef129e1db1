package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a campaign's programs were like, so that one that tests nothing is seen. */
final class Statistics {
  private static final int SHORT = 10;
  private static final int EARLY = 3;
  private static final double MOST_TRIVIAL = 0.2;

  private final Map<Opcode, Long> opcodes = new EnumMap<>(Opcode.class);
  private final Map<Syscall, Long> syscalls = new EnumMap<>(Syscall.class);
  private final Map<String, Long> outcomes = new TreeMap<>();
  private final Map<String, Long> versions = new TreeMap<>();
  private long programs;
  private long unloaded;
  private long refused;
  private long trivial;
  private long instructions;

  /** Counts a program and what became of it. */
  void add(Program program, boolean valid, Outcome outcome) {
    programs++;
    refused += valid ? 0 : 1;
    long executed = outcome.instructions();
    instructions += executed;
    trivial += executed < SHORT || (outcome.fault() != null && executed <= EARLY) ? 1 : 0;
    versions.merge(program.version().word(), 1L, Long::sum);
    Fault fault = outcome.fault();
    outcomes.merge(fault == null ? "ok" : fault.kind().word(), 1L, Long::sum);
    for (@Nullable Insn insn : Decoder.decode(program.version(), program.text())) {
      if (insn != null) {
        opcodes.merge(insn.op(), 1L, Long::sum);
        if (insn.op().family() == Family.CALL) {
          Syscall.of((int) insn.imm()).ifPresent(called -> syscalls.merge(called, 1L, Long::sum));
        }
      }
    }
  }

  /** Counts a program that the loader refuses. */
  void addUnloaded() {
    unloaded++;
  }

  long programs() {
    return programs;
  }

  /** The part of the programs that ended before they had done much. */
  private double trivialPart() {
    return (double) trivial / programs;
  }

  /**
   * Checks that the campaign is worth something: all opcodes occurred, and few programs are
   * trivial.
   */
  void check() {
    assertThat(trivialPart()).as("trivial programs").isLessThan(MOST_TRIVIAL);
    assertThat(opcodes).as("opcodes").containsOnlyKeys(Opcode.values());
  }

  /** How often programs ended in a way: ok, or the word of a kind of fault. */
  long outcomes(String word) {
    return outcomes.getOrDefault(word, 0L);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d programs (%s) and %,d that do not load, %,d refused by the validator, "
            + "%,d trivial (%.1f %%), "
            + "%,d instructions executed%noutcomes: %s%nopcodes in programs: %s%nsyscalls in programs: %s",
        programs,
        versions,
        unloaded,
        refused,
        trivial,
        100 * trivialPart(),
        instructions,
        outcomes,
        opcodes,
        syscalls);
  }
}
