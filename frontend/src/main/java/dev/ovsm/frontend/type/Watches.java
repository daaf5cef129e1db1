package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Fix;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Mode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Types the criteria of a watcher: {@code {:field :offset :mask :comparison :threshold}} becomes
 * the 32 bytes that the runtime reads.
 */
final class Watches {
  private static final int BYTES = 32;
  private static final Map<String, Integer> COMPARISONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("==", 0),
              Map.entry("=", 0),
              Map.entry("!=", 1),
              Map.entry(">", 2),
              Map.entry(">=", 3),
              Map.entry("<", 4),
              Map.entry("<=", 5),
              Map.entry("CHANGE_ABSOLUTE", 6),
              Map.entry("CHANGE_PERCENT", 7)));
  private static final Map<String, Integer> FIELDS =
      new TreeMap<>(Map.of("data", 0, "lamports", 1, "owner", 2));
  private static final List<String> NAMES =
      List.of("field", "offset", "mask", "comparison", "threshold");
  private static final int CHANGE_PERCENT = 7;
  private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(100);

  private final FunctionTyper typer;

  Watches(FunctionTyper typer) {
    this.typer = typer;
  }

  /** The address of the criteria in the frame. */
  Hir criteria(Ast ast) {
    Span span = ast.span();
    if (!(ast instanceof Ast.Fields record)) {
      typer
          .context()
          .report(
              Diagnostic.at(span, LanguageCode.TYPE_MISMATCH, "criteria are written as a record")
                  .withHelp("write {:offset 208 :comparison \">=\" :threshold 100}"));
      return typer.agreement().broken(span);
    }
    Map<String, Ast> given = new TreeMap<>();
    for (Ast.Field field : record.fields()) {
      given.put(field.name(), field.value());
      if (!NAMES.contains(field.name())) {
        Diagnostic report =
            Diagnostic.at(
                    field.span(),
                    LanguageCode.UNKNOWN_KEYWORD,
                    "criteria have no field " + field.name())
                .withHelp("its fields are :field, :offset, :mask, :comparison and :threshold");
        typer.context().reportUnknown(report, field.span(), field.name(), NAMES);
      }
    }
    warnOfLamports(record, given);
    int field = word(given.get("field"), FIELDS, 0);
    int comparison = word(given.get("comparison"), COMPARISONS, 1);
    Local buffer = typer.context().local("criteria", Type.U64, span);
    Hir address = new Hir.Read(buffer, span);
    List<Hir> body = new ArrayList<>();
    body.add(new Hir.Write(buffer, new Hir.StackBytes(BYTES, 8, Type.U64, span), span));
    BigInteger head = BigInteger.valueOf(field | comparison << 8);
    body.add(new Hir.Store(address, 0, new Hir.Constant(head, Type.U32, span), span));
    Hir offset = number(given.get("offset"), BigInteger.ZERO, span);
    body.add(
        new Hir.Store(address, 4, Agreement.convert(offset, Type.U32, Mode.CHECK, span), span));
    BigInteger all = Literals.greatest(Type.U64);
    body.add(new Hir.Store(address, 8, number(given.get("mask"), all, span), span));
    body.add(new Hir.Store(address, 16, threshold(given.get("threshold"), comparison, span), span));
    Hir zero = new Hir.Constant(BigInteger.ZERO, Type.U64, span);
    body.add(new Hir.Store(address, 24, zero, span));
    body.add(address);
    return new Hir.Sequence(body, span);
  }

  /**
   * {@code :offset 0 ; Lamport balance} reads data: whoever wrote the comment meant the balance.
   */
  private void warnOfLamports(Ast.Fields record, Map<String, Ast> given) {
    Ast offset = given.get("offset");
    if (given.containsKey("field")
        || !(offset instanceof Ast.Whole whole)
        || whole.value().signum() != 0) {
      return;
    }
    Span span = whole.span();
    String line = span.source().lineText(span.line());
    int comment = line.indexOf(';');
    if (comment < 0 || !line.substring(comment).toLowerCase(Locale.ROOT).contains("lamport")) {
      return;
    }
    for (Ast.Field field : record.fields()) {
      if (field.name().equals("offset")) {
        Span both = field.span().to(span);
        typer
            .context()
            .report(
                Diagnostic.at(
                        both,
                        LanguageCode.PROBABLE_MISTAKE,
                        ":offset 0 watches the first bytes of the account's data, not its balance")
                    .withHelp("watch the balance with :field :lamports")
                    .withFix(new Fix("watch the balance", both, ":field :lamports")));
      }
    }
  }

  private int word(@Nullable Ast ast, Map<String, Integer> words, int none) {
    if (ast == null) {
      return none;
    }
    Optional<String> name = Places.name(ast);
    Integer number = name.map(words::get).orElse(null);
    if (number == null) {
      Diagnostic report =
          Diagnostic.at(ast.span(), LanguageCode.UNKNOWN_KEYWORD, "criteria do not know this word")
              .withHelp("it is one of " + String.join(", ", words.keySet()));
      typer.context().reportUnknown(report, ast.span(), name.orElse(""), words.keySet());
      return none;
    }
    return number;
  }

  private Hir number(@Nullable Ast ast, BigInteger fallback, Span span) {
    Hir none = new Hir.Constant(fallback, Type.U64, span);
    return ast == null ? none : typer.word(ast).orElse(none);
  }

  /** A percentage is written as one and travels in hundredths of a percent. */
  private Hir threshold(@Nullable Ast ast, int comparison, Span span) {
    if (comparison != CHANGE_PERCENT || ast == null) {
      return number(ast, BigInteger.ZERO, span);
    }
    BigDecimal percent =
        ast instanceof Ast.Fraction fraction
            ? fraction.value()
            : ast instanceof Ast.Whole whole ? new BigDecimal(whole.value()) : null;
    if (percent == null) {
      Hir whole = number(ast, BigInteger.ZERO, span);
      Hir hundred = new Hir.Constant(BASIS_POINTS.toBigInteger(), Type.U64, span);
      return new Hir.Arithmetic(BinaryOp.MUL, Mode.CHECK, whole, hundred, ast.span());
    }
    BigInteger points =
        percent.multiply(BASIS_POINTS).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    if (points.signum() < 0 || points.bitLength() > Long.SIZE) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      ast.span(), LanguageCode.DOES_NOT_FIT, "this is no percentage of a change")
                  .withHelp("write 5.0 for five percent"));
      return new Hir.Constant(BigInteger.ZERO, Type.U64, span);
    }
    return new Hir.Constant(points, Type.U64, ast.span());
  }
}
