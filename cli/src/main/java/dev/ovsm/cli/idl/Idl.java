package dev.ovsm.cli.idl;

import dev.ovsm.frontend.Compiled;
import dev.ovsm.ir.Module;
import dev.ovsm.runtime.account.Pubkey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interface of a program as Anchor's IDL specification 0.1.0 has it: every instruction that a
 * user may call, and the data that they and the program exchange.
 *
 * <p>Names are in the case that the specification has for them, and unique.
 */
public record Idl(
    String address,
    String name,
    List<Instruction> instructions,
    List<Tagged> accounts,
    List<Tagged> events,
    List<Numbered> errors,
    List<Definition> types) {
  public Idl {
    instructions = List.copyOf(instructions);
    accounts = List.copyOf(accounts);
    events = List.copyOf(events);
    errors = List.copyOf(errors);
    types = List.copyOf(types);
  }

  /** The interface of a program that compiled, at an address. */
  public static Idl of(Compiled phases, Module module, Pubkey address) {
    return new Description(phases, module).describe(address);
  }

  /** The file that Anchor's tools and clients read. */
  public String json() {
    return IdlJson.print(this);
  }

  /** The types of a client in TypeScript, and functions that make its calls. */
  public String typeScript() {
    return new TypeScript(this).print();
  }

  /**
   * An instruction.
   *
   * @param docs the lines of what its author says of it
   * @param discriminator the bytes that its data begins with, little-endian
   */
  record Instruction(
      String name, List<String> docs, long discriminator, List<Meta> accounts, List<Field> args) {}

  /**
   * An account that an instruction takes.
   *
   * @param address the only one that fits, or null
   * @param seeds what its address is derived from, or empty
   */
  record Meta(
      String name,
      List<String> docs,
      boolean writable,
      boolean signer,
      @Nullable String address,
      List<byte[]> seeds) {}

  /** An account or an event: what its data begins with; its fields are those of its type. */
  record Tagged(String name, long discriminator) {}

  record Numbered(long code, String name, @Nullable String message) {}

  record Field(String name, List<String> docs, IdlType type) {}

  /** A type with a name: a struct with fields, or an enum with variants. */
  record Definition(String name, List<String> docs, List<Field> fields, List<String> variants) {
    boolean isEnum() {
      return !variants.isEmpty();
    }
  }
}
