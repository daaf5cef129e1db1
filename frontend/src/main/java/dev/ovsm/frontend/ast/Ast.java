package dev.ovsm.frontend.ast;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.read.Form;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression whose names are resolved; nothing is known of its types yet. */
public sealed interface Ast {
  Span span();

  /** A whole number, with the type of its suffix if it has one. */
  record Whole(BigInteger value, @Nullable String suffix, Span span) implements Ast {}

  record Fraction(BigDecimal value, Span span) implements Ast {}

  record Text(String value, Span span) implements Ast {}

  record Bool(boolean value, Span span) implements Ast {}

  record Null(Span span) implements Ast {}

  record PublicKey(List<Byte> bytes, Span span) implements Ast {}

  /** A keyword in an argument list: it names the argument after it, a field or an error. */
  record Key(String name, Span span) implements Ast {}

  /** The value of a local variable. */
  record Use(Variable variable, Span span) implements Ast {}

  /** A top-level name. */
  record Global(Definition definition, Span span) implements Ast {}

  /** An operation of the language itself, by the name that the source uses. */
  record Primitive(Builtin builtin, String name, Span span) implements Ast {}

  /** Binds a variable from here to the end of its block. */
  record Define(Variable variable, Ast value, Span span) implements Ast {}

  /** {@code set!}: the place is a variable, a {@code get} or another form that reads a place. */
  record Assign(Ast place, Ast value, Span span) implements Ast {}

  record Do(List<Ast> body, Span span) implements Ast {
    public Do {
      body = List.copyOf(body);
    }
  }

  record If(Ast condition, Ast then, @Nullable Ast otherwise, Span span) implements Ast {}

  /** {@code and} or {@code or}: the operands are evaluated only as far as needed. */
  record Logic(boolean conjunction, List<Ast> operands, Span span) implements Ast {
    public Logic {
      operands = List.copyOf(operands);
    }
  }

  /** Runs the clause of the first key that equals the value. */
  record Case(Ast value, List<Clause> clauses, @Nullable Ast otherwise, Span span) implements Ast {
    public Case {
      clauses = List.copyOf(clauses);
    }
  }

  /** The keys of a {@link Case} and what they select. */
  record Clause(List<Ast> keys, Ast body, Span span) {
    public Clause {
      keys = List.copyOf(keys);
    }
  }

  /** Runs the body of the first clause that names the value's type; null stands for its absence. */
  record TypeCase(Ast value, List<TypeClause> clauses, @Nullable Ast otherwise, Span span)
      implements Ast {
    public TypeCase {
      clauses = List.copyOf(clauses);
    }
  }

  /** The types of a {@link TypeCase} and what they select. */
  record TypeClause(List<Form> types, Ast body, Span span) {
    public TypeClause {
      types = List.copyOf(types);
    }
  }

  /**
   * Room in the frame for as many elements as another collection has.
   *
   * @param empty whether it is a vector that has none yet; else the collection's kind and length
   */
  record MakeLike(Ast collection, boolean empty, Span span) implements Ast {}

  record While(Ast condition, Ast body, Span span) implements Ast {}

  /** Counts from {@code from} up to, not including, {@code to} by {@code step}. */
  record Count(Variable variable, Ast from, Ast to, Ast step, Ast body, Span span) implements Ast {}

  /** Runs the body for every element of a collection in order. */
  record Each(Variable variable, Ast collection, Ast body, Span span) implements Ast {}

  /** Runs the body for every entry of a map, in the order of their places. */
  record MapEach(Ast map, Variable key, Variable value, Ast body, Span span) implements Ast {}

  record Break(Span span) implements Ast {}

  record Continue(Span span) implements Ast {}

  /** Leaves the function with a value. */
  record Return(@Nullable Ast value, Span span) implements Ast {}

  /**
   * A function value.
   *
   * @param id its identity, unique in a compilation
   * @param captures the variables of enclosing functions that it reads
   */
  record Lambda(
      int id,
      String name,
      List<Parameter> parameters,
      Ast body,
      @Nullable Form result,
      List<Variable> captures,
      Span span)
      implements Ast {
    public Lambda {
      parameters = List.copyOf(parameters);
      captures = List.copyOf(captures);
    }

    /** The same function with other captures. */
    public Lambda capturing(List<Variable> others) {
      return new Lambda(id, name, parameters, body, result, others, span);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Lambda lambda && lambda.id == id;
    }

    @Override
    public int hashCode() {
      return id;
    }
  }

  /** Calls a function value, a definition or a primitive. */
  record Apply(Ast function, List<Ast> arguments, Span span) implements Ast {
    public Apply {
      arguments = List.copyOf(arguments);
    }
  }

  record Vector(List<Ast> items, Span span) implements Ast {
    public Vector {
      items = List.copyOf(items);
    }
  }

  /**
   * The numbers from one up to, not including, another, as a value.
   *
   * @param step a constant, null for one
   */
  record Range(Ast from, Ast to, @Nullable Ast step, Span span) implements Ast {}

  /** A record {@code {:name value …}}. */
  record Fields(List<Field> fields, Span span) implements Ast {
    public Fields {
      fields = List.copyOf(fields);
    }
  }

  record Field(String name, Ast value, Span span) {}

  /** A new value of zeros in the frame. */
  record Make(Form type, Span span) implements Ast {}

  /** A value whose type is written down. */
  record The(Form type, Ast value, Span span) implements Ast {}

  /** Runs {@code handler} with the error code when an error is raised in {@code body}. */
  record Try(Ast body, Variable error, Ast handler, Span span) implements Ast {}

  /** Runs {@code end} after {@code body}, whose value it has. */
  record Finally(Ast body, Ast end, Span span) implements Ast {}

  /** Runs {@code body}; a throw of the tag in it, or in what it calls, ends it with a value. */
  record Catch(String tag, Ast body, Span span) implements Ast {}

  /** Goes to the innermost catch of the tag that is running, which has the value then. */
  record Throw(String tag, Ast value, Span span) implements Ast {}

  /** A type as an argument, such as the struct of {@code struct-size}. */
  record TypeName(Form type, Span span) implements Ast {}

  /** Stands where an error was reported; nothing more is said about it. */
  record Broken(Span span) implements Ast {}
}
