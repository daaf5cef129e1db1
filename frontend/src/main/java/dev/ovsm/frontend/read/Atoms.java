package dev.ovsm.frontend.read;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.ReadCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.base58.Base58;
import dev.ovsm.grammar.OvsmLexer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the text of one token into an atom, or reports why it is none. */
final class Atoms {
  private static final Pattern WHOLE =
      Pattern.compile("([+-]?)(0[xX]|0[bB])?([0-9a-fA-F_]+?)([ui](?:8|16|32|64|128))?");
  private static final int LONGEST_NUMBER = 128;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_TEXT = 65_536;
  private static final int LARGEST_EXPONENT = 400;
  private static final Map<String, Integer> CHARACTERS =
      Map.of(
          "space", (int) ' ',
          "newline", (int) '\n',
          "tab", (int) '\t',
          "return", (int) '\r',
          "null", 0,
          "nul", 0);

  private Atoms() {}

  static Optional<Form> read(int type, Span span, Consumer<Diagnostic> report) {
    String text = span.text();
    boolean isName =
        type == OvsmLexer.SYMBOL || type == OvsmLexer.KEYWORD || type == OvsmLexer.CHARACTER;
    if (isName && text.length() > LONGEST_NAME) {
      report.accept(
          tooLong(span, "this name", text.length(), LONGEST_NAME)
              .withHelp("give it a shorter name; texts stand in quotation marks"));
      return Optional.empty();
    }
    int length = text.length() - "\"\"".length();
    if (type == OvsmLexer.STRING && length > LONGEST_TEXT) {
      report.accept(
          tooLong(span, "this text", length, LONGEST_TEXT)
              .withHelp("keep what is larger in the data of an account"));
      return Optional.empty();
    }
    return switch (type) {
      case OvsmLexer.INTEGER -> whole(text, span, report);
      case OvsmLexer.DECIMAL -> fraction(text, span, report);
      case OvsmLexer.STRING ->
          Optional.of(new Form.Text(Escapes.resolve(text, span, report), span));
      case OvsmLexer.CHARACTER -> character(text, span, report);
      case OvsmLexer.PUBKEY ->
          publicKey(text.substring("#pubkey\"".length(), text.length() - 1), span, report);
      case OvsmLexer.KEYWORD -> Optional.of(new Form.Keyword(text.substring(1), span));
      case OvsmLexer.SYMBOL -> symbol(text, span, report);
      case OvsmLexer.OPEN_STRING -> {
        Span mark = new Span(span.source(), span.start(), span.start() + 1);
        report.accept(
            Diagnostic.at(mark, ReadCode.UNCLOSED_STRING, "this string is never closed")
                .withHelp("add the closing \""));
        yield Optional.empty();
      }
      default -> {
        report.accept(
            Diagnostic.at(span, ReadCode.UNEXPECTED_CHARACTER, unexpected(text))
                .withHelp("remove it; a source is UTF-8 text"));
        yield Optional.empty();
      }
    };
  }

  private static Diagnostic tooLong(Span span, String what, int length, int most) {
    return Diagnostic.at(
        span,
        ReadCode.TOO_LARGE,
        what + " has " + length + " characters, and " + most + " is most");
  }

  private static String unexpected(String text) {
    int point = text.codePointAt(0);
    return String.format(java.util.Locale.ROOT, "no form starts with U+%04X", point);
  }

  private static Optional<Form> whole(String text, Span span, Consumer<Diagnostic> report) {
    Matcher parts = WHOLE.matcher(text);
    if (!parts.matches()) {
      return malformed(span, report);
    }
    String prefix = parts.group(2) == null ? "" : parts.group(2);
    String suffix = parts.group(4);
    String digits = parts.group(3).replace("_", "");
    if (digits.length() > LONGEST_NUMBER) {
      report.accept(
          Diagnostic.at(span, ReadCode.NUMBER_TOO_LARGE, "this number has too many digits")
              .withHelp("the widest type, u128, holds numbers below 2^128"));
      return Optional.empty();
    }
    int radix = prefix.isEmpty() ? 10 : prefix.endsWith("x") || prefix.endsWith("X") ? 16 : 2;
    BigInteger value = new BigInteger(digits, radix);
    if ("-".equals(parts.group(1))) {
      value = value.negate();
    }
    if (value.bitLength() > 128) {
      report.accept(
          Diagnostic.at(span, ReadCode.NUMBER_TOO_LARGE, "this number does not fit any type")
              .withHelp("the widest types hold -2^127 to 2^128 - 1"));
      return Optional.empty();
    }
    return Optional.of(new Form.Whole(value, suffix, span));
  }

  private static Optional<Form> fraction(String text, Span span, Consumer<Diagnostic> report) {
    String plain = text.replace("_", "");
    int exponent = Math.max(plain.indexOf('e'), plain.indexOf('E'));
    boolean large =
        plain.length() > LONGEST_NUMBER
            || (exponent >= 0
                && (plain.length() - exponent > 6
                    || Math.abs(Integer.parseInt(plain.substring(exponent + 1)))
                        > LARGEST_EXPONENT));
    if (large) {
      report.accept(
          Diagnostic.at(span, ReadCode.NUMBER_TOO_LARGE, "this number is out of range")
              .withHelp("exponents go from -" + LARGEST_EXPONENT + " to " + LARGEST_EXPONENT));
      return Optional.empty();
    }
    return Optional.of(new Form.Fraction(new BigDecimal(plain), span));
  }

  private static Optional<Form> symbol(String text, Span span, Consumer<Diagnostic> report) {
    return switch (text) {
      case "true" -> Optional.of(new Form.Bool(true, span));
      case "false" -> Optional.of(new Form.Bool(false, span));
      case "null", "nil" -> Optional.of(new Form.Null(span));
      default ->
          startsAsNumber(text) ? malformed(span, report) : Optional.of(new Form.Symbol(text, span));
    };
  }

  private static boolean startsAsNumber(String text) {
    char first = text.charAt(0);
    boolean signed = (first == '-' || first == '+') && text.length() > 1;
    char digit = signed ? text.charAt(1) : first;
    // 1+ and 1- are names that Lisps have always had.
    return digit >= '0' && digit <= '9' && !text.equals("1+") && !text.equals("1-");
  }

  private static Optional<Form> malformed(Span span, Consumer<Diagnostic> report) {
    report.accept(
        Diagnostic.at(span, ReadCode.MALFORMED_NUMBER, span.text() + " is not a number")
            .withHelp("numbers look like 42, 1_000, 0xff, 0b101, 10u8, 2.5 or 1e-9"));
    return Optional.empty();
  }

  private static Optional<Form> character(String text, Span span, Consumer<Diagnostic> report) {
    String name = text.substring(2);
    if (name.codePointCount(0, name.length()) == 1) {
      return Optional.of(new Form.CodePoint(name.codePointAt(0), span));
    }
    Integer named = CHARACTERS.get(name);
    if (named != null) {
      return Optional.of(new Form.CodePoint(named, span));
    }
    if (name.matches("[xu][0-9a-fA-F]{1,6}")) {
      int point = Integer.parseInt(name.substring(1), 16);
      if (Character.isValidCodePoint(point)) {
        return Optional.of(new Form.CodePoint(point, span));
      }
    }
    report.accept(
        Diagnostic.at(span, ReadCode.BAD_ESCAPE, "no character is named " + name)
            .withHelp("write #\\a, #\\space, #\\newline, #\\tab, #\\return, #\\null or #\\x41"));
    return Optional.empty();
  }

  private static Optional<Form> publicKey(String text, Span span, Consumer<Diagnostic> report) {
    Optional<List<Byte>> bytes = Base58.publicKey(text);
    if (bytes.isEmpty()) {
      report.accept(
          Diagnostic.at(span, ReadCode.BAD_PUBLIC_KEY, "this is not a public key")
              .withHelp("a public key is 32 bytes in base58: 32 to 44 letters and digits"));
      return Optional.empty();
    }
    return Optional.of(new Form.PublicKey(bytes.get(), span));
  }
}
