package dev.ovsm.ir.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Dominance on random graphs is what removing a block shows it to be. */
class DominatorsTest {
  @Test
  void aBlockDominatesWhatIsLostWithoutIt() {
    Random random = new Random(7);
    int pairs = 0;
    for (int round = 0; round < 400; round++) {
      int size = 2 + random.nextInt(14);
      List<Terminator> terminators = new ArrayList<>();
      for (int block = 0; block < size; block++) {
        terminators.add(terminator(random, size));
      }
      Cfg cfg = Cfg.of(terminators);
      Dominators dominators = new Dominators(cfg);
      for (int candidate : cfg.order()) {
        boolean[] without = reachable(cfg, candidate);
        for (int block : cfg.order()) {
          boolean expected = candidate == block || !without[block];
          assertThat(dominators.dominates(candidate, block)).isEqualTo(expected);
          pairs++;
        }
      }
      for (int block : cfg.order()) {
        int parent = dominators.parent(block);
        assertThat(parent < 0).isEqualTo(block == 0);
        for (int other : cfg.order()) {
          if (block != 0 && other != block && dominators.dominates(other, block)) {
            assertThat(dominators.dominates(other, parent)).isTrue();
          }
        }
      }
    }
    assertThat(pairs).isGreaterThan(10_000);
  }

  private static Terminator terminator(Random random, int size) {
    List<Terminator.Case> cases = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      cases.add(new Terminator.Case(i, new Target(random.nextInt(size), List.of())));
    }
    if (cases.isEmpty() && random.nextInt(4) == 0) {
      return new Terminator.Return(null, Span.none());
    }
    Target last = new Target(random.nextInt(size), List.of());
    return new Terminator.Switch(new Value(0, Type.U64), cases, last, Span.none());
  }

  private static boolean[] reachable(Cfg cfg, int removed) {
    boolean[] seen = new boolean[cfg.size()];
    List<Integer> work = new ArrayList<>();
    if (removed != 0) {
      work.add(0);
      seen[0] = true;
    }
    while (!work.isEmpty()) {
      for (int next : cfg.successors(work.remove(work.size() - 1))) {
        if (next != removed && !seen[next]) {
          seen[next] = true;
          work.add(next);
        }
      }
    }
    return seen;
  }
}
