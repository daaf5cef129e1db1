package dev.ovsm.tests.drawn;

import dev.ovsm.sbpf.Sha256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Draws accounts that entries declare, with what their data must be, and uses of their fields.
 *
 * <p>The accounts of the entry that is called mostly are as it wants them.
 */
final class Roles {
  private static final int TAG = 8;

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;
  private final List<Kind.Struct> types = new ArrayList<>();

  Roles(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** Declares the shape of an account's data: numbers behind a discriminator. */
  void declareType() {
    String name = "Acc" + draft.number();
    List<String> names = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    StringBuilder text = new StringBuilder("(define-account " + name);
    for (int i = 1 + draws.below(4); i > 0; i--) {
      Kind.Int kind = expressions.integerKind();
      names.add("f" + i);
      kinds.add(kind);
      text.append(" (f%d %s)".formatted(i, kind.text()));
    }
    draft.declarations().add(text.append(')').toString());
    types.add(new Kind.Struct(name, names, kinds));
  }

  private static int bytes(Kind kind) {
    return ((Kind.Int) kind).bits() / 8;
  }

  private static int offset(Kind.Struct type, int field) {
    return TAG + type.kinds().subList(0, field).stream().mapToInt(Roles::bytes).sum();
  }

  private static long tag(Kind.Struct type) {
    byte[] name = ("account:" + type.name()).getBytes(StandardCharsets.UTF_8);
    return words(Sha256.of(name)).getLong(0);
  }

  private static ByteBuffer words(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What an entry says of the account at a place. */
  private record Declared(Draft.Role role, boolean signer, boolean fresh) {
    String text() {
      Kind.Struct type = role.struct();
      return "(%s :writable%s%s%s)"
          .formatted(
              role.name(),
              signer ? " :signer" : "",
              fresh ? " :init" : "",
              type == null ? "" : " :type " + type.name());
    }

    /** Fails unless the account is as it must be; one that is fresh gets its discriminator. */
    void check(Surroundings.State state) {
      if (signer && !state.signs(role.place())) {
        throw new Signal.Failure(Shape.NOT_SIGNED);
      }
      Kind.Struct type = role.struct();
      if (type == null) {
        return;
      }
      if (role.place() >= state.of().owned()) {
        throw new Signal.Failure(Shape.OTHER_OWNER);
      }
      byte[] data = state.dataOf(role.place());
      if (data.length < offset(type, type.kinds().size())) {
        throw new Signal.Failure(Shape.TOO_SMALL);
      }
      long now = words(data).getLong(0);
      if (now != (fresh ? 0 : tag(type))) {
        throw new Signal.Failure(fresh ? Shape.NOT_FRESH : Shape.OTHER_DATA);
      }
      words(data).putLong(0, tag(type));
    }
  }

  /** The accounts of an entry as they are written, and the checks of them. */
  Term declare(boolean called) {
    List<Term> all = new ArrayList<>();
    Surroundings surroundings = draft.surroundings();
    int most = surroundings.owned() + (draws.chance(10) ? 1 : 0);
    int count = types.isEmpty() ? draws.below(2) : draws.below(most + 1);
    StringBuilder text = new StringBuilder();
    List<Draft.Role> roles = new ArrayList<>();
    for (int place = 0; place < count; place++) {
      boolean typed = !types.isEmpty() && draws.below(4) != 0;
      Kind.Struct type = typed ? draws.from(types) : null;
      int account = surroundings.order().get(place);
      boolean signs = surroundings.accounts().get(account).signs();
      Draft.Role role = new Draft.Role("acc" + draft.number(), place, type);
      Declared one =
          new Declared(
              role, signs ? draws.below(2) == 1 : draws.chance(3), typed && draws.below(3) == 2);
      if (called && type != null && !draws.chance(5) && place < surroundings.owned()) {
        byte[] data = draft.surroundings().accounts().get(account).data().clone();
        words(data).putLong(0, one.fresh ? 0 : tag(type));
        draft.setSurroundings(draft.surroundings().withData(account, data));
      }
      Construct construct = one.fresh ? Construct.INITIALIZED : Construct.DECLARED_ACCOUNT;
      all.add(draft.effect(construct, one.text(), machine -> one.check(machine.state())));
      roles.add(role);
      text.append(text.isEmpty() ? "" : " ").append(one.text());
    }
    draft.setRoles(roles);
    String written = all.isEmpty() ? "" : " :accounts (" + text + ")";
    return new Term(
        Kind.Plain.BOOL,
        written,
        false,
        machine -> {
          all.forEach(check -> check.in(machine));
          return false;
        });
  }

  /** A field of an account whose shape is declared: logged, or set. */
  Term use(int depth) {
    List<Draft.Role> shaped = draft.roles().stream().filter(role -> role.struct() != null).toList();
    if (shaped.isEmpty()) {
      return expressions.statements().log(depth);
    }
    Draft.Role role = draws.from(shaped);
    Kind.Struct type = Objects.requireNonNull(role.struct());
    int field = draws.below(type.kinds().size());
    Kind.Int kind = (Kind.Int) type.kinds().get(field);
    int at = offset(type, field);
    String place = "(get %s :%s)".formatted(role.name(), type.fields().get(field));
    if (draws.below(2) == 0) {
      return draft.effect(
          Construct.ACCOUNT_FIELD,
          "(log " + place + ")",
          machine ->
              machine.logs().add(read(kind, machine.state().dataOf(role.place()), at).toString()));
    }
    Term value = expressions.of(kind, depth);
    return draft.effect(
        Construct.SET_ACCOUNT_FIELD,
        "(set! " + place + " " + value.text() + ")",
        machine -> {
          BigInteger now = value.integer(machine);
          byte[] data = machine.state().dataOf(role.place());
          for (int i = 0; i < bytes(kind); i++) {
            data[at + i] = (byte) now.shiftRight(8 * i).intValue();
          }
        });
  }

  private static BigInteger read(Kind.Int kind, byte[] data, int at) {
    byte[] big = new byte[bytes(kind) + 1];
    for (int i = 0; i < bytes(kind); i++) {
      big[bytes(kind) - i] = data[at + i];
    }
    return kind.wrapped(new BigInteger(big));
  }
}
