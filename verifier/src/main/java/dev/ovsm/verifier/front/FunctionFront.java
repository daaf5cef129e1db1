package dev.ovsm.verifier.front;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.InstVisitor;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.flow.Cfg;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Exact;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.GraphBuilder;
import dev.ovsm.verifier.graph.Op;
import dev.ovsm.verifier.graph.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the graph of one IR function.
 *
 * <p>Canonical values make most operations the same on 64 bits; what may leave the type is cut
 * ({@code WRAP}), required to fit ({@code CHECK}), or claimed to fit ({@code EXACT}).
 */
final class FunctionFront implements InstVisitor<Integer> {
  private final Function function;
  private final ModuleFront module;
  private final GraphBuilder builder;
  private final Map<Integer, Integer> nodes = new HashMap<>();
  private final Map<Integer, Inst> definitions = new HashMap<>();
  private Span span;
  private int objects;

  FunctionFront(Function function, ModuleFront module) {
    this.function = function;
    this.module = module;
    this.span = function.span();
    this.builder =
        new GraphBuilder(function.name(), function.parameters().size(), Place.at(function.span()));
  }

  Graph graph() {
    builder.block(Place.at(function.span()));
    for (dev.ovsm.ir.Block block : function.blocks()) {
      int id = builder.block(Place.at(place(block)));
      for (Value parameter : block.parameters()) {
        Word within = words(parameter.type());
        nodes.put(parameter.id(), builder.phi(id, Place.at(place(block)), within));
      }
    }
    enter();
    for (int id : Cfg.order(function)) {
      dev.ovsm.ir.Block block = function.blocks().get(id);
      builder.enter(id + 1);
      block.insts().forEach(this::lift);
      span = block.terminator().span();
      builder.charge(1);
      block.terminator().accept(new EndFront(this, builder));
    }
    return builder.build();
  }

  /** The block before the function's first hands it the arguments. */
  private void enter() {
    builder.enter(0);
    int[] arguments = new int[function.parameters().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = builder.add(new Op.Parameter(i), Place.at(function.span()));
    }
    builder.jump(1, arguments);
  }

  /** The words that are canonical in a type. */
  private static Word words(Type type) {
    if (type.bits() == 64) {
      return Word.any();
    }
    return type.signed() ? Word.signed(type.min(), type.max()) : Word.unsigned(0, type.max());
  }

  private static Span place(dev.ovsm.ir.Block block) {
    Span first = block.insts().isEmpty() ? null : block.insts().get(0).span();
    return first != null && first.isReal() ? first : block.terminator().span();
  }

  private void lift(Inst inst) {
    span = inst.span();
    builder.charge(1);
    int node = inst.accept(this);
    Value result = inst.result();
    if (result != null) {
      nodes.put(result.id(), node);
      definitions.put(result.id(), inst);
    }
  }

  /** The instruction that defines a value, or null if it is a parameter. */
  @Nullable Inst definition(Value value) {
    return definitions.get(value.id());
  }

  /** The node of a value that is defined by now. */
  int node(Value value) {
    Integer node = nodes.get(value.id());
    if (node == null) {
      throw new IllegalArgumentException(value + " is not defined in " + function.name());
    }
    return node;
  }

  /** The nodes of values, in their order. */
  int[] nodes(List<Value> values) {
    return values.stream().mapToInt(this::node).toArray();
  }

  private int add(Op op, int... inputs) {
    return builder.add(op, Place.at(span), inputs);
  }

  private int offset(Value address, int offset) {
    int base = node(address);
    return offset == 0
        ? base
        : add(new Op.Arithmetic(Operator.ADD), base, builder.constant(offset));
  }

  @Override
  public Integer visit(Inst.Const inst) {
    return builder.constant(inst.value());
  }

  @Override
  public Integer visit(Inst.DataAddress inst) {
    return add(new Op.Address(Op.Memory.READ_ONLY, inst.data(), 0, module.bytes(inst.data())));
  }

  @Override
  public Integer visit(Inst.StackSlot inst) {
    return add(new Op.Address(Op.Memory.FRAME, objects++, 0, inst.bytes()));
  }

  @Override
  public Integer visit(Inst.Binary inst) {
    Type type = inst.result().type();
    Operator operator = operator(inst.op(), type);
    int left = node(inst.left());
    int right = node(inst.right());
    if (isShift(inst.op()) && type.bits() < 64) {
      right = add(new Op.Arithmetic(Operator.AND), right, builder.constant(type.bits() - 1));
    }
    boolean overflows =
        switch (inst.op()) {
          case ADD, SUB, MUL, SHL -> true;
          case DIV -> type.signed();
          case REM, AND, OR, XOR, SHR, MULHI -> false;
        };
    if (!overflows || type == Type.PTR) {
      return add(new Op.Arithmetic(operator), left, right);
    }
    builder.charge(inst.mode() == Mode.CHECK ? 2 : type.bits() < 64 ? 1 : 0);
    if (type.bits() == 64 && inst.mode() == Mode.CHECK) {
      return add(new Op.Arithmetic(checked(operator, type)), left, right);
    }
    int raw = add(new Op.Arithmetic(operator), left, right);
    return switch (inst.mode()) {
      case WRAP -> type.bits() == 64 ? raw : add(new Op.Extend(type.bits(), type.signed()), raw);
      case CHECK ->
          inst.op() == BinaryOp.SHL
              ? add(new Op.Extend(type.bits(), type.signed()), raw)
              : fit(raw, Type.I64, type);
      case EXACT -> claim(raw, Exact.Origin.ARITHMETIC, type);
    };
  }

  private static boolean isShift(BinaryOp op) {
    return op == BinaryOp.SHL || op == BinaryOp.SHR;
  }

  private static Operator operator(BinaryOp op, Type type) {
    return switch (op) {
      case ADD -> Operator.ADD;
      case SUB -> Operator.SUB;
      case MUL -> Operator.MUL;
      case DIV -> type.signed() ? Operator.SDIV : Operator.UDIV;
      case REM -> type.signed() ? Operator.SREM : Operator.UREM;
      case AND -> Operator.AND;
      case OR -> Operator.OR;
      case XOR -> Operator.XOR;
      case SHL -> Operator.SHL;
      case SHR -> type.signed() ? Operator.SAR : Operator.SHR;
      case MULHI -> Operator.UHMUL;
    };
  }

  private static Operator checked(Operator operator, Type type) {
    return switch (operator) {
      case ADD -> type.signed() ? Operator.SADD_CHECKED : Operator.UADD_CHECKED;
      case SUB -> type.signed() ? Operator.SSUB_CHECKED : Operator.USUB_CHECKED;
      case MUL -> type.signed() ? Operator.SMUL_CHECKED : Operator.UMUL_CHECKED;
      default -> operator;
    };
  }

  /** The value, where it fits a type; the path ends where it does not. */
  private int fit(int raw, Type source, Type target) {
    long most = -1L >>> (64 - target.bits());
    long largest = target.signed() ? most >>> 1 : most;
    if (!source.signed()) {
      return target.bits() < 64 || target.signed() ? require(raw, Relation.ULE, largest) : raw;
    }
    int above = require(raw, Relation.SGE, target.signed() ? ~largest : 0);
    return target.bits() == 64 ? above : require(above, Relation.SLE, largest);
  }

  private int require(int value, Relation relation, long limit) {
    builder.charge(1);
    return add(new Op.Require(relation), value, builder.constant(limit));
  }

  private int claim(int raw, Exact.Origin origin, Type type) {
    module.claim(function.name(), raw, builder.current(), origin, type);
    return raw;
  }

  @Override
  public Integer visit(Inst.Compare inst) {
    return add(
        new Op.Compare(relation(inst.op(), inst.left().type())),
        node(inst.left()),
        node(inst.right()));
  }

  /** The comparison of two words that are canonical in a type. */
  static Relation relation(Comparison comparison, Type type) {
    boolean signed = type.signed();
    return switch (comparison) {
      case EQ -> Relation.EQ;
      case NE -> Relation.NE;
      case LT -> signed ? Relation.SLT : Relation.ULT;
      case LE -> signed ? Relation.SLE : Relation.ULE;
      case GT -> signed ? Relation.SGT : Relation.UGT;
      case GE -> signed ? Relation.SGE : Relation.UGE;
    };
  }

  @Override
  public Integer visit(Inst.Convert inst) {
    Type source = inst.operand().type();
    Type target = inst.result().type();
    int raw = node(inst.operand());
    if (source == Type.PTR || target == Type.PTR || source == target) {
      return raw;
    }
    return switch (inst.mode()) {
      case WRAP ->
          target.bits() == 64 ? raw : add(new Op.Extend(target.bits(), target.signed()), raw);
      case CHECK -> fit(raw, source, target);
      case EXACT ->
          claim(raw, source.signed() ? Exact.Origin.SIGNED : Exact.Origin.UNSIGNED, target);
    };
  }

  @Override
  public Integer visit(Inst.Select inst) {
    return add(new Op.Select(), node(inst.condition()), node(inst.left()), node(inst.right()));
  }

  @Override
  public Integer visit(Inst.Load inst) {
    Type type = inst.result().type();
    int address = offset(inst.address(), inst.offset());
    int loaded = add(new Op.Load(type.bytes(), type.signed()), address);
    return type == Type.BOOL ? add(new Op.Extend(1, false), loaded) : loaded;
  }

  @Override
  public Integer visit(Inst.Store inst) {
    int address = offset(inst.address(), inst.offset());
    return add(new Op.Store(inst.value().type().bytes()), address, node(inst.value()));
  }

  @Override
  public Integer visit(Inst.Copy inst) {
    builder.charge(inst.bytes() / 4 + 1);
    return add(new Op.Copy(inst.bytes()), node(inst.target()), node(inst.source()));
  }

  @Override
  public Integer visit(Inst.Zero inst) {
    builder.charge(inst.bytes() / 8 + 1);
    return add(new Op.Zero(inst.bytes()), node(inst.target()));
  }

  @Override
  public Integer visit(Inst.Call inst) {
    builder.charge(1 + inst.arguments().size());
    return add(new Op.Call(module.function(inst.function())), nodes(inst.arguments()));
  }

  @Override
  public Integer visit(Inst.Syscall inst) {
    builder.charge(inst.arguments().size());
    return add(new Op.Syscall(module.syscall(inst.name())), nodes(inst.arguments()));
  }
}
