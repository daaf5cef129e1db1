package dev.ovsm.frontend.hir;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.List;

/** A typed expression of the core language. */
public sealed interface Hir {
  Type type();

  Span span();

  /** A number, a truth value or the bits of an {@code f64}. */
  record Constant(BigInteger value, Type type, Span span) implements Hir {}

  /** The number that another is taken from to negate it: of {@code f64} minus zero. */
  record NegativeZero(Type type, Span span) implements Hir {}

  /** A literal with a fraction; its type is {@code f64} or {@code decimal}. */
  record FractionConstant(java.math.BigDecimal value, Type type, Span span) implements Hir {}

  record TextConstant(String value, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.STRING;
    }
  }

  /** The address of constant bytes. */
  record BytesConstant(List<Byte> bytes, int align, Type type, Span span) implements Hir {
    public BytesConstant {
      bytes = List.copyOf(bytes);
    }
  }

  /** No value, or a value of a broken program. */
  record Nothing(Type type, Span span) implements Hir {}

  /** A value whose words are all zero. */
  record Zeros(Type type, Span span) implements Hir {}

  record Read(Local local, Span span) implements Hir {
    @Override
    public Type type() {
      return local.type();
    }
  }

  record Write(Local local, Hir value, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.UNIT;
    }
  }

  /** Runs every part; the value is the last one's. */
  record Sequence(List<Hir> body, Span span) implements Hir {
    public Sequence {
      body = List.copyOf(body);
    }

    @Override
    public Type type() {
      return body.isEmpty() ? Type.Basic.UNIT : body.get(body.size() - 1).type();
    }
  }

  record If(Hir condition, Hir then, Hir otherwise, Type type, Span span) implements Hir {}

  /** Selects the arm that lists the value. */
  record Switch(Hir value, List<Arm> arms, Hir otherwise, Type type, Span span) implements Hir {
    public Switch {
      arms = List.copyOf(arms);
    }
  }

  /** While the condition holds: body, then step; {@code continue} goes on at the step. */
  record Loop(Label label, Hir condition, Hir body, Hir step, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.UNIT;
    }
  }

  /** Leaves a loop, or goes on with its next round. */
  record Jump(Label label, boolean leaves, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.NEVER;
    }
  }

  record Return(Hir value, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.NEVER;
    }
  }

  /**
   * Runs {@code body}; where it would end the invocation with an error, {@code handler} runs
   * instead with the code in {@code error}. What the body wrote before stays written.
   */
  record Try(Hir body, Local error, Hir handler, Type type, Span span) implements Hir {}

  /**
   * A value that the function returns, with what it has of the frame copied.
   *
   * @param offset where in the room that the caller gives
   */
  record Returned(Hir value, int offset, Span span) implements Hir {
    @Override
    public Type type() {
      return value.type();
    }
  }

  /** Ends the invocation with an error code of type {@code u64}. */
  record Fail(Hir code, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.NEVER;
    }
  }

  record Arithmetic(BinaryOp op, Mode mode, Hir left, Hir right, Span span) implements Hir {
    @Override
    public Type type() {
      return left.type();
    }
  }

  record Compare(Comparison op, Hir left, Hir right, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.BOOL;
    }
  }

  /** A number in another number type. */
  record Convert(Mode mode, Hir value, Type type, Span span) implements Hir {}

  /** The same words under another type. */
  record Rename(Hir value, Type type, Span span) implements Hir {}

  /** The value stored at an address; of a struct or an array, its address. */
  record Load(Hir address, int offset, Type type, Span span) implements Hir {}

  record Store(Hir address, int offset, Hir value, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.UNIT;
    }
  }

  /** An address moved by a number of bytes, without a check. */
  record Shift(Hir address, Hir bytes, Type type, Span span) implements Hir {}

  record Copy(Hir target, Hir source, int bytes, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.UNIT;
    }
  }

  record Zero(Hir target, int bytes, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.UNIT;
    }
  }

  /** A struct, an array of zeros or a vector without elements, in fresh bytes of the frame. */
  record Fresh(Type type, Span span) implements Hir {}

  /** The address of fresh bytes of the frame. */
  record StackBytes(int bytes, int align, Type type, Span span) implements Hir {}

  record Call(Instance function, List<Hir> arguments, Span span) implements Hir {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public Type type() {
      return function.result();
    }
  }

  /** Calls the runtime; each argument is one word. */
  record Syscall(String name, List<Hir> arguments, Type type, Span span) implements Hir {
    public Syscall {
      arguments = List.copyOf(arguments);
    }
  }

  /** Evaluates a value for its effects; an error code is checked. */
  record Discard(Hir value, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.UNIT;
    }
  }

  /** Values stored one after another in the frame; its type is an array. */
  record VectorOf(List<Hir> items, Type type, Span span) implements Hir {
    public VectorOf {
      items = List.copyOf(items);
    }
  }

  /** The element of an array at an index of type {@code u64} that is in bounds. */
  record Element(Hir array, Hir index, Type type, Span span) implements Hir {}

  /** The elements of an array from one of them on: the same place. */
  record Rest(Hir array, int from, Type type, Span span) implements Hir {}

  record StoreElement(Hir array, Hir index, Hir value, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.UNIT;
    }
  }

  /** A value of several parts: a record, a string, a closure. */
  record Compose(List<Hir> parts, Type type, Span span) implements Hir {
    public Compose {
      parts = List.copyOf(parts);
    }
  }

  /** A part of a composed value: a field of a record, the address (0) or length (1) of a string. */
  record Part(Hir whole, int index, Type type, Span span) implements Hir {}

  /** A value as a present option. */
  record Present(Hir value, Type type, Span span) implements Hir {}

  record Absent(Type type, Span span) implements Hir {}

  record IsPresent(Hir option, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.BOOL;
    }
  }

  /** The value of an option; fails with {@code NULL} if it is absent. */
  record Unwrap(Hir option, Type type, Span span) implements Hir {}

  /** Writes its parts, texts and values, to the log as one line. */
  record Log(List<Hir> parts, Span span) implements Hir {
    public Log {
      parts = List.copyOf(parts);
    }

    @Override
    public Type type() {
      return Type.Basic.UNIT;
    }
  }

  /**
   * The compute units of an entry that is registered without saying how many: those that it
   * declares elsewhere or is found to need.
   *
   * @param usual if it has none
   */
  record Budget(String entry, long usual, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.U64;
    }
  }

  /** The address of a map's account data in this invocation; fails if it is missing. */
  record MapData(MapInfo map, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.U64;
    }
  }

  /** The record of the account with a fixed address; fails if it was not passed. */
  record AccountAt(AccountInfo account, Type type, Span span) implements Hir {}

  /** Goes on with another entry and does not come back, or gives an error code. */
  record TailCall(int array, List<String> callees, Hir index, Span span) implements Hir {
    public TailCall {
      callees = List.copyOf(callees);
    }

    @Override
    public Type type() {
      return Type.Basic.CODE;
    }
  }

  /** The address and length of a value in Borsh. */
  record Borsh(Hir value, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.STRING;
    }
  }

  /** What the log would write of a value, as a text in the frame. */
  record Format(Hir value, Span span) implements Hir {
    @Override
    public Type type() {
      return Type.Basic.STRING;
    }
  }

  /** The address of the area where the invocation keeps what it knows of its input. */
  record Context(Span span) implements Hir {
    @Override
    public Type type() {
      return Type.U64;
    }
  }

  /**
   * The address and length of an instruction that calls an entry, as the runtime keeps it.
   *
   * @param accounts the accounts that the entry declares without an address, in order
   * @param isData whether the instruction's data is all that is wanted
   */
  record Callback(String entry, List<Hir> captures, List<Hir> accounts, boolean isData, Span span)
      implements Hir {
    public Callback {
      captures = List.copyOf(captures);
      accounts = List.copyOf(accounts);
    }

    /** The data alone: the runtime adds the program and the accounts that its manifest declares. */
    public Callback data() {
      return new Callback(entry, captures, accounts, true, span);
    }

    @Override
    public Type type() {
      return Type.Basic.STRING;
    }
  }
}
