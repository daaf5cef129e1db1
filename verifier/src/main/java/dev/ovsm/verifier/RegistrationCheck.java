package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Request;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked to be watched, subscribed to or scheduled is exact, so that it can ever trigger.
 */
final class RegistrationCheck implements Check {
  private static final long LARGEST_ACCOUNT = 10L << 20;
  private static final long FARTHEST_SLOT = 1_000_000;
  private static final int RESERVED = 2;
  private static final int OFFSET = 3;
  private static final int MASK = 4;
  private static final int RESERVED_TOO = 6;

  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    List<Request> requests = examination.requests(root);
    List<Finding> findings = new ArrayList<>();
    for (Request request : requests) {
      for (Demand demand : demands(request)) {
        demand.judge(findings, root, request);
      }
    }
    if (findings.isEmpty() && !requests.isEmpty()) {
      String figure = Check.counted(requests.size(), "registration") + " exact";
      long units = examination.scheduled(root);
      if (units > 0) {
        figure += ", " + Check.number(units) + " compute units set aside";
        figure += units > policy.slotBudget() ? " over several slots" : " of a slot's";
      }
      findings.add(Finding.safe(root.name(), Property.REGISTRATIONS, figure));
    }
    return findings;
  }

  /** Something that a call needs of a value. */
  private record Demand(String name, Word value, Word allowed) {
    void judge(List<Finding> findings, Root root, Request request) {
      if (allowed.includes(value)) {
        return;
      }
      boolean never = allowed.meet(value).isEmpty();
      String message =
          never
              ? "the runtime refuses this: " + name + " is " + value
              : "the runtime may refuse this: " + name + " is only known to be " + value;
      Diagnostic why =
          Places.at(
                  request.place(),
                  request.function(),
                  never ? VerifierCode.BAD_REGISTRATION : VerifierCode.UNPROVED,
                  message)
              .withNote(allowed.umax() < 0 ? "anything but 0 is allowed" : "allowed is " + allowed);
      findings.add(
          never
              ? Finding.unsafe(root.name(), Property.REGISTRATIONS, name + " " + value, why)
              : Finding.unknown(root.name(), Property.REGISTRATIONS, name + " " + value, why));
    }
  }

  private static List<Demand> demands(Request request) {
    return switch (request.syscall()) {
      case SOL_WATCH_ACCOUNT -> criteria(request.criteria());
      case SOL_WATCHER_CREATE -> List.of(demand(request, "the trigger type", 1, 0, 3));
      case SOL_WATCHER_CREATE_THRESHOLD ->
          List.of(
              demand(request, "the trigger type", 1, 4, 5),
              demand(request, "the offset", 2, 0, LARGEST_ACCOUNT - Long.BYTES));
      case SOL_WATCHER_CREATE_PATTERN ->
          List.of(
              demand(request, "the offset", 1, 0, LARGEST_ACCOUNT - 1),
              demand(request, "the length", 3, 1, LARGEST_ACCOUNT));
      case SOL_SUBSCRIBE_EVENT -> List.of(demand(request, "the event type", 0, 0, 7));
      case SOL_TIMER_START -> certain(demand(request, "the time", 1, 1, FARTHEST_SLOT));
      case SOL_TIMER_CREATE_PERIODIC -> certain(demand(request, "the period", 1, 1, FARTHEST_SLOT));
      default -> List.of();
    };
  }

  /** What the runtime tells by a code that programs are meant to look at: only what never holds. */
  private static List<Demand> certain(Demand demand) {
    boolean never = demand.allowed.meet(demand.value).isEmpty();
    return never ? List.of(demand) : List.of();
  }

  private static Demand demand(Request request, String name, int argument, long low, long high) {
    List<Word> arguments = request.arguments();
    Word value = argument < arguments.size() ? arguments.get(argument) : Word.any();
    return new Demand(name, value, Word.unsigned(low, high));
  }

  private static List<Demand> criteria(List<Word> criteria) {
    long width = width(criteria.get(MASK));
    return List.of(
        new Demand("the field", criteria.get(0), Word.unsigned(0, 2)),
        new Demand("the operation", criteria.get(1), Word.unsigned(0, 7)),
        new Demand("what is reserved", criteria.get(RESERVED), Word.constant(0)),
        new Demand("the offset", criteria.get(OFFSET), Word.unsigned(0, LARGEST_ACCOUNT - width)),
        new Demand("the mask", criteria.get(MASK), Word.unsigned(1, -1)),
        new Demand("what is reserved", criteria.get(RESERVED_TOO), Word.constant(0)));
  }

  /** How many bytes the operand takes that a mask selects. */
  private static long width(Word mask) {
    return (Long.SIZE - Long.numberOfLeadingZeros(mask.umax()) + 7L) / Byte.SIZE;
  }
}
