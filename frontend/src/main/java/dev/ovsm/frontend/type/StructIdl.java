package dev.ovsm.frontend.type;

import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.idl.IdlName;
import dev.ovsm.frontend.idl.InnerType;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A struct as the text that the {@code types} of the program's IDL have of it. */
final class StructIdl {
  private final ByName declared;

  /** With the names that types are declared under. */
  StructIdl(ByName declared) {
    this.declared = declared;
  }

  /** JSON without spaces, the name in Pascal case and those of fields in snake case. */
  String of(Layout layout) {
    Program.Struct source = declared.struct(layout.name());
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < layout.slots().size(); i++) {
      Layout.Slot slot = layout.slots().get(i);
      Form form = source == null ? null : source.members().get(i).type();
      fields.add(object("name", text(IdlName.snake(slot.name())), "type", of(slot.type(), form)));
    }
    String all = "[" + String.join(",", fields) + "]";
    String body = object("kind", text("struct"), "fields", all);
    return object("name", text(IdlName.pascal(layout.name())), "type", body);
  }

  /**
   * The type of a field.
   *
   * @param form as the source writes it, which alone tells an enum from a number; null if unknown
   */
  private String of(Type type, @Nullable Form form) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Array array) {
      return "{\"array\":[" + of(array.of(), InnerType.of(form)) + "," + array.length() + "]}";
    }
    boolean isPlain = known instanceof Type.Int || isPlain(known);
    return isPlain && !isEnum(form)
        ? text(known == Basic.DECIMAL ? "i128" : known.word())
        : "{\"defined\":{\"name\":" + text(word(known, form)) + "}}";
  }

  private static boolean isPlain(Type type) {
    return type == Basic.BOOL
        || type == Basic.F64
        || type == Basic.PUBKEY
        || type == Basic.DECIMAL
        || type == Basic.STRING;
  }

  /** Whether the IDL has an enum of this name: of others it has the number. */
  private boolean isEnum(@Nullable Form form) {
    Program.Enumeration found =
        form instanceof Form.Symbol symbol ? declared.enumeration(symbol.name()) : null;
    return found != null && found.isCounted();
  }

  /** The name of a type, or of the struct that stands for one without a name. */
  private String word(Type type, @Nullable Form form) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Struct struct) {
      return IdlName.pascal(struct.layout().name());
    } else if (known instanceof Type.Option option) {
      return IdlName.option(word(option.of(), InnerType.of(form)));
    } else if (known instanceof Type.Vec vec) {
      return IdlName.vector(vec.most(), word(vec.of(), InnerType.of(form)));
    } else if (known instanceof Type.Array array) {
      return IdlName.array(word(array.of(), InnerType.of(form)), array.length());
    } else if (form instanceof Form.Symbol symbol && isEnum(form)) {
      return IdlName.pascal(symbol.name());
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
