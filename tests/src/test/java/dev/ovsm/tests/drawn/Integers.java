package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;

/** Draws whole numbers: literals, arithmetic in each of its modes, bits, conversions. */
final class Integers {
  private static final int OVERFLOW = 5000;
  private static final int DIVISION = 5001;
  private static final int NARROWING = 5002;

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Integers(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  Kind.Int kind() {
    int choice = draws.below(24);
    return choice < 10 ? Kind.Int.U64 : Kind.Int.ALL.get(choice % 10);
  }

  /** Small as a rule, so that few programs end in an overflow. */
  Term literal(Kind.Int kind) {
    BigInteger value =
        switch (draws.below(12)) {
          case 0, 1, 2, 3, 4, 5, 6 -> BigInteger.valueOf(draws.below(12));
          case 7 -> BigInteger.valueOf(draws.below(128));
          case 8 -> kind.signed() ? BigInteger.valueOf(-draws.below(20)) : word(kind);
          case 9 -> draws.below(2) == 0 ? kind.most() : kind.least();
          case 10 -> BigInteger.ONE.shiftLeft(draws.below(kind.bits() - 1));
          default -> kind.wrapped(new BigInteger(Long.toString(draws.bits(62))));
        };
    boolean plain = value.signum() < 0 || !draws.chance(10);
    Construct construct =
        kind.wide() ? Construct.WIDE : plain ? Construct.LITERAL : Construct.NUMERAL;
    String digits = plain ? value.toString() : numeral(value);
    Term term = draft.term(construct, kind, digits + kind.text(), machine -> value);
    return new Term(kind, term.text(), true, term.meaning());
  }

  /** Other ways to write a number. */
  private String numeral(BigInteger value) {
    return switch (draws.below(3)) {
      case 0 -> "0x" + value.toString(16);
      case 1 -> "0b" + value.toString(2);
      default -> String.format(Locale.ROOT, "%,d", value).replace(',', '_');
    };
  }

  /** A number that fills a word, as far as the type goes. */
  private BigInteger word(Kind.Int kind) {
    return Kind.Int.U64.most().min(kind.most()).subtract(BigInteger.valueOf(draws.below(3)));
  }

  Term of(Kind.Int kind, int depth) {
    return switch (draws.below(24)) {
      case 0, 1, 2 -> checked(kind, depth);
      case 3, 4 -> wrapping(kind, depth);
      case 5 -> saturating(kind, depth);
      case 6 -> bits(kind, depth);
      case 7 -> shift(kind, depth);
      case 8 -> division(kind, depth);
      case 9 -> extremes(kind, depth);
      case 10 -> kind.signed() ? negation(kind, depth) : lengths(kind, depth);
      case 11 ->
          draws.below(2) == 0 ? fractionCut(kind, depth) : expressions.fractions().cut(kind, depth);
      case 12 -> expressions.macros().use(kind, depth);
      case 13 -> expressions.records().read(kind);
      case 15, 16 -> expressions.modes().of(kind, depth);
      case 17 ->
          kind.equals(Kind.Int.U64) ? expressions.hashes().word(depth) : fractionCut(kind, depth);
      case 18, 19 -> expressions.elements().number(kind, depth);
      case 20 -> expressions.recursions().of(kind, depth);
      case 21 -> kind.equals(Kind.Int.U8) ? expressions.texts().byteOf() : conversion(kind, depth);
      case 14 ->
          kind.equals(Kind.Int.U64)
              ? expressions.statements().accounts().read()
              : conversion(kind, depth);
      default -> conversion(kind, depth);
    };
  }

  /** Two operands, one of which may be a literal without its type. */
  private List<Term> pair(Kind kind, int depth) {
    Term left = expressions.of(kind, depth);
    Term right = expressions.of(kind, depth);
    boolean bare = right.plain() && !left.plain() && draws.below(2) == 1;
    return List.of(left, bare ? right.withText(Expressions.bare(right)) : right);
  }

  private Term operation(
      Construct construct,
      Kind kind,
      String name,
      List<Term> operands,
      BinaryOperator<BigInteger> op) {
    Term left = operands.get(0);
    Term right = operands.get(1);
    boolean wide = kind instanceof Kind.Int integer && integer.wide();
    return draft.term(
        wide ? Construct.WIDE : construct,
        kind,
        "(" + name + " " + left.text() + " " + right.text() + ")",
        machine -> {
          BigInteger first = left.integer(machine);
          return op.apply(first, right.integer(machine));
        });
  }

  /** A number, or the error of one that does not fit. */
  static BigInteger fitting(Kind.Int kind, BigInteger value, int error) {
    if (!kind.holds(value)) {
      throw new Signal.Failure(error);
    }
    return value;
  }

  private Term checked(Kind.Int kind, int depth) {
    List<Term> operands = pair(kind, depth);
    return switch (draws.below(3)) {
      case 0 ->
          operation(
              Construct.ARITHMETIC,
              kind,
              "+",
              operands,
              (a, b) -> fitting(kind, a.add(b), OVERFLOW));
      case 1 ->
          operation(
              Construct.ARITHMETIC,
              kind,
              "-",
              operands,
              (a, b) -> fitting(kind, a.subtract(b), OVERFLOW));
      default ->
          operation(
              Construct.ARITHMETIC,
              kind,
              "*",
              operands,
              (a, b) -> fitting(kind, a.multiply(b), OVERFLOW));
    };
  }

  private Term wrapping(Kind.Int kind, int depth) {
    List<Term> operands = pair(kind, depth);
    return switch (draws.below(3)) {
      case 0 ->
          operation(
              Construct.WRAPPING, kind, "wrapping-add", operands, (a, b) -> kind.wrapped(a.add(b)));
      case 1 ->
          operation(
              Construct.WRAPPING,
              kind,
              "wrapping-sub",
              operands,
              (a, b) -> kind.wrapped(a.subtract(b)));
      default ->
          operation(
              Construct.WRAPPING,
              kind,
              "wrapping-mul",
              operands,
              (a, b) -> kind.wrapped(a.multiply(b)));
    };
  }

  private Term saturating(Kind.Int kind, int depth) {
    List<Term> operands = pair(kind, depth);
    return switch (draws.below(3)) {
      case 0 ->
          operation(
              Construct.SATURATING,
              kind,
              "saturating-add",
              operands,
              (a, b) -> kind.nearest(a.add(b)));
      case 1 ->
          operation(
              Construct.SATURATING,
              kind,
              "saturating-sub",
              operands,
              (a, b) -> kind.nearest(a.subtract(b)));
      default ->
          operation(
              Construct.SATURATING,
              kind,
              "saturating-mul",
              operands,
              (a, b) -> kind.nearest(a.multiply(b)));
    };
  }

  private Term bits(Kind.Int kind, int depth) {
    int choice = draws.below(4);
    if (choice == 3) {
      Term value = expressions.of(kind, depth);
      return draft.term(
          Construct.BITS,
          kind,
          "(bit-not " + value.text() + ")",
          machine -> kind.wrapped(value.integer(machine).not()));
    }
    List<Term> operands = pair(kind, depth);
    return switch (choice) {
      case 0 -> operation(Construct.BITS, kind, "bit-and", operands, BigInteger::and);
      case 1 -> operation(Construct.BITS, kind, "bit-or", operands, BigInteger::or);
      default -> operation(Construct.BITS, kind, "bit-xor", operands, BigInteger::xor);
    };
  }

  private Term shift(Kind.Int kind, int depth) {
    Term value = expressions.of(kind, depth);
    boolean left = draws.below(2) == 0;
    Term by =
        draws.below(3) == 2
            ? expressions.of(kind, depth)
            : Expressions.number(draws.below(kind.bits()));
    BigInteger width = BigInteger.valueOf(kind.bits());
    return draft.term(
        Construct.SHIFT,
        kind,
        "(" + (left ? "<<" : ">>") + " " + value.text() + " " + by.text() + ")",
        machine -> {
          BigInteger number = value.integer(machine);
          int amount = by.integer(machine).mod(width).intValue();
          return kind.wrapped(left ? number.shiftLeft(amount) : number.shiftRight(amount));
        });
  }

  /** By a literal other than zero as a rule. */
  private Term division(Kind.Int kind, int depth) {
    Term left = expressions.of(kind, depth);
    Term right = draws.below(5) == 4 ? expressions.of(kind, depth) : literal(kind);
    boolean quotient = draws.below(2) == 0;
    return operation(
        Construct.ARITHMETIC,
        kind,
        quotient ? "/" : "%",
        List.of(left, right),
        (a, b) -> {
          if (b.signum() == 0) {
            throw new Signal.Failure(DIVISION);
          }
          BigInteger whole = fitting(kind, a.divide(b), OVERFLOW);
          return quotient ? whole : a.remainder(b);
        });
  }

  private Term extremes(Kind.Int kind, int depth) {
    List<Term> operands = pair(kind, depth);
    return draws.below(2) == 0
        ? operation(Construct.EXTREMES, kind, "min", operands, BigInteger::min)
        : operation(Construct.EXTREMES, kind, "max", operands, BigInteger::max);
  }

  private Term negation(Kind.Int kind, int depth) {
    Term value = expressions.of(kind, depth);
    boolean plain = draws.below(2) == 0;
    return draft.term(
        Construct.NEGATION,
        kind,
        "(" + (plain ? "-" : "abs") + " " + value.text() + ")",
        machine -> {
          BigInteger number = value.integer(machine);
          return fitting(kind, plain ? number.negate() : number.abs(), OVERFLOW);
        });
  }

  private Term lengths(Kind.Int kind, int depth) {
    if (!kind.equals(Kind.Int.U64)) {
      return conversion(kind, depth);
    }
    Term text = expressions.of(Kind.Plain.STRING, depth);
    return draft.term(
        Construct.TEXT,
        kind,
        "(length " + text.text() + ")",
        machine ->
            BigInteger.valueOf(
                ((String) text.in(machine)).getBytes(StandardCharsets.UTF_8).length));
  }

  private Term conversion(Kind.Int kind, int depth) {
    if (draws.below(6) == 5) {
      Term truth = expressions.of(Kind.Plain.BOOL, depth);
      String text = "(" + kind.text() + " " + truth.text() + ")";
      return draft.term(
          Construct.CONVERSION,
          kind,
          text,
          machine -> truth.truth(machine) ? BigInteger.ONE : BigInteger.ZERO);
    }
    Kind.Int from = kind();
    Term value = expressions.of(from, depth);
    int how = draws.below(3);
    String prefix = how == 0 ? "wrapping-" : how == 1 ? "saturating-" : "";
    return draft.term(
        from.wide() || kind.wide() ? Construct.WIDE : Construct.CONVERSION,
        kind,
        "(" + prefix + kind.text() + " " + value.text() + ")",
        machine -> {
          BigInteger number = value.integer(machine);
          return switch (how) {
            case 0 -> kind.wrapped(number);
            case 1 -> kind.nearest(number);
            default -> fitting(kind, number, NARROWING);
          };
        });
  }

  /** A number with a fraction, cut off and brought into the type. */
  private Term fractionCut(Kind.Int kind, int depth) {
    Term value = expressions.of(Kind.Plain.F64, depth);
    return draft.term(
        Construct.FLOAT,
        kind,
        "(saturating-" + kind.text() + " " + value.text() + ")",
        machine -> kind.nearest(whole((Double) value.in(machine))));
  }

  /** Cut towards zero; what is no number is 0, what is infinite beyond all types. */
  private static BigInteger whole(double value) {
    if (Double.isNaN(value)) {
      return BigInteger.ZERO;
    }
    if (Double.isInfinite(value)) {
      BigInteger beyond = BigInteger.ONE.shiftLeft(200);
      return value > 0 ? beyond : beyond.negate();
    }
    return new java.math.BigDecimal(value).toBigInteger();
  }
}
