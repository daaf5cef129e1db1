package dev.ovsm.frontend.hir;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type of an expression; every value of a type takes a known number of words. */
public sealed interface Type {
  Int U8 = new Int(8, false);
  Int U32 = new Int(32, false);
  Int U64 = new Int(64, false);
  Int I64 = new Int(64, true);
  Int U128 = new Int(128, false);
  Int I128 = new Int(128, true);

  /** The type as the source writes it. */
  String word();

  /** A whole number of 8 to 128 bits. */
  record Int(int bits, boolean signed) implements Type {
    @Override
    public String word() {
      return (signed ? "i" : "u") + bits;
    }
  }

  /** Types without parts. */
  enum Basic implements Type {
    BOOL("bool"),
    F64("f64"),
    /** A fixed-point number: an {@code i128} of millionths. */
    DECIMAL("decimal"),
    /** The address of 32 bytes. */
    PUBKEY("pubkey"),
    /** An address and a length in bytes. */
    STRING("string"),
    /** The rest of an encoding: an address and a length, written without the length. */
    BYTES("bytes"),
    /** The result of an intrinsic: 0 or an error code; checked where it is not used. */
    CODE("code"),
    /** The result of an intrinsic: an id, or 0 for a failure; checked where it is not used. */
    ID("id"),
    /** No value. */
    UNIT("nothing"),
    /** Control does not come back. */
    NEVER("never"),
    /** An error was reported; agrees with everything. */
    BROKEN("unknown");

    private final String word;

    Basic(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** A value or {@code null}. */
  record Option(Type of) implements Type {
    @Override
    public String word() {
      return "(option " + Type.resolved(of).word() + ")";
    }
  }

  /** The address of {@code length} packed elements. */
  record Array(Type of, int length) implements Type {
    @Override
    public String word() {
      return "(array " + Type.resolved(of).word() + " " + length + ")";
    }
  }

  /** The address of a length, a {@code u32}, and room for {@code most} packed elements. */
  record Vec(Type of, int most) implements Type {
    /** Bytes of the length before the elements. */
    public static final int HEADER = 4;

    @Override
    public String word() {
      return "(vec " + Type.resolved(of).word() + " " + most + ")";
    }
  }

  /** The address of bytes with a layout. */
  record Struct(Layout layout) implements Type {
    @Override
    public String word() {
      return "(struct " + layout.name() + ")";
    }
  }

  /** Values side by side, known by names. */
  record Fields(List<Field> fields) implements Type {
    public Fields {
      fields = List.copyOf(fields);
    }

    @Override
    public String word() {
      return fields.stream()
          .map(f -> ":" + f.name() + " " + Type.resolved(f.type()).word())
          .collect(Collectors.joining(" ", "{", "}"));
    }

    /** The index of a field, or -1. */
    public int index(String name) {
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).name().equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }

  record Field(String name, Type type) {}

  /** An account of the current instruction: the address of its record in the input. */
  record Account(@Nullable Layout data) implements Type {
    @Override
    public String word() {
      return "account";
    }
  }

  /** A function value: one lambda with the values that it captured. */
  record Closure(Ast.Lambda lambda, List<Type> captures) implements Type {
    public Closure {
      captures = List.copyOf(captures);
    }

    @Override
    public String word() {
      return "function";
    }
  }

  /**
   * What is written of functions: what they take and give. No value has it as its type; one that it
   * is written beside must be a function of this kind.
   */
  record Function(List<Type> parameters, Type result) implements Type {
    public Function {
      parameters = List.copyOf(parameters);
    }

    @Override
    public String word() {
      return parameters.stream()
          .map(type -> Type.resolved(type).word())
          .collect(Collectors.joining(" ", "(-> (", ") " + Type.resolved(result).word() + ")"));
    }
  }

  /** One of several functions: its number, then what each of them captures, in order. */
  record Choice(List<Closure> options) implements Type {
    public Choice {
      options = List.copyOf(options);
    }

    @Override
    public String word() {
      return "function";
    }

    /** The types of its parts: the number's, then those of all captures. */
    public List<Type> parts() {
      List<Type> parts = new ArrayList<>(List.of(U64));
      options.forEach(option -> parts.addAll(option.captures()));
      return parts;
    }
  }

  /** A top-level name that is no run-time value: a function, a program, a map. */
  record Named(Definition definition) implements Type {
    @Override
    public String word() {
      return definition.kind().word() + " " + definition.name();
    }
  }

  /**
   * A type that uses decide; bound at most once, and always bound when typing has ended.
   *
   * <p>The place that bound it is kept for messages.
   */
  final class Var implements Type {
    private final Freedom freedom;
    private @Nullable Type bound;
    private @Nullable Span boundAt;

    /** A bound variable further on the way to what this one is, so that the way stays short. */
    private @Nullable Var ahead;

    public Var(Freedom freedom) {
      this.freedom = freedom;
    }

    public Freedom freedom() {
      return freedom;
    }

    public void bind(Type type, Span at) {
      if (bound != null) {
        throw new IllegalStateException("bound twice");
      }
      bound = type;
      boundAt = at;
    }

    /** The last bound variable of the chain that begins with this one, if it is bound. */
    private @Nullable Var last() {
      if (bound == null) {
        return null;
      }
      Var last = this;
      for (Var next = last.next(); next != null; next = last.next()) {
        last = next;
      }
      Var passed = this;
      for (Var next = passed.next(); next != null; next = passed.next()) {
        passed.ahead = last;
        passed = next;
      }
      return last;
    }

    private @Nullable Var next() {
      if (ahead != null) {
        return ahead;
      }
      return bound instanceof Var var && var.bound != null ? var : null;
    }

    @Override
    public String word() {
      Type known = bound;
      return known != null ? Type.resolved(known).word() : freedom.word();
    }
  }

  /** What a {@link Var} may become. */
  enum Freedom {
    /** Any type. */
    ANY("unknown"),
    /** Any number type: a whole literal. */
    NUMBER("number"),
    /** A number type with fractions: a literal with a decimal point. */
    FRACTION("fraction");

    private final String word;

    Freedom(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** A type with every bound variable in it replaced, so that equal types are equal. */
  static Type closed(Type type) {
    Type known = resolved(type);
    if (known instanceof Option option) {
      return new Option(closed(option.of()));
    } else if (known instanceof Array array) {
      return new Array(closed(array.of()), array.length());
    } else if (known instanceof Vec vec) {
      return new Vec(closed(vec.of()), vec.most());
    } else if (known instanceof Fields fields) {
      return new Fields(
          fields.fields().stream().map(f -> new Field(f.name(), closed(f.type()))).toList());
    } else if (known instanceof Closure closure) {
      return new Closure(closure.lambda(), closure.captures().stream().map(Type::closed).toList());
    } else if (known instanceof Choice choice) {
      return new Choice(choice.options().stream().map(o -> (Closure) closed(o)).toList());
    }
    return known;
  }

  /** The place that decided what a type is, if it was open before. */
  static @Nullable Span decidedAt(Type type) {
    Var last = type instanceof Var var ? var.last() : null;
    return last == null ? null : last.boundAt;
  }

  /** What a type is known to be: the end of a chain of bound variables. */
  static Type resolved(Type type) {
    Var last = type instanceof Var var ? var.last() : null;
    return last == null || last.bound == null ? type : last.bound;
  }
}
