package dev.ovsm.frontend.lint;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.Declared;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A write to an account that has a name in the source.
 *
 * @param account which, as {@link Keys} tells accounts apart
 * @param offset of the bytes of its data, empty if it is not known
 * @param width how many bytes
 */
record AccountWrite(
    Object account, Criteria.Part part, Optional<BigInteger> offset, int width, String deed) {
  private static final Map<String, Integer> STORES =
      Map.of(
          "account-set-u8",
          1,
          "account-set-u32",
          Integer.BYTES,
          "account-set-u64",
          Long.BYTES,
          "account-set-key",
          32);

  private static final Map<String, List<String>> PAYMENTS =
      Map.of("set-lamports", List.of("account"), "move-lamports", List.of("from", "to"));

  /** What an expression writes, none if that is no account's. */
  static List<AccountWrite> of(Ast ast, Subject subject) {
    if (ast instanceof Ast.Assign assign) {
      return field(assign.place(), subject).stream().toList();
    }
    Optional<Call> call = subject.call(ast);
    Integer width = call.map(Call::name).map(STORES::get).orElse(null);
    if (width != null) {
      Optional<BigInteger> offset = call.get().argument("offset").flatMap(subject::number);
      return key(call.get(), "account", subject)
          .map(key -> new AccountWrite(key, Criteria.Part.DATA, offset, width, "writes its data"))
          .stream()
          .toList();
    }
    return call.map(Call::name).map(PAYMENTS::get).orElse(List.of()).stream()
        .flatMap(one -> key(call.orElseThrow(), one, subject).stream())
        .map(AccountWrite::payment)
        .toList();
  }

  /** Whether what is watched may be among what is written. */
  boolean mayTouch(Criteria criteria) {
    if (criteria.part() != Criteria.Part.ANYTHING && criteria.part() != part) {
      return false;
    }
    if (part != Criteria.Part.DATA || offset.isEmpty() || criteria.offset().isEmpty()) {
      return true;
    }
    BigInteger watched = criteria.offset().get();
    return offset.get().compareTo(watched.add(BigInteger.valueOf(criteria.width()))) < 0
        && watched.compareTo(offset.get().add(BigInteger.valueOf(width))) < 0;
  }

  private static Optional<Object> key(Call call, String parameter, Subject subject) {
    return call.argument(parameter).flatMap(ast -> Keys.of(ast, subject));
  }

  private static AccountWrite payment(Object key) {
    return new AccountWrite(
        key, Criteria.Part.LAMPORTS, Optional.empty(), Long.BYTES, "changes its lamports");
  }

  private static Optional<AccountWrite> field(Ast place, Subject subject) {
    boolean isField =
        place instanceof Ast.Apply apply
            && apply.function() instanceof Ast.Primitive primitive
            && primitive.builtin() == Operation.GET;
    if (!isField) {
      return Optional.empty();
    }
    List<Ast> path = ((Ast.Apply) place).arguments();
    if (!(path.get(0) instanceof Ast.Use account)) {
      return field(path.get(0), subject);
    }
    String name = MapPlace.word(path.get(1)).orElse("");
    return struct(account.variable(), subject)
        .flatMap(layout -> layout.slot(name))
        .map(slot -> store(account.variable(), slot));
  }

  private static AccountWrite store(Variable account, Layout.Slot slot) {
    return new AccountWrite(
        account,
        Criteria.Part.DATA,
        Optional.of(BigInteger.valueOf(slot.offset())),
        Sizes.of(slot.type()),
        "writes its " + slot.name());
  }

  /** How the data of a declared account lies in memory. */
  private static Optional<Layout> struct(Variable account, Subject subject) {
    return subject.program().entries().values().stream()
        .map(Program.Entry::accounts)
        .filter(accounts -> accounts != null)
        .flatMap(List::stream)
        .filter(declared -> declared.variable().equals(account))
        .flatMap(declared -> layout(declared.type(), subject).stream())
        .findFirst();
  }

  private static Optional<Layout> layout(@Nullable Form type, Subject subject) {
    String name = type instanceof Form.Symbol symbol ? symbol.name() : "";
    return subject.typed().declared().structs().stream()
        .filter(struct -> struct.source().name().equals(name))
        .map(Declared.Struct::layout)
        .findFirst();
  }
}
