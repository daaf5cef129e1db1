package dev.ovsm.frontend.type;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Layout;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads types as they are written: {@code u64}, {@code (option pubkey)}, {@code [u8 32]}. */
final class TypeForms {
  private static final Pattern NUMBER = Pattern.compile("([ui])(8|16|32|64|128)");
  private static final int MOST_BYTES = 10 << 20;
  private final Context context;
  private final Map<String, Layout> layouts = new LinkedHashMap<>();
  private final Map<String, Type> enums = new LinkedHashMap<>();
  private final Set<String> reading = new LinkedHashSet<>();

  TypeForms(Context context) {
    this.context = context;
  }

  /** The number type of a literal's suffix. */
  Type number(String word) {
    return number0(word).orElse(Basic.BROKEN);
  }

  private static Optional<Type> number0(String word) {
    Matcher parts = NUMBER.matcher(word);
    return parts.matches()
        ? Optional.of(new Type.Int(Integer.parseInt(parts.group(2)), parts.group(1).equals("i")))
        : Optional.empty();
  }

  /** The type that a form stands for; unknown ones are reported and are {@code BROKEN}. */
  Type read(Form form) {
    if (form instanceof Form.Symbol symbol) {
      return named(symbol.name()).orElseGet(() -> unknown(form));
    }
    if (form instanceof Form.Sequence sequence) {
      List<Form> items = sequence.items();
      return switch (sequence.bracket()) {
        case MAP -> new Type.Struct(record(sequence, "record"));
        case VECTOR -> items.size() == 2 ? array(items.get(0), items.get(1)) : unknown(form);
        case LIST -> compound(sequence);
      };
    }
    return unknown(form);
  }

  private Type compound(Form.Sequence form) {
    List<Form> items = form.items();
    if (form.startsWith("option") && items.size() == 2) {
      return new Type.Option(read(items.get(1)));
    }
    if (form.startsWith("array") && items.size() == 3) {
      return array(items.get(1), items.get(2));
    }
    if (form.startsWith("vec") && items.size() == 3) {
      return array(items.get(1), items.get(2)) instanceof Type.Array array
          ? new Type.Vec(array.of(), array.length())
          : Basic.BROKEN;
    }
    if (form.startsWith("struct") && items.size() == 2) {
      return read(items.get(1));
    }
    if (isFunction(form) && items.get(1) instanceof Form.Sequence parameters) {
      List<Type> types = parameters.items().stream().map(this::read).toList();
      return new Type.Function(types, read(items.get(2)));
    }
    return unknown(form);
  }

  /** {@code (-> (parameter …) result)}. */
  private static boolean isFunction(Form.Sequence form) {
    return form.startsWith("->")
        && form.items().size() == 3
        && form.items().get(1) instanceof Form.Sequence parameters
        && parameters.bracket() == Form.Bracket.LIST;
  }

  /** Whether a type has functions in it, so that its values have no place in memory. */
  private static boolean hasFunction(Form type) {
    return type instanceof Form.Sequence list
        && (isFunction(list) || list.items().stream().anyMatch(TypeForms::hasFunction));
  }

  /** The type of a struct that has functions: a record, which lies in no memory. */
  Optional<Type.Fields> record(Program.Struct struct) {
    boolean isRecord =
        struct.shape() == Program.Shape.PLAIN
            && struct.members().stream().anyMatch(member -> hasFunction(member.type()));
    if (!isRecord || !reading.add(struct.name())) {
      return Optional.empty();
    }
    List<Type.Field> fields =
        struct.members().stream()
            .map(member -> new Type.Field(member.name(), read(member.type())))
            .toList();
    reading.remove(struct.name());
    return Optional.of(new Type.Fields(fields));
  }

  private Type array(Form element, Form length) {
    Optional<BigInteger> count =
        length instanceof Form.Whole whole ? Optional.of(whole.value()) : named(length);
    Type of = read(element);
    long bytes =
        count
                .filter(c -> c.signum() >= 0 && c.bitLength() < 31)
                .map(BigInteger::longValue)
                .orElse(-1L)
            * (Signatures.isWritten(of) ? 1 : Sizes.of(of));
    if (count.isEmpty() || bytes < 0 || bytes > MOST_BYTES) {
      context.report(
          Diagnostic.at(
                  length.span(),
                  LanguageCode.UNKNOWN_TYPE,
                  "an array's length is a constant, and an array has at most 10 MiB")
              .withHelp("write (array u8 32), with a number or the name of a constant"));
      return Basic.BROKEN;
    }
    return new Type.Array(of, count.get().intValue());
  }

  private Optional<BigInteger> named(Form length) {
    for (Map.Entry<Definition, dev.ovsm.frontend.ast.Ast> constant :
        context.program().constants().entrySet()) {
      if (length.isSymbol(constant.getKey().name())
          && constant.getValue() instanceof dev.ovsm.frontend.ast.Ast.Whole whole) {
        return Optional.of(whole.value());
      }
    }
    return Optional.empty();
  }

  private Optional<Type> named(String word) {
    Optional<Type> number = number0(word);
    if (number.isPresent()) {
      return number;
    }
    return switch (word) {
      case "bool" -> Optional.of(Basic.BOOL);
      case "f64" -> Optional.of(Basic.F64);
      case "decimal" -> Optional.of(Basic.DECIMAL);
      case "pubkey" -> Optional.of(Basic.PUBKEY);
      case "string", "bytes" -> Optional.of(Basic.STRING);
      case "_" -> Optional.of(context.var(Type.Freedom.ANY, dev.ovsm.diag.Span.none()));
      case "nothing" -> Optional.of(Basic.UNIT);
      case "never" -> Optional.of(Basic.NEVER);
      case "SolTimer", "SolWorkQueue" -> Optional.of(new Type.Struct(handle(word)));
      default -> defined(word);
    };
  }

  /** A timer or a work queue in a map value. */
  private static Layout handle(String name) {
    Layout.Slot id = new Layout.Slot("id", Type.U64, 0);
    return new Layout(name, List.of(id, new Layout.Slot("generation", Type.U64, 8)), 16);
  }

  private Optional<Type> defined(String word) {
    Program.Struct struct = context.declared().struct(word);
    if (struct != null) {
      Optional<Type> record = record(struct).map(fields -> fields);
      return record.or(
          () -> Optional.of(layout(struct).<Type>map(Type.Struct::new).orElse(Basic.BROKEN)));
    }
    Program.Enumeration enumeration = context.declared().enumeration(word);
    return enumeration == null
        ? Optional.empty()
        : Optional.of(enums.computeIfAbsent(word, name -> narrowest(enumeration.variants())));
  }

  /** The narrowest type that has the numbers of all variants; unsigned unless one is negative. */
  private static Type narrowest(List<Program.Variant> variants) {
    boolean signed = variants.stream().anyMatch(variant -> variant.value().signum() < 0);
    for (int bits : List.of(8, 16, 32, 64)) {
      Type.Int type = new Type.Int(bits, signed);
      if (variants.stream().allMatch(variant -> Literals.fits(variant.value(), type))) {
        return type;
      }
    }
    return new Type.Int(128, signed);
  }

  /** Whether a struct is declared as an account, whose data starts with a discriminator. */
  boolean isAccount(String name) {
    Program.Struct struct = context.declared().struct(name);
    return struct != null && struct.shape() == Program.Shape.ACCOUNT;
  }

  /** The layout of a declared struct; an account's data starts with its 8-byte discriminator. */
  Optional<Layout> layout(Program.Struct struct) {
    Layout known = layouts.get(struct.name());
    if (known != null) {
      return Optional.of(known);
    }
    if (!reading.add(struct.name())) {
      context.report(
          Diagnostic.at(
                  struct.span(),
                  LanguageCode.UNKNOWN_TYPE,
                  "the struct " + struct.name() + " contains itself, so it has no size")
              .withHelp("keep an index or a public key of the other struct instead"));
      return Optional.empty();
    }
    int start = struct.shape() == Program.Shape.ACCOUNT ? Discriminators.BYTES : 0;
    Layout layout = lay(struct.name(), struct.members(), start);
    reading.remove(struct.name());
    layouts.put(struct.name(), layout);
    return Optional.of(layout);
  }

  /** The layout of {@code {:field type …}}. */
  Layout record(Form.Sequence form, String name) {
    List<Program.Member> members = new ArrayList<>();
    for (int i = 0; i < form.items().size(); i += 2) {
      Form field = form.items().get(i);
      String text =
          field instanceof Form.Keyword keyword
              ? keyword.name()
              : field instanceof Form.Text string ? string.value() : field.span().text();
      boolean hasType = i + 1 < form.items().size();
      Form type = hasType ? form.items().get(i + 1) : field;
      members.add(new Program.Member(text, type, "", field.span()));
    }
    if (form.items().size() % 2 != 0) {
      context.report(
          Diagnostic.at(
                  members.get(members.size() - 1).span(),
                  LanguageCode.MALFORMED_FORM,
                  "this field has no type behind its name")
              .withHelp("write {:field type …}, such as {:amount u64}"));
      return broken(name, members);
    }
    return lay(name, members, 0);
  }

  private Layout lay(String name, List<Program.Member> members, int start) {
    List<Layout.Slot> slots = new ArrayList<>();
    int offset = start;
    for (Program.Member member : members) {
      Type type = read(member.type());
      if (Signatures.isWritten(type)) {
        context.report(
            Diagnostic.at(
                    member.span(),
                    LanguageCode.UNKNOWN_TYPE,
                    "the field " + member.name() + " is a function, which lies in no memory")
                .withHelp("keep a number that says which function it is, and select by it"));
        type = Basic.BROKEN;
      }
      if (Type.resolved(type) == Basic.STRING) {
        context.report(
            Diagnostic.at(
                    member.span(),
                    LanguageCode.UNKNOWN_TYPE,
                    "the field " + member.name() + " has no fixed size")
                .withHelp("store bytes of a fixed length: (array u8 32)"));
        type = Basic.BROKEN;
      }
      slots.add(new Layout.Slot(member.name(), type, offset));
      offset += Sizes.of(type);
      if (offset > MOST_BYTES) {
        context.report(
            Diagnostic.at(
                    member.span(),
                    LanguageCode.TOO_LARGE,
                    "with the field " + member.name() + " " + name + " has more than 10 MiB")
                .withHelp("an account has at most 10 MiB; keep less, or an index of it"));
        return broken(name, members);
      }
    }
    return new Layout(name, slots, offset);
  }

  /** A layout that was reported: every field is there, and nothing more is said of any. */
  private static Layout broken(String name, List<Program.Member> members) {
    return new Layout(
        name, members.stream().map(m -> new Layout.Slot(m.name(), Basic.BROKEN, 0)).toList(), 0);
  }

  private Type unknown(Form form) {
    new UnknownType(context).report(form);
    return Basic.BROKEN;
  }
}
