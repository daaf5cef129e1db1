package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Request;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked to be watched, subscribed to or scheduled is exact, so that it can ever trigger.
 */
final class RegistrationCheck implements Check {
  private static final long LARGEST_ACCOUNT = 10L << 20;
  private static final long FARTHEST_SLOT = 1_000_000;
  private static final long LARGEST_PATTERN = 10_240;
  private static final long SMALLEST_RING = 64;
  private static final long LARGEST_RING = 1 << 20;
  private static final int RESERVED = 2;
  private static final int OFFSET = 3;
  private static final int MASK = 4;
  private static final int RESERVED_TOO = 6;

  private static final Word FLAG = Word.unsigned(0, 1);
  private static final Word NAME = Word.unsigned(1, 255);

  /** How many bytes describe an event of each type, names and filters apart. */
  private static final List<Integer> TRIGGER_BYTES = List.of(16, 8, 8, 64, 48, 72, 35, 34);

  private static final int DATA_CHANGE = 3;
  private static final int BALANCE_CHANGE = 4;
  private static final int OWNER_CHANGE = 5;
  private static final int PROGRAM_EVENT = 6;
  private static final int CPI_RETURN = 7;

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
      case SOL_WATCH_ACCOUNT -> criteria(request.contents());
      case SOL_WATCHER_CREATE -> List.of(demand(request, "the trigger type", 1, 0, 3));
      case SOL_WATCHER_CREATE_THRESHOLD ->
          List.of(
              demand(request, "the trigger type", 1, 4, 5),
              demand(request, "the offset", 2, 0, LARGEST_ACCOUNT - Long.BYTES));
      case SOL_WATCHER_CREATE_PATTERN -> {
        Demand length = demand(request, "the length", 3, 1, LARGEST_PATTERN);
        long most = Math.min(length.value.umax(), LARGEST_PATTERN);
        long last = LARGEST_ACCOUNT - Math.max(1, most);
        yield List.of(demand(request, "the offset", 1, 0, last), length);
      }
      case SOL_SUBSCRIBE_EVENT -> trigger(request);
      case SOL_RING_BUFFER_CREATE -> List.of(ringSize(request));
      case SOL_TIMER_START -> certain(demand(request, "the time", 1, 1, FARTHEST_SLOT));
      case SOL_TIMER_CREATE_PERIODIC -> {
        List<Demand> all =
            new ArrayList<>(certain(demand(request, "the period", 1, 1, FARTHEST_SLOT)));
        all.addAll(target(request, "the first slot", 0));
        yield all;
      }
      case SOL_TIMER_CREATE, SOL_SCHEDULE_EXECUTION -> target(request, "the slot", 0);
      case SOL_TIMER_CREATE_DEADLINE -> target(request, "the deadline", 1);
      default -> List.of();
    };
  }

  /** What describes an event: its length, and what it says besides addresses and slots. */
  private static List<Demand> trigger(Request request) {
    Demand type = demand(request, "the event type", 0, 0, TRIGGER_BYTES.size() - 1L);
    if (!type.value.isConstant() || !type.allowed.includes(type.value)) {
      Word one = Word.constant(type.value.meet(type.allowed).umin());
      boolean never = type.allowed.meet(type.value).isEmpty();
      return List.of(never ? type : new Demand(type.name, type.value, one));
    }
    int number = (int) type.value.umin();
    List<Demand> all = new ArrayList<>();
    List<Word> said = request.contents();
    long bytes = TRIGGER_BYTES.get(number);
    switch (number) {
      case DATA_CHANGE -> all.addAll(criteria(said));
      case BALANCE_CHANGE -> all.add(new Demand("the direction", said.get(1), FLAG));
      case OWNER_CHANGE -> all.add(new Demand("whether any owner counts", said.get(0), FLAG));
      case PROGRAM_EVENT -> {
        all.add(new Demand("the length of the name", said.get(0), NAME));
        bytes += said.get(0).umin();
        filter(request, said.get(1), bytes).ifPresent(all::add);
        bytes += said.get(1).umin();
      }
      case CPI_RETURN -> {
        filter(request, said.get(0), bytes).ifPresent(all::add);
        bytes += said.get(0).umin();
      }
      default -> {}
    }
    boolean known = number < PROGRAM_EVENT || said.stream().allMatch(Word::isConstant);
    all.add(demand(request, "the length of the trigger", 2, bytes, known ? bytes : -1));
    return all;
  }

  /** That a filter whose length is not known takes what is left of the trigger. */
  private static Optional<Demand> filter(Request request, Word length, long before) {
    long left = request.arguments().get(2).umax() - before;
    return length.isConstant() || left < 0
        ? Optional.empty()
        : Optional.of(new Demand("the length of the filter", length, Word.constant(left)));
  }

  /** The size of a ring, of which 0 stands for the usual one. */
  private static Demand ringSize(Request request) {
    Demand size = demand(request, "the size", 0, SMALLEST_RING, LARGEST_RING);
    return size.value.equals(Word.constant(0)) ? demand(request, "the size", 0, 0, 0) : size;
  }

  /** What the runtime tells by a code that programs are meant to look at: only what never holds. */
  private static List<Demand> certain(Demand demand) {
    boolean never = demand.allowed.meet(demand.value).isEmpty();
    return never ? List.of(demand) : List.of();
  }

  /** A slot in which something is to happen: by itself, and from the current one on. */
  private static List<Demand> target(Request request, String name, int argument) {
    Word ahead = request.fromNow().getOrDefault(argument, Word.constant(1));
    Word allowed = Word.signed(1, FARTHEST_SLOT);
    List<Demand> all = new ArrayList<>(certain(demand(request, name, argument, 1, -1)));
    all.addAll(certain(new Demand(name + ", counted from the current one,", ahead, allowed)));
    return all;
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
