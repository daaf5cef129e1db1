package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that was found, by entry and property; {@code verified} is present if and only if
 * nothing is unsafe.
 */
public record Report(List<Finding> findings, Optional<Verified> verified) {
  public Report {
    findings = List.copyOf(findings);
  }

  /** Whether some finding has this verdict. */
  public boolean has(Verdict verdict) {
    return findings.stream().anyMatch(finding -> finding.verdict() == verdict);
  }

  /** Whether everything is safe, by itself or by the machine, and nothing is to be said of it. */
  public boolean isClean() {
    return findings.stream()
        .allMatch(finding -> finding.verdict().passes() && finding.diagnostic() == null);
  }

  /** The same without doubts about the compute units of entries that get as many as they need. */
  public Report withoutCompute(Set<String> entries) {
    return new Report(
        findings.stream()
            .filter(
                finding ->
                    finding.property() != Property.COMPUTE
                        || finding.verdict() == Verdict.SAFE
                        || !entries.contains(finding.entry()))
            .toList(),
        verified);
  }

  /**
   * The same with what was found of the machine code in place of estimates.
   *
   * @param estimates those of the findings that are replaced
   * @param found of the machine code
   */
  public Report decided(Collection<Finding> estimates, List<Finding> found) {
    List<Finding> all = new ArrayList<>();
    boolean refused = false;
    for (Finding finding : findings) {
      Finding better = estimates.contains(finding) ? decision(finding, found) : finding;
      refused |= better.verdict() == Verdict.UNSAFE;
      all.add(better);
    }
    return new Report(all, refused ? Optional.empty() : verified);
  }

  private static Finding decision(Finding estimate, List<Finding> found) {
    for (Finding finding : found) {
      boolean same =
          finding.property() == estimate.property() && finding.entry().equals(estimate.entry());
      if (same && finding.verdict() == Verdict.SAFE) {
        return finding;
      }
      Diagnostic why = finding.diagnostic();
      Diagnostic where = estimate.diagnostic();
      if (same && finding.verdict() == Verdict.UNSAFE && why != null && where != null) {
        Diagnostic placed =
            new Diagnostic(
                why.code(),
                why.severity(),
                where.primary(),
                where.place(),
                why.message(),
                where.labels(),
                why.notes(),
                // Places in the source tell more than instructions do.
                where.steps(),
                why.help(),
                why.fix());
        return Finding.unsafe(finding.entry(), finding.property(), finding.figure(), placed);
      }
    }
    return estimate;
  }

  /** The diagnostics of all findings, each once. */
  public List<Diagnostic> diagnostics() {
    return findings.stream().map(Finding::diagnostic).filter(Objects::nonNull).distinct().toList();
  }
}
