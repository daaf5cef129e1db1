package dev.ovsm.cli;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.file.OutputFile;
import dev.ovsm.cli.program.Certification;
import dev.ovsm.cli.program.Subject;
import dev.ovsm.cli.program.Verification;
import dev.ovsm.cli.report.Baseline;
import dev.ovsm.cli.report.FileReport;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.silence.Silence;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.certificate.CertificateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm lint FILE…}: what the verifier proves of programs, and what it finds wrong. */
@CommandLine.Command(
    name = "lint",
    description = "Verify programs, and warn of what is hardly meant.",
    footer = {
      "",
      "Examples:",
      "  ovsm lint examples/heartbeat.ovsm",
      "  ovsm lint main.ovsm helpers.ovsm --together",
      "  ovsm lint src/*.ovsm --format sarif --fail-level warning >findings.sarif",
      "  ovsm lint src/*.ovsm --write-baseline lint.json",
      "  ovsm lint src/*.ovsm --baseline lint.json --fail-level warning",
      "  ovsm lint target/deploy/main.so --check-certificate target/deploy/main.cert",
      "",
      "In a source, ; ovsm: allow W0003, because REASON silences a warning",
      "about the next form, or about the line that it stands on.",
      "",
      "Exit codes: 0 all safe or guarded, 1 something is unsafe or at the fail level,",
      "2 wrong usage, 3 a file is no program, 4 a file cannot be read,",
      "5 something is unknown."
    })
final class LintCommand implements Command {
  /** More steps than one waits for. */
  private static final long MOST_COMPLEXITY = 1_000_000_000;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Sources or compiled programs.")
  private List<String> files = List.of();

  @Option(
      names = "--together",
      description = "The sources are one program, as ovsm compile takes them, not one each.")
  private boolean together;

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--fail-level",
      paramLabel = "LEVEL",
      description =
          "Fail at diagnostics of this severity: error, warning or note (default: error).")
  private FailLevel failLevel = FailLevel.ERROR;

  @Option(
      names = "--baseline",
      paramLabel = "JSON",
      description = "Do not report the warnings and notes that this file knows.")
  private @Nullable String baseline;

  @Option(
      names = "--write-baseline",
      paramLabel = "JSON",
      description = "Write the warnings and notes of this run to a baseline.")
  private @Nullable String newBaseline;

  @Option(
      names = "--check-certificate",
      paramLabel = "CERT",
      description = "Only hold this certificate against the compiled program.")
  private @Nullable String certificate;

  @Option(
      names = "--strict",
      description =
          "Refuse what is only doubtful, such as the time of day, and do not count on the machine.")
  private boolean strict;

  @Option(
      names = "--complexity-limit",
      paramLabel = "N",
      description =
          "Steps that the verifier may make for each entry to follow its records, iterators, timers"
              + " and work queues (default: ${DEFAULT-VALUE}).")
  private long complexityLimit = Policy.COMPLEXITY;

  @Override
  public ExitCode run(Terminal terminal) {
    Optional<Diagnostic> wrong = wrong();
    if (wrong.isPresent()) {
      terminal.report(wrong.get());
      return ExitCode.USAGE;
    }
    List<FileReport> reports = new ArrayList<>();
    ExitCode worst = ExitCode.OK;
    List<List<String>> programs = together ? List.of(files) : files.stream().map(List::of).toList();
    for (List<String> program : programs) {
      Outcome outcome =
          certificate == null ? lint(program) : certified(program.get(0), certificate);
      reports.add(outcome.report);
      worst = worse(worst, outcome.code);
    }
    Diagnostics problems = new Diagnostics();
    List<FileReport> told = withoutKnown(reports, problems);
    worst = worse(worst, problems.hasErrors() ? ExitCode.ENVIRONMENT : ExitCode.OK);
    boolean fails =
        told.stream()
            .flatMap(report -> report.diagnostics().stream())
            .anyMatch(diagnostic -> failLevel.includes(diagnostic.severity()));
    worst = worse(worst, fails ? ExitCode.FINDINGS : ExitCode.OK);
    format.print(told, terminal);
    if (format.isHuman()) {
      told.forEach(report -> report.diagnostics().forEach(terminal::report));
    }
    return worst;
  }

  private Optional<Diagnostic> wrong() {
    if (together && certificate != null) {
      return Optional.of(
          Diagnostic.in(
                  "--together",
                  CommandCode.USAGE,
                  "--together is of sources, and --check-certificate of a compiled program")
              .withHelp("give one of the two"));
    }
    return complexityLimit < 1 || complexityLimit > MOST_COMPLEXITY
        ? Optional.of(
            Diagnostic.in(
                    "--complexity-limit",
                    CommandCode.USAGE,
                    "--complexity-limit cannot be " + complexityLimit)
                .withHelp("give a number from 1 to " + MOST_COMPLEXITY))
        : Optional.ofNullable(newBaseline)
            .flatMap(file -> OutputFile.overwriting(files, List.of(file)));
  }

  /** The reports without what the baseline knows; a new baseline knows all of them. */
  private List<FileReport> withoutKnown(List<FileReport> reports, Diagnostics problems) {
    Optional<Baseline> known = Optional.empty();
    String name = newBaseline != null ? newBaseline : baseline;
    if (name == null) {
      return reports;
    }
    if (newBaseline != null) {
      Baseline all = Baseline.of(reports);
      known = OutputFile.write(name, all.text(), problems) ? Optional.of(all) : known;
    } else {
      List<Diagnostic> bad = new ArrayList<>();
      known =
          InputFile.bytes(name, Baseline.MOST_BYTES, problems)
              .flatMap(bytes -> Baseline.read(name, bytes, bad));
      problems.addAll(bad);
    }
    Optional<Baseline.Applied> applied = known.map(one -> one.apply(reports));
    List<FileReport> told = new ArrayList<>(applied.map(Baseline.Applied::reports).orElse(reports));
    int gone = applied.map(one -> one.gone().size()).orElse(0);
    if (gone > 0) {
      problems.add(
          Diagnostic.in(
                  name,
                  LintCode.STALE_BASELINE,
                  gone + " of the findings that " + name + " lists are gone")
              .withHelp("write it anew with --write-baseline " + name));
    }
    if (!problems.list().isEmpty()) {
      told.add(new FileReport(name, List.of(), problems.list()));
    }
    return told;
  }

  private static ExitCode worse(ExitCode one, ExitCode other) {
    return rank(other) > rank(one) ? other : one;
  }

  /** Which code wins when files differ: what hides other findings comes first. */
  private static int rank(ExitCode code) {
    return switch (code) {
      case OK -> 0;
      case UNKNOWN -> 1;
      case FINDINGS -> 2;
      case NOT_A_PROGRAM -> 3;
      case USAGE, ENVIRONMENT, INTERNAL, INTERRUPTED, UNWANTED -> 4;
    };
  }

  private record Outcome(FileReport report, ExitCode code) {}

  private Outcome lint(List<String> program) {
    Diagnostics found = new Diagnostics();
    Subject subject = Subject.read(program, found);
    Policy limits = strict ? Policy.strictest() : Policy.standard();
    Policy policy = limits.withComplexity(complexityLimit);
    Outcome outcome = judged(subject, Verification.of(subject, policy, found), found);
    return heeding(subject.sources(), outcome);
  }

  /** Holds a certificate against a compiled program. */
  private static Outcome certified(String file, String certificate) {
    Diagnostics found = new Diagnostics();
    Optional<byte[]> elf = InputFile.bytes(file, InputFile.MOST_PROGRAM, found);
    Optional<byte[]> text = InputFile.bytes(certificate, CertificateReader.MOST_BYTES, found);
    if (elf.isEmpty() || text.isEmpty()) {
      return new Outcome(new FileReport(file, List.of(), found.list()), ExitCode.ENVIRONMENT);
    }
    Optional<Certification.Holds> holds =
        Certification.check(certificate, text.get(), file, elf.get(), found);
    List<Finding> findings =
        holds
            .map(
                one ->
                    List.of(
                        claim(Property.TERMINATION, "as certified"),
                        claim(
                            Property.COMPUTE,
                            String.format(Locale.ROOT, "at most %,d", one.units())),
                        claim(
                            Property.EVENTS,
                            String.format(Locale.ROOT, "at most %,d", one.events()))))
            .orElse(List.of());
    ExitCode code = holds.isPresent() ? ExitCode.OK : ExitCode.FINDINGS;
    return new Outcome(new FileReport(file, findings, found.list()), code);
  }

  private static Finding claim(Property property, String figure) {
    return new Finding(Program.ENTRYPOINT, property, Verdict.SAFE, figure, null);
  }

  private static Outcome judged(
      Subject subject, Optional<List<Finding>> verdicts, Diagnostics found) {
    List<Finding> findings = verdicts.orElse(List.of());
    FileReport report = new FileReport(subject.name(), findings, found.list());
    return switch (subject.outcome()) {
      case ENVIRONMENT -> new Outcome(report, ExitCode.ENVIRONMENT);
      case USAGE -> new Outcome(report, ExitCode.USAGE);
      case NOT_A_PROGRAM -> new Outcome(report, ExitCode.NOT_A_PROGRAM);
      case READ ->
          new Outcome(report, verdicts.map(LintCommand::code).orElse(ExitCode.NOT_A_PROGRAM));
    };
  }

  private static ExitCode code(List<Finding> findings) {
    Set<Verdict> verdicts = findings.stream().map(Finding::verdict).collect(Collectors.toSet());
    if (verdicts.contains(Verdict.UNSAFE)) {
      return ExitCode.FINDINGS;
    }
    return verdicts.contains(Verdict.UNKNOWN) ? ExitCode.UNKNOWN : ExitCode.OK;
  }

  /** The same without what comments of the sources silence. */
  private static Outcome heeding(List<Source> sources, Outcome outcome) {
    if (sources.isEmpty()) {
      return outcome;
    }
    Silence silence = Silence.of(sources, outcome.report.diagnostics());
    FileReport rest = outcome.report.without(silence.silenced());
    List<Diagnostic> others = new ArrayList<>(rest.others());
    others.addAll(silence.problems());
    return new Outcome(new FileReport(rest.file(), rest.findings(), others), outcome.code);
  }
}
