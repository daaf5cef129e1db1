package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws records of numbers that lie in the data of accounts, packed, and what reads and writes
 * them.
 */
final class Records {
  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final List<Field> fields = new ArrayList<>();

  Records(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** A field of a record, so many bytes behind its begin. */
  private record Field(String record, String name, Kind.Int kind, int at) {
    int bytes() {
      return kind.bits() / 8;
    }

    BigInteger read(byte[] data) {
      byte[] big = new byte[bytes() + 1];
      for (int i = 0; i < bytes(); i++) {
        big[bytes() - i] = data[at + i];
      }
      return kind.wrapped(new BigInteger(big));
    }

    void write(byte[] data, BigInteger value) {
      for (int i = 0; i < bytes(); i++) {
        data[at + i] = (byte) value.shiftRight(8 * i).intValue();
      }
    }

    String place(int account) {
      return "(get (the %s (account-data-ptr %d)) :%s)".formatted(record, account, name);
    }
  }

  void declare() {
    String record = "R" + draft.number();
    StringBuilder text = new StringBuilder("(define-struct " + record);
    int at = 0;
    for (int i = 1 + draws.below(4); i > 0; i--) {
      Field field = new Field(record, "f" + i, expressions.integerKind(), at);
      if (at + field.bytes() <= Surroundings.DATA_BYTES) {
        fields.add(field);
        text.append(" (f%d %s)".formatted(i, field.kind.text()));
        at += field.bytes();
      }
    }
    draft.declarations().add(text.append(')').toString());
  }

  /** A number in an account, whatever its type is. */
  Term read(Kind.Int kind) {
    if (fields.isEmpty()) {
      return expressions.leaf(kind);
    }
    Field field = draws.from(fields);
    int account = draws.below(draft.surroundings().owned());
    boolean same = field.kind.equals(kind);
    return draft.term(
        Construct.RECORD_LOAD,
        kind,
        same
            ? field.place(account)
            : "(wrapping-%s %s)".formatted(kind.text(), field.place(account)),
        machine -> kind.wrapped(field.read(machine.state().dataOf(account))));
  }

  Term write(int depth) {
    if (fields.isEmpty()) {
      return expressions.statements().log(depth);
    }
    Field field = draws.from(fields);
    int account = draws.below(draft.surroundings().owned());
    Term value = expressions.of(field.kind, depth);
    return draft.effect(
        Construct.RECORD_STORE,
        "(set! %s %s)".formatted(field.place(account), value.text()),
        machine -> field.write(machine.state().dataOf(account), value.integer(machine)));
  }
}
