package dev.ovsm.ir.text;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.text.Lexer.Kind;
import dev.ovsm.ir.text.Lexer.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one function; types of values are collected first, since a use may stand before. */
final class FunctionParser {
  private static final Map<String, Type> TYPES = new HashMap<>();
  private static final Map<String, BinaryOp> BINARY = new HashMap<>();
  private static final Map<String, Comparison> COMPARISONS = new HashMap<>();

  static {
    for (Type type : Type.values()) {
      TYPES.put(type.word(), type);
    }
    for (BinaryOp op : BinaryOp.values()) {
      BINARY.put(op.word(), op);
    }
    for (Comparison op : Comparison.values()) {
      COMPARISONS.put(op.word(), op);
    }
  }

  private final Reader in;
  private final Token first;
  private final Map<Integer, Type> types = new HashMap<>();

  /** Reads on after {@code first}, the word {@code fn}. */
  FunctionParser(Reader in, Token first) {
    this.in = in;
    this.first = first;
  }

  Function function() {
    collectTypes();
    String name = in.name();
    List<Value> parameters = parameters();
    Type result = in.accept("->") ? type() : null;
    in.expect("{");
    List<Block> blocks = new ArrayList<>();
    while (!in.accept("}")) {
      blocks.add(block(blocks.size(), parameters));
    }
    if (blocks.isEmpty()) {
      throw in.unreadable(first, "a function needs a block");
    }
    return new Function(name, result, blocks, in.since(first));
  }

  private void collectTypes() {
    for (int at = 0; in.peek(at).kind() != Kind.END && !in.peek(at).is("}"); at++) {
      if (in.peek(at).kind() != Kind.VALUE) {
        continue;
      }
      Token sign = in.peek(at + 1);
      Token word = in.peek(at + 2);
      Type type = null;
      if (sign.is(":")) {
        type = TYPES.get(word.text());
      } else if (sign.is("=")) {
        type = defined(word.text(), in.peek(at + 3).text());
      }
      if (type != null) {
        types.put(id(in.peek(at)), type);
      }
    }
  }

  private static @Nullable Type defined(String operation, String next) {
    if (operation.equals("data") || operation.equals("slot")) {
      return Type.PTR;
    }
    return COMPARISONS.containsKey(operation) ? Type.BOOL : TYPES.get(next);
  }

  private Block block(int id, List<Value> parameters) {
    Token label = in.expect(Kind.WORD, "a block");
    if (!label.text().equals("b" + id)) {
      throw in.unreadable(label, "expected b" + id);
    }
    List<Value> own = parameters;
    if (id > 0) {
      own = in.peek().is("(") ? parameters() : List.of();
    }
    in.expect(":");
    List<Inst> insts = new ArrayList<>();
    while (true) {
      Token start = in.peek();
      Terminator terminator = terminator();
      if (terminator != null) {
        return new Block(id, own, insts, terminator);
      }
      insts.add(start.kind() == Kind.VALUE ? definition() : effect());
    }
  }

  private @Nullable Terminator terminator() {
    Token word = in.peek();
    switch (word.text()) {
      case "jump" -> {
        in.take();
        return new Terminator.Jump(target(), in.since(word));
      }
      case "branch" -> {
        in.take();
        Value condition = value();
        in.expect(",");
        Target then = target();
        in.expect(",");
        return new Terminator.Branch(condition, then, target(), in.since(word));
      }
      case "switch" -> {
        in.take();
        return switchOn(word);
      }
      case "return" -> {
        in.take();
        Value value = in.peek().kind() == Kind.VALUE && !in.peek(1).is("=") ? value() : null;
        return new Terminator.Return(value, in.since(word));
      }
      case "fail" -> {
        in.take();
        return new Terminator.Fail(value(), in.since(word));
      }
      case "unreachable" -> {
        in.take();
        return new Terminator.Unreachable(in.since(word));
      }
      default -> {
        return null;
      }
    }
  }

  private Terminator switchOn(Token word) {
    Value value = value();
    List<Terminator.Case> cases = new ArrayList<>();
    in.expect(",");
    while (!in.accept("else")) {
      long constant = in.number();
      in.expect(":");
      cases.add(new Terminator.Case(constant, target()));
      in.expect(",");
    }
    return new Terminator.Switch(value, cases, target(), in.since(word));
  }

  private Inst definition() {
    Token start = in.peek();
    Value result = value();
    in.expect("=");
    Token word = in.expect(Kind.WORD, "an operation");
    int dot = word.text().indexOf('.');
    String operation = dot < 0 ? word.text() : word.text().substring(0, dot);
    Mode mode = mode(word, dot < 0 ? "" : word.text().substring(dot));
    if (!operation.equals("data") && !operation.equals("slot")) {
      type();
    }
    BinaryOp binary = BINARY.get(operation);
    if (binary != null) {
      Value left = value();
      in.expect(",");
      return new Inst.Binary(result, binary, mode, left, value(), in.since(start));
    }
    Comparison comparison = COMPARISONS.get(operation);
    if (comparison != null) {
      Value left = value();
      in.expect(",");
      return new Inst.Compare(result, comparison, left, value(), in.since(start));
    }
    return switch (operation) {
      case "const" -> new Inst.Const(result, in.number(), in.since(start));
      case "data" -> new Inst.DataAddress(result, in.small(), in.since(start));
      case "slot" -> {
        int bytes = in.small();
        in.expect("align");
        yield new Inst.StackSlot(result, bytes, in.small(), in.since(start));
      }
      case "convert" -> new Inst.Convert(result, mode, value(), in.since(start));
      case "select" -> {
        Value condition = value();
        in.expect(",");
        Value left = value();
        in.expect(",");
        yield new Inst.Select(result, condition, left, value(), in.since(start));
      }
      case "load" -> {
        in.expect("[");
        Value address = value();
        yield new Inst.Load(result, address, offset(), in.since(start));
      }
      case "call" -> new Inst.Call(result, in.name(), arguments(), in.since(start));
      case "syscall" -> new Inst.Syscall(result, in.name(), arguments(), in.since(start));
      default -> throw in.unreadable(word, "unknown operation");
    };
  }

  private Inst effect() {
    Token word = in.take();
    return switch (word.text()) {
      case "store" -> {
        type();
        in.expect("[");
        Value address = value();
        int offset = offset();
        in.expect(",");
        yield new Inst.Store(address, offset, value(), in.since(word));
      }
      case "copy" -> {
        int bytes = in.small();
        Value target = value();
        in.expect(",");
        yield new Inst.Copy(target, value(), bytes, in.since(word));
      }
      case "zero" -> {
        int bytes = in.small();
        yield new Inst.Zero(value(), bytes, in.since(word));
      }
      case "call" -> new Inst.Call(null, in.name(), arguments(), in.since(word));
      case "syscall" -> new Inst.Syscall(null, in.name(), arguments(), in.since(word));
      default -> throw in.unreadable(word, "unknown operation");
    };
  }

  /** The rest of a place after its address: an offset or none, and the bracket. */
  private int offset() {
    int offset = 0;
    if (in.accept("+")) {
      offset = in.small();
    } else if (in.accept("-")) {
      offset = -in.small();
    }
    in.expect("]");
    return offset;
  }

  private Target target() {
    Token block = in.expect(Kind.WORD, "a block");
    if (!block.text().matches("b[0-9]{1,9}")) {
      throw in.unreadable(block, "expected a block");
    }
    List<Value> arguments = in.peek().is("(") ? arguments() : List.of();
    return new Target(Integer.parseInt(block.text().substring(1)), arguments);
  }

  private List<Value> arguments() {
    return list(false);
  }

  private List<Value> parameters() {
    return list(true);
  }

  private List<Value> list(boolean typed) {
    List<Value> values = new ArrayList<>();
    in.expect("(");
    while (!in.accept(")")) {
      values.add(value());
      if (typed) {
        in.expect(":");
        type();
      }
      if (!in.peek().is(")")) {
        in.expect(",");
      }
    }
    return values;
  }

  private Value value() {
    Token token = in.expect(Kind.VALUE, "a value");
    Type type = types.get(id(token));
    if (type == null) {
      throw in.unreadable(token, "nothing defines the value");
    }
    return new Value(id(token), type);
  }

  private int id(Token token) {
    String digits = token.text().substring(1);
    if (!digits.matches("[0-9]{1,9}")) {
      throw in.unreadable(token, "expected a value");
    }
    return Integer.parseInt(digits);
  }

  private Type type() {
    Token token = in.take();
    Type type = TYPES.get(token.text());
    if (type == null) {
      throw in.unreadable(token, "expected a type");
    }
    return type;
  }

  private Mode mode(Token token, String suffix) {
    for (Mode mode : Mode.values()) {
      if (mode.suffix().equals(suffix)) {
        return mode;
      }
    }
    throw in.unreadable(token, "unknown mode " + suffix);
  }
}
