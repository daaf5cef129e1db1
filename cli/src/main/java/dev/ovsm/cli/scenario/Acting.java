package dev.ovsm.cli.scenario;

import dev.ovsm.diag.Span;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Does what a scenario's steps say, and remarks on what does not go as they want it. */
final class Acting {
  private final Remarks remarks;

  Acting(Remarks remarks) {
    this.remarks = remarks;
  }

  /**
   * Does a step.
   *
   * @param due when it was due, in slots after the start
   * @param last the slot in which the scenario acted last
   * @param now the current slot
   */
  void perform(Stage set, Step step, long due, long last, long now) {
    Action action = step.action();
    Simulation simulation = set.simulation();
    if (action instanceof Action.Put put) {
      put.assignments().forEach(one -> assign(set, one));
    } else if (action instanceof Action.Replay replay) {
      List<Action.Assignment> rows =
          step.timing().every() == 1 ? replay.table().between(last, now) : replay.table().at(due);
      rows.forEach(one -> assign(set, one));
    } else if (action instanceof Action.Ramp ramp) {
      ramp.courses().forEach(course -> assign(set, course, step.timing(), due));
    } else if (action instanceof Action.Freeze freeze) {
      freeze.roles().forEach(role -> set.freeze(role, freeze.on()));
    } else if (action instanceof Action.Skip skip) {
      simulation.skip(skip.slots());
    } else if (action instanceof Action.Send send) {
      expect(send.span(), send.wanted(), simulation.send(send.instruction()));
    } else if (action instanceof Action.Fail fail) {
      simulation.fail(fail.program(), fail.callbacks(), fail.fault());
    } else if (action instanceof Action.Absence absence) {
      absence.roles().forEach(role -> set.remove(role, absence.begins()));
    } else if (action instanceof Action.Deploy deploy) {
      deploy(simulation, deploy);
    } else if (action instanceof Action.Upgrade upgrade) {
      TransactionOutcome outcome = simulation.upgrade(upgrade.program().id(), upgrade.elf());
      expect(upgrade.span(), Action.Wanted.success(List.of()), outcome);
    } else if (action instanceof Action.Close close) {
      expect(close.span(), Action.Wanted.success(List.of()), simulation.close(close.program()));
    } else if (action instanceof Action.Grant grant) {
      give(simulation, grant);
    } else if (action instanceof Action.Again again) {
      again(simulation, again);
    }
  }

  private void deploy(Simulation simulation, Action.Deploy deploy) {
    Optional<String> refusal = simulation.deploy(deploy.program().id(), deploy.program().elf());
    if (refusal.isPresent()) {
      remarks.say(
          deploy.span(), "it is not deployed: " + refusal.get(), "compile the program again");
    } else if (deploy.start() != null) {
      Action.Wanted wanted = Action.Wanted.success(deploy.program().errors());
      expect(deploy.span(), wanted, simulation.send(deploy.start()));
    }
  }

  private void give(Simulation simulation, Action.Grant grant) {
    Optional<String> refusal =
        switch (grant.purse()) {
          case ESCROW -> simulation.fund(grant.program(), grant.lamports());
          case STAKE -> simulation.stake(grant.program(), grant.lamports());
          case UNSTAKE -> simulation.unstake(grant.program(), grant.lamports());
        };
    expect(grant.span(), grant.wanted(), refusal);
  }

  private void again(Simulation simulation, Action.Again again) {
    Long seq = again.seq();
    if (seq == null) {
      simulation.prospects().deadLetters().forEach(simulation::replayDeadLetter);
    } else if (!simulation.replayDeadLetter(seq)) {
      remarks.say(
          again.span(), "trigger " + seq + " was not given up", "ovsm run -v shows which were");
    }
  }

  private void assign(Stage set, Action.Course course, Timing timing, long due) {
    BigDecimal way = course.last().subtract(course.first());
    BigDecimal passed = BigDecimal.valueOf(due - timing.from());
    BigDecimal whole = BigDecimal.valueOf(timing.to() - timing.from());
    BigDecimal number =
        course.first().add(way.multiply(passed).divide(whole, 18, RoundingMode.HALF_EVEN));
    assign(set, new Action.Assignment(course.span(), course.target(), new Value.Amount(number)));
  }

  private void assign(Stage set, Action.Assignment assignment) {
    String problem = set.set(assignment.target(), assignment.value());
    if (problem != null) {
      remarks.say(
          assignment.span(),
          assignment.target().words() + " cannot be set: " + problem,
          "look at the account's layout and size");
    }
  }

  private void expect(Span span, Action.Wanted wanted, TransactionOutcome outcome) {
    expect(span, wanted, Optional.ofNullable(outcome.error()).map(Simulation::words));
  }

  private void expect(Span span, Action.Wanted wanted, Optional<String> error) {
    String words = error.orElse("");
    String expected = wanted.error();
    if (expected == null && error.isPresent()) {
      remarks.transaction(span, "the transaction failed: " + wanted.explain(words), wanted.help());
    } else if (expected != null && error.isEmpty()) {
      remarks.transaction(
          span, "the transaction succeeded, but should fail", "it was to say " + expected);
    } else if (expected != null && !wanted.isMetBy(words)) {
      remarks.transaction(
          span, "the transaction failed in another way: " + wanted.explain(words), wanted.help());
    }
  }
}
