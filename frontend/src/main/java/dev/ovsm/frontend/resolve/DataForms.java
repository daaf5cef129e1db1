package dev.ovsm.frontend.resolve;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Span;
import dev.ovsm.diag.Spelling;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Definition.Kind;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The forms that define data: maps, structs, accounts, events, enums, errors and intrinsics. */
final class DataForms {
  private static final int MAP_ENTRIES = 1024;
  private static final int MOST_ENTRIES = 10 << 20;
  private static final int LONGEST_SEED = 32;
  private static final int FIRST_ERROR = 6000;
  private final Names names;
  private final boolean isLibrary;

  DataForms(Names names, boolean isLibrary) {
    this.names = names;
    this.isLibrary = isLibrary;
  }

  void declare(Form.Sequence form) {
    if (form.items().size() < 2 || !(form.items().get(1) instanceof Form.Symbol name)) {
      String word = Syntax.word(form.items().get(0));
      names.malformed(form.span(), "the name is missing", "(" + word + " name …)");
      return;
    }
    switch (Syntax.word(form.items().get(0))) {
      case "define-map" -> map(form, name);
      case "define-struct" -> struct(form, name, Program.Shape.PLAIN);
      case "define-account" -> struct(form, name, Program.Shape.ACCOUNT);
      case "define-event" -> struct(form, name, Program.Shape.EVENT);
      case "define-enum" -> enumeration(form, name);
      case "define-error" -> error(form, name);
      default -> syscall(form, name);
    }
  }

  private Definition declare(Kind kind, Form.Symbol name) {
    return names.declare(kind, name.name(), name.span(), isLibrary, () -> {});
  }

  private void map(Form.Sequence form, Form.Symbol name) {
    String kind = "HASH";
    Span kindAt = form.span();
    Form key = null;
    Form value = null;
    int entries = MAP_ENTRIES;
    for (Syntax.Option option : Syntax.leadingOptions(Syntax.rest(form, 2), Set.of("pinned"))) {
      Form given = option.value();
      switch (option.key().name()) {
        case "type" -> {
          kind = given == null ? "" : Syntax.word(given);
          kindAt = given == null ? option.key().span() : given.span();
        }
        case "key" -> key = given;
        case "value" -> value = given;
        case "max-entries", "size" -> entries = entries(option);
        case "pinned" -> {}
        default ->
            names.report(
                Spelling.corrected(
                    Diagnostic.at(
                            option.key().span(),
                            LanguageCode.UNKNOWN_KEYWORD,
                            "a map has no option :" + option.key().name())
                        .withHelp("the options are :type, :max-entries, :key, :value and :pinned"),
                    option.key().span(),
                    option.key().name(),
                    List.of("type", "max-entries", "key", "value", "pinned")));
      }
    }
    if (name.name().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_SEED) {
      names.malformed(
          name.span(),
          "a map's name is a seed of its address",
          "a name of at most " + LONGEST_SEED + " bytes");
    }
    Definition map = declare(Kind.MAP, name);
    names.maps.put(
        map,
        new Program.MapDeclaration(name.name(), kind, kindAt, key, value, entries, form.span()));
  }

  private int entries(Syntax.Option option) {
    if (option.value() instanceof Form.Whole whole
        && whole.value().signum() > 0
        && whole.value().compareTo(BigInteger.valueOf(MOST_ENTRIES)) <= 0) {
      return whole.value().intValue();
    }
    names.malformed(
        option.key().span(), "a map has a fixed number of entries", ":max-entries 1024");
    return MAP_ENTRIES;
  }

  private void struct(Form.Sequence form, Form.Symbol name, Program.Shape shape) {
    List<Program.Member> members = new ArrayList<>();
    String documentation = Syntax.documentation(form);
    for (Form field : Syntax.rest(form, documentation.isEmpty() ? 2 : 3)) {
      if (field instanceof Form.Sequence map && map.bracket() == Form.Bracket.MAP) {
        members(map, members);
        continue;
      }
      Optional<Program.Member> member = member(field);
      if (member.isEmpty()) {
        names.malformed(
            field.span(), "a field is a name and a type", "(name type), such as (amount u64)");
      }
      member.ifPresent(members::add);
    }
    Map<String, Program.Member> first = new HashMap<>();
    for (Program.Member member : members) {
      Program.Member earlier = first.putIfAbsent(member.name(), member);
      if (earlier != null) {
        refuseSecond(member, earlier);
      }
    }
    Kind kind = shape == Program.Shape.EVENT ? Kind.EVENT : Kind.STRUCT;
    Definition definition = declare(kind, name);
    Map<Definition, Program.Struct> table =
        shape == Program.Shape.EVENT ? names.events : names.structs;
    table.put(
        definition, new Program.Struct(name.name(), shape, members, documentation, form.span()));
  }

  private void members(Form.Sequence map, List<Program.Member> members) {
    for (int i = 0; i + 1 < map.items().size(); i += 2) {
      Form type = map.items().get(i + 1);
      Span span = map.items().get(i).span();
      Syntax.fieldName(map.items().get(i))
          .ifPresent(name -> members.add(new Program.Member(name, type, "", span)));
    }
  }

  private void refuseSecond(Program.Member member, Program.Member earlier) {
    names.report(
        Diagnostic.at(
                member.span(),
                LanguageCode.DUPLICATE_DEFINITION,
                "two fields are named " + member.name())
            .withLabel(earlier.span(), "the first")
            .withHelp("rename one of them"));
  }

  /** {@code (name type)} or {@code (name : type)}, and perhaps a text that tells what it is. */
  private static Optional<Program.Member> member(Form form) {
    List<Form> items = Syntax.items(form).orElse(List.of());
    String documentation = "";
    if (items.size() > 2 && items.get(items.size() - 1) instanceof Form.Text text) {
      documentation = text.value();
      items = items.subList(0, items.size() - 1);
    }
    if (items.size() < 2 || !(items.get(0) instanceof Form.Symbol name)) {
      return Optional.empty();
    }
    Form type = items.get(items.size() - 1);
    boolean wellFormed = items.size() == 2 || (items.size() == 3 && items.get(1).isSymbol(":"));
    Form plain = type instanceof Form.Keyword key ? new Form.Symbol(key.name(), key.span()) : type;
    return wellFormed
        ? Optional.of(new Program.Member(name.name(), plain, documentation, name.span()))
        : Optional.empty();
  }

  private void enumeration(Form.Sequence form, Form.Symbol name) {
    List<Program.Variant> variants = new ArrayList<>();
    BigInteger next = BigInteger.ZERO;
    String documentation = Syntax.documentation(form);
    for (Form item : Syntax.rest(form, documentation.isEmpty() ? 2 : 3)) {
      List<Form> parts = Syntax.items(item).orElse(List.of(item));
      Optional<String> variant =
          parts.isEmpty()
              ? Optional.empty()
              : Syntax.symbol(parts.get(0)).or(() -> Syntax.fieldName(parts.get(0)));
      if (variant.isEmpty()) {
        names.malformed(item.span(), "this is not a variant", "Name or (Name number)");
        continue;
      }
      if (parts.size() == 2 && parts.get(1) instanceof Form.Whole number) {
        next = number.value();
      }
      variants.add(new Program.Variant(variant.get(), next, item.span()));
      next = next.add(BigInteger.ONE);
    }
    Definition definition = declare(Kind.ENUM, name);
    names.enums.put(
        definition, new Program.Enumeration(name.name(), variants, documentation, form.span()));
    for (Program.Variant variant : variants) {
      Form.Symbol constant = new Form.Symbol(name.name() + "/" + variant.name(), variant.span());
      Ast value = new Ast.Whole(variant.value(), null, variant.span());
      names.constants.put(
          declare(Kind.CONSTANT, constant), new Ast.The(name, value, variant.span()));
    }
  }

  private void error(Form.Sequence form, Form.Symbol name) {
    BigInteger code = BigInteger.valueOf(FIRST_ERROR + names.errors.size());
    String text = null;
    for (Form part : Syntax.rest(form, 2)) {
      if (part instanceof Form.Whole number) {
        code = number.value();
      } else if (part instanceof Form.Text said) {
        text = said.value();
      } else {
        names.malformed(
            part.span(),
            "an error is a name, perhaps a number, and a text",
            "(define-error name 6001 \"what is wrong\")");
      }
    }
    names.errors.put(declare(Kind.ERROR, name), new Program.Failing(code, text));
  }

  /** {@code (define-syscall name "symbol" ((parameter : kind [= value]) …) result)}. */
  private void syscall(Form.Sequence form, Form.Symbol name) {
    List<Form> items = form.items();
    if (items.size() != 5 || !(items.get(2) instanceof Form.Text symbol)) {
      names.malformed(
          form.span(),
          "an intrinsic has a symbol, parameters and a result",
          "(define-syscall name \"symbol\" ((parameter : kind) …) result)");
      return;
    }
    Bodies bodies = new Bodies(names, isLibrary);
    List<Program.SyscallParameter> parameters = new ArrayList<>();
    for (Form item : Syntax.items(items.get(3)).orElse(List.of())) {
      List<Form> parts = Syntax.items(item).orElse(List.of());
      Ast fallback =
          parts.size() == 5 ? bodies.resolve(parts.get(4), Scope.ofFunction(null)) : null;
      if (parts.size() >= 3 && parts.get(0) instanceof Form.Symbol parameter) {
        String kind = Syntax.word(parts.get(2));
        List<String> names = List.of(parameter.name().split("/", -1));
        parameters.add(new Program.SyscallParameter(names, kind, fallback));
      }
    }
    names.syscalls.put(
        declare(Kind.SYSCALL, name),
        new Program.Syscall(
            name.name(), symbol.value(), parameters, Syntax.word(items.get(4)), form.span()));
  }
}
