package dev.ovsm.cli.scenario;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** A condition on a run, or a number in one; numbers are exact, but for division. */
sealed interface Expression {
  /** Whether it is true or false, not a number. */
  boolean isTruth();

  /** What is asked of the run by {@link #value}. */
  interface World {
    BigDecimal read(Target target) throws Unknown;

    BigDecimal read(Figure figure);

    /** What the expression was at the start of the run. */
    BigDecimal start(Expression expression) throws Unknown;
  }

  /** Figures of the run itself. */
  enum Figure {
    SLOT,
    TIME,
    EXECUTIONS,
    FAILURES
  }

  /** What is asked for cannot be said. */
  final class Unknown extends Exception {
    private static final long serialVersionUID = 1;

    Unknown(String why) {
      super(why);
    }
  }

  /** The value, in which true is 1 and false is 0. */
  BigDecimal value(World world) throws Unknown;

  /** A number that is written there. */
  record Constant(BigDecimal number) implements Expression {
    @Override
    public boolean isTruth() {
      return false;
    }

    @Override
    public BigDecimal value(World world) {
      return number;
    }
  }

  /** A part of an account. */
  record Reading(Target target) implements Expression {
    @Override
    public boolean isTruth() {
      return false;
    }

    @Override
    public BigDecimal value(World world) throws Unknown {
      return world.read(target);
    }
  }

  /** A figure of the run. */
  record Count(Figure figure) implements Expression {
    @Override
    public boolean isTruth() {
      return false;
    }

    @Override
    public BigDecimal value(World world) {
      return world.read(figure);
    }
  }

  /** What an expression was at the start. */
  record Start(Expression of) implements Expression {
    @Override
    public boolean isTruth() {
      return of.isTruth();
    }

    @Override
    public BigDecimal value(World world) throws Unknown {
      return world.start(of);
    }
  }

  /** An operator or function and what it is applied to. */
  record Applied(Operator operator, List<Expression> operands) implements Expression {
    @Override
    public boolean isTruth() {
      return operator.isTruth();
    }

    @Override
    public BigDecimal value(World world) throws Unknown {
      BigDecimal a = operands.get(0).value(world);
      boolean isDecided =
          (operator == Operator.AND && a.signum() == 0)
              || (operator == Operator.OR && a.signum() != 0);
      BigDecimal b =
          operands.size() < 2 || isDecided ? BigDecimal.ZERO : operands.get(1).value(world);
      if (operator == Operator.DIVIDE && b.signum() == 0) {
        throw new Unknown("it divides by zero");
      }
      return operator.apply(a, b);
    }
  }

  /** Operators and functions; those that compare and connect yield 1 or 0. */
  enum Operator {
    OR,
    AND,
    NOT,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    EQUAL,
    UNEQUAL,
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    NEGATE,
    ABSOLUTE;

    boolean isTruth() {
      return compareTo(ADD) < 0;
    }

    /** Whether it connects what is true or false, rather than numbers. */
    boolean takesTruths() {
      return compareTo(LESS) < 0;
    }

    BigDecimal apply(BigDecimal a, BigDecimal b) {
      return switch (this) {
        case OR -> truth(a.signum() != 0 || b.signum() != 0);
        case AND -> truth(a.signum() != 0 && b.signum() != 0);
        case NOT -> truth(a.signum() == 0);
        case LESS -> truth(a.compareTo(b) < 0);
        case LESS_OR_EQUAL -> truth(a.compareTo(b) <= 0);
        case GREATER -> truth(a.compareTo(b) > 0);
        case GREATER_OR_EQUAL -> truth(a.compareTo(b) >= 0);
        case EQUAL -> truth(a.compareTo(b) == 0);
        case UNEQUAL -> truth(a.compareTo(b) != 0);
        case ADD -> a.add(b);
        case SUBTRACT -> a.subtract(b);
        case MULTIPLY -> a.multiply(b);
        case DIVIDE -> a.divide(b, MathContext.DECIMAL128);
        case NEGATE -> a.negate();
        case ABSOLUTE -> a.abs();
      };
    }

    private static BigDecimal truth(boolean holds) {
      return holds ? BigDecimal.ONE : BigDecimal.ZERO;
    }
  }
}
