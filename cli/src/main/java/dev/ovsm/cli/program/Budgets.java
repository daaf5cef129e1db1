package dev.ovsm.cli.program;

import dev.ovsm.diag.Span;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.Cost;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Report;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The compute units that callbacks need but do not declare: bounds of their machine code. */
final class Budgets {
  /** Budgets are multiples of this. */
  private static final long STEP = 1_000;

  private Budgets() {}

  /**
   * Budgets for the callbacks of a program that declare none, by their names. One is left out if it
   * has no bound, calls other programs, or may need more than a slot has.
   */
  static Map<String, Long> missing(byte[] elf, Manifest manifest, Policy policy) {
    Map<String, Long> budgets = new TreeMap<>();
    Set<String> undeclared = new HashSet<>();
    for (Manifest.Entry entry : manifest.entries()) {
      if (entry.kind() == Manifest.EntryKind.CALLBACK && entry.budget() == 0) {
        undeclared.add(entry.name());
      }
    }
    Optional<Program> program = undeclared.isEmpty() ? Optional.empty() : load(elf);
    if (program.isPresent()) {
      for (Cost cost : Verifier.cost(program.get(), manifest, pc -> Span.none(), policy)) {
        boolean known = cost.units() != Cost.UNBOUNDED && cost.invocations() == 0;
        if (known && cost.units() <= policy.slotBudget() && undeclared.contains(cost.entry())) {
          long steps = Math.max(1, (cost.units() + STEP - 1) / STEP);
          budgets.put(cost.entry(), Math.min(STEP * steps, policy.slotBudget()));
        }
      }
    }
    return budgets;
  }

  /**
   * Whether callbacks of a program may need more than these budgets.
   *
   * @param before the program of whose machine code they are bounds
   */
  static boolean areTooSmall(
      byte[] before, byte[] after, Manifest manifest, Map<String, Long> budgets, Policy policy) {
    Program known = load(before).orElseThrow();
    Program program = load(after).orElseThrow();
    return !takesTheSame(known, program)
        && Verifier.cost(program, manifest, pc -> Span.none(), policy).stream()
            .anyMatch(cost -> cost.units() > budgets.getOrDefault(cost.entry(), cost.units()));
  }

  /** The estimates by which declared budgets may not do, or calls may nest too deep. */
  static List<Finding> doubtful(Report report, Manifest manifest) {
    Set<String> declared = new HashSet<>();
    for (Manifest.Entry entry : manifest.entries()) {
      if (entry.budget() != 0) {
        declared.add(entry.name());
      }
    }
    return report.findings().stream()
        .filter(finding -> finding.verdict() == Verdict.UNKNOWN)
        .filter(
            finding ->
                (finding.property() == Property.COMPUTE && declared.contains(finding.entry()))
                    || (finding.property() == Property.STACK && finding.diagnostic() != null))
        .toList();
  }

  /** What the verifier finds of machine code. */
  static List<Finding> findings(byte[] elf, Manifest manifest, Policy policy) {
    return load(elf)
        .map(program -> Verifier.verify(program, manifest, pc -> Span.none(), policy))
        .orElse(List.of());
  }

  /** Whether programs that differ in budgets alone are the same but for immediate values. */
  private static boolean takesTheSame(Program one, Program other) {
    if (one.slots() != other.slots()) {
      return false;
    }
    for (int pc = 0; pc < one.slots(); pc++) {
      if ((int) Slot.read(one.text(), pc) != (int) Slot.read(other.text(), pc)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Program> load(byte[] elf) {
    Set<Integer> syscalls = new HashSet<>();
    for (Syscall syscall : Syscall.values()) {
      syscalls.add(syscall.hash());
    }
    return ElfLoader.load(elf, LoaderConfig.execution(syscalls)).program();
  }
}
