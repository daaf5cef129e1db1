package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Label;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.MapDecl.Kind;
import dev.ovsm.ir.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types loops over the entries of a map, in the order of their places. */
final class MapLoops {
  private static final int ENTRY = 16;
  private static final int USED = 4;
  private static final int TAKEN = 64;
  private final Session session;
  private final FunctionTyper typer;
  private final Context context;

  MapLoops(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.context = typer.context();
  }

  Hir each(Ast.MapEach each) {
    Span span = each.span();
    Optional<MapInfo> found = new MapRules(session, typer).map(each.map());
    Type value = found.map(MapInfo::value).orElse(null);
    Type key = found.map(MapInfo::key).orElse(null);
    if (found.isEmpty() || value == null || key == null) {
      return found.isEmpty()
          ? typer.agreement().broken(span)
          : new MapRules(session, typer).unsupported(found.get(), "map-for-each", span);
    }
    MapInfo map = found.get();
    Local index = context.local("index", Type.U64, span);
    Hir at = new Hir.Read(index, span);
    Local name = context.local("key", key, span);
    Local item = context.local("value", value, span);
    typer.bind(each.key(), name);
    typer.bind(each.value(), item);
    Label label = context.label();
    List<Hir> round = new ArrayList<>();
    if (map.isKeyed()) {
      entry(map, at, name, item, label, each, round);
    } else if (map.kind() == Kind.ARRAY || map.kind() == Kind.PERCPU_ARRAY) {
      Hir size = KeyedMaps.number(map.declaration().valueBytes(), span);
      Hir distance = new Hir.Arithmetic(BinaryOp.MUL, Mode.WRAP, at, size, span);
      Hir base = new Hir.Shift(new Hir.MapData(map, span), distance, Type.U64, span);
      round.add(new Hir.Write(name, Agreement.convert(at, key, Mode.WRAP, span), span));
      round.add(new Hir.Write(item, new Hir.Load(base, MapInfo.HEADER, value, span), span));
      round.add(typer.rounds().body(label, each.body()));
    } else {
      return new MapRules(session, typer).unsupported(map, "map-for-each", span);
    }
    Hir most = KeyedMaps.number(map.declaration().maxEntries(), span);
    Hir one = KeyedMaps.number(1, span);
    Hir next = new Hir.Arithmetic(BinaryOp.ADD, Mode.WRAP, at, one, span);
    return new Hir.Sequence(
        List.of(
            new Hir.Write(index, KeyedMaps.number(0, span), span),
            new Hir.Loop(
                label,
                new Hir.Compare(Comparison.LT, at, most, span),
                new Hir.Sequence(round, span),
                new Hir.Write(index, next, span),
                span)),
        span);
  }

  /** A round for an entry that may hold a key; those never taken end the loop. */
  private void entry(
      MapInfo map, Hir at, Local name, Local item, Label label, Ast.MapEach each, List<Hir> round) {
    Span span = each.span();
    Hir data = new Hir.MapData(map, span);
    Hir taken =
        new Hir.Convert(Mode.WRAP, new Hir.Load(data, TAKEN, Type.U32, span), Type.U64, span);
    Hir inside = new Hir.Compare(Comparison.LT, at, taken, span);
    round.add(Failures.unless(inside, new Hir.Jump(label, true, span), span));
    Local place = context.local("entry", Type.U64, span);
    Hir entry = new Hir.Read(place, span);
    Hir number = new Hir.Arithmetic(BinaryOp.ADD, Mode.WRAP, at, KeyedMaps.number(1, span), span);
    Hir shape = KeyedMaps.shape(map, span);
    Hir address =
        new Hir.Call(
            session.function("maps/entry", List.of(Type.U64, Type.U64, shape.type())),
            List.of(data, number, shape),
            span);
    round.add(new Hir.Write(place, address, span));
    Hir used = new Hir.Load(entry, USED, Type.U32, span);
    Hir isUsed =
        new Hir.Compare(
            Comparison.NE,
            used,
            Agreement.convert(KeyedMaps.number(0, span), Type.U32, Mode.WRAP, span),
            span);
    int behind = ENTRY + 8 * map.keyWords();
    List<Hir> body = new ArrayList<>();
    body.add(new Hir.Write(name, new Hir.Load(entry, ENTRY, name.type(), span), span));
    body.add(new Hir.Write(item, new Hir.Load(entry, behind, item.type(), span), span));
    body.add(typer.rounds().body(label, each.body()));
    Hir nothing = new Hir.Nothing(Basic.UNIT, span);
    round.add(new Hir.If(isUsed, new Hir.Sequence(body, span), nothing, Basic.UNIT, span));
  }
}
