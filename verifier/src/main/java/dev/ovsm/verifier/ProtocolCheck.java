package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Examination.Handling;
import dev.ovsm.verifier.analysis.Misstep;
import dev.ovsm.verifier.analysis.Misuse;
import dev.ovsm.verifier.analysis.Resource;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Records, iterators, timers and work queues are handled in the order that the runtime needs. */
final class ProtocolCheck implements Check {
  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    Handling handling = examination.handling(root, policy.complexity());
    if (handling.isCut()) {
      return List.of(tooComplex(root, policy.complexity()));
    }
    List<Finding> findings = new ArrayList<>();
    for (Misstep step : handling.missteps()) {
      String figure = figure(step);
      findings.add(
          step.isCertain()
              ? Finding.unsafe(root.name(), Property.PROTOCOL, figure, why(step))
              : Finding.unknown(root.name(), Property.PROTOCOL, figure, why(step)));
    }
    if (findings.isEmpty() && !handling.counts().isEmpty()) {
      String figure =
          handling.counts().entrySet().stream()
              .map(one -> Check.counted(one.getValue(), one.getKey().word()))
              .collect(Collectors.joining(", "));
      findings.add(Finding.safe(root.name(), Property.PROTOCOL, figure));
    }
    return findings;
  }

  private static Finding tooComplex(Root root, long steps) {
    String most = Check.counted(steps, "step");
    return Finding.unknown(
        root.name(),
        Property.PROTOCOL,
        "more than " + most,
        Places.at(
                root.place(),
                root.name(),
                VerifierCode.UNPROVED,
                "records, iterators, timers and work queues cannot be followed from here in "
                    + most)
            .withHelp("use fewer of them in one entry, or allow more: --complexity-limit N"));
  }

  private static String figure(Misstep step) {
    String resource = step.resource().oneOf();
    return step.misuse()
        .map(
            misuse ->
                switch (misuse) {
                  case LEFT_OPEN -> resource + " left open";
                  case BEGUN_AGAIN -> resource + " begun again";
                  case NULL_USED -> resource + " that may be null";
                  case NOT_BEGUN -> resource + " that has not begun";
                  case USED_AFTER_END -> resource + " used after its end";
                  case NOT_READY -> resource + " without a callback";
                  case WRONG_ADDRESS -> "not the address of " + resource;
                })
        .orElse(resource + " that cannot be followed");
  }

  private static Diagnostic why(Misstep step) {
    if (step.misuse().isEmpty()) {
      return Places.at(
          step.place(),
          step.function(),
          VerifierCode.UNPROVED,
          "which " + step.resource().word() + " this concerns cannot be followed");
    }
    Misuse misuse = step.misuse().get();
    Diagnostic why =
        Places.at(
            step.place(),
            step.function(),
            step.isCertain() ? code(misuse) : VerifierCode.UNPROVED,
            message(misuse, step.resource()) + (step.isCertain() ? "" : ", perhaps"));
    Place before = step.place();
    for (Place place : step.way()) {
      if (!place.equals(before)) {
        why = Places.with(why, place, "on this path");
      }
      before = place;
    }
    return why.withHelp(help(misuse, step.resource()));
  }

  private static VerifierCode code(Misuse misuse) {
    return switch (misuse) {
      case LEFT_OPEN, BEGUN_AGAIN -> VerifierCode.LEFT_OPEN;
      case NULL_USED -> VerifierCode.UNCHECKED_NULL;
      case NOT_BEGUN, USED_AFTER_END, NOT_READY, WRONG_ADDRESS -> VerifierCode.WRONG_ORDER;
    };
  }

  private static String message(Misuse misuse, Resource resource) {
    return "the "
        + resource.word()
        + switch (misuse) {
          case LEFT_OPEN -> " that begins here is open on a path that ends well";
          case BEGUN_AGAIN -> " is begun here again while an earlier one is open";
          case NULL_USED -> " may be null here";
          case NOT_BEGUN -> " has not begun here";
          case USED_AFTER_END -> " is over already";
          case NOT_READY -> " has no callback when it is started";
          case WRONG_ADDRESS -> " is given back by another address than its own";
        };
  }

  private static String help(Misuse misuse, Resource resource) {
    String end =
        resource == Resource.RECORD ? "submit or discard the record" : "destroy the iterator";
    return switch (misuse) {
      case LEFT_OPEN -> end + " on every path";
      case BEGUN_AGAIN -> end + " first";
      case NULL_USED -> "compare it with 0 first";
      case NOT_BEGUN -> "begin it before";
      case USED_AFTER_END -> "use it before its end, and end it once";
      case NOT_READY -> "set a callback before the start";
      case WRONG_ADDRESS -> "give back the address that the reservation gave";
    };
  }
}
