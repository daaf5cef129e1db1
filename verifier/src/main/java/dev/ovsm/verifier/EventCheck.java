package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.analysis.CallSite;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;

/** An execution emits seldom enough, and no event is too large. */
final class EventCheck implements Check {
  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    List<Finding> findings = new ArrayList<>();
    List<CallSite> sites =
        examination.callSites(root).stream()
            .filter(site -> Examination.has(site, Effect.EMITS))
            .toList();
    for (CallSite site : sites) {
      if (site.syscall().filter(s -> s == Syscall.SOL_EMIT_EVENT).isPresent()) {
        size(findings, root, site, policy);
      }
    }
    long emissions = examination.emissions(root);
    if (emissions == Long.MAX_VALUE && isEndless(root, examination)) {
      findings.add(new Finding(root.name(), Property.EVENTS, Verdict.UNKNOWN, "no bound", null));
    } else if (emissions > policy.emissions()) {
      findings.add(
          Finding.unsafe(
              root.name(),
              Property.EVENTS,
              Check.counted(emissions, "emission"),
              tooMany(root, sites, emissions, policy)));
    }
    if (findings.isEmpty() && emissions > 0) {
      String figure =
          "at most " + Check.number(emissions) + " of " + Check.number(policy.emissions());
      findings.add(Finding.safe(root.name(), Property.EVENTS, figure));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.safe(root.name(), Property.EVENTS, "none"));
    }
    return findings;
  }

  /** Whether what has no bound is execution itself, which is told elsewhere. */
  private static boolean isEndless(Root root, Examination examination) {
    return !examination.recursion(root).isEmpty()
        || examination.unknownCall(root).isPresent()
        || examination.loops(root).stream().anyMatch(loop -> !loop.isBounded());
  }

  private static void size(List<Finding> findings, Root root, CallSite site, Policy policy) {
    Word length = site.argument(3);
    Word allowed = Word.unsigned(0, policy.eventBytes());
    if (allowed.includes(length)) {
      return;
    }
    boolean never = allowed.meet(length).isEmpty();
    String message =
        never
            ? "this event has " + length + " bytes, at most 1,024 are allowed"
            : "this event may be too large: its length is only known to be " + length;
    Diagnostic why =
        Places.at(
            site.place(),
            site.function(),
            never ? VerifierCode.LARGE_EVENT : VerifierCode.UNPROVED,
            message);
    findings.add(
        never
            ? Finding.unsafe(root.name(), Property.EVENTS, length + " bytes", why)
            : Finding.unknown(root.name(), Property.EVENTS, length + " bytes", why));
  }

  private static Diagnostic tooMany(
      Root root, List<CallSite> sites, long emissions, Policy policy) {
    CallSite most = null;
    for (CallSite site : sites) {
      most = most == null || site.times() > most.times() ? site : most;
    }
    String often =
        emissions == Long.MAX_VALUE ? "without a bound" : Check.number(emissions) + " times";
    String message =
        root.name()
            + " may emit "
            + often
            + ", "
            + Check.number(policy.emissions())
            + " times are allowed";
    Diagnostic why =
        most == null
            ? Places.at(root.place(), root.name(), VerifierCode.TOO_MANY_EVENTS, message)
            : Places.at(most.place(), most.function(), VerifierCode.TOO_MANY_EVENTS, message);
    for (CallSite site : sites) {
      if (site.times() > 1) {
        why =
            Places.with(
                why,
                site.place(),
                "up to " + Check.counted(site.times(), "time") + " a call of " + site.function());
      }
    }
    return why.withHelp("emit outside the loop, or several values in one event");
  }
}
