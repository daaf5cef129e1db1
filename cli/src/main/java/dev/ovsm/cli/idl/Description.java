package dev.ovsm.cli.idl;

import dev.ovsm.cli.idl.Idl.Field;
import dev.ovsm.cli.idl.Idl.Instruction;
import dev.ovsm.cli.idl.Idl.Meta;
import dev.ovsm.cli.idl.Idl.Numbered;
import dev.ovsm.cli.idl.Idl.Tagged;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.frontend.ast.Definition;
import dev.ovsm.frontend.ast.Parameter;
import dev.ovsm.frontend.ast.Program;
import dev.ovsm.frontend.hir.Declared;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.frontend.idl.IdlName;
import dev.ovsm.frontend.read.Form;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Module;
import dev.ovsm.runtime.account.Pubkey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes a program: what users may call, and what they and the program exchange. */
final class Description {
  private static final byte[] MAP_SEED = "map".getBytes(StandardCharsets.UTF_8);

  private final Program program;
  private final Typed typed;
  private final Module module;
  private final TypeNames types;

  Description(Compiled phases, Module module) {
    this.program = Objects.requireNonNull(phases.program());
    this.typed = Objects.requireNonNull(phases.typed());
    this.module = module;
    this.types = new TypeNames(program);
  }

  Idl describe(Pubkey address) {
    List<Tagged> accounts = new ArrayList<>();
    for (Declared.Struct struct : typed.declared().structs()) {
      if (struct.source().shape() == Program.Shape.ACCOUNT) {
        types.define(struct.layout(), struct.source());
        accounts.add(new Tagged(IdlName.pascal(struct.layout().name()), struct.discriminator()));
      }
    }
    List<Tagged> events = new ArrayList<>();
    for (Declared.Event event : typed.declared().events()) {
      String name = IdlName.pascal(event.source().name());
      types.define(name, event.fields(), event.source());
      events.add(new Tagged(name, event.discriminator()));
    }
    List<Instruction> instructions = new ArrayList<>();
    if (!typed.bare()) {
      module.entries().stream()
          .filter(entry -> entry.kind() != Entry.Kind.CALLBACK || isForUsers(entry))
          .map(this::instruction)
          .forEach(instructions::add);
    }
    return new Idl(
        address.toString(),
        IdlName.snake(module.name()),
        instructions,
        accounts,
        events,
        errors(),
        types.definitions());
  }

  /** Whether users may call a callback: it is public, and no trigger must bring its parameters. */
  private boolean isForUsers(Entry entry) {
    EntryInfo info = info(entry);
    return entry.isPublic() && info != null && info.payload() == EntryInfo.Payload.NONE;
  }

  private @Nullable EntryInfo info(Entry entry) {
    return typed.entries().stream()
        .filter(info -> info.name().equals(entry.name()))
        .findFirst()
        .orElse(null);
  }

  private Instruction instruction(Entry entry) {
    String owner = IdlName.pascal(entry.name());
    Set<String> names = new LinkedHashSet<>();
    List<Field> args = new ArrayList<>();
    EntryInfo info = info(entry);
    List<Local> parameters = info == null ? List.of() : info.function().parameters();
    Map<String, Form> written = written(entry.name());
    for (Local parameter : parameters) {
      IdlType type =
          types.borsh(
              parameter.type(),
              written.get(parameter.name()),
              owner + IdlName.pascal(parameter.name()));
      args.add(new Field(unique(IdlName.snake(parameter.name()), names), List.of(), type));
    }
    names.clear();
    Program.@Nullable Entry source = source(entry.name());
    List<Meta> accounts =
        entry.accounts().stream().map(account -> account(account, source, names)).toList();
    List<String> docs = source == null ? List.of() : TypeNames.docs(source.documentation());
    return new Instruction(
        IdlName.snake(entry.name()), docs, entry.discriminator(), accounts, args);
  }

  /** The entry as it is written, or null for one that the compiler makes. */
  private Program.@Nullable Entry source(String name) {
    return program.entries().entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** What the declaration of an account says of it. */
  private static List<String> docs(Program.@Nullable Entry source, String account) {
    if (source == null || source.accounts() == null) {
      return List.of();
    }
    return source.accounts().stream()
        .filter(declared -> declared.variable().name().equals(account))
        .flatMap(declared -> TypeNames.docs(declared.documentation()).stream())
        .toList();
  }

  /** The types that are written beside the parameters of an entry. */
  private Map<String, Form> written(String name) {
    Map<String, Form> forms = new LinkedHashMap<>();
    for (Map.Entry<Definition, Program.Entry> entry : program.entries().entrySet()) {
      if (entry.getKey().name().equals(name)) {
        for (Parameter parameter : entry.getValue().lambda().parameters()) {
          Form form = parameter.variable().type();
          if (form != null) {
            forms.put(parameter.variable().name(), form);
          }
        }
      }
    }
    return forms;
  }

  private static Meta account(
      Entry.Account account, Program.@Nullable Entry source, Set<String> names) {
    byte[] bytes = account.address();
    String address = bytes == null ? null : Pubkey.of(bytes).toString();
    String name =
        address != null && account.name().equals(address)
            ? KnownAccount.name(address)
            : IdlName.snake(account.name());
    List<byte[]> seeds =
        account.map() == null
            ? List.of()
            : List.of(MAP_SEED, account.map().getBytes(StandardCharsets.UTF_8));
    return new Meta(
        unique(name, names),
        docs(source, account.name()),
        account.writable(),
        account.signer(),
        address,
        seeds);
  }

  private static String unique(String name, Set<String> taken) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  /** The program's own errors, then those of the language that have other numbers. */
  private List<Numbered> errors() {
    Map<Long, Numbered> errors = new LinkedHashMap<>();
    program
        .errors()
        .forEach(
            (name, error) -> {
              long code = error.code().longValue();
              String word = IdlName.pascal(name.name());
              errors.putIfAbsent(code, new Numbered(code, word, error.text()));
            });
    for (Failure failure : Failure.values()) {
      long code = failure.code();
      String word = IdlName.pascal(failure.name().toLowerCase(Locale.ROOT));
      errors.putIfAbsent(code, new Numbered(code, word, failure.text()));
    }
    return List.copyOf(errors.values());
  }
}
