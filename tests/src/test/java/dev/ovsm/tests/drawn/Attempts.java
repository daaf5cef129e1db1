package dev.ovsm.tests.drawn;

import java.math.BigInteger;

/** Draws what catches errors and throws. */
final class Attempts {
  private static final int ASSERTION = 5011;
  private static final BigInteger UNCAUGHT = BigInteger.valueOf(5013);

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Attempts(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  Term of(Kind kind, int depth) {
    return switch (draws.below(4)) {
      case 0, 1 -> attempt(kind, depth);
      case 2 -> cleaned(kind, depth);
      default -> caught(kind, depth);
    };
  }

  /** The code that an error handler sees. */
  static BigInteger code(Signal signal) {
    if (signal instanceof Signal.Failure failure) {
      return failure.code();
    }
    if (signal instanceof Signal.Thrown) {
      return UNCAUGHT;
    }
    throw signal;
  }

  private Term body(Kind kind, int depth) {
    return draft.scoped(() -> expressions.statements().block(kind, depth, draws.below(3)));
  }

  private Term attempt(Kind kind, int depth) {
    Term body = body(kind, depth);
    return draft.scoped(
        () -> {
          Draft.Variable error = draft.declare(Kind.Int.U64, false);
          Term handler = body(kind, depth);
          return draft.term(
              draft.here().inLoop() ? Construct.LOOP_TRY : Construct.TRY,
              kind,
              "(try %s (catch %s %s))".formatted(body.text(), error.name(), handler.text()),
              machine -> {
                try {
                  return body.in(machine);
                } catch (Signal e) {
                  machine.write(error.id(), code(e));
                  return handler.in(machine);
                }
              });
        });
  }

  /** What is done at the end however it comes. */
  private Term cleaned(Kind kind, int depth) {
    Term body = draft.scoped(new Draft.Position(false, null, false), () -> body(kind, depth));
    Term last = draft.scoped(() -> expressions.statements().some(depth, 1 + draws.below(2)));
    if (draws.below(2) == 0) {
      return draft.term(
          Construct.FINALLY,
          kind,
          "(try %s (finally %s))".formatted(body.text(), last.text()),
          machine -> {
            Object value;
            try {
              value = body.in(machine);
            } catch (Signal.Failure | Signal.Thrown e) {
              last.in(machine);
              throw e;
            }
            last.in(machine);
            return value;
          });
    }
    return draft.scoped(
        () -> {
          Draft.Variable error = draft.declare(Kind.Int.U64, false);
          Term handler =
              draft.scoped(new Draft.Position(false, null, false), () -> body(kind, depth));
          return draft.term(
              Construct.FINALLY,
              kind,
              "(try %s (catch %s %s) (finally %s))"
                  .formatted(body.text(), error.name(), handler.text(), last.text()),
              machine -> {
                Object value;
                try {
                  try {
                    value = body.in(machine);
                  } catch (Signal.Failure | Signal.Thrown e) {
                    machine.write(error.id(), code(e));
                    value = handler.in(machine);
                  }
                } catch (Signal.Failure | Signal.Thrown e) {
                  last.in(machine);
                  throw e;
                }
                last.in(machine);
                return value;
              });
        });
  }

  private Term caught(Kind kind, int depth) {
    boolean travels =
        kind instanceof Kind.Int || kind == Kind.Plain.BOOL || kind == Kind.Plain.STRING;
    if (!travels) {
      return attempt(kind, depth);
    }
    return draft.scoped(
        () -> {
          Draft.Tag tag = new Draft.Tag(draft.number(), kind);
          draft.tags().add(tag);
          Term body = draft.scoped(() -> leaving(kind, depth));
          return draft.term(
              Construct.CATCH,
              kind,
              "(catch '" + tag.text() + " " + body.text() + ")",
              machine -> {
                try {
                  return body.in(machine);
                } catch (Signal.Thrown e) {
                  if (e.tag() != tag.id()) {
                    throw e;
                  }
                  return e.value();
                }
              });
        });
  }

  /** Statements, of which one may throw, and a value. */
  private Term leaving(Kind kind, int depth) {
    Statements statements = expressions.statements();
    if (draws.below(2) == 0) {
      return statements.body(kind, depth, 1 + draws.below(3));
    }
    Term thrown = thrown(depth - 1);
    Term body = statements.body(kind, depth, draws.below(3));
    return new Term(
        kind,
        thrown.text() + " " + body.text(),
        false,
        machine -> {
          thrown.in(machine);
          return body.in(machine);
        });
  }

  /** Throws under a tag that something here waits for, under a condition. */
  Term thrown(int depth) {
    if (draft.tags().isEmpty()) {
      return failing(depth);
    }
    Draft.Tag tag = draws.from(draft.tags());
    Term condition = expressions.of(Kind.Plain.BOOL, depth);
    Term value = expressions.of(tag.kind(), depth);
    return draft.effect(
        Construct.THROW,
        "(if %s (throw '%s %s))".formatted(condition.text(), tag.text(), value.text()),
        machine -> {
          if (condition.truth(machine)) {
            throw new Signal.Thrown(tag.id(), value.in(machine));
          }
        });
  }

  /** Says why it fails. */
  private Term said(int depth) {
    Term condition = expressions.of(Kind.Plain.BOOL, depth);
    Term number = expressions.of(Kind.Int.U64, depth);
    String word = "e" + draft.number();
    return draft.effect(
        Construct.ERROR_TEXT,
        "(if %s (error \"%s\" %s))".formatted(condition.text(), word, number.text()),
        machine -> {
          if (condition.truth(machine)) {
            machine.logs().add(word + " " + number.integer(machine));
            throw new Signal.Failure(ASSERTION);
          }
        });
  }

  /** Fails under a condition: as a rule only for one number of many. */
  Term failing(int depth) {
    if (draws.below(6) == 5) {
      return said(depth);
    }
    Term number = expressions.of(Kind.Int.U64, depth);
    BigInteger bad = BigInteger.valueOf(draws.below(30));
    int which = draws.below(3);
    boolean named = which > 0;
    int code = named ? 6000 + which : 77;
    boolean required = draws.below(2) == 1;
    String error = named ? "e" + code : Integer.toString(code);
    String text =
        required
            ? "(require (!= %s %s) %s)".formatted(number.text(), bad, error)
            : "(if (= %s %s) (%s %s))"
                .formatted(number.text(), bad, named ? "error" : "fail", error);
    return draft.effect(
        required ? Construct.REQUIRE : Construct.FAIL,
        text,
        machine -> {
          if (number.integer(machine).equals(bad)) {
            throw new Signal.Failure(required && !named ? 6000 + code : code);
          }
        });
  }
}
