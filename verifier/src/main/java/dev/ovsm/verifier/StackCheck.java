package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Examination.Use;
import dev.ovsm.verifier.analysis.Saturated;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import java.util.List;

/** Calls nest no deeper than the machine has frames, and the heap has what they take of it. */
final class StackCheck implements Check {
  /** So many calls of a way that is too deep are shown. */
  private static final int SHOWN = 8;

  private final boolean estimated;

  /**
   * A check of frames.
   *
   * @param estimated whether there is no machine code yet, so that calls may still be inlined
   */
  StackCheck(boolean estimated) {
    this.estimated = estimated;
  }

  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    boolean endless =
        !examination.recursion(root).isEmpty() || examination.unknownCall(root).isPresent();
    if (endless) {
      // Why calls have no bound is told where termination is.
      return List.of(
          new Finding(root.name(), Property.STACK, Verdict.UNKNOWN, "no bound on frames", null));
    }
    Use use = examination.use(root);
    String figure = figure(use);
    if (use.frames() <= MemoryMap.MAX_CALL_DEPTH) {
      return List.of(heap(root, use, figure, policy));
    }
    Diagnostic why = tooDeep(root, use);
    return List.of(
        estimated
            ? Finding.unknown(root.name(), Property.STACK, figure, why)
            : Finding.unsafe(root.name(), Property.STACK, figure, why));
  }

  /** Calls are no deeper than they may; what is taken of the heap beyond its end is refused. */
  private static Finding heap(Root root, Use use, String figure, Policy policy) {
    if (use.heapBytes() <= MemoryMap.DEFAULT_HEAP_BYTES) {
      return Finding.safe(root.name(), Property.STACK, figure);
    }
    String most = Check.number(MemoryMap.DEFAULT_HEAP_BYTES);
    if (!policy.strict()) {
      return Finding.guarded(root.name(), Property.STACK, figure + " where there are " + most);
    }
    Diagnostic why =
        Places.at(
                root.place(),
                root.name(),
                VerifierCode.UNPROVED,
                root.name() + " may take more of the heap than the " + most + " bytes there are")
            .withSeverity(Severity.WARNING)
            .withNote("the machine ends an execution that does");
    return Finding.unknown(root.name(), Property.STACK, figure, why);
  }

  private static String figure(Use use) {
    String figure = Check.number(use.frames()) + " of " + MemoryMap.MAX_CALL_DEPTH + " frames";
    if (use.frameBytes() > 0) {
      figure += ", " + Check.number(use.frameBytes()) + " of 4,096 bytes in one";
    }
    if (use.heapBytes() == Saturated.UNBOUNDED) {
      return figure + ", heap without a bound";
    }
    return use.heapBytes() == 0
        ? figure
        : figure + ", " + Check.number(use.heapBytes()) + " bytes of heap";
  }

  private Diagnostic tooDeep(Root root, Use use) {
    Place last = use.calls().get(use.calls().size() - 1);
    Diagnostic why =
        Places.at(
            last,
            root.name(),
            estimated ? VerifierCode.UNPROVED : VerifierCode.DEEP_CALLS,
            "calls may nest "
                + Check.number(use.frames())
                + " deep, the machine has "
                + MemoryMap.MAX_CALL_DEPTH
                + " frames");
    for (Place call : use.calls().subList(0, SHOWN)) {
      why = Places.with(why, call, "calls from here");
    }
    return why.withHelp("call less deeply: write helpers that return before the next is called");
  }
}
