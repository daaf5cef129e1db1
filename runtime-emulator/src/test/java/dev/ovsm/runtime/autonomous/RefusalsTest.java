package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_TAIL_CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ovsm.sbpf.Syscall;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every call fails with every code of its own, for one thing that differs from a good one. */
class RefusalsTest {
  @TestFactory
  List<DynamicTest> everyCodeHasItsCause() {
    return Cases.all().stream()
        .map(one -> dynamicTest(one.call().symbol() + ": " + one.what(), () -> check(one)))
        .toList();
  }

  private static void check(Cases.Case one) {
    Trial trial = new Trial(one.call());
    one.change().accept(trial);
    assertThat(trial.code()).as("%s", one.code()).isEqualTo(one.code().number());
  }

  @TestFactory
  List<DynamicTest> nothingElseIsWrongWithTheseCalls() {
    return EnumSet.allOf(Syscall.class).stream()
        .filter(Syscall::autonomous)
        .map(call -> dynamicTest(call.symbol(), () -> succeed(call)))
        .toList();
  }

  private static void succeed(Syscall call) {
    assertThat(new Trial(call).code()).isEqualTo(call == SOL_TAIL_CALL ? Trial.GONE : 0);
  }

  @Test
  void noCodeIsLeftOut() {
    Map<Syscall, Set<AsyncCode>> seen = new EnumMap<>(Syscall.class);
    Map<Syscall, Set<AsyncCode>> told = new EnumMap<>(Syscall.class);
    for (Cases.Case one : Cases.all()) {
      seen.computeIfAbsent(one.call(), call -> EnumSet.noneOf(AsyncCode.class)).add(one.code());
    }
    for (Syscall call : Syscall.values()) {
      if (!Refusals.of(call).isEmpty()) {
        told.put(call, Refusals.of(call));
      }
    }
    assertThat(seen).isEqualTo(told);
  }
}
