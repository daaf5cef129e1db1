package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.MapDecl.Kind;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Types the operations on maps. */
final class MapRules {
  private final Session session;
  private final FunctionTyper typer;
  private final Agreement agreement;

  MapRules(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.agreement = typer.agreement();
  }

  /** The map that an expression names. */
  Optional<MapInfo> map(Ast ast) {
    Hir value = typer.value(ast);
    Optional<MapInfo> map =
        Type.resolved(value.type()) instanceof Type.Named named
            ? session.maps().find(named.definition())
            : Optional.empty();
    if (map.isEmpty() && Type.resolved(value.type()) != Basic.BROKEN) {
      typer
          .context()
          .report(
              Diagnostic.at(ast.span(), LanguageCode.TYPE_MISMATCH, "this is not a map")
                  .withHelp("name a map: (define-map name :type ARRAY :key u32 :value …)"));
    }
    return map;
  }

  /** The public key of a map's account, if that is what an expression names. */
  Optional<Hir> address(Ast ast) {
    Optional<MapInfo> map =
        ast instanceof Ast.Global global
            ? session.maps().find(global.definition()).filter(MapInfo::isAccount)
            : Optional.empty();
    return map.map(
        found -> {
          Hir data = new Hir.MapData(found, ast.span());
          Hir before = new Hir.Constant(BigInteger.valueOf(-Accounts.DATA), Type.I64, ast.span());
          Hir back = new Hir.Convert(Mode.WRAP, before, Type.U64, ast.span());
          return Accounts.key(new Hir.Shift(data, back, Type.U64, ast.span()));
        });
  }

  Hir lookup(Ast.Apply apply) {
    Optional<MapInfo> map = map(apply.arguments().get(0));
    if (map.isEmpty()) {
      typer.value(apply.arguments().get(1));
      return agreement.broken(apply.span());
    }
    if (map.get().isKeyed()) {
      return new KeyedMaps(session, typer).lookup(map.get(), apply);
    }
    return isArray(map.get())
        ? element(map.get(), apply)
        : unsupported(map.get(), "map-lookup", apply.span());
  }

  /** Reports an operation that a kind of map does not have. */
  Hir unsupported(MapInfo map, String operation, Span span) {
    String help =
        switch (map.kind()) {
          case HASH, LRU_HASH, LPM_TRIE, PERCPU_HASH ->
              "it has map-lookup, map-update, map-delete, map-for-each and map-length";
          case ARRAY, PERCPU_ARRAY ->
              "it has map-lookup and map-for-each; write (set! (map-lookup map index) value)";
          case QUEUE, STACK -> "it has map-push, map-pop, map-peek and map-length";
          case RINGBUF -> "write to it with sol-ringbuf-output";
          case PROG_ARRAY -> "go on with an element of it with sol-tail-call";
        };
    typer
        .context()
        .report(
            Diagnostic.at(
                    span,
                    LanguageCode.NOT_HERE,
                    operation + " is not for maps of kind " + map.kind())
                .withHelp(help));
    return agreement.broken(span);
  }

  /** An entry of an array: certain for a known index in range, else an option. */
  private Hir element(MapInfo map, Ast.Apply apply) {
    Span span = apply.span();
    Ast key = apply.arguments().get(1);
    Optional<Hir> number = agreement.number(typer.value(key));
    Type value = map.value();
    if (number.isEmpty() || value == null) {
      return agreement.broken(span);
    }
    Optional<BigInteger> known = Literals.constant(number.get());
    Hir index = Agreement.convert(number.get(), Type.U64, Mode.CHECK, key.span());
    int entries = map.declaration().maxEntries();
    if (known.isPresent()) {
      boolean inside =
          known.get().signum() >= 0 && known.get().compareTo(BigInteger.valueOf(entries)) < 0;
      if (!inside) {
        typer
            .context()
            .report(
                Diagnostic.at(
                        key.span(),
                        LanguageCode.DOES_NOT_FIT,
                        "the index is outside of the " + entries + " entries of " + map.name())
                    .withHelp("indices go from 0 to " + (entries - 1)));
        return agreement.broken(span);
      }
      long offset = MapInfo.HEADER + known.get().longValue() * map.declaration().valueBytes();
      return new Hir.Load(new Hir.MapData(map, span), (int) offset, value, span);
    }
    Spot spot = spot(map, value, index, span);
    Type option = new Type.Option(value);
    Hir present = new Hir.Present(spot.entry, option, span);
    Hir absent = new Hir.Absent(option, span);
    return new Hir.Sequence(
        List.of(spot.before, new Hir.If(spot.inside, present, absent, option, span)), span);
  }

  /**
   * An entry of an array at an index that is not known.
   *
   * @param before keeps the index
   * @param inside whether there is such an entry
   */
  private record Spot(Hir before, Hir inside, Hir.Load entry) {}

  private Spot spot(MapInfo map, Type value, Hir index, Span span) {
    Local local = typer.context().local("index", Type.U64, span);
    Hir read = new Hir.Read(local, span);
    int entries = map.declaration().maxEntries();
    Hir limit = new Hir.Constant(BigInteger.valueOf(entries), Type.U64, span);
    Hir size = new Hir.Constant(BigInteger.valueOf(map.declaration().valueBytes()), Type.U64, span);
    Hir distance = new Hir.Arithmetic(BinaryOp.MUL, Mode.WRAP, read, size, span);
    Hir base = new Hir.Shift(new Hir.MapData(map, span), distance, Type.U64, span);
    return new Spot(
        new Hir.Write(local, index, span),
        new Hir.Compare(Comparison.LT, read, limit, span),
        new Hir.Load(base, MapInfo.HEADER, value, span));
  }

  /**
   * {@code (set! (map-lookup map index) value)} of an array, if the index is not known; fails
   * behind the last entry.
   */
  Optional<Hir> put(Ast.Apply lookup, Hir value) {
    Span span = lookup.span();
    Optional<MapInfo> map =
        lookup.arguments().get(0) instanceof Ast.Global global
            ? session.maps().find(global.definition()).filter(MapRules::isArray)
            : Optional.empty();
    Optional<Hir> number =
        map.flatMap(any -> agreement.number(typer.value(lookup.arguments().get(1))));
    Type held = map.map(MapInfo::value).orElse(null);
    if (map.isEmpty() || held == null || number.flatMap(Literals::constant).isPresent()) {
      return Optional.empty();
    }
    if (number.isEmpty()) {
      return Optional.of(agreement.broken(span));
    }
    Span at = lookup.arguments().get(1).span();
    Hir index = Agreement.convert(number.get(), Type.U64, Mode.CHECK, at);
    Spot spot = spot(map.get(), held, index, span);
    Hir fitting = agreement.coerce(value, held, "the map holds", span);
    return Optional.of(
        new Hir.Sequence(
            List.of(
                spot.before,
                Failures.unless(spot.inside, Failure.OUT_OF_BOUNDS, at),
                new Hir.Store(spot.entry.address(), spot.entry.offset(), fitting, span)),
            span));
  }

  private static boolean isArray(MapInfo map) {
    return map.kind() == Kind.ARRAY || map.kind() == Kind.PERCPU_ARRAY;
  }
}
