package dev.ovsm.cli.idl;

import dev.ovsm.cli.idl.Idl.Definition;
import dev.ovsm.cli.idl.Idl.Field;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.idl.IdlName;
import dev.ovsm.frontend.idl.InnerType;
import dev.ovsm.frontend.read.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Types of the program as types of the IDL, with the definitions that they need.
 *
 * <p>What lies in memory has fixed places, so an option there is a struct of a flag and room for a
 * value, and a vector one of a length and all its room; in Borsh they are what the IDL calls so.
 */
final class TypeNames {
  /** What the frontend calls a record that has no name. */
  private static final String NAMELESS = "record";

  private final Program program;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();

  TypeNames(Program program) {
    this.program = program;
  }

  /** Every type that something here needed, in the order of its first use. */
  List<Definition> definitions() {
    return List.copyOf(definitions.values());
  }

  /** A struct under its own name. */
  void define(Layout layout, Program.Struct source) {
    defined(layout, source, IdlName.pascal(layout.name()));
  }

  /** The fields of something that is written in Borsh. */
  void define(String name, Type.Fields fields, Program.Struct source) {
    List<Field> all = new ArrayList<>();
    for (int i = 0; i < fields.fields().size(); i++) {
      Type.Field field = fields.fields().get(i);
      Program.Member member = source.members().get(i);
      String owner = name + IdlName.pascal(field.name());
      IdlType type = borsh(field.type(), member.type(), owner);
      all.add(new Field(IdlName.snake(field.name()), docs(member.documentation()), type));
    }
    definitions.put(name, new Definition(name, docs(source.documentation()), all, List.of()));
  }

  /**
   * The type of a value in Borsh.
   *
   * @param form the type as the source writes it, or null
   * @param owner the name for a type that has none of its own
   */
  IdlType borsh(Type type, @Nullable Form form, String owner) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Option option) {
      return new IdlType.Option(borsh(option.of(), InnerType.of(form), owner));
    }
    if (known instanceof Type.Vec vec) {
      return new IdlType.Vec(stored(vec.of(), InnerType.of(form), owner));
    }
    if (known instanceof Type.Fields fields) {
      List<Field> all = new ArrayList<>();
      for (Type.Field field : fields.fields()) {
        String inner = owner + IdlName.pascal(field.name());
        IdlType of = borsh(field.type(), null, inner);
        all.add(new Field(IdlName.snake(field.name()), List.of(), of));
      }
      definitions.put(owner, new Definition(owner, List.of(), all, List.of()));
      return new IdlType.Defined(owner);
    }
    return stored(known, form, owner);
  }

  /** The type of a value where it lies in memory. */
  private IdlType stored(Type type, @Nullable Form form, String owner) {
    Type known = Type.resolved(type);
    if (known instanceof Type.Array array) {
      return new IdlType.Array(stored(array.of(), InnerType.of(form), owner), array.length());
    }
    if (known instanceof Type.Struct struct) {
      Layout layout = struct.layout();
      boolean nameless = layout.name().equals(NAMELESS);
      return defined(layout, source(layout), nameless ? owner : IdlName.pascal(layout.name()));
    }
    if (known instanceof Type.Option option) {
      IdlType of = stored(option.of(), InnerType.of(form), owner);
      IdlType flag = new IdlType.Plain("bool");
      return room(IdlName.option(word(of)), field("present", flag), field("value", of));
    }
    if (known instanceof Type.Vec vec) {
      IdlType of = stored(vec.of(), InnerType.of(form), owner);
      return room(
          IdlName.vector(vec.most(), word(of)),
          field("length", new IdlType.Plain("u32")),
          field("items", new IdlType.Array(of, vec.most())));
    }
    return enumeration(form).orElseGet(() -> new IdlType.Plain(plain(known, form)));
  }

  private static String plain(Type known, @Nullable Form form) {
    if (known instanceof Basic basic) {
      return switch (basic) {
        case BOOL, F64, PUBKEY -> basic.word();
        case DECIMAL -> "i128";
        case STRING -> form != null && form.isSymbol("bytes") ? "bytes" : "string";
        case BYTES -> "bytes";
        case CODE, ID, UNIT, NEVER, BROKEN -> "u64";
      };
    }
    return known instanceof Type.Int number ? number.word() : "u64";
  }

  private IdlType defined(Layout layout, Program.@Nullable Struct source, String name) {
    if (!definitions.containsKey(name)) {
      // It holds its place, so that definitions stand in the order of their first use.
      definitions.put(name, new Definition(name, List.of(), List.of(), List.of()));
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < layout.slots().size(); i++) {
        Layout.Slot slot = layout.slots().get(i);
        Program.Member member = source == null ? null : source.members().get(i);
        String owner = name + IdlName.pascal(slot.name());
        IdlType type = stored(slot.type(), member == null ? null : member.type(), owner);
        List<String> said = member == null ? List.of() : docs(member.documentation());
        fields.add(new Field(IdlName.snake(slot.name()), said, type));
      }
      List<String> said = source == null ? List.of() : docs(source.documentation());
      definitions.put(name, new Definition(name, said, fields, List.of()));
    }
    return new IdlType.Defined(name);
  }

  private static Field field(String name, IdlType type) {
    return new Field(name, List.of(), type);
  }

  /** The lines of a text without the space around them. */
  static List<String> docs(String documentation) {
    return documentation.lines().map(String::strip).toList();
  }

  private IdlType room(String name, Field first, Field second) {
    definitions.putIfAbsent(
        name, new Definition(name, List.of(), List.of(first, second), List.of()));
    return new IdlType.Defined(name);
  }

  /** A type as a part of a name. */
  private static String word(IdlType type) {
    if (type instanceof IdlType.Plain plain) {
      return IdlName.pascal(plain.word());
    }
    if (type instanceof IdlType.Array array) {
      return IdlName.array(word(array.of()), array.length());
    }
    return type instanceof IdlType.Defined defined ? defined.name() : "Value";
  }

  private Program.@Nullable Struct source(Layout layout) {
    return program.structs().values().stream()
        .filter(struct -> struct.name().equals(layout.name()))
        .findFirst()
        .orElse(null);
  }

  /** An enum that Borsh numbers as the program does. */
  private Optional<IdlType> enumeration(@Nullable Form form) {
    for (Program.Enumeration one : program.enums().values()) {
      if (form != null && form.isSymbol(one.name()) && one.isCounted()) {
        String name = IdlName.pascal(one.name());
        List<String> variants =
            one.variants().stream().map(variant -> IdlName.pascal(variant.name())).toList();
        List<String> said = docs(one.documentation());
        definitions.putIfAbsent(name, new Definition(name, said, List.of(), variants));
        return Optional.of(new IdlType.Defined(name));
      }
    }
    return Optional.empty();
  }
}
