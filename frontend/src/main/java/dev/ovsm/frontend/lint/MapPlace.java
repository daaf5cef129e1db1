package dev.ovsm.frontend.lint;

import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.MapDecl;
import java.util.List;
import java.util.Optional;

/**
 * A place in the value of a map.
 *
 * @param field the field of the value, empty for the whole of it
 * @param key which entry
 */
record MapPlace(Definition map, Optional<String> field, Ast key) {

  /** What an expression that can stand in {@code set!} names, if that is in a map. */
  static Optional<MapPlace> of(Ast ast, Subject subject) {
    Ast known = subject.value(ast);
    if (!(known instanceof Ast.Apply apply)
        || !(apply.function() instanceof Ast.Primitive primitive)) {
      return Optional.empty();
    }
    List<Ast> arguments = apply.arguments();
    if (primitive.builtin() == Operation.MAP_LOOKUP
        && arguments.get(0) instanceof Ast.Global map
        && map.definition().kind() == Definition.Kind.MAP) {
      return Optional.of(new MapPlace(map.definition(), Optional.empty(), arguments.get(1)));
    }
    if (primitive.builtin() == Operation.GET) {
      return of(arguments.get(0), subject)
          .map(
              whole ->
                  whole.field().isPresent()
                      ? whole
                      : new MapPlace(whole.map(), word(arguments.get(1)), whole.key()));
    }
    return Optional.empty();
  }

  static Optional<String> word(Ast ast) {
    if (ast instanceof Ast.Text text) {
      return Optional.of(text.value());
    }
    return ast instanceof Ast.Key key ? Optional.of(key.name()) : Optional.empty();
  }

  /** Whether a write here may change some of the bytes {@code [offset, offset + width)}. */
  boolean mayTouch(long offset, int width, Subject subject) {
    Optional<MapInfo> info =
        subject.typed().maps().stream().filter(m -> m.name().equals(map.name())).findFirst();
    if (info.isEmpty() || field.isEmpty() || info.get().kind() != MapDecl.Kind.ARRAY) {
      return true;
    }
    int stride = info.get().declaration().valueBytes();
    Type value = info.get().value();
    if (value == null || stride == 0 || offset < MapInfo.HEADER) {
      return offset + width > MapInfo.HEADER;
    }
    long start = (offset - MapInfo.HEADER) % stride;
    return slot(Type.resolved(value))
        .map(slot -> slot.offset() < start + width && start < end(slot))
        .orElse(true);
  }

  private static int end(Layout.Slot slot) {
    return slot.offset() + Sizes.of(slot.type());
  }

  private Optional<Layout.Slot> slot(Type value) {
    String wanted = field.orElse("");
    if (value instanceof Type.Struct struct) {
      return struct.layout().slot(wanted);
    }
    if (!(value instanceof Type.Fields fields)) {
      return Optional.empty();
    }
    int offset = 0;
    for (Type.Field one : fields.fields()) {
      if (one.name().equals(wanted)) {
        return Optional.of(new Layout.Slot(wanted, one.type(), offset));
      }
      offset += Sizes.of(one.type());
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return map.name() + field.map(name -> "." + name).orElse("");
  }
}
