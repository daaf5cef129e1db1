package dev.ovsm.cli.scenario;

import dev.ovsm.cli.scenario.Expression.Applied;
import dev.ovsm.cli.scenario.Expression.Figure;
import dev.ovsm.cli.scenario.Expression.Operator;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads conditions: {@code or, and, not}, comparisons, {@code + - * /}, numbers, figures, parts of
 * accounts, {@code start(…)} and {@code abs(…)}. A minus sign between names has spaces around it.
 */
final class ExpressionReader {
  private static final int LONGEST = 2_000;
  private static final int DEEPEST = 50;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:([0-9][0-9_]*(?:\\.[0-9]+)?)"
              + "|([A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*(?:\\.[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*)?)"
              + "|(<=|>=|==|!=|[-+*/()<>]))");
  private static final Map<String, Operator> COMPARISONS =
      Map.of(
          "<", Operator.LESS,
          "<=", Operator.LESS_OR_EQUAL,
          ">", Operator.GREATER,
          ">=", Operator.GREATER_OR_EQUAL,
          "==", Operator.EQUAL,
          "!=", Operator.UNEQUAL);
  private static final Map<String, Operator> SUMS =
      Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
  private static final Map<String, Operator> PRODUCTS =
      Map.of("*", Operator.MULTIPLY, "/", Operator.DIVIDE);

  private final Node.Text text;
  private final Cast cast;
  private final Diagnostics found;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int depth;

  private record Token(String word, int start, int end) {}

  /** The reader has said why there is no expression. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
  }

  private ExpressionReader(Node.Text text, Cast cast, Diagnostics found) {
    this.text = text;
    this.cast = cast;
    this.found = found;
  }

  /** The condition in a text; empty if it is none, which is said. */
  static Optional<Expression> condition(Node.Text text, Cast cast, Diagnostics found) {
    ExpressionReader reader = new ExpressionReader(text, cast, found);
    try {
      reader.scan();
      Expression expression = reader.or();
      if (reader.at < reader.tokens.size()) {
        throw reader.refuse("this is not expected here", "connect conditions with and, or");
      }
      if (!expression.isTruth()) {
        throw reader.refuse("this is a number, not a condition", "compare it with another number");
      }
      return Optional.of(expression);
    } catch (Refused e) {
      return Optional.empty();
    }
  }

  private void scan() throws Refused {
    String words = text.value();
    if (words.length() > LONGEST) {
      throw refuse("the condition is too long", "write several conditions");
    }
    Matcher matcher = TOKEN.matcher(words);
    int end = 0;
    while (end < words.stripTrailing().length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        tokens.add(new Token("", end, end + 1));
        at = tokens.size() - 1;
        throw refuse("this is no part of a condition", "write, for example, vault.amount < 10");
      }
      String word = matcher.group().trim();
      tokens.add(new Token(word, matcher.end() - word.length(), matcher.end()));
      end = matcher.end();
    }
  }

  private Expression or() throws Refused {
    Expression left = and();
    while (takes("or")) {
      left = truths(Operator.OR, left, and());
    }
    return left;
  }

  private Expression and() throws Refused {
    Expression left = not();
    while (takes("and")) {
      left = truths(Operator.AND, left, not());
    }
    return left;
  }

  private Expression not() throws Refused {
    if (!takes("not")) {
      return comparison();
    }
    enter();
    Expression operand = not();
    depth--;
    return truths(Operator.NOT, operand);
  }

  private Expression comparison() throws Refused {
    Expression left = chain(0);
    Operator operator = COMPARISONS.get(peek());
    if (operator == null) {
      return left;
    }
    at++;
    return numbers(operator, left, chain(0));
  }

  /** Sums at level 0, products at level 1. */
  private Expression chain(int level) throws Refused {
    Map<String, Operator> operators = level == 0 ? SUMS : PRODUCTS;
    Expression left = level == 0 ? chain(1) : unary();
    Operator operator = operators.get(peek());
    while (operator != null) {
      at++;
      left = numbers(operator, left, level == 0 ? chain(1) : unary());
      operator = operators.get(peek());
    }
    return left;
  }

  private Expression unary() throws Refused {
    if (!takes("-")) {
      return primary();
    }
    enter();
    Expression operand = unary();
    depth--;
    return numbers(Operator.NEGATE, operand);
  }

  private Expression primary() throws Refused {
    if (takes("(")) {
      return closed();
    }
    String word = peek();
    Optional<BigDecimal> number = Quantity.of(word);
    if (number.isPresent()) {
      at++;
      return new Expression.Constant(number.get());
    }
    if (word.isEmpty() || !(Character.isLetter(word.charAt(0)) || word.charAt(0) == '_')) {
      throw refuse("a number or the part of an account is missing here", "write ACCOUNT.FIELD");
    }
    at++;
    if (takes("(")) {
      return function(word);
    }
    Optional<Figure> figure =
        Stream.of(Figure.values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
            .findFirst();
    if (figure.isPresent()) {
      return new Expression.Count(figure.get());
    }
    at--;
    Node.Text name = new Node.Text(span(), word, 0);
    Optional<Target> target = cast.target(name);
    if (target.isEmpty()) {
      throw new Refused();
    }
    Field field = target.get().field();
    if (target.get().part() == Target.Part.DATA || (field != null && !field.type().isNumber())) {
      throw refuse(word + " is no number", "compare numbers");
    }
    at++;
    return new Expression.Reading(target.get());
  }

  private Expression function(String name) throws Refused {
    Expression operand = closed();
    return switch (name) {
      case "start" -> new Expression.Start(operand);
      case "abs" -> numbers(Operator.ABSOLUTE, operand);
      default -> throw refuse("there is no function " + name, "there are start and abs");
    };
  }

  private Expression closed() throws Refused {
    enter();
    Expression inner = or();
    depth--;
    if (!takes(")")) {
      throw refuse("a closing parenthesis is missing", "add )");
    }
    return inner;
  }

  private void enter() throws Refused {
    if (++depth > DEEPEST) {
      throw refuse("the condition is nested too deeply", "write several conditions");
    }
  }

  private Expression truths(Operator operator, Expression... operands) throws Refused {
    for (Expression operand : operands) {
      if (!operand.isTruth()) {
        throw refuse("and, or and not connect conditions, not numbers", "compare numbers first");
      }
    }
    return new Applied(operator, List.of(operands));
  }

  private Expression numbers(Operator operator, Expression... operands) throws Refused {
    for (Expression operand : operands) {
      if (operand.isTruth()) {
        throw refuse("a condition is no number", "put parentheses around what belongs together");
      }
    }
    return new Applied(operator, List.of(operands));
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at).word : "";
  }

  private boolean takes(String word) {
    boolean found = peek().equals(word) && at < tokens.size();
    at += found ? 1 : 0;
    return found;
  }

  private Refused refuse(String message, String help) {
    found.add(Diagnostic.at(span(), RunCode.SCENARIO_VALUE, message).withHelp(help));
    return new Refused();
  }

  /** The token that is looked at; the whole text if its place in the file is not plain. */
  private Span span() {
    Span whole = text.span();
    boolean isPlain = whole.text().startsWith(text.value(), text.offset());
    if (!isPlain || tokens.isEmpty()) {
      return whole;
    }
    Token token = tokens.get(Math.min(at, tokens.size() - 1));
    int base = whole.start() + text.offset();
    return new Span(whole.source(), base + token.start, base + token.end);
  }
}
