package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.Access;
import dev.ovsm.verifier.analysis.Access.Grade;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Examination.Touched;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;

/** Memory is accessed within the bounds of what it is meant for. */
final class MemoryCheck implements Check {
  private final boolean estimated;

  /**
   * A check of accesses.
   *
   * @param estimated whether there is no machine code yet, which decides what is only doubtful
   */
  MemoryCheck(boolean estimated) {
    this.estimated = estimated;
  }

  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    Touched touched = examination.touched(root);
    List<Finding> findings = new ArrayList<>();
    for (Access access : touched.of(Grade.OUTSIDE)) {
      Diagnostic why = why(access, VerifierCode.OUT_OF_BOUNDS, "this access is out of bounds: ");
      findings.add(
          touched.isOwn()
              ? Finding.unsafe(root.name(), Property.MEMORY, access.text(), why)
              : Finding.unknown(
                  root.name(),
                  Property.MEMORY,
                  access.text(),
                  why.withSeverity(Severity.WARNING).withNote("the machine stops it")));
    }
    List<Access> nullable = touched.of(Grade.NULLABLE);
    List<Access> doubtful = touched.of(Grade.DOUBTFUL);
    if (estimated && nullable.size() + doubtful.size() > 0) {
      return findings;
    }
    doubt(findings, root, nullable, VerifierCode.UNCHECKED_NULL);
    doubt(findings, root, doubtful, VerifierCode.UNPROVED);
    List<Access> open = open(touched);
    if (!findings.isEmpty()) {
      return findings;
    }
    if (open.isEmpty()) {
      return List.of(Finding.safe(root.name(), Property.MEMORY, figure(touched)));
    }
    boolean refused = policy.strict() && !estimated;
    return List.of(
        refused
            ? Finding.unknown(root.name(), Property.MEMORY, figure(touched), left(root, open))
            : Finding.guarded(
                root.name(),
                Property.MEMORY,
                figure(touched) + ", one at " + Places.told(open, Access::place).place()));
  }

  /** What cannot be shown, told once with the first of its places. */
  private static void doubt(
      List<Finding> findings, Root root, List<Access> accesses, VerifierCode code) {
    if (accesses.isEmpty()) {
      return;
    }
    Access first = accesses.get(0);
    Diagnostic why =
        why(first, code, "this access may be out of bounds: ").withSeverity(Severity.WARNING);
    if (accesses.size() > 1) {
      why = why.withNote("so may " + Check.counted(accesses.size() - 1, "other"));
    }
    String figure = Check.counted(accesses.size(), "access");
    findings.add(
        Finding.unknown(root.name(), Property.MEMORY, figure + " not shown to be within", why));
  }

  /** The accesses that nothing but the machine keeps in bounds; the first is told. */
  private static List<Access> open(Touched touched) {
    List<Access> open = new ArrayList<>(touched.of(Grade.LEFT));
    open.addAll(touched.of(Grade.COMPARED));
    return open;
  }

  /** That the machine alone decides on accesses, where that is not enough. */
  private static Diagnostic left(Root root, List<Access> left) {
    Access first = Places.told(left, Access::place);
    Diagnostic why =
        Places.at(
            first.place(),
            first.function(),
            VerifierCode.UNPROVED,
            "what this access of " + root.name() + " leads to is not known");
    why =
        left.size() == 1
            ? why
            : why.withNote("nor is it of " + Check.counted(left.size() - 1, "other"));
    return why.withSeverity(Severity.WARNING).withNote("the machine stops what leads nowhere");
  }

  private static Diagnostic why(Access access, VerifierCode code, String message) {
    Diagnostic why = Places.at(access.place(), access.function(), code, message + access.text());
    if (access.caller().isPresent()) {
      why = Places.with(why, access.caller().get(), "the address comes from here");
    }
    return why;
  }

  private static String figure(Touched touched) {
    String figure = Check.number(touched.count(Grade.WITHIN)) + " accesses within bounds";
    long compared = touched.count(Grade.COMPARED);
    long left = touched.count(Grade.LEFT);
    figure += compared == 0 ? "" : ", " + Check.number(compared) + " within compared lengths";
    return left == 0 ? figure : figure + ", " + Check.number(left) + " left to the machine";
  }
}
