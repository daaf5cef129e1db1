package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Types instructions as values: bincode bytes for the runtime to call later. */
final class Instructions {
  private final FunctionTyper typer;

  Instructions(FunctionTyper typer) {
    this.typer = typer;
  }

  /** {@code (serialize-instruction "name")}: the 8 bytes that select an instruction. */
  Hir serialize(Ast.Apply apply) {
    Span span = apply.span();
    if (!(apply.arguments().get(0) instanceof Ast.Text name)) {
      typer
          .context()
          .report(
              Diagnostic.at(span, LanguageCode.NOT_CONSTANT, "the name of an instruction is a text")
                  .withHelp("write (serialize-instruction \"name\")"));
      return typer.agreement().broken(span);
    }
    long discriminator = Discriminators.instruction(name.value());
    List<Byte> bytes = new ArrayList<>();
    for (int i = 0; i < Discriminators.BYTES; i++) {
      bytes.add((byte) (discriminator >> (8 * i)));
    }
    Type type = new Type.Array(Type.U8, bytes.size());
    Hir constant = new Hir.BytesConstant(bytes, 8, type, span);
    Hir length = new Hir.Constant(BigInteger.valueOf(bytes.size()), Type.U64, span);
    return new Hir.Compose(List.of(constant, length), Basic.STRING, span);
  }

  /** {@code (build-instruction :program-id key :data bytes)}, without accounts. */
  Hir build(Ast.Apply apply) {
    Span span = apply.span();
    Map<String, Ast> given = new LinkedHashMap<>();
    for (int i = 0; i + 1 < apply.arguments().size(); i += 2) {
      if (apply.arguments().get(i) instanceof Ast.Key key) {
        given.put(key.name(), apply.arguments().get(i + 1));
      }
    }
    Ast program = given.get("program-id");
    Ast data = given.get("data");
    if (program == null || data == null) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      span, LanguageCode.WRONG_ARGUMENTS, "an instruction has a program and data")
                  .withHelp("write (build-instruction :program-id key :data bytes)"));
      return typer.agreement().broken(span);
    }
    Agreement agreement = typer.agreement();
    Hir key = agreement.coerce(typer.value(program), Basic.PUBKEY, "a program id is", span);
    Hir bytes = agreement.coerce(typer.value(data), Basic.STRING, "data is", span);
    if (Type.resolved(key.type()) == Basic.BROKEN || Type.resolved(bytes.type()) == Basic.BROKEN) {
      return agreement.broken(span);
    }
    Local local = typer.context().local("data", Basic.STRING, span);
    Hir read = new Hir.Read(local, span);
    Hir none = new Hir.Constant(BigInteger.ZERO, Type.U64, span);
    Type.Fields type =
        new Type.Fields(
            List.of(
                new Type.Field("program", Basic.PUBKEY),
                new Type.Field("accounts", Type.U64),
                new Type.Field("length", Type.U64),
                new Type.Field("data", Basic.BYTES)));
    Hir record =
        new Hir.Compose(
            List.of(
                key,
                none,
                new Hir.Part(read, 1, Type.U64, span),
                new Hir.Rename(read, Basic.BYTES, span)),
            type,
            span);
    return new Hir.Sequence(
        List.of(new Hir.Write(local, bytes, span), new Hir.Borsh(record, span)), span);
  }
}
