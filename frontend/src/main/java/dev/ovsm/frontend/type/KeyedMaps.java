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
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.MapDecl.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Types the operations on maps whose entries have keys, as calls of the library's maps. */
final class KeyedMaps {
  private static final Map<String, Integer> FLAGS = Map.of("any", 0, "noexist", 1, "exist", 2);
  private static final int EXISTS = 1;
  private static final int MISSING = 2;
  private static final int FULL = 3;
  private final Session session;
  private final FunctionTyper typer;
  private final MapRules rules;
  private final List<Hir> body = new ArrayList<>();

  KeyedMaps(Session session, FunctionTyper typer) {
    this.session = session;
    this.typer = typer;
    this.rules = new MapRules(session, typer);
  }

  /** {@code (map-lookup map key)}: the value, or null. */
  Hir lookup(MapInfo map, Ast.Apply apply) {
    Span span = apply.span();
    Optional<Hir> key = key(map, apply.arguments().get(1));
    Type value = map.value();
    if (key.isEmpty() || value == null) {
      return typer.agreement().broken(span);
    }
    String function = map.kind() == Kind.LPM_TRIE ? "maps/find-prefix" : used(map);
    Hir found = kept(call(map, function, key.get(), span));
    Type option = new Type.Option(value);
    Hir present = new Hir.Present(new Hir.Load(found, 0, value, span), option, span);
    body.add(new Hir.If(some(found), present, new Hir.Absent(option, span), option, span));
    return new Hir.Sequence(body, span);
  }

  /** {@code (map-update map key value [flag])}: 0, or why nothing was written. */
  Hir update(Ast.Apply apply) {
    Span span = apply.span();
    List<Ast> arguments = apply.arguments();
    Optional<MapInfo> map = keyed(arguments.get(0), "map-update", span);
    if (map.isEmpty()) {
      return typer.agreement().broken(span);
    }
    Optional<Hir> key = key(map.get(), arguments.get(1));
    Hir value = typer.agreement().decay(typer.value(arguments.get(2)));
    Optional<Integer> flag =
        arguments.size() < 4 ? Optional.of(0) : Places.name(arguments.get(3)).map(FLAGS::get);
    if (flag.isEmpty()) {
      typer
          .context()
          .report(
              Diagnostic.at(
                      arguments.get(3).span(),
                      LanguageCode.UNKNOWN_KEYWORD,
                      "map-update knows no such flag")
                  .withHelp("it is :any, :noexist or :exist"));
    }
    return key.isEmpty() || flag.isEmpty()
        ? typer.agreement().broken(span)
        : write(map.get(), key.get(), value, flag.get(), span);
  }

  /** {@code (set! (map-lookup map key) value)}, if the map has keys. */
  Optional<Hir> put(Ast.Apply lookup, Hir value) {
    Span span = lookup.span();
    Optional<MapInfo> map =
        lookup.arguments().get(0) instanceof Ast.Global global
            ? session.maps().find(global.definition()).filter(MapInfo::isKeyed)
            : Optional.empty();
    return map.map(
        found ->
            key(found, lookup.arguments().get(1))
                .<Hir>map(key -> new Hir.Discard(write(found, key, value, 0, span), span))
                .orElseGet(() -> typer.agreement().broken(span)));
  }

  private Hir write(MapInfo map, Hir key, Hir value, int flag, Span span) {
    Type type = map.value() == null ? Basic.BROKEN : map.value();
    Hir fitting = kept(typer.agreement().coerce(value, type, "the map holds", span));
    Hir code = number(0, span);
    if (flag == 0) {
      Hir place = kept(call(map, "maps/insert", key, span));
      body.add(choice(some(place), store(place, fitting, code), number(FULL, span), span));
      return new Hir.Sequence(body, span);
    }
    if (flag == 2) {
      Hir found = kept(call(map, used(map), key, span));
      body.add(choice(some(found), store(found, fitting, code), number(MISSING, span), span));
      return new Hir.Sequence(body, span);
    }
    Hir found = kept(call(map, "maps/find", key, span));
    Local added = typer.context().local("place", Type.U64, span);
    Hir place = new Hir.Read(added, span);
    Hir insert = new Hir.Write(added, call(map, "maps/insert", key, span), span);
    Hir adding =
        new Hir.Sequence(
            List.of(
                insert, choice(some(place), store(place, fitting, code), number(FULL, span), span)),
            span);
    body.add(choice(some(found), number(EXISTS, span), adding, span));
    return new Hir.Sequence(body, span);
  }

  /** What finds an entry that is read or written, which counts as its use. */
  private static String used(MapInfo map) {
    return map.kind() == Kind.LRU_HASH ? "maps/find-used" : "maps/find";
  }

  private static Hir choice(Hir condition, Hir then, Hir otherwise, Span span) {
    return new Hir.If(condition, then, otherwise, Basic.CODE, span);
  }

  private static Hir store(Hir place, Hir value, Hir code) {
    Span span = place.span();
    return new Hir.Sequence(List.of(new Hir.Store(place, 0, value, span), code), span);
  }

  /** {@code (map-delete map key)}: whether the key was there. */
  Hir delete(Ast.Apply apply) {
    Span span = apply.span();
    Optional<MapInfo> map = keyed(apply.arguments().get(0), "map-delete", span);
    Optional<Hir> key = map.flatMap(found -> key(found, apply.arguments().get(1)));
    if (map.isEmpty() || key.isEmpty()) {
      return typer.agreement().broken(span);
    }
    body.add(call(map.get(), "maps/delete", key.get(), span));
    return new Hir.Sequence(body, span);
  }

  private Optional<MapInfo> keyed(Ast ast, String operation, Span span) {
    Optional<MapInfo> map = rules.map(ast);
    if (map.isPresent() && !map.get().isKeyed()) {
      rules.unsupported(map.get(), operation, span);
      return Optional.empty();
    }
    return map;
  }

  /** The address of a key: its bytes, padded with zeros to whole words. */
  private Optional<Hir> key(MapInfo map, Ast ast) {
    Span span = ast.span();
    Type type = map.key();
    Hir key = typer.agreement().decay(typer.value(ast));
    if (type == null) {
      return Optional.empty();
    }
    Hir fitting = typer.agreement().coerce(key, type, "the map's keys are", span);
    if (Type.resolved(fitting.type()) == Basic.BROKEN) {
      return Optional.empty();
    }
    if (Type.resolved(type) == Basic.PUBKEY) {
      return Optional.of(kept(new Hir.Rename(fitting, Type.U64, span)));
    }
    int bytes = map.keyWords() * 8;
    Hir place = kept(new Hir.StackBytes(bytes, 8, Type.U64, span));
    body.add(new Hir.Zero(place, bytes, span));
    body.add(new Hir.Store(place, 0, fitting, span));
    return Optional.of(place);
  }

  private Hir kept(Hir value) {
    Local local = typer.context().local("kept", value.type(), value.span());
    body.add(new Hir.Write(local, value, value.span()));
    return new Hir.Read(local, value.span());
  }

  private static Hir some(Hir address) {
    return new Hir.Compare(Comparison.NE, address, number(0, address.span()), address.span());
  }

  /**
   * The sizes of a map as the lengths of arrays that are never read: they pick versions of the
   * library's functions.
   */
  static Hir shape(MapInfo map, Span span) {
    Type value = new Type.Array(Type.U8, (map.declaration().valueBytes() + 7) / 8);
    Type key = new Type.Array(value, Math.max(1, map.keyWords()));
    Type entries = new Type.Array(key, map.declaration().maxEntries());
    return new Hir.Rename(number(0, span), new Type.Array(entries, map.buckets()), span);
  }

  static Hir number(long value, Span span) {
    return new Hir.Constant(BigInteger.valueOf(value), Type.U64, span);
  }

  /** A function of the library on a map and a key. */
  private Hir call(MapInfo map, String function, Hir key, Span span) {
    Hir shape = shape(map, span);
    return new Hir.Call(
        session.function(function, List.of(Type.U64, Type.U64, shape.type())),
        List.of(new Hir.MapData(map, span), key, shape),
        span);
  }
}
