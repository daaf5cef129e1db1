package dev.ovsm.frontend.lint;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LintCode;
import dev.ovsm.diag.Span;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Consumer;

/** What runs in every slot. */
final class HotTimer implements Rule {
  /** An interval of ten seconds. */
  private static final String SLOTS = "25";

  @Override
  public void check(Subject subject, Consumer<Diagnostic> out) {
    for (Execution execution : subject.executions()) {
      if (execution.trigger() == Trigger.TIMER) {
        for (Call call : subject.reached(execution)) {
          if (call.name().equals("sol-timer-start")) {
            interval(subject, call, "slots")
                .ifPresent(
                    span ->
                        out.accept(warning(span, "the timer starts itself again", rarer(span))));
          }
        }
      } else if (execution.trigger() == Trigger.CLOCK) {
        Call registration = execution.registration().orElseThrow();
        interval(subject, registration, "period-slots")
            .ifPresent(span -> out.accept(warning(span, "the callback runs", rarer(span))));
        boolean slots =
            registration
                .argument("event-type")
                .flatMap(MapPlace::word)
                .filter("SLOT_INTERVAL"::equals)
                .isPresent();
        if (slots && registration.argument("interval").isEmpty()) {
          Fix fix = registration.adding(":interval " + SLOTS, "run every 25 slots");
          out.accept(
              warning(registration.apply().span(), "without :interval the callback runs", fix));
        } else if (slots) {
          interval(subject, registration, "interval")
              .ifPresent(span -> out.accept(warning(span, "the callback runs", rarer(span))));
        }
      }
    }
  }

  /** Where an interval of at most one slot is written. */
  private static Optional<Span> interval(Subject subject, Call call, String parameter) {
    return call.argument(parameter)
        .filter(
            ast -> subject.number(ast).filter(n -> n.compareTo(BigInteger.ONE) <= 0).isPresent())
        .map(ast -> ast.span());
  }

  private static Fix rarer(Span interval) {
    return new Fix("run every 25 slots", interval, SLOTS);
  }

  private static Diagnostic warning(Span span, String subject, Fix fix) {
    return Diagnostic.at(span, LintCode.HOT_TIMER, subject + " in every slot")
        .withNote("a slot lasts 400 milliseconds")
        .withHelp("take a longer interval, or watch the account whose change matters")
        .withFix(fix);
  }
}
