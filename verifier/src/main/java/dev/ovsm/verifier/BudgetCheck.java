package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.analysis.CallSite;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Request;
import dev.ovsm.verifier.analysis.Saturated;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every callback has a budget, and every registration gives one that the slot has. */
final class BudgetCheck implements Check {
  /** How many times its bound a budget is from where it is called wide. */
  private static final long WIDE = 20;

  /** Calls whose last argument leads to data, length and budget. */
  private static final Set<Syscall> STRUCTURED =
      EnumSet.of(Syscall.SOL_WATCHER_CREATE_THRESHOLD, Syscall.SOL_WATCHER_CREATE_PATTERN);

  private static final int BUDGET_WORD = 2;

  private final boolean isEstimated;

  /**
   * A check of budgets.
   *
   * @param isEstimated whether there is no machine code yet, so that units are estimated
   */
  BudgetCheck(boolean isEstimated) {
    this.isEstimated = isEstimated;
  }

  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    List<Finding> findings = new ArrayList<>();
    int registrations = 0;
    for (CallSite site : examination.callSites(root)) {
      for (int i = 0; i < arguments(site).size(); i++) {
        if (arguments(site).get(i).kind() == Argument.Kind.BUDGET) {
          registrations++;
          judge(findings, root, site, site.argument(i), policy);
        }
      }
    }
    for (Request request : examination.requests(root)) {
      if (STRUCTURED.contains(request.syscall())) {
        registrations++;
        CallSite site = site(request);
        judge(findings, root, site, request.contents().get(BUDGET_WORD), policy);
      }
    }
    boolean callback = root.kind() == Root.Kind.CALLBACK;
    if (callback && root.budget() > policy.slotBudget()) {
      String figure = "declared " + Check.number(root.budget());
      findings.add(
          Finding.unsafe(
              root.name(),
              Property.BUDGET,
              figure,
              Places.at(
                      root.place(),
                      root.name(),
                      VerifierCode.BAD_BUDGET,
                      "the budget of " + root.name() + " is above the slot's")
                  .withNote("a slot has " + Check.number(policy.slotBudget()) + " compute units")));
    }
    if (findings.isEmpty() && (callback || registrations > 0)) {
      String own = Check.number(root.budget()) + (root.declared() ? " declared" : " by default");
      String others = Check.counted(registrations, "registration") + " within the slot's";
      String figure = callback ? own : others;
      Diagnostic doubt = callback ? wide(root, examination.units(root)) : null;
      findings.add(new Finding(root.name(), Property.BUDGET, Verdict.SAFE, figure, doubt));
    }
    return findings;
  }

  /** That a declared budget is far above what is ever used; null if it is not. */
  private @Nullable Diagnostic wide(Root root, long units) {
    if (isEstimated || !root.declared() || units == 0 || root.budget() / WIDE < units) {
      return null;
    }
    return Places.at(
            root.place(),
            root.name(),
            LintCode.WIDE_BUDGET,
            root.name()
                + " takes at most "
                + Check.number(units)
                + " compute units, and its budget is "
                + Check.number(root.budget()))
        .withHelp("declare :compute-budget " + units + ", or leave it out");
  }

  private static CallSite site(Request request) {
    return new CallSite(
        Optional.of(request.syscall()),
        request.syscall().symbol(),
        request.arguments(),
        request.function(),
        Saturated.UNBOUNDED,
        1,
        request.place());
  }

  private static List<Argument> arguments(CallSite site) {
    return site.syscall().map(Syscall::arguments).orElse(List.of());
  }

  private static void judge(
      List<Finding> findings, Root root, CallSite site, Word budget, Policy policy) {
    boolean zeroIsDefault = site.syscall().filter(s -> s == Syscall.SOL_WATCH_ACCOUNT).isPresent();
    Word allowed = Word.unsigned(zeroIsDefault ? 0 : 1, policy.slotBudget());
    if (allowed.includes(budget)) {
      return;
    }
    boolean never = allowed.meet(budget).isEmpty();
    String message =
        never
            ? "the runtime refuses this budget, which is " + budget
            : "the budget may be refused: it is only known to be " + budget;
    var why =
        Places.at(
                site.place(),
                site.function(),
                never ? VerifierCode.BAD_BUDGET : VerifierCode.UNPROVED,
                message)
            .withNote("allowed are 1 to " + Check.number(policy.slotBudget()) + " compute units");
    String figure = "budget " + budget;
    findings.add(
        never
            ? Finding.unsafe(root.name(), Property.BUDGET, figure, why)
            : Finding.unknown(root.name(), Property.BUDGET, figure, why));
  }
}
