package dev.ovsm.frontend.type;

import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.idl.IdlName;
import java.util.stream.Collectors;

/** A struct as the text that the {@code types} of the program's IDL have of it. */
final class StructIdl {
  private StructIdl() {}

  /** JSON without spaces, the name in Pascal case and those of fields in snake case. */
  static String of(Layout layout) {
    String fields =
        layout.slots().stream()
            .map(slot -> object("name", text(IdlName.snake(slot.name())), "type", of(slot.type())))
            .collect(Collectors.joining(",", "[", "]"));
    String body = object("kind", text("struct"), "fields", fields);
    return object("name", text(IdlName.pascal(layout.name())), "type", body);
  }

  private static String of(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Array array) {
      return "{\"array\":[" + of(array.of()) + "," + array.length() + "]}";
    } else if (known instanceof Type.Int || isPlain(known)) {
      return text(known == Basic.DECIMAL ? "i128" : known.word());
    }
    return "{\"defined\":{\"name\":" + text(word(known)) + "}}";
  }

  private static boolean isPlain(Type type) {
    return type == Basic.BOOL
        || type == Basic.F64
        || type == Basic.PUBKEY
        || type == Basic.DECIMAL
        || type == Basic.STRING;
  }

  /** The name of a type, or of the struct that stands for one without a name. */
  private static String word(Type type) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Struct struct) {
      return IdlName.pascal(struct.layout().name());
    } else if (known instanceof Type.Option option) {
      return IdlName.option(word(option.of()));
    } else if (known instanceof Type.Vec vec) {
      return IdlName.vector(vec.most(), word(vec.of()));
    } else if (known instanceof Type.Array array) {
      return IdlName.array(word(array.of()), array.length());
    }
    return IdlName.pascal(known == Basic.DECIMAL ? "i128" : known.word());
  }

  private static String object(String key, String value, String other, String second) {
    return "{" + text(key) + ":" + value + "," + text(other) + ":" + second + "}";
  }

  private static String text(String plain) {
    return "\"" + plain + "\"";
  }
}
