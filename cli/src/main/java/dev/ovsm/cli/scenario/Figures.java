package dev.ovsm.cli.scenario;

import dev.ovsm.cli.scenario.Expression.Applied;
import dev.ovsm.cli.scenario.Expression.Figure;
import dev.ovsm.cli.scenario.Expression.Reading;
import dev.ovsm.cli.scenario.Expression.Start;
import dev.ovsm.cli.scenario.Expression.Unknown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What conditions find when they look at a run. */
final class Figures implements Expression.World {
  private final Stage stage;
  private final IdentityHashMap<Expression, BigDecimal> starts = new IdentityHashMap<>();

  Figures(Stage stage) {
    this.stage = stage;
  }

  /** Why a condition does not hold now, in numbers; null if it does. */
  @Nullable String problem(Expression condition) {
    try {
      return condition.value(this).signum() != 0 ? null : numbers(condition);
    } catch (Unknown unknown) {
      return unknown.getMessage();
    }
  }

  @Override
  public BigDecimal read(Target target) throws Unknown {
    return stage
        .read(target)
        .orElseThrow(
            () -> new Unknown(target.role().name() + " is too short to have " + target.words()));
  }

  @Override
  public BigDecimal read(Figure figure) {
    return BigDecimal.valueOf(
        switch (figure) {
          case SLOT -> stage.simulation().slot();
          case TIME -> stage.simulation().clock().unixTime();
          case EXECUTIONS -> stage.simulation().executions();
          case FAILURES -> stage.simulation().failures();
        });
  }

  @Override
  public BigDecimal start(Expression expression) throws Unknown {
    BigDecimal start = starts.get(expression);
    if (start == null) {
      start = expression.value(this);
      starts.put(expression, start);
    }
    return start;
  }

  /** The value at the start of the run of each part of a condition that asks for one, in order. */
  void starts(Expression expression, List<@Nullable BigDecimal> into) {
    if (expression instanceof Start start) {
      into.add(starts.get(start.of()));
      starts(start.of(), into);
    } else if (expression instanceof Applied applied) {
      applied.operands().forEach(operand -> starts(operand, into));
    }
  }

  /** Takes over, in the same order, what {@link #starts} found in an earlier process. */
  void restore(Expression expression, Iterator<@Nullable BigDecimal> from) {
    if (expression instanceof Start start && from.hasNext()) {
      BigDecimal value = from.next();
      if (value != null) {
        starts.put(start.of(), value);
      }
      restore(start.of(), from);
    } else if (expression instanceof Applied applied) {
      applied.operands().forEach(operand -> restore(operand, from));
    }
  }

  /** Keeps the values that a condition asks for of the start of the run, which is now. */
  void remember(Expression expression) {
    if (expression instanceof Start start) {
      try {
        start(start.of());
      } catch (Unknown later) {
        // said when the condition is looked at
        return;
      }
    } else if (expression instanceof Applied applied) {
      for (Expression operand : applied.operands()) {
        remember(operand);
      }
    }
  }

  private String numbers(Expression condition) throws Unknown {
    Set<Target> targets = new LinkedHashSet<>();
    collect(condition, targets);
    List<String> words = new ArrayList<>();
    for (Target target : targets) {
      words.add(target.words() + " is " + read(target).stripTrailingZeros().toPlainString());
    }
    return words.isEmpty() ? "it is about the run alone" : String.join(", ", words);
  }

  private static void collect(Expression expression, Set<Target> targets) {
    if (expression instanceof Reading reading) {
      targets.add(reading.target());
    } else if (expression instanceof Start start) {
      collect(start.of(), targets);
    } else if (expression instanceof Applied applied) {
      applied.operands().forEach(operand -> collect(operand, targets));
    }
  }
}
