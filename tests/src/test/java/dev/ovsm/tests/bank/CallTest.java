package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs that call each other with drawn rights, changes and mistakes, in both layouts; more of
 * them with {@code -Dcalls=N}, others with {@code -Dseed=N}.
 */
@ComparedWithRealVm(minimum = 3500)
class CallTest {
  private static final int CALLS = Integer.getInteger("calls", 60);
  private static final int ROUNDS = 4;

  @ParameterizedTest
  @EnumSource
  void equalsTheRealVm(Loader loader, RealVm vm, Comparisons comparisons) {
    Random seeds = new Random(Long.getLong("seed", 0) + loader.name().hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      Ledger ledger = new Ledger(vm, key(1));
      DrawnCalls calls =
          new DrawnCalls(ledger, new Random(seeds.nextLong()), loader, round % 2 == 1);
      for (int i = 0; i < CALLS; i++) {
        calls.send();
      }
      ledger.compare(comparisons);
    }
  }
}
