package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Examination.Unknown;
import dev.ovsm.verifier.analysis.Loop;
import dev.ovsm.verifier.graph.Op.CallIndirect.Callee;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;

/** Every loop has a bound that a transaction could pay for, and no function calls itself. */
final class TerminationCheck implements Check {
  /** So many recursive calls are told beside each. */
  private static final int SHOWN = 4;

  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    List<Finding> findings = new ArrayList<>();
    List<Place> calls = examination.recursion(root);
    for (Place place : calls) {
      Diagnostic why =
          Places.at(place, root.name(), VerifierCode.RECURSION, "this call leads back to itself")
              .withHelp("write it as a loop that counts");
      for (Place other : calls.subList(0, Math.min(calls.size(), SHOWN))) {
        why = other.equals(place) ? why : Places.with(why, other, "this call is recursive, too");
      }
      findings.add(Finding.unsafe(root.name(), Property.TERMINATION, "recursive", why));
    }
    List<Loop> loops = examination.loops(root);
    long longest = 0;
    for (Loop loop : loops) {
      longest = Math.max(longest, loop.times());
      if (!loop.isBounded() && loop.ends()) {
        findings.add(unsafe(root, "a loop whose limit may be any number", tooLong(loop, policy)));
      } else if (!loop.isBounded()) {
        findings.add(unsafe(root, "a loop without a bound", unbounded(loop)));
      } else if (loop.times() > policy.transactionUnits()) {
        findings.add(unsafe(root, "a loop longer than any budget", tooLong(loop, policy)));
      }
    }
    examination.unknownCall(root).ifPresent(call -> findings.add(unknown(root, call)));
    if (findings.isEmpty()) {
      String figure =
          loops.isEmpty()
              ? "no loops"
              : Check.counted(loops.size(), "loop")
                  + ", repeated at most "
                  + Check.counted(longest, "time");
      findings.add(Finding.safe(root.name(), Property.TERMINATION, figure));
    }
    return findings;
  }

  private static Finding unsafe(Root root, String figure, Diagnostic why) {
    return Finding.unsafe(root.name(), Property.TERMINATION, figure, why);
  }

  private static Finding unknown(Root root, Unknown call) {
    boolean tangled = call.callee() != Callee.ADDRESS;
    String figure = tangled ? "a function not looked into" : "an unknown callee";
    String message =
        switch (call.callee()) {
          case ADDRESS -> "which function is called here is only known when it runs";
          case LONG -> "this function is too long to be looked into, with what shares its code";
          case LOOPS -> "this function has too many loops to be looked into";
          case DEEP -> "this function has loops too deep in each other to be looked into";
        };
    Diagnostic why = Places.at(call.place(), call.function(), VerifierCode.UNPROVED, message);
    why = tangled ? why.withHelp("make several functions of it") : why;
    return Finding.unknown(root.name(), Property.TERMINATION, figure, why);
  }

  private static Diagnostic unbounded(Loop loop) {
    return Places.at(
            loop.place(),
            loop.function(),
            VerifierCode.UNBOUNDED_LOOP,
            "no bound can be proved for this loop")
        .withNote("why: " + loop.reason())
        .withHelp("count the rounds and leave the loop when there were too many");
  }

  private static Diagnostic tooLong(Loop loop, Policy policy) {
    return Places.at(
            loop.place(),
            loop.function(),
            VerifierCode.LONG_LOOP,
            loop.isBounded()
                ? "this loop may repeat " + Check.counted(loop.times(), "time")
                : "this loop may repeat as often as any number says")
        .withNote("why: " + loop.reason())
        .withNote(
            "a transaction has at most "
                + Check.number(policy.transactionUnits())
                + " compute units")
        .withHelp("bound the limit of the counter, or refuse larger ones");
  }
}
