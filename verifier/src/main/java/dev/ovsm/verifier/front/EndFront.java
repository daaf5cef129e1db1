package dev.ovsm.verifier.front;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Value;
import dev.ovsm.verifier.domain.Relation;
import dev.ovsm.verifier.graph.Block.Exit;
import dev.ovsm.verifier.graph.Fact;
import dev.ovsm.verifier.graph.GraphBuilder;
import java.util.ArrayList;
import java.util.List;

/** Ends a block of a graph as an IR block ends; what a branch tests becomes facts on its ways. */
final class EndFront implements Terminator.Visitor<Exit> {
  /** So many cases of a switch are remembered as excluded in its default. */
  private static final int MOST_CASES = 64;

  private final FunctionFront function;
  private final GraphBuilder builder;

  EndFront(FunctionFront function, GraphBuilder builder) {
    this.function = function;
    this.builder = builder;
  }

  private void edge(Terminator.Target target, List<Fact> facts) {
    builder.edge(target.block() + 1, facts, function.nodes(target.arguments()));
  }

  @Override
  public Exit visit(Terminator.Jump jump) {
    builder.jump(jump.target().block() + 1, function.nodes(jump.target().arguments()));
    return Exit.JUMP;
  }

  @Override
  public Exit visit(Terminator.Branch branch) {
    builder.branch(function.node(branch.condition()));
    edge(branch.then(), facts(branch.condition(), true));
    edge(branch.otherwise(), facts(branch.condition(), false));
    return Exit.BRANCH;
  }

  /** What holds when a condition is true, or when it is false. */
  private List<Fact> facts(Value condition, boolean truth) {
    List<Fact> facts = new ArrayList<>();
    int zero = builder.constant(0);
    facts.add(new Fact(truth ? Relation.NE : Relation.EQ, function.node(condition), zero));
    facts.addAll(compared(condition, truth));
    if (function.definition(condition) instanceof Inst.Binary both
        && both.op() == (truth ? BinaryOp.AND : BinaryOp.OR)) {
      facts.addAll(compared(both.left(), truth));
      facts.addAll(compared(both.right(), truth));
    }
    return facts;
  }

  private List<Fact> compared(Value condition, boolean truth) {
    if (!(function.definition(condition) instanceof Inst.Compare compare)) {
      return List.of();
    }
    Relation relation = FunctionFront.relation(compare.op(), compare.left().type());
    return List.of(
        new Fact(
            truth ? relation : relation.negated(),
            function.node(compare.left()),
            function.node(compare.right())));
  }

  @Override
  public Exit visit(Terminator.Switch choice) {
    int value = function.node(choice.value());
    builder.branch(value);
    List<Fact> others = new ArrayList<>();
    for (Terminator.Case one : choice.cases()) {
      int constant = builder.constant(one.constant());
      edge(one.target(), List.of(new Fact(Relation.EQ, value, constant)));
      if (others.size() < MOST_CASES) {
        others.add(new Fact(Relation.NE, value, constant));
      }
    }
    edge(choice.otherwise(), others);
    return Exit.BRANCH;
  }

  @Override
  public Exit visit(Terminator.Return result) {
    Value value = result.value();
    return end(Exit.RETURN, value == null ? -1 : function.node(value));
  }

  @Override
  public Exit visit(Terminator.Fail fail) {
    return end(Exit.FAIL, function.node(fail.code()));
  }

  @Override
  public Exit visit(Terminator.Unreachable end) {
    return end(Exit.NONE, -1);
  }

  private Exit end(Exit exit, int operand) {
    builder.end(exit, operand);
    return exit;
  }
}
