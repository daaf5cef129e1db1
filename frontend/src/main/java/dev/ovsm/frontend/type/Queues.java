package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.MapDecl.Kind;
import dev.ovsm.ir.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types the operations on queues and stacks, as calls of the library's maps. */
final class Queues {
  private static final int COUNT = 24;
  private static final int FULL = 3;
  private final Session session;
  private final FunctionTyper typer;
  private final MapRules rules;
  private final List<Hir> body = new ArrayList<>();

  Queues(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.rules = new MapRules(session, typer);
  }

  /** {@code (map-length map)}: how many entries it has. */
  Hir length(Ast.Apply apply) {
    Span span = apply.span();
    Optional<MapInfo> map = rules.map(apply.arguments().get(0));
    if (map.isEmpty()) {
      return typer.agreement().broken(span);
    }
    Kind kind = map.get().kind();
    if (kind == Kind.ARRAY || kind == Kind.PERCPU_ARRAY) {
      return KeyedMaps.number(map.get().declaration().maxEntries(), span);
    }
    if (!map.get().isAccount()) {
      return rules.unsupported(map.get(), "map-length", span);
    }
    Hir count = new Hir.Load(new Hir.MapData(map.get(), span), COUNT, Type.U32, span);
    return new Hir.Convert(Mode.WRAP, count, Type.U64, span);
  }

  /** {@code (map-push map value)}: 0, or 3 if the map is full. */
  Hir push(Ast.Apply apply) {
    Span span = apply.span();
    Optional<MapInfo> map = queue(apply.arguments().get(0), "map-push", span);
    Hir value = typer.agreement().decay(typer.value(apply.arguments().get(1)));
    Type type = map.map(MapInfo::value).orElse(null);
    if (map.isEmpty() || type == null) {
      return typer.agreement().broken(span);
    }
    Hir fitting = kept(typer.agreement().coerce(value, type, "the map holds", span));
    Hir place = kept(call(map.get(), "maps/add", span));
    Hir stored = new Hir.Store(place, 0, fitting, span);
    Hir done = new Hir.Sequence(List.of(stored, KeyedMaps.number(0, span)), span);
    body.add(new Hir.If(some(place), done, KeyedMaps.number(FULL, span), Basic.CODE, span));
    return new Hir.Sequence(body, span);
  }

  /**
   * {@code (map-pop map)} and {@code (map-peek map)}: the oldest value of a queue, the newest of a
   * stack, or null.
   */
  Hir take(Ast.Apply apply, boolean removes) {
    Span span = apply.span();
    String operation = removes ? "map-pop" : "map-peek";
    Optional<MapInfo> map = queue(apply.arguments().get(0), operation, span);
    Type value = map.map(MapInfo::value).orElse(null);
    if (map.isEmpty() || value == null) {
      return typer.agreement().broken(span);
    }
    String which = map.get().kind() == Kind.QUEUE ? "oldest" : "newest";
    Hir place = kept(call(map.get(), "maps/" + which, span));
    Type option = new Type.Option(value);
    List<Hir> found = new ArrayList<>();
    if (removes) {
      found.add(call(map.get(), "maps/drop-" + which, span));
    }
    found.add(new Hir.Present(new Hir.Load(place, 0, value, span), option, span));
    Hir present = new Hir.Sequence(found, span);
    body.add(new Hir.If(some(place), present, new Hir.Absent(option, span), option, span));
    return new Hir.Sequence(body, span);
  }

  private Optional<MapInfo> queue(Ast ast, String operation, Span span) {
    Optional<MapInfo> map = rules.map(ast);
    boolean fits =
        map.isPresent() && (map.get().kind() == Kind.QUEUE || map.get().kind() == Kind.STACK);
    if (map.isPresent() && !fits) {
      rules.unsupported(map.get(), operation, span);
      return Optional.empty();
    }
    return map;
  }

  private Hir kept(Hir value) {
    Local local = typer.context().local("kept", value.type(), value.span());
    body.add(new Hir.Write(local, value, value.span()));
    return new Hir.Read(local, value.span());
  }

  private static Hir some(Hir address) {
    Span span = address.span();
    return new Hir.Compare(Comparison.NE, address, KeyedMaps.number(0, span), span);
  }

  private Hir call(MapInfo map, String function, Span span) {
    Hir shape = KeyedMaps.shape(map, span);
    return new Hir.Call(
        session.function(function, List.of(Type.U64, shape.type())),
        List.of(new Hir.MapData(map, span), shape),
        span);
  }
}
