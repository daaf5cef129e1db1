package dev.ovsm.cli.program;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.elf.LineTable;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.SectionReader;
import dev.ovsm.frontend.lint.Linter;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.Cost;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Report;
import dev.ovsm.verifier.Verifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the verifier finds in a file, source or compiled.
 *
 * <p>Of a source the verdicts are those of its machine code, as far as they concern it; places and
 * reasons come from the source where it has them.
 */
public final class Verification {
  private Verification() {}

  /** What is found in a source; empty if it does not compile, and {@code found} says why. */
  public static Optional<List<Finding>> ofSource(Source source, Policy policy, Diagnostics found) {
    Diagnostics all = new Diagnostics();
    Compilation compilation =
        Compilation.explained(List.of(source), Compilation.Target.DEFAULT, policy, all);
    Optional<Report> report = compilation.report();
    List<Diagnostic> reported = report.map(Report::diagnostics).orElse(List.of());
    found.addAll(all.list().stream().filter(one -> !reported.contains(one)).toList());
    found.addAll(Linter.lint(compilation.phases()));
    if (report.isEmpty() || report.get().verified().isEmpty()) {
      return report.map(Report::findings);
    }
    Map<String, Span> entries = new TreeMap<>();
    report
        .get()
        .verified()
        .ifPresent(ir -> ir.module().entries().forEach(one -> entries.put(one.name(), one.span())));
    return compilation
        .elf()
        .flatMap(elf -> ofCode(source.name(), elf, Optional.of(source), policy, found))
        .map(code -> merged(report.get().findings(), code, entries));
  }

  /** What is found in a compiled program; empty if it does not load, and {@code found} says why. */
  public static Optional<List<Finding>> ofProgram(
      String name, byte[] elf, Policy policy, Diagnostics found) {
    return ofCode(name, elf, Optional.empty(), policy, found);
  }

  /**
   * What the entries of a file take, unless there is no code to look at.
   *
   * @param lines which lines its instructions stand for, as far as the file says
   * @param names of functions by their first slots, as far as the file says
   */
  public record Costs(
      Compilation.Outcome outcome,
      List<Cost> entries,
      LineTable lines,
      SortedMap<Integer, String> names) {
    public Costs {
      entries = List.copyOf(entries);
      names = new TreeMap<>(names);
    }
  }

  /** What the entries of a source or a compiled program take in the worst case. */
  public static Costs costs(String name, byte[] file, Diagnostics found) {
    Optional<byte[]> elf = Optional.of(file);
    Compilation.Outcome outcome = Compilation.Outcome.NOT_A_PROGRAM;
    if (!ProgramFile.isMeant(name, file)) {
      Optional<Compilation> compilation =
          InputFile.source(name, file, found)
              .map(source -> Compilation.of(List.of(source), Compilation.Target.DEFAULT, found));
      elf = compilation.flatMap(Compilation::elf);
      outcome = compilation.map(Compilation::outcome).orElse(outcome);
    }
    Optional<Program> program =
        elf.flatMap(bytes -> ProgramFile.load(name, bytes, LoaderConfig.autonomous(), found));
    if (elf.isEmpty() || program.isEmpty()) {
      return new Costs(outcome, List.of(), new LineTable(List.of()), new TreeMap<>());
    }
    SectionReader sections = new SectionReader(elf.get());
    Manifest manifest = manifest(sections, found);
    return new Costs(
        Compilation.Outcome.COMPILED,
        Verifier.cost(program.get(), manifest, pc -> Span.none(), Policy.standard()),
        sections.lines(found),
        names(program.get(), sections));
  }

  private static SortedMap<Integer, String> names(Program program, SectionReader sections) {
    SortedMap<Integer, String> names = new TreeMap<>();
    names.put(program.entryPc(), Program.ENTRYPOINT);
    sections.functions().forEach(function -> names.put(function.pc(), function.name()));
    return names;
  }

  /** What a program says of itself; one without a section says not even its name. */
  private static Manifest manifest(SectionReader sections, Diagnostics found) {
    return sections.manifest(found).orElseGet(() -> Manifest.of(""));
  }

  private static Optional<List<Finding>> ofCode(
      String name, byte[] elf, Optional<Source> source, Policy policy, Diagnostics found) {
    Optional<Program> program = ProgramFile.load(name, elf, LoaderConfig.autonomous(), found);
    SectionReader sections = new SectionReader(elf);
    Manifest manifest = manifest(sections, found);
    IntFunction<Span> spans =
        source.map(text -> spans(text, sections.lines(found))).orElse(pc -> Span.none());
    return program.map(code -> Verifier.verify(code, manifest, spans, policy));
  }

  private static IntFunction<Span> spans(Source source, LineTable lines) {
    return pc ->
        lines
            .find(pc)
            .filter(line -> source.name().endsWith(line.file()))
            .map(line -> source.offset(line.line(), line.column()))
            .map(offset -> new Span(source, offset, offset))
            .orElseGet(Span::none);
  }

  /** The verdicts on code, with what the source says of the same property where there is a why. */
  private static List<Finding> merged(
      List<Finding> source, List<Finding> code, Map<String, Span> entries) {
    Map<Concern, Diagnostic> reasons = new HashMap<>();
    for (Finding finding : source) {
      if (finding.diagnostic() != null) {
        reasons.putIfAbsent(Concern.of(finding), finding.diagnostic());
      }
    }
    Set<Concern> judged = new HashSet<>();
    List<Finding> all = new ArrayList<>();
    for (Finding finding : code) {
      Concern concern = Concern.of(finding);
      judged.add(concern);
      Diagnostic reason = reasons.get(concern);
      Diagnostic better = reason == null ? placed(finding, entries) : reason;
      boolean explained = finding.verdict().passes() && finding.diagnostic() == null;
      all.add(
          explained
              ? finding
              : new Finding(
                  finding.entry(),
                  finding.property(),
                  finding.verdict(),
                  finding.figure(),
                  better));
    }
    source.stream().filter(finding -> !judged.contains(Concern.of(finding))).forEach(all::add);
    return all;
  }

  /** What is said of an entry as a whole belongs to its form, not to its first instruction. */
  private static @Nullable Diagnostic placed(Finding finding, Map<String, Span> entries) {
    Diagnostic told = finding.diagnostic();
    Span entry = entries.get(finding.entry());
    if (told == null || told.code() != LintCode.WIDE_BUDGET || entry == null) {
      return told;
    }
    Diagnostic placed = Diagnostic.at(entry, told.code(), told.message());
    return told.help() == null ? placed : placed.withHelp(told.help());
  }

  /** What a finding is about. */
  private record Concern(String entry, Property property) {
    static Concern of(Finding finding) {
      return new Concern(finding.entry(), finding.property());
    }
  }
}
