package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_PATTERN;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_THRESHOLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import org.junit.jupiter.api.Test;

/** What watchers compare, and with what. */
class CriteriaTest extends OracleStage {
  @Test
  void aMaskSelectsBitsAndWidth() {
    long id = watch(Callbacks.criteria(EQ, 30, 0xFF0F, 0x1203));
    byte[] data = new byte[32];
    data[30] = (byte) 0xF3;
    data[31] = 0x12;
    stage.simulation.put(ORACLE, Account.of(5_000_000, data, Stage.OTHER));
    stage.steps(1);
    assertThat(stage.fatesOf(id)).containsExactly("101 EXECUTED");
  }

  @Test
  void shortDataNeverMatches() {
    long id = watch(Callbacks.criteria(EQ, 30, 0xFFFFFF, 0));
    stage.simulation.put(ORACLE, Account.of(5_000_000, new byte[40], Stage.OTHER));
    stage.simulation.put(ORACLE, Account.of(5_000_000, new byte[31], Stage.OTHER));
    stage.steps(1);
    assertThat(stage.fatesOf(id)).containsExactly("101 EXECUTED");
    stage.simulation.put(ORACLE, Account.of(5_000_000, new byte[0], Stage.OTHER));
    stage.steps(1);
    assertThat(stage.fatesOf(id)).hasSize(1);
  }

  @Test
  void percentCountsFromTheLastFiring() {
    price(10_000);
    long id = watch(Callbacks.criteria(CHANGE_PCT, 8, ALL, 500));
    price(10_300);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).isEmpty();
    price(10_499);
    price(10_500);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).containsExactly("102 EXECUTED");
    assertThat(told(48)).isEqualTo(10_000);
    assertThat(told(56)).isEqualTo(10_500);
    price(9_976);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).hasSize(1);
    price(9_975);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).hasSize(2);
  }

  @Test
  void percentOfZeroAndOfHugeNumbers() {
    long fromZero = watch(Callbacks.criteria(CHANGE_PCT, 8, ALL, ALL));
    price(1);
    stage.steps(1);
    assertThat(stage.fatesOf(fromZero)).containsExactly("101 EXECUTED");
    stage.write(ORACLE, 16, -1_000_000);
    long huge = watch(Callbacks.criteria(CHANGE_PCT, 16, ALL, 5_000));
    stage.write(ORACLE, 16, Long.MAX_VALUE);
    stage.steps(1);
    assertThat(stage.fatesOf(huge)).isEmpty();
    stage.write(ORACLE, 16, Long.MAX_VALUE - 1_000_000);
    stage.steps(1);
    assertThat(stage.fatesOf(huge)).hasSize(1);
  }

  @Test
  void absoluteChangeIsUnsigned() {
    stage.write(ORACLE, 8, -10);
    long id = watch(Callbacks.criteria(CHANGE_ABS, 8, ALL, 8));
    stage.write(ORACLE, 8, -3);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).isEmpty();
    stage.write(ORACLE, 8, -2);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).hasSize(1);
  }

  @Test
  void lamportsAndOwnersAreFieldsToo() {
    long rich = watch(Callbacks.criteria(1, GT, 0, ALL, 6_000_000));
    long owned =
        watch(Callbacks.criteria(2, EQ, 0, ALL, LittleEndian.u64(Stage.PUPPET.bytes(), 0)));
    stage.simulation.put(ORACLE, Account.of(6_000_001, new byte[32], Stage.OTHER));
    stage.simulation.put(ORACLE, Account.of(6_000_001, new byte[32], Stage.PUPPET));
    stage.steps(1);
    assertThat(stage.fatesOf(rich)).containsExactly("101 EXECUTED");
    assertThat(stage.fatesOf(owned)).containsExactly("101 EXECUTED");
  }

  @Test
  void thresholdsAreSignedAndStrict() {
    Script script = new Script();
    byte[] data = Callbacks.recording().data(Stage.ACCOUNT_BYTES);
    Script.Argument account = script.bytes(ORACLE.bytes());
    for (int type = 3; type <= 6; type++) {
      script.call(
          SOL_WATCHER_CREATE_THRESHOLD,
          account,
          type,
          8,
          -5,
          script.structure(data, Callbacks.BUDGET));
    }
    assertThat(stage.send(script)).containsExactly(0L, 1L, 2L, 0L);
    stage.write(ORACLE, 8, -5);
    stage.write(ORACLE, 8, -6);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).isEmpty();
    assertThat(stage.fatesOf(2)).containsExactly("101 EXECUTED");
    stage.write(ORACLE, 8, -5);
    stage.steps(1);
    stage.write(ORACLE, 8, -4);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("103 EXECUTED");
    assertThat(stage.fatesOf(2)).containsExactly("101 EXECUTED");
    stage.write(ORACLE, 8, -3);
    stage.write(ORACLE, 8, -100);
    stage.write(ORACLE, 8, -101);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).as("was beyond already").hasSize(1);
    assertThat(stage.fatesOf(2)).as("armed anew").endsWith("104 EXECUTED").hasSize(2);
  }

  @Test
  void aPatternFiresOnMatchAfterNoMatch() {
    Script script = new Script();
    byte[] data = Callbacks.recording().data(Stage.ACCOUNT_BYTES);
    byte[] pattern = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    script.call(
        SOL_WATCHER_CREATE_PATTERN,
        script.bytes(ORACLE.bytes()),
        20,
        script.bytes(pattern),
        pattern.length,
        script.structure(data, Callbacks.BUDGET));
    assertThat(stage.send(script)).containsExactly(1L);
    byte[] matching = new byte[32];
    System.arraycopy(pattern, 0, matching, 20, pattern.length);
    for (byte[] next : new byte[][] {matching, matching.clone(), new byte[32], matching}) {
      stage.simulation.put(ORACLE, Account.of(5_000_000, next, Stage.OTHER));
      stage.steps(1);
    }
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED", "104 EXECUTED");
  }

  @Test
  void badCriteriaAreRefused() {
    assertThat(watch(Callbacks.criteria(8, 8, ALL, 1))).isZero();
    assertThat(watch(Callbacks.criteria(3, GT, 8, ALL, 1))).isZero();
    assertThat(watch(Callbacks.criteria(GT, 8, 0, 1))).isZero();
    assertThat(watch(Callbacks.criteria(GT, Account.MAX_DATA - 7, ALL, 1))).isZero();
    byte[] reserved = Callbacks.criteria(GT, 8, ALL, 1);
    reserved[31] = 1;
    assertThat(watch(reserved)).isZero();
  }

  @Test
  void everyComparisonFiresWhenItComesToHold() {
    price(100);
    final long unequal = watch(Callbacks.criteria(1, 8, ALL, 100));
    final long atLeast = watch(Callbacks.criteria(3, 8, ALL, 101));
    final long below = watch(Callbacks.criteria(4, 8, ALL, 100));
    final long atMost = watch(Callbacks.criteria(5, 8, ALL, 99));
    price(-1);
    stage.steps(1);
    assertThat(stage.fatesOf(unequal)).as("unsigned").containsExactly("101 EXECUTED");
    assertThat(stage.fatesOf(atLeast)).containsExactly("101 EXECUTED");
    price(100);
    stage.steps(1);
    price(99);
    stage.steps(1);
    assertThat(stage.fatesOf(unequal)).containsExactly("101 EXECUTED", "103 EXECUTED");
    assertThat(stage.fatesOf(atLeast)).hasSize(1);
    assertThat(stage.fatesOf(below)).containsExactly("103 EXECUTED");
    assertThat(stage.fatesOf(atMost)).containsExactly("103 EXECUTED");
  }
}
