package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_PATTERN;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE_THRESHOLD;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatcherTest {
  private static final Pubkey ORACLE = NamedKey.of("oracle");
  private static final int EQ = 0;
  private static final int GT = 2;
  private static final int CHANGE_ABS = 6;
  private static final int CHANGE_PCT = 7;
  private static final long ALL = -1;

  private final Stage stage = new Stage();

  @BeforeEach
  void putTheOracle() {
    stage.simulation.put(ORACLE, Account.of(5_000_000, new byte[32], Stage.OTHER));
  }

  private long watch(byte[] criteria) {
    Script script = new Script();
    Callbacks.watch(script, ORACLE.bytes(), criteria, Callbacks.recording());
    return stage.send(script).get(0);
  }

  private long watchKind(int type) {
    Script script = new Script();
    Callbacks.watchKind(script, ORACLE.bytes(), type, Callbacks.recording());
    return stage.send(script).get(0);
  }

  private void price(long value) {
    stage.write(ORACLE, 8, value);
  }

  private long told(int offset) {
    return stage.word(Stage.PUPPET, Callbacks.CONTEXT + offset);
  }

  @Test
  void firesOnACrossingAndNotWhileItHolds() {
    long id = watch(Callbacks.criteria(GT, 8, ALL, 100));
    price(100);
    stage.steps(1);
    price(101);
    stage.steps(1);
    price(150);
    stage.steps(1);
    price(100);
    stage.steps(1);
    price(101);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).containsExactly("102 EXECUTED", "105 EXECUTED");
  }

  @Test
  void tellsOldAndNewAndHowOften() {
    long id = watch(Callbacks.criteria(GT, 8, ALL, 100));
    price(30);
    price(120);
    price(90);
    price(130);
    price(99);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).containsExactly("100 COALESCED", "101 EXECUTED");
    assertThat(told(48)).as("old").isEqualTo(30);
    assertThat(told(56)).as("new").isEqualTo(99);
    assertThat(told(64) & 0xFFFF_FFFFL).as("count").isEqualTo(2);
    assertThat(told(64) >>> 32 & 0xFF).as("still true").isZero();
    price(200);
    stage.steps(1);
    assertThat(told(48)).isEqualTo(99);
    assertThat(told(64) >>> 32 & 0xFF).as("still true").isEqualTo(1);
  }

  @Test
  void theStateAtRegistrationIsTheBaseline() {
    price(200);
    long id = watch(Callbacks.criteria(GT, 8, ALL, 100));
    price(201);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).isEmpty();
    price(1);
    price(101);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).containsExactly("102 EXECUTED");
  }

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
  void kindsOfChangeAreRealDifferences() {
    final long any = watchKind(0);
    final long lamports = watchKind(1);
    final long data = watchKind(2);
    final long owner = watchKind(3);
    Account before = stage.simulation.account(ORACLE).orElseThrow();
    stage.simulation.put(ORACLE, before.withData(before.data().clone()));
    stage.steps(1);
    assertThat(stage.fates).isEmpty();
    price(3);
    stage.steps(1);
    stage.simulation.put(ORACLE, before.withLamports(9));
    stage.steps(1);
    assertThat(stage.fatesOf(any)).containsExactly("102 EXECUTED", "103 EXECUTED");
    assertThat(stage.fatesOf(lamports)).containsExactly("103 EXECUTED");
    assertThat(stage.fatesOf(data)).containsExactly("102 EXECUTED", "103 EXECUTED");
    assertThat(stage.fatesOf(owner)).isEmpty();
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
  void aRateLimitKeepsChangesPending() {
    long id = watchKind(2);
    assertThat(stage.send(Callbacks.calling(SOL_REGISTRATION_SET, id, 3, 5))).containsExactly(0L);
    for (int i = 1; i <= 8; i++) {
      price(i);
      stage.steps(1);
    }
    assertThat(stage.fatesOf(id).stream().filter(fate -> fate.endsWith("EXECUTED")))
        .containsExactly("101 EXECUTED", "105 EXECUTED");
  }

  @Test
  void firingNowIsAskedFor() {
    price(500);
    Script script = new Script();
    int id =
        Callbacks.watch(
            script, ORACLE.bytes(), Callbacks.criteria(GT, 8, ALL, 100), Callbacks.recording());
    script.call(SOL_REGISTRATION_SET, Script.result(id), 4, 1);
    stage.send(script);
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("101 EXECUTED");
    assertThat(told(48)).isEqualTo(500);
  }

  @Test
  void whatACallbackWritesItselfRunsOneSlotLater() {
    Script script = new Script();
    Callbacks.watchKind(script, Stage.map(Stage.PUPPET).bytes(), 2, Callbacks.writing(200, 5));
    stage.send(script);
    stage.steps(1);
    stage.write(Stage.map(Stage.PUPPET), 300, 1);
    stage.steps(4);
    assertThat(stage.fatesOf(1)).containsExactly("102 EXECUTED", "103 EXECUTED");
  }

  @Test
  void badArgumentsAreRefused() {
    Script script = new Script();
    byte[] data = Callbacks.recording().data(Stage.ACCOUNT_BYTES);
    Script.Argument account = script.bytes(ORACLE.bytes());
    Script.Argument at = script.bytes(data);
    script.call(SOL_WATCHER_CREATE, account, 4, at, data.length, 1);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_WATCHER_CREATE, 0, 0, at, data.length, 1);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_WATCHER_CREATE, account, 0, 0, 9, 1);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_WATCHER_CREATE, account, 0, 0, 0, 400_001);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_WATCHER_CREATE, account, 0, 0, 0, 0);
    script.call(SOL_ASYNC_LAST_ERROR);
    script.call(SOL_WATCHER_CREATE, account, 0, 0, 0, 400_000);
    script.call(SOL_WATCHER_REMOVE, 2);
    assertThat(stage.send(script))
        .containsExactly(0L, 17L, 0L, 1L, 0L, 1L, 0L, 11L, 0L, 11L, 1L, 3L);
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
  void thirtyThreeWatchersAreOneTooMany() {
    for (int i = 1; i <= 32; i++) {
      assertThat(watchKind(2)).isEqualTo(i);
    }
    assertThat(watchKind(2)).isZero();
    assertThat(stage.send(Callbacks.calling(SOL_WATCHER_REMOVE, 7))).containsExactly(0L);
    assertThat(watchKind(2)).isEqualTo(33);
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

  @Test
  void whatHappensWhileAWatcherHasToWaitIsTold() {
    long id = watch(Callbacks.criteria(GT, 8, ALL, 100));
    assertThat(stage.send(Callbacks.calling(SOL_REGISTRATION_SET, id, 3, 10))).containsExactly(0L);
    price(200);
    stage.steps(1);
    for (int i = 1; i <= 3; i++) {
      price(i);
      price(200 + i);
      stage.steps(1);
    }
    price(50);
    stage.steps(8);
    assertThat(stage.fatesOf(id))
        .containsExactly("101 EXECUTED", "102 COALESCED", "103 COALESCED", "110 EXECUTED");
    assertThat(told(48)).as("old").isEqualTo(1);
    assertThat(told(56)).as("new").isEqualTo(50);
    assertThat(told(64)).as("count, and no longer true").isEqualTo(3);
  }

  @Test
  void aRetryTellsWhatItTriedToAndLaterChangesWaitForThemselves() {
    Script picky = Callbacks.recording();
    picky.add(Puppet.LOAD_BYTE, Stage.MAP_ADDRESS + Callbacks.CONTEXT + 2);
    picky.add(Puppet.SKIP_IF_EQUAL, Script.result(picky.size() - 1), 1, 1);
    picky.add(Puppet.EXIT, 5);
    Script script = new Script();
    Callbacks.watch(script, ORACLE.bytes(), Callbacks.criteria(CHANGE_ABS, 8, ALL, 10), picky);
    long id = stage.send(script).get(0);
    price(10);
    stage.steps(1);
    price(30);
    stage.steps(1);
    assertThat(stage.fatesOf(id)).startsWith("101 RETRIED").contains("102 RETRIED", "102 EXECUTED");
    assertThat(told(48)).as("old").isZero();
    stage.steps(1);
    assertThat(told(48)).as("old of the later change").isEqualTo(10);
    assertThat(told(56)).isEqualTo(30);
    assertThat(stage.fates).filteredOn(f -> f.fate() == Fate.EXECUTED).hasSize(2);
  }
}
