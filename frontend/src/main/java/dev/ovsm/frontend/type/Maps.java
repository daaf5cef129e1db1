package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.ir.MapDecl;
import dev.ovsm.ir.MapDecl.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The declared maps with their types and sizes. */
final class Maps {
  private static final long MOST_BYTES = 10L << 20;
  private static final int SMALLEST_RING = 64;
  private static final int LARGEST_RING = 1 << 20;
  private static final int RING = 4096;

  private final Context context;
  private final TypeForms types;
  private final Map<Definition, MapInfo> infos = new LinkedHashMap<>();

  Maps(Context context, TypeForms types) {
    this.context = context;
    this.types = types;
  }

  void declareAll() {
    context.program().maps().forEach((definition, map) -> declare(definition, map));
  }

  List<MapInfo> all() {
    return List.copyOf(infos.values());
  }

  Optional<MapInfo> find(Definition definition) {
    return Optional.ofNullable(infos.get(definition));
  }

  private void declare(Definition definition, Program.MapDeclaration map) {
    Kind kind = kind(map);
    Type key = map.key() == null ? null : types.read(map.key());
    Type value = map.value() == null ? null : value(map.value(), map.name());
    boolean keyed = kind != Kind.QUEUE && kind != Kind.STACK && kind != Kind.RINGBUF;
    if (key == null && (kind == Kind.ARRAY || kind == Kind.PERCPU_ARRAY)) {
      key = Type.U32;
    }
    boolean missing = (keyed && key == null) || (value == null && kind != Kind.RINGBUF);
    if (missing) {
      context.report(
          Diagnostic.at(
                  map.span(),
                  LanguageCode.MALFORMED_FORM,
                  "the map "
                      + map.name()
                      + " lacks the type of its "
                      + (key == null ? "keys" : "values"))
              .withHelp("write :key u32 :value {:field type …}"));
    }
    int keyBytes = keyed && key != null ? Sizes.of(key) : 0;
    int valueBytes = kind == Kind.RINGBUF ? ring(map) : value == null ? 0 : Sizes.of(value);
    MapDecl declaration =
        new MapDecl(
            map.name(), kind, keyBytes, valueBytes, map.entries(), handles(value), map.span());
    int id = Murmur.hash(map.name().getBytes(StandardCharsets.UTF_8));
    MapInfo info = new MapInfo(map.name(), infos.size(), id, kind, key, value, declaration);
    if (kind != Kind.RINGBUF && info.bytes() > MOST_BYTES) {
      context.report(
          Diagnostic.at(
                  map.span(),
                  LanguageCode.TOO_LARGE,
                  "the map " + map.name() + " has more than 10 MiB, the limit of an account")
              .withHelp("lower :max-entries or the size of its values"));
    }
    infos.put(definition, info);
  }

  private Type value(Form form, String map) {
    return form instanceof Form.Sequence record && record.bracket() == Form.Bracket.MAP
        ? new Type.Struct(types.record(record, map + " value"))
        : types.read(form);
  }

  private Kind kind(Program.MapDeclaration map) {
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(map.kind())) {
        return kind;
      }
    }
    List<String> names = Arrays.stream(Kind.values()).map(Kind::name).toList();
    String known = String.join(", ", names);
    context.reportUnknown(
        Diagnostic.at(
                map.kindAt(), LanguageCode.UNKNOWN_TYPE, "no kind of map is called " + map.kind())
            .withHelp("the kinds are " + known),
        map.kindAt(),
        map.kind(),
        names);
    // What the map is used for is not to blame.
    return Spelling.nearest(map.kind(), names).map(Kind::valueOf).orElse(Kind.HASH);
  }

  private int ring(Program.MapDeclaration map) {
    int size = map.entries() == 1024 ? RING : map.entries();
    if (size < SMALLEST_RING || size > LARGEST_RING) {
      context.report(
          Diagnostic.at(
                  map.span(),
                  LanguageCode.TOO_LARGE,
                  "a ring holds " + SMALLEST_RING + " to " + LARGEST_RING + " bytes")
              .withHelp("write :size 4096"));
    }
    return size;
  }

  private static List<MapDecl.Handle> handles(@org.jspecify.annotations.Nullable Type value) {
    List<MapDecl.Handle> handles = new ArrayList<>();
    if (value instanceof Type.Struct struct) {
      for (Layout.Slot slot : struct.layout().slots()) {
        if (slot.type() instanceof Type.Struct field
            && (field.layout().name().equals("SolTimer")
                || field.layout().name().equals("SolWorkQueue"))) {
          MapDecl.HandleKind kind =
              field.layout().name().equals("SolTimer")
                  ? MapDecl.HandleKind.TIMER
                  : MapDecl.HandleKind.WORK_QUEUE;
          handles.add(new MapDecl.Handle(slot.offset(), kind));
        }
      }
    }
    return handles;
  }
}
