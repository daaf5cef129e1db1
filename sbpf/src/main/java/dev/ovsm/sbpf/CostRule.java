package dev.ovsm.sbpf;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a syscall costs in compute units, as a function of its register arguments.
 *
 * <p>Arguments are unsigned; every sum and product saturates at {@link #UNBOUNDED}.
 */
public sealed interface CostRule {
  /** The bound of a cost that has none. */
  long UNBOUNDED = Long.MAX_VALUE;

  /** The cost with register values r1..r5; empty where they alone do not decide it. */
  OptionalLong exactly(long... arguments);

  /** A bound on the cost when r1..r5 are at most these, as unsigned numbers. */
  long atMost(long... largest);

  /** The rule in the notation of reference documents, over the names of the arguments. */
  String formula(List<Argument> arguments);

  /** Always the same. */
  record Fixed(long units) implements CostRule {
    @Override
    public OptionalLong exactly(long... arguments) {
      return OptionalLong.of(units);
    }

    @Override
    public long atMost(long... largest) {
      return units;
    }

    @Override
    public String formula(List<Argument> arguments) {
      return units == UNBOUNDED ? "unbounded" : Long.toString(units);
    }
  }

  /** {@code multiplier × max(⌊r / divisor⌋ − less, 0)} with r the argument, 1..5. */
  record Each(int argument, long divisor, long less, long multiplier) implements CostRule {
    @Override
    public OptionalLong exactly(long... arguments) {
      return OptionalLong.of(atMost(arguments));
    }

    @Override
    public long atMost(long... largest) {
      long quotient = Long.divideUnsigned(largest[argument - 1], divisor);
      long count = quotient < 0 ? UNBOUNDED : Math.max(quotient - less, 0);
      return saturatingProduct(multiplier, count);
    }

    @Override
    public String formula(List<Argument> arguments) {
      String count = arguments.get(argument - 1).name();
      if (divisor != 1) {
        count = "⌊" + count + "/" + divisor + "⌋";
      }
      if (less != 0) {
        count = "(" + count + " − " + less + ")";
      }
      return multiplier == 1 ? count : multiplier + "·" + count;
    }
  }

  /** {@code multiplier × r²}. */
  record Square(int argument, long multiplier) implements CostRule {
    @Override
    public OptionalLong exactly(long... arguments) {
      return OptionalLong.of(atMost(arguments));
    }

    @Override
    public long atMost(long... largest) {
      long r = largest[argument - 1] < 0 ? UNBOUNDED : largest[argument - 1];
      return saturatingProduct(multiplier, saturatingProduct(r, r));
    }

    @Override
    public String formula(List<Argument> arguments) {
      return multiplier + "·" + arguments.get(argument - 1).name() + "²";
    }
  }

  /** Another rule, but never less than {@code units}. */
  record AtLeast(long units, CostRule rule) implements CostRule {
    @Override
    public OptionalLong exactly(long... arguments) {
      OptionalLong exact = rule.exactly(arguments);
      return exact.isPresent() ? OptionalLong.of(Math.max(units, exact.getAsLong())) : exact;
    }

    @Override
    public long atMost(long... largest) {
      return Math.max(units, rule.atMost(largest));
    }

    @Override
    public String formula(List<Argument> arguments) {
      return "max(" + units + ", " + rule.formula(arguments) + ")";
    }
  }

  /** Several rules together. */
  record Sum(List<CostRule> rules) implements CostRule {
    public Sum {
      rules = List.copyOf(rules);
    }

    @Override
    public OptionalLong exactly(long... arguments) {
      long sum = 0;
      for (CostRule rule : rules) {
        OptionalLong exact = rule.exactly(arguments);
        if (exact.isEmpty()) {
          return exact;
        }
        sum = saturatingSum(sum, exact.getAsLong());
      }
      return OptionalLong.of(sum);
    }

    @Override
    public long atMost(long... largest) {
      return rules.stream()
          .mapToLong(rule -> rule.atMost(largest))
          .reduce(0, CostRule::saturatingSum);
    }

    @Override
    public String formula(List<Argument> arguments) {
      return rules.stream().map(rule -> rule.formula(arguments)).collect(Collectors.joining(" + "));
    }
  }

  /** The rule that the value of an argument selects. */
  record Choice(int argument, SortedMap<Long, CostRule> cases, CostRule otherwise)
      implements CostRule {
    @Override
    public OptionalLong exactly(long... arguments) {
      return cases.getOrDefault(arguments[argument - 1], otherwise).exactly(arguments);
    }

    @Override
    public long atMost(long... largest) {
      return cases.values().stream()
          .mapToLong(rule -> rule.atMost(largest))
          .reduce(otherwise.atMost(largest), Math::max);
    }

    @Override
    public String formula(List<Argument> arguments) {
      String name = arguments.get(argument - 1).name();
      return cases.entrySet().stream()
          .map(one -> name + " " + one.getKey() + ": " + one.getValue().formula(arguments))
          .collect(Collectors.joining("; ", "{", "; else " + otherwise.formula(arguments) + "}"));
    }
  }

  /** A cost that depends on more than the registers, told in words, with a bound. */
  record Varying(String words, CostRule most) implements CostRule {
    @Override
    public OptionalLong exactly(long... arguments) {
      return OptionalLong.empty();
    }

    @Override
    public long atMost(long... largest) {
      return most.atMost(largest);
    }

    @Override
    public String formula(List<Argument> arguments) {
      return words;
    }
  }

  /**
   * A cost that depends on the lengths of the byte strings that the first argument lists and the
   * second counts: {@code base + Σ max(least, each + ⌊length / divisor⌋)}.
   */
  record Listed(String words, long base, long each, long least, long divisor) implements CostRule {
    @Override
    public OptionalLong exactly(long... arguments) {
      return OptionalLong.empty();
    }

    @Override
    public long atMost(long... largest) {
      return largest[1] == 0 ? base : UNBOUNDED;
    }

    /** A bound on the cost of byte strings that are at most so long, as unsigned numbers. */
    public long ofLengths(long... longest) {
      long sum = base;
      for (long length : longest) {
        long one = saturatingSum(each, Long.divideUnsigned(length, divisor));
        sum = length < 0 ? UNBOUNDED : saturatingSum(sum, Math.max(least, one));
      }
      return sum;
    }

    @Override
    public String formula(List<Argument> arguments) {
      return words;
    }
  }

  static CostRule fixed(long units) {
    return new Fixed(units);
  }

  /** One unit for every {@code divisor} of an argument. */
  static CostRule per(long divisor, int argument) {
    return new Each(argument, divisor, 0, 1);
  }

  static CostRule each(long multiplier, int argument) {
    return new Each(argument, 1, 0, multiplier);
  }

  /** Units for each after the first. */
  static CostRule eachFurther(long multiplier, int argument) {
    return new Each(argument, 1, 1, multiplier);
  }

  static CostRule atLeast(long units, CostRule rule) {
    return new AtLeast(units, rule);
  }

  static CostRule sum(CostRule... rules) {
    return new Sum(List.of(rules));
  }

  static CostRule base(long units, CostRule rule) {
    return sum(fixed(units), rule);
  }

  /** A choice by an argument; {@code cases} are values, each followed by its rule. */
  static CostRule choice(int argument, CostRule otherwise, Case... cases) {
    SortedMap<Long, CostRule> table = new TreeMap<>();
    for (Case one : cases) {
      table.put(one.value, one.rule);
    }
    return new Choice(argument, table, otherwise);
  }

  /** A choice by operations of the first argument that exist with the bit 128 too. */
  static CostRule bothEndians(Case... operations) {
    SortedMap<Long, CostRule> table = new TreeMap<>();
    for (Case one : operations) {
      table.put(one.value, one.rule);
      table.put(one.value | 0x80, one.rule);
    }
    return new Choice(1, table, fixed(0));
  }

  static Case when(long value, CostRule rule) {
    return new Case(value, rule);
  }

  static Case when(long value, long units) {
    return new Case(value, fixed(units));
  }

  static CostRule varying(String words, CostRule most) {
    return new Varying(words, most);
  }

  static CostRule unbounded(String words) {
    return new Varying(words, fixed(UNBOUNDED));
  }

  static CostRule listed(String words, long base, long each, long least, long divisor) {
    return new Listed(words, base, each, least, divisor);
  }

  /** One row of a {@link Choice}. */
  record Case(long value, CostRule rule) {}

  private static long saturatingSum(long a, long b) {
    return a > UNBOUNDED - b ? UNBOUNDED : a + b;
  }

  private static long saturatingProduct(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? UNBOUNDED : a * b;
  }
}
