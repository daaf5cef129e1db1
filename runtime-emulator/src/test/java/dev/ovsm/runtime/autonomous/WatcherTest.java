package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_REGISTRATION_SET;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_CREATE;
import static dev.ovsm.sbpf.Syscall.SOL_WATCHER_REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import org.junit.jupiter.api.Test;

/** When watchers fire, and what they tell. */
class WatcherTest extends OracleStage {
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
  void thirtyThreeWatchersAreOneTooMany() {
    for (int i = 1; i <= 32; i++) {
      assertThat(watchKind(2)).isEqualTo(i);
    }
    assertThat(watchKind(2)).isZero();
    assertThat(stage.send(Callbacks.calling(SOL_WATCHER_REMOVE, 7))).containsExactly(0L);
    assertThat(watchKind(2)).isEqualTo(33);
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

  /** Each watcher of a kind fires on its own difference and on no other. */
  @Test
  void eachKindOfChangeIsOne() {
    final long[] watchers = {watchKind(0), watchKind(1), watchKind(2), watchKind(3)};
    Account before = stage.simulation.account(ORACLE).orElseThrow();
    byte[] data = before.data().clone();
    data[31] = 1;
    Account[] steps = {
      before.withLamports(before.lamports() + 1),
      Account.of(before.lamports() + 1, data, before.owner()),
      Account.of(before.lamports() + 1, data, Stage.PUPPET)
    };
    for (int kind = 1; kind <= 3; kind++) {
      stage.fates.clear();
      stage.simulation.put(ORACLE, steps[kind - 1]);
      stage.steps(1);
      assertThat(stage.fates)
          .extracting(FateRecord::registration)
          .containsExactly(watchers[0], watchers[kind]);
    }
  }

  /** What a failed transaction wrote, and what one that succeeds wrote in between, is no change. */
  @Test
  void onlyWhatIsCommittedIsSeen() {
    Script registering = new Script();
    byte[] map = Stage.map(Stage.OTHER).bytes();
    Callbacks.watchKind(registering, map, 2, Callbacks.recording());
    Callbacks.watch(registering, map, Callbacks.criteria(EQ, 600, ALL, 7), Callbacks.recording());
    stage.send(registering);
    Script failing = Callbacks.writing(600, 7);
    failing.add(Puppet.EXIT, 1);
    assertThat(stage.attempt(Stage.OTHER, failing).succeeded()).isFalse();
    Script andBack = Callbacks.writing(600, 7);
    andBack.add(Puppet.STORE, Stage.MAP_ADDRESS + 600, 0);
    stage.send(Stage.OTHER, andBack);
    stage.steps(1);
    assertThat(stage.fates).isEmpty();
    stage.send(Stage.OTHER, Callbacks.writing(600, 7));
    stage.steps(1);
    assertThat(stage.fatesOf(1)).containsExactly("102 EXECUTED");
    assertThat(stage.fatesOf(2)).containsExactly("102 EXECUTED");
  }
}
