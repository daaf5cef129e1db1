package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.CallSite;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Flow;
import dev.ovsm.verifier.analysis.Sink;
import dev.ovsm.verifier.analysis.Source;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;

/** A callback does not depend on what validators may not agree on. */
final class DeterminismCheck implements Check {
  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    List<Finding> findings = new ArrayList<>();
    for (CallSite site : examination.callSites(root)) {
      if (site.syscall().isEmpty()) {
        Diagnostic why =
            Places.at(
                site.place(),
                site.function(),
                VerifierCode.UNKNOWN_SYSCALL,
                "the runtime has no call " + site.symbol());
        findings.add(Finding.unsafe(root.name(), Property.DETERMINISM, "an unknown call", why));
      }
    }
    if (root.kind() != Root.Kind.CALLBACK) {
      return findings;
    }
    for (Flow flow : examination.flows(root)) {
      boolean tolerated = flow.sink() == Sink.LOG || flow.source() == Source.STRAY_TIME;
      boolean matters = policy.strict() || !tolerated;
      if (matters && flow.source() != Source.UNKNOWN_CALL) {
        findings.add(judge(root, flow, policy));
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.safe(root.name(), Property.DETERMINISM, "proved"));
    }
    return findings;
  }

  private static Finding judge(Root root, Flow flow, Policy policy) {
    Diagnostic why = why(flow);
    String figure = flow.source().text();
    return switch (flow.source()) {
      case STRAY_TIME, STRAY_VALUE -> {
        String message = why.message() + ": an address cannot be followed";
        Diagnostic doubt = Diagnostic.in(root.name(), VerifierCode.UNPROVED, message);
        yield Finding.unknown(root.name(), Property.DETERMINISM, figure, doubt);
      }
      case UNIX_TIME ->
          policy.strict()
              ? Finding.unsafe(root.name(), Property.DETERMINISM, figure, why)
              : new Finding(
                  root.name(),
                  Property.DETERMINISM,
                  Verdict.SAFE,
                  "but for " + figure,
                  why.withSeverity(Severity.WARNING));
      case METER, UNKNOWN_CALL -> Finding.unsafe(root.name(), Property.DETERMINISM, figure, why);
    };
  }

  private static Diagnostic why(Flow flow) {
    List<Flow.Step> path = flow.path();
    Flow.Step last = path.get(path.size() - 1);
    Diagnostic why =
        Places.at(
            last.place(),
            "a callback",
            VerifierCode.NONDETERMINISM,
            flow.source().text() + " " + flow.sink().text());
    Place before = last.place();
    for (Flow.Step step : path.subList(0, path.size() - 1)) {
      if (!step.place().equals(before)) {
        why = Places.with(why, step.place(), step.text());
      }
      before = step.place();
    }
    return why.withHelp("use the slot or the epoch instead");
  }
}
