package dev.ovsm.cli.program;

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
import dev.ovsm.sbpf.asm.LineEntry;
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
 * What the verifier finds in a program, sources or compiled.
 *
 * <p>Of sources the verdicts are those of their machine code, as far as they concern it; places and
 * reasons come from the sources where they have them.
 */
public final class Verification {
  private Verification() {}

  /** What is found in a program; empty if there is none to look at, and {@code found} says why. */
  public static Optional<List<Finding>> of(Subject subject, Policy policy, Diagnostics found) {
    if (subject.elf().isPresent()) {
      return ofCode(subject.name(), subject.elf().get(), List.of(), policy, found);
    }
    return subject.sources().isEmpty()
        ? Optional.empty()
        : ofSources(subject.sources(), policy, found);
  }

  /** What is found in sources that are one program; empty if they do not compile. */
  public static Optional<List<Finding>> ofSources(
      List<Source> sources, Policy policy, Diagnostics found) {
    Diagnostics all = new Diagnostics();
    Compilation compilation =
        Compilation.explained(sources, Compilation.Target.DEFAULT, policy, all);
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
        .flatMap(elf -> ofCode(sources.get(0).name(), elf, sources, policy, found))
        .map(code -> merged(report.get().findings(), code, entries));
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

  /** What the entries of a program take in the worst case. */
  public static Costs costs(Subject subject, Diagnostics found) {
    Optional<byte[]> elf = subject.elf();
    Compilation.Outcome outcome = Compilation.Outcome.NOT_A_PROGRAM;
    if (!subject.sources().isEmpty()) {
      Compilation compilation =
          Compilation.of(subject.sources(), Compilation.Target.DEFAULT, found);
      elf = compilation.elf();
      outcome = compilation.outcome();
    }
    Optional<Program> program =
        elf.flatMap(
            bytes -> ProgramFile.load(subject.name(), bytes, LoaderConfig.autonomous(), found));
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
      String name, byte[] elf, List<Source> sources, Policy policy, Diagnostics found) {
    Optional<Program> program = ProgramFile.load(name, elf, LoaderConfig.autonomous(), found);
    SectionReader sections = new SectionReader(elf);
    Manifest manifest = manifest(sections, found);
    IntFunction<Span> spans =
        sources.isEmpty() ? pc -> Span.none() : spans(sources, sections.lines(found));
    return program.map(code -> Verifier.verify(code, manifest, spans, policy));
  }

  private static IntFunction<Span> spans(List<Source> sources, LineTable lines) {
    Map<String, Source> named = Compilation.namedAsInFile(sources);
    return pc ->
        lines
            .find(pc)
            .flatMap(line -> Optional.ofNullable(named.get(line.file())).map(in -> span(in, line)))
            .orElseGet(Span::none);
  }

  private static Span span(Source source, LineEntry line) {
    int offset = source.offset(line.line(), line.column());
    return new Span(source, offset, offset);
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
