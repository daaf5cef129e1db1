package dev.ovsm.verifier.analysis;

import dev.ovsm.ir.flow.Dominators;
import dev.ovsm.verifier.domain.Arithmetic;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Graph;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;

/**
 * What values can be in a given block, as the facts tell that hold there: never more than what they
 * can be anywhere.
 *
 * <p>After so many looks at facts only few are looked at any more, so that the work is linear.
 */
final class Narrowing {
  /** So many facts are looked at for each node, over all; then few for each question. */
  private static final long LOOKS = 5;

  private static final long MORE_LOOKS = 200_000;

  /** So many facts that hold of a value in a block are looked at, and so many when few are. */
  private static final int MOST = 50;

  private static final int FEW = 4;

  /** So many facts are looked at for each question that is asked of settled values. */
  private static final int MOST_LOOKS = 2_000;

  /** Of what facts are looked at: the node, its sums too, what it is compared with too. */
  private enum Reach {
    NODE,
    SUMS,
    OTHERS
  }

  private final Graph graph;
  private final ValueNumbers numbers;
  private final Word[] values;
  private final long most;
  private Facts facts;
  private long room;
  private boolean settled;

  /**
   * Narrows the values of a graph's nodes.
   *
   * @param values those known so far; whoever owns them goes on changing them
   */
  Narrowing(Basis basis, Word[] values) {
    this.graph = basis.graph();
    this.facts = basis.facts();
    this.numbers = basis.numbers();
    this.values = values;
    this.most = LOOKS * values.length + MORE_LOOKS;
    this.room = most;
  }

  Facts facts() {
    return facts;
  }

  /** Knows from now on that some ways are never gone. */
  void keep(Dominators fewer) {
    facts = facts.under(fewer);
  }

  /** From now on looks are counted by question, whoever asks. */
  void settle() {
    settled = true;
  }

  /** How many facts were looked at until values were settled. */
  long looks() {
    return most - room;
  }

  /** The values of a node while control is in a block. */
  Word in(int node, int block) {
    return facts.isSilent(node) ? values[node] : new Question().narrowed(node, block, Reach.OTHERS);
  }

  /** Whether a branch on the way to the block says that a node is not below another, unsigned. */
  boolean isAtLeast(int node, int other, int block) {
    for (Facts.Known known : facts.in(node, block)) {
      boolean says =
          switch (known.relation()) {
            case UGE, UGT, EQ -> true;
            case ULT, ULE, NE, SLT, SLE, SGT, SGE, ANY_BIT, NO_BIT -> false;
          };
      if (says && numbers.of(known.other()) == numbers.of(other)) {
        return true;
      }
    }
    return false;
  }

  /** What follows for a sum if it lies on the side of its operand where it did not wrap around. */
  private Word unwrapped(int node, Facts.Known known) {
    Node sum = graph.node(numbers.of(node));
    boolean adds =
        sum.op() instanceof Op.Arithmetic arithmetic
            && arithmetic.operator() == Operator.ADD
            && numbers.of(sum.input(0)) == numbers.of(known.other());
    if (!adds || !(graph.node(sum.input(1)).op() instanceof Op.Constant constant)) {
      return Word.any();
    }
    long amount = constant.value();
    return switch (known.relation()) {
      case ULT, ULE -> amount < 0 ? Word.unsigned(0, -1 + amount) : Word.any();
      case UGT, UGE -> amount > 0 ? Word.unsigned(amount, -1) : Word.any();
      case EQ, NE, SLT, SLE, SGT, SGE, ANY_BIT, NO_BIT -> Word.any();
    };
  }

  /**
   * One question; threads that ask of settled values at a time do not take looks off each other.
   */
  private final class Question {
    private int looks;

    private Word narrowed(int node, int block, Reach reach) {
      Word word = values[node];
      if (facts.isSilent(node)) {
        return word;
      }
      boolean spent = room <= 0;
      for (Facts.Known known : facts.in(node, block, spent ? FEW : MOST)) {
        if (settled) {
          if (++looks > MOST_LOOKS) {
            break;
          }
        } else {
          room--;
        }
        Word other =
            reach == Reach.OTHERS && !spent
                ? narrowed(known.other(), known.block(), Reach.SUMS)
                : values[known.other()];
        word = known.relation().refine(word, other).meet(unwrapped(node, known));
      }
      if (reach != Reach.NODE && !spent) {
        for (Facts.Sum sum : facts.sums(node)) {
          word = word.meet(throughSum(node, sum, block));
        }
      }
      return word;
    }

    /** What is known of a value because of its sum with another. */
    private Word throughSum(int node, Facts.Sum sum, int block) {
      int definition = graph.node(sum.node()).block();
      // In its own block the sum may not have been computed yet.
      if (definition == block || !facts.dominators().dominates(definition, block)) {
        return Word.any();
      }
      Word total = narrowed(sum.node(), block, Reach.NODE);
      if (graph.node(sum.node()).op() instanceof Op.Extend extend) {
        return Ranges.fits(values[node], extend) ? total : Word.any();
      }
      return Arithmetic.apply(sum.back(), total, values[sum.by()]);
    }
  }
}
