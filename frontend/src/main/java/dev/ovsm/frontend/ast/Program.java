package dev.ovsm.frontend.ast;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the sources define, by definition, in source order.
 *
 * @param aliases variables of one name defined in several branches of a function and used after
 *     them: each stands for its value
 * @param hoisted variables used after the branch that defines them
 * @param recursive local functions that call themselves or each other, by the variables that they
 *     know each other by; all that know each other capture the same variables
 */
public record Program(
    String name,
    Map<Definition, Ast.Lambda> functions,
    Map<Definition, Ast> constants,
    Map<Definition, Entry> entries,
    Map<Definition, MapDeclaration> maps,
    Map<Definition, List<Definition>> arrays,
    Map<Definition, Struct> structs,
    Map<Definition, Enumeration> enums,
    Map<Definition, Struct> events,
    Map<Definition, Failing> errors,
    Map<Definition, Syscall> syscalls,
    Map<Variable, Variable> aliases,
    Set<Variable> hoisted,
    Map<Variable, Ast.Lambda> recursive,
    Library library) {

  /** Finds the library's functions for the constructs that the compiler expands into calls. */
  public interface Library {
    /** The library function called {@code name}, which must exist. */
    Definition function(String name);
  }

  /** Whether a variable is used after the branch that defines it. */
  public boolean isHoisted(Variable variable) {
    return hoisted.contains(canonical(variable));
  }

  /** The variable that {@code variable} stands for. */
  public Variable canonical(Variable variable) {
    Variable found = variable;
    for (Variable next = aliases.get(found); next != null; next = aliases.get(found)) {
      found = next;
    }
    return found;
  }

  /**
   * An instruction of the program.
   *
   * @param origin how it came to be
   * @param budget declared compute units, 0 if none
   * @param documentation what its author says of it, or nothing
   */
  public record Entry(
      Definition definition,
      Origin origin,
      Ast.Lambda lambda,
      boolean isPublic,
      long budget,
      @Nullable List<Account> accounts,
      String documentation,
      Span span) {}

  /** How an entry was written. */
  public enum Origin {
    /** {@code define-program}. */
    PROGRAM,
    /** The {@code on-startup} bodies of the program. */
    STARTUP,
    /** A file of bare expressions; the last value is the exit code. */
    BARE
  }

  /**
   * A declared account of an entry.
   *
   * @param fresh whether its data is still all zero, and gets its discriminator from this entry
   * @param type the struct that its data holds, or null
   * @param owner the program that owns it, or null
   * @param documentation what its author says of it, or nothing
   */
  public record Account(
      Variable variable,
      boolean signer,
      boolean writable,
      boolean fresh,
      @Nullable Form type,
      @Nullable List<Byte> address,
      @Nullable Ast owner,
      String documentation) {}

  /**
   * A {@code define-map}; the types are as written.
   *
   * @param kindAt where its kind stands, or the map where none does
   */
  public record MapDeclaration(
      String name,
      String kind,
      Span kindAt,
      @Nullable Form key,
      @Nullable Form value,
      int entries,
      Span span) {}

  /**
   * A struct, account or event type: its fields in order; an account starts with 8 bytes of tag.
   */
  public record Struct(
      String name, Shape shape, List<Member> members, String documentation, Span span) {}

  /** What a struct is declared for. */
  public enum Shape {
    PLAIN,
    ACCOUNT,
    EVENT
  }

  public record Member(String name, Form type, String documentation, Span span) {}

  /** An error of the program: its number, and what is wrong, or null. */
  public record Failing(BigInteger code, @Nullable String text) {}

  /** An enum: names with their numbers, in an integer type. */
  public record Enumeration(String name, List<Variant> variants, String documentation, Span span) {
    /** Whether its numbers are those that Borsh gives variants: 0, 1, 2 and so on. */
    public boolean isCounted() {
      for (int i = 0; i < variants.size(); i++) {
        if (!variants.get(i).value().equals(BigInteger.valueOf(i))) {
          return false;
        }
      }
      return !variants.isEmpty();
    }
  }

  public record Variant(String name, BigInteger value, Span span) {}

  /** An intrinsic: a syscall, its parameters' kinds and what its result means. */
  public record Syscall(
      String name, String symbol, List<SyscallParameter> parameters, String result, Span span) {}

  /** A parameter of an intrinsic; any of its names may stand before its argument. */
  public record SyscallParameter(List<String> names, String kind, @Nullable Ast fallback) {
    public SyscallParameter {
      names = List.copyOf(names);
    }

    public String name() {
      return names.get(0);
    }
  }
}
