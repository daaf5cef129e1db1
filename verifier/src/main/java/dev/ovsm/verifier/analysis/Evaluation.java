package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Arithmetic;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Block;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.List;

/** The values that a node's operation gives for the values of its inputs; empty: the path ends. */
final class Evaluation {
  private static final long MOST_STATUS = 0xFFFF_FFFFL;

  private static final Word FLAG = Word.unsigned(0, 1);
  private static final Word STATUS = Word.unsigned(0, MOST_STATUS);
  private static final Word CODE = Word.unsigned(0, 255);

  private final Graph graph;
  private final Ranges ranges;
  private final Word[] arguments;
  private final Results results;

  Evaluation(Graph graph, Ranges ranges, Word[] arguments, Results results) {
    this.graph = graph;
    this.ranges = ranges;
    this.arguments = arguments.clone();
    this.results = results;
  }

  Word of(Node node) {
    return node.op().accept(new At(node));
  }

  /** The evaluation of one node. */
  private final class At implements Op.Visitor<Word> {
    private final Node node;

    At(Node node) {
      this.node = node;
    }

    private Word input(int index) {
      return ranges.in(node.input(index), node.block());
    }

    @Override
    public Word visit(Op.Parameter op) {
      return op.index() < arguments.length ? arguments[op.index()] : Word.any();
    }

    @Override
    public Word visit(Op.Constant op) {
      return Word.constant(op.value());
    }

    @Override
    public Word visit(Op.Phi op) {
      Block block = graph.block(node.block());
      Word all = Word.empty(64);
      for (int i = 0; i < node.inputs().length; i++) {
        int from = block.predecessors()[i];
        if (graph.cfg().isReachable(from) && ranges.passes(from)) {
          all = all.join(ranges.in(node.input(i), from));
        }
      }
      return all.meet(op.within());
    }

    @Override
    public Word visit(Op.Arithmetic op) {
      return Arithmetic.apply(op.operator(), input(0), input(1));
    }

    @Override
    public Word visit(Op.Extend op) {
      return op.signed()
          ? Arithmetic.signExtend(input(0), op.bits())
          : Arithmetic.zeroExtend(input(0), op.bits());
    }

    @Override
    public Word visit(Op.Swap op) {
      return Arithmetic.swap(input(0), op.bytes());
    }

    @Override
    public Word visit(Op.Compare op) {
      return switch (op.relation().decide(input(0), input(1))) {
        case TRUE -> Word.constant(1);
        case FALSE -> Word.constant(0);
        case EITHER -> FLAG;
        case NEVER -> Word.empty(64);
      };
    }

    @Override
    public Word visit(Op.Select op) {
      Word condition = input(0);
      Word all = condition.contains(0) ? input(2) : Word.empty(64);
      boolean onlyZero = condition.isConstant() && condition.umin() == 0;
      return onlyZero || condition.isEmpty() ? all : all.join(input(1));
    }

    @Override
    public Word visit(Op.Require op) {
      return op.relation().refine(input(0), input(1));
    }

    @Override
    public Word visit(Op.Address op) {
      return switch (op.memory()) {
        case FRAME -> Word.unsigned(MemoryMap.STACK, MemoryMap.HEAP - 1);
        case READ_ONLY -> Word.unsigned(0, MemoryMap.STACK - 1);
      };
    }

    @Override
    public Word visit(Op.Load op) {
      Word told = node.inputs().length > 1 ? input(1) : Word.any();
      if (op.bytes() == 8) {
        return reached(told);
      }
      int bits = 8 * op.bytes();
      long most = -1L >>> (64 - bits);
      Word all = op.signed() ? Word.signed(~(most >>> 1), most >>> 1) : Word.unsigned(0, most);
      return reached(all.meet(told));
    }

    @Override
    public Word visit(Op.Store op) {
      return reached(Word.any());
    }

    @Override
    public Word visit(Op.Copy op) {
      return reached(Word.any());
    }

    @Override
    public Word visit(Op.Zero op) {
      return reached(Word.any());
    }

    @Override
    public Word visit(Op.Call op) {
      List<Word> passed = new ArrayList<>();
      for (int i = 0; i < node.inputs().length; i++) {
        passed.add(input(i));
      }
      return reached(results.of(op.callee(), passed));
    }

    @Override
    public Word visit(Op.CallIndirect op) {
      return reached(Word.any());
    }

    @Override
    public Word visit(Op.Syscall op) {
      return reached(Syscall.of(op.hash()).map(At::result).orElse(Word.any()));
    }

    @Override
    public Word visit(Op.Second op) {
      return input(0);
    }

    @Override
    public Word visit(Op.SecondOf op) {
      boolean known = graph.node(node.input(0)).op() instanceof Op.Call;
      int callee = known ? ((Op.Call) graph.node(node.input(0)).op()).callee() : -1;
      return reached(known ? results.second(callee) : Word.any());
    }

    @Override
    public Word visit(Op.Left op) {
      return input(0);
    }

    @Override
    public Word visit(Op.LeftOf op) {
      boolean known = graph.node(node.input(0)).op() instanceof Op.Call;
      int callee = known ? ((Op.Call) graph.node(node.input(0)).op()).callee() : -1;
      return reached(known ? results.left(callee, op.place()) : Word.any());
    }

    @Override
    public Word visit(Op.Unknown op) {
      return Word.any();
    }

    /** The word, unless an input has no value, so that the node is never reached. */
    private Word reached(Word word) {
      for (int i = 0; i < node.inputs().length; i++) {
        if (input(i).isEmpty()) {
          return Word.empty(64);
        }
      }
      return word;
    }

    private static Word result(Syscall syscall) {
      if (syscall.effects().contains(Effect.NO_RETURN)) {
        return Word.empty(64);
      }
      return switch (syscall.result()) {
        case NONE, NUMBER, ADDRESS -> Word.any();
        case ZERO -> Word.constant(0);
        case STATUS, ID -> STATUS;
        case CODE -> CODE;
      };
    }
  }
}
