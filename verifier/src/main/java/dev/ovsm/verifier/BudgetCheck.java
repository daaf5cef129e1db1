package dev.ovsm.verifier;

import dev.ovsm.diag.VerifierCode;
import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.analysis.CallSite;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;

/** Every callback has a budget, and every registration gives one that the slot has. */
final class BudgetCheck implements Check {
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
      findings.add(Finding.safe(root.name(), Property.BUDGET, figure));
    }
    return findings;
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
