package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.AccountInfo;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Types the ways to an account: by its place, by its declared name, by its address. */
final class Accounts {
  /** From an account's record to its data. */
  static final int DATA = 88;

  private static final int KEY = 8;
  private static final BigInteger MOST_ACCOUNTS = BigInteger.valueOf(255);
  private final Session session;
  private final FunctionTyper typer;

  Accounts(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  /** The public key of an account. */
  static Hir key(Hir account) {
    Span span = account.span();
    Hir offset = new Hir.Constant(BigInteger.valueOf(KEY), Type.U64, span);
    return new Hir.Shift(account, offset, Basic.PUBKEY, span);
  }

  /** {@code (account-record x)}: the address of the record of an account or of the x-th one. */
  Hir record(Ast.Apply apply) {
    Hir value = typer.agreement().operand(typer.value(apply.arguments().get(0)));
    return Type.resolved(value.type()) instanceof Type.Account
        ? new Hir.Rename(value, Type.U64, apply.span())
        : byIndex(value, Type.U64, apply.span());
  }

  /** {@code (account i)} as a value of its own type. */
  Hir account(Ast.Apply apply) {
    Hir value = typer.agreement().operand(typer.value(apply.arguments().get(0)));
    return Type.resolved(value.type()) instanceof Type.Account
        ? value
        : byIndex(value, new Type.Account(null), apply.span());
  }

  /** The record of the account at a place of the instruction. */
  Hir byIndex(Hir index, Type type, Span span) {
    boolean isBeyond =
        Literals.constant(index)
            .filter(n -> n.signum() < 0 || n.compareTo(MOST_ACCOUNTS) >= 0)
            .isPresent();
    if (isBeyond) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      index.span(),
                      LanguageCode.DOES_NOT_FIT,
                      "an instruction has at most " + MOST_ACCOUNTS + " accounts")
                  .withHelp("accounts are counted from 0 to 254"));
      return typer.agreement().broken(span);
    }
    return typer
        .agreement()
        .number(index)
        .map(n -> Agreement.convert(n, Type.U64, dev.ovsm.ir.Mode.CHECK, span))
        .<Hir>map(
            place ->
                new Hir.Rename(
                    new Hir.Call(
                        session.function("rt-account-record", List.of(Type.U64)),
                        List.of(place),
                        span),
                    type,
                    span))
        .orElseGet(() -> typer.agreement().broken(span));
  }

  /** {@code (account-at KEY [:writable])}. */
  Hir at(Ast.Apply apply) {
    Hir key =
        typer
            .agreement()
            .coerce(
                typer.value(apply.arguments().get(0)), Basic.PUBKEY, "an address is", apply.span());
    boolean writable =
        apply.arguments().size() > 1
            && apply.arguments().get(1) instanceof Ast.Key flag
            && flag.name().equals("writable");
    if (!(key instanceof Hir.BytesConstant constant)) {
      if (Type.resolved(key.type()) != Basic.BROKEN) {
        typer
            .context()
            .report(
                Diagnostic.at(
                        apply.span(),
                        LanguageCode.NOT_CONSTANT,
                        "the address of an account must be known when the program is compiled")
                    .withHelp("declare the account instead: :accounts ((name :writable))"));
      }
      return typer.agreement().broken(apply.span());
    }
    AccountInfo info = session.fixedAccount(constant.bytes(), writable);
    return new Hir.AccountAt(info, new Type.Account(null), apply.span());
  }

  /** The fixed accounts of a program, by address. */
  static final class Fixed {
    private final Map<List<Byte>, AccountInfo> infos = new LinkedHashMap<>();

    AccountInfo get(List<Byte> address, boolean writable) {
      AccountInfo known = infos.get(address);
      if (known == null || (writable && !known.writable())) {
        int index = known == null ? infos.size() : known.index();
        infos.put(address, new AccountInfo(index, address, writable));
      }
      return infos.getOrDefault(address, new AccountInfo(0, address, writable));
    }

    List<AccountInfo> all() {
      return List.copyOf(infos.values());
    }
  }
}
