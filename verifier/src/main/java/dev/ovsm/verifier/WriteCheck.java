package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.AccountWrite;
import dev.ovsm.verifier.analysis.AccountWrite.Standing;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Examination.Changed;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;

/** Accounts are written only where they may be. */
final class WriteCheck implements Check {
  private final boolean estimated;

  /**
   * A check of writes.
   *
   * @param estimated whether there is no machine code yet, which decides what cannot be refuted
   */
  WriteCheck(boolean estimated) {
    this.estimated = estimated;
  }

  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    Changed changed = examination.changed(root);
    List<Finding> findings = new ArrayList<>();
    for (AccountWrite write : changed.writes()) {
      if (write.standing() == Standing.REFUSED || write.standing() == Standing.UNDECLARED) {
        findings.add(refused(root, write));
      }
    }
    if (estimated || !findings.isEmpty()) {
      return findings;
    }
    List<AccountWrite> open = changed.open();
    if (open.isEmpty()) {
      int count = changed.writes().size();
      String figure =
          count == 0 ? "none" : Check.counted(count, "write") + " to accounts found writable";
      return List.of(Finding.safe(root.name(), Property.WRITES, figure));
    }
    String figure = Check.counted(changed.writes().size(), "write") + " to accounts";
    long checked =
        changed.writes().stream().filter(write -> write.standing() == Standing.CHECKED).count();
    figure += checked == 0 ? "" : ", " + Check.number(checked) + " behind a check";
    AccountWrite first = Places.told(open, AccountWrite::place);
    return List.of(
        policy.strict()
            ? Finding.unknown(root.name(), Property.WRITES, figure, open(root, first, open.size()))
            : Finding.guarded(
                root.name(),
                Property.WRITES,
                figure + ", left to the machine, one at " + first.place()));
  }

  private static Diagnostic open(Root root, AccountWrite first, int count) {
    Diagnostic why =
        Places.at(
            first.place(),
            first.function(),
            VerifierCode.UNPROVED,
            "it is not shown that " + root.name() + " may write to the account that this changes");
    why = count == 1 ? why : why.withNote("nor is it of " + Check.counted(count - 1, "other"));
    return why.withSeverity(Severity.WARNING)
        .withNote("the machine refuses the transaction if it may not")
        .withHelp("compare the account's is_writable with 0 first");
  }

  private static Finding refused(Root root, AccountWrite write) {
    boolean looked = write.standing() == Standing.REFUSED;
    String account =
        write.account() >= 0 && write.account() < root.accounts().size()
            ? root.accounts().get(write.account()).name()
            : "account " + write.account();
    String what =
        looked
            ? "this writes to an account that was just found not to be writable"
            : "this writes to " + account + ", which is not declared :writable";
    Diagnostic why = Places.at(write.place(), write.function(), VerifierCode.READ_ONLY_WRITE, what);
    why =
        looked
            ? why.withHelp("turn the comparison around")
            : Places.with(why, root.place(), root.name() + " declares its accounts here")
                .withHelp("declare it: (" + account + " :writable)");
    String figure = looked ? "an account that is not writable" : account + " is not writable";
    return Finding.unsafe(root.name(), Property.WRITES, figure, why);
  }
}
