package dev.ovsm.cli.idl;

import com.google.gson.JsonPrimitive;
import dev.ovsm.frontend.idl.IdlName;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a module of TypeScript for Anchor's client: the IDL as a type, an interface for everything
 * that travels, a function for every call, the numbers of the errors.
 */
final class TypeScript {
  /** Names that the module uses itself. */
  private static final Set<String> TAKEN =
      Set.of("BN", "Buffer", "Program", "Record", "PROGRAM_ID", "errors", "instructions", "web3");

  private final Idl idl;
  private final String program;
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, String> args = new LinkedHashMap<>();
  private final Map<String, String> accounts = new LinkedHashMap<>();
  private final Set<String> taken = new LinkedHashSet<>(TAKEN);
  private final StringBuilder out = new StringBuilder();

  TypeScript(Idl idl) {
    this.idl = idl;
    this.program = name(IdlName.pascal(idl.name()), "Program");
    for (Idl.Instruction instruction : idl.instructions()) {
      String name = IdlName.pascal(instruction.name());
      args.put(instruction.name(), name(name + "Args", "Of"));
      accounts.put(instruction.name(), name(name + "Accounts", "Of"));
    }
    idl.accounts().forEach(it -> types.put(it.name(), name(it.name(), "Account")));
    idl.events().forEach(it -> types.put(it.name(), name(it.name(), "Event")));
    idl.types().forEach(it -> types.computeIfAbsent(it.name(), known -> name(known, "Type")));
  }

  /** A name that nothing else in the module has. */
  private String name(String wanted, String suffix) {
    String candidate = wanted;
    while (!taken.add(candidate)) {
      candidate += suffix;
    }
    return candidate;
  }

  String print() {
    line("");
    line("/** The IDL as Anchor's client sees it: every name in camel case. */");
    line("export type " + program + " = " + IdlJson.printCamel(idl) + ";");
    line("");
    line("export const PROGRAM_ID = new web3.PublicKey(" + quoted(idl.address()) + ");");
    idl.types().forEach(this::definition);
    idl.instructions().forEach(this::parameters);
    if (!idl.instructions().isEmpty()) {
      line("");
      line(
          "/** Every instruction of the program, ready for .rpc(), .instruction() or .simulate(). */");
      line("export const instructions = {");
      idl.instructions().forEach(this::instruction);
      line("};");
    }
    errors();
    String body = out.toString();
    out.setLength(0);
    header(body);
    return out + body;
  }

  private void header(String body) {
    line("// Made by ovsm compile --emit ts; an edit is lost when the program is compiled again.");
    idl.instructions().stream().findFirst().ifPresent(this::usage);
    line("");
    String types =
        Stream.of("BN", "Program")
            .filter(name -> Pattern.compile("\\b" + name + "\\b").matcher(body).find())
            .collect(Collectors.joining(", "));
    if (!types.isEmpty()) {
      line("import type { " + types + " } from \"@coral-xyz/anchor\";");
    }
    line("import { web3 } from \"@coral-xyz/anchor\";");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void usage(Idl.Instruction first) {
    String arguments = first.args().isEmpty() ? "program" : "program, args";
    String all = arguments + (open(first).isEmpty() ? "" : ", accounts");
    line("//");
    line("//   const program = new Program<" + program + ">(idl, provider);");
    line("//   await instructions." + IdlName.camel(first.name()) + "(" + all + ").rpc();");
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }

  private void definition(Idl.Definition definition) {
    line("");
    if (definition.isEnum()) {
      line("export type " + types.get(definition.name()) + " =");
      List<String> variants = new ArrayList<>();
      definition
          .variants()
          .forEach(
              name -> variants.add("  | { " + IdlName.camel(name) + ": Record<string, never> }"));
      line(String.join("\n", variants) + ";");
      return;
    }
    line("export interface " + types.get(definition.name()) + " {");
    definition.fields().forEach(this::field);
    line("}");
  }

  private void field(Idl.Field field) {
    line("  " + IdlName.camel(field.name()) + ": " + type(field.type()) + ";");
  }

  private String type(IdlType type) {
    if (type instanceof IdlType.Plain plain) {
      return switch (plain.word()) {
        case "bool" -> "boolean";
        case "u8", "u16", "u32", "i8", "i16", "i32", "f64" -> "number";
        case "string" -> "string";
        case "bytes" -> "Buffer";
        case "pubkey" -> "web3.PublicKey";
        default -> "BN";
      };
    } else if (type instanceof IdlType.Option option) {
      return type(option.of()) + " | null";
    } else if (type instanceof IdlType.Vec vec) {
      return list(vec.of());
    } else if (type instanceof IdlType.Array array) {
      return list(array.of());
    }
    return types.getOrDefault(((IdlType.Defined) type).name(), "never");
  }

  private String list(IdlType of) {
    String item = type(of);
    return item.contains(" ") ? "(" + item + ")[]" : item + "[]";
  }

  /** The accounts that the caller chooses. */
  private static List<Idl.Meta> open(Idl.Instruction instruction) {
    return instruction.accounts().stream()
        .filter(meta -> meta.address() == null && meta.seeds().isEmpty())
        .toList();
  }

  private void parameters(Idl.Instruction instruction) {
    if (!instruction.args().isEmpty()) {
      line("");
      line("export interface " + args.get(instruction.name()) + " {");
      instruction.args().forEach(this::field);
      line("}");
    }
    List<Idl.Meta> open = open(instruction);
    if (!open.isEmpty()) {
      line("");
      line("export interface " + accounts.get(instruction.name()) + " {");
      open.forEach(meta -> line("  " + IdlName.camel(meta.name()) + ": web3.PublicKey;"));
      line("}");
    }
  }

  private void instruction(Idl.Instruction instruction) {
    String camel = IdlName.camel(instruction.name());
    List<String> parameters = new ArrayList<>(List.of("program: Program<" + program + ">"));
    if (!instruction.args().isEmpty()) {
      parameters.add("args: " + args.get(instruction.name()));
    }
    if (!open(instruction).isEmpty()) {
      parameters.add("accounts: " + accounts.get(instruction.name()));
    }
    String arguments =
        instruction.args().stream()
            .map(field -> "args." + IdlName.camel(field.name()))
            .collect(Collectors.joining(", "));
    line("  " + camel + "(" + String.join(", ", parameters) + ") {");
    line("    return program.methods." + camel + "(" + arguments + ").accountsStrict({");
    instruction.accounts().forEach(this::account);
    line("    });");
    line("  },");
  }

  private void account(Idl.Meta meta) {
    String name = IdlName.camel(meta.name());
    String address = meta.address();
    String value = "accounts." + name;
    if (address != null) {
      value = "new web3.PublicKey(" + quoted(address) + ")";
    } else if (!meta.seeds().isEmpty()) {
      value =
          meta.seeds().stream()
              .map(seed -> "Buffer.from(" + quoted(HexFormat.of().formatHex(seed)) + ", \"hex\")")
              .collect(
                  Collectors.joining(
                      ", ", "web3.PublicKey.findProgramAddressSync([", "], program.programId)[0]"));
    }
    line("      " + name + ": " + value + ",");
  }

  private void errors() {
    line("");
    line("/** What a failed call's number means. */");
    line("export const errors = {");
    for (Idl.Numbered error : idl.errors()) {
      String message = error.message() == null ? error.name() : error.message();
      line(
          "  "
              + error.code()
              + ": { name: "
              + quoted(error.name())
              + ", message: "
              + quoted(message)
              + " },");
    }
    line("} as const;");
  }
}
