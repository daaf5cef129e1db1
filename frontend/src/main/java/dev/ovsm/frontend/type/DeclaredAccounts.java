package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Comparison;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds the declared accounts of an entry and checks what their declaration promises; a broken
 * promise fails with the error that Solana has for it.
 */
final class DeclaredAccounts {
  private static final int SIGNER = 1;
  private static final int WRITABLE = 2;
  private static final int OWNER = 40;
  private static final int LENGTH = 80;
  private static final Type U8 = new Type.Int(8, false);

  private final Session session;
  private final FunctionTyper typer;
  private final List<Hir> body = new ArrayList<>();

  DeclaredAccounts(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
  }

  /** Errors that every Solana client knows; the code is the number in the upper half. */
  private enum Broken {
    INVALID_ARGUMENT(2),
    INVALID_ACCOUNT_DATA(4),
    DATA_TOO_SMALL(5),
    INCORRECT_PROGRAM_ID(7),
    MISSING_SIGNATURE(8),
    ALREADY_INITIALIZED(9);

    private final long code;

    Broken(long number) {
      this.code = number << 32;
    }
  }

  List<Hir> bind(List<Program.Account> accounts) {
    for (int i = 0; i < accounts.size(); i++) {
      bind(accounts.get(i), i);
    }
    return body;
  }

  private void bind(Program.Account account, int index) {
    Span span = account.variable().span();
    Layout layout = null;
    boolean tagged = false;
    boolean isBroken = false;
    if (account.type() != null) {
      Type data = session.types().read(account.type());
      isBroken = data == Basic.BROKEN;
      if (data instanceof Type.Struct struct) {
        layout = struct.layout();
        tagged = session.types().isAccount(layout.name());
      }
    }
    Type type = isBroken ? Basic.BROKEN : new Type.Account(layout);
    Local local = session.context().local(account.variable().name(), type, span);
    typer.bind(account.variable(), local);
    if (isBroken) {
      return;
    }
    Hir position = constant(index, Type.U64, span);
    Hir record = new Accounts(session, typer).byIndex(position, type, span);
    body.add(new Hir.Write(local, record, span));
    Hir read = new Hir.Read(local, span);
    if (account.signer()) {
      flag(read, SIGNER, Broken.MISSING_SIGNATURE, span);
    }
    if (account.writable()) {
      flag(read, WRITABLE, Broken.INVALID_ARGUMENT, span);
    }
    if (account.address() != null) {
      Hir wanted = new Hir.BytesConstant(account.address(), 8, Basic.PUBKEY, span);
      same(Accounts.key(read), wanted, Broken.INVALID_ARGUMENT, span);
    }
    owner(account, read, tagged, span);
    if (layout != null) {
      data(account, read, layout, tagged, span);
    }
  }

  private static Hir constant(long value, Type type, Span span) {
    return new Hir.Constant(BigInteger.valueOf(value), type, span);
  }

  private void check(Hir condition, Broken error, Span span) {
    Hir code = constant(error.code, Type.U64, span);
    body.add(Failures.unless(condition, new Hir.Fail(code, span), span));
  }

  private void flag(Hir record, int offset, Broken error, Span span) {
    Hir flag = new Hir.Load(record, offset, U8, span);
    check(new Hir.Compare(Comparison.NE, flag, constant(0, U8, span), span), error, span);
  }

  private void same(Hir key, Hir wanted, Broken error, Span span) {
    List<Type> types = List.of(Basic.PUBKEY, Basic.PUBKEY);
    check(
        new Hir.Call(session.function("rt-same-key", types), List.of(key, wanted), span),
        error,
        span);
  }

  /** The data of an account of the program's own is owned by the program. */
  private void owner(Program.Account account, Hir record, boolean tagged, Span span) {
    Hir owner = new Hir.Shift(record, constant(OWNER, Type.U64, span), Basic.PUBKEY, span);
    if (account.owner() != null) {
      Hir wanted =
          typer
              .agreement()
              .coerce(
                  typer.value(account.owner()),
                  Basic.PUBKEY,
                  "an owner is",
                  account.owner().span());
      same(owner, wanted, Broken.INCORRECT_PROGRAM_ID, span);
    } else if (tagged) {
      Hir program = new Hir.Call(session.function("rt-program-id", List.of()), List.of(), span);
      same(owner, new Hir.Rename(program, Basic.PUBKEY, span), Broken.INCORRECT_PROGRAM_ID, span);
    }
  }

  private void data(Program.Account account, Hir record, Layout layout, boolean tagged, Span span) {
    Hir length = new Hir.Load(record, LENGTH, Type.U64, span);
    Hir needed = constant(layout.bytes(), Type.U64, span);
    Broken small = Broken.DATA_TOO_SMALL;
    check(new Hir.Compare(Comparison.GE, length, needed, span), small, span);
    if (!tagged) {
      return;
    }
    Hir tag = new Hir.Load(record, Accounts.DATA, Type.U64, span);
    BigInteger bits = new BigInteger(Long.toUnsignedString(Discriminators.account(layout.name())));
    Hir wanted = new Hir.Constant(bits, Type.U64, span);
    if (account.fresh()) {
      Hir zero = constant(0, Type.U64, span);
      check(new Hir.Compare(Comparison.EQ, tag, zero, span), Broken.ALREADY_INITIALIZED, span);
      body.add(new Hir.Store(record, Accounts.DATA, wanted, span));
    } else {
      check(new Hir.Compare(Comparison.EQ, tag, wanted, span), Broken.INVALID_ACCOUNT_DATA, span);
    }
  }
}
