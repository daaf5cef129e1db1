package dev.ovsm.tests.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documents' single calls of the runtime do what the text around them says. */
class SingleCallsTest {
  private static final String ORACLE = "7UVimffxr9ow1uXYxsr4LHAcV58mLzhmwaeKvJ1pjLiE";
  private static final int PRICE = 208;
  private static final Pubkey CALLER = NamedKey.ofProgram("caller");
  private final List<String> lines = new ArrayList<>();
  private final Simulation simulation =
      new Simulation(
          Settings.DEFAULT,
          new Listener() {
            @Override
            public void log(long slot, Pubkey program, String line) {
              lines.add(slot + " " + line);
            }
          });

  private static byte[] compiled(Source... sources) {
    Diagnostics found = new Diagnostics();
    return Compilation.of(List.of(sources), Compilation.Target.DEFAULT, found)
        .elf()
        .orElseThrow(() -> new AssertionError(found.list().toString()));
  }

  private static Source example(String name) {
    return InputFile.source("../examples/seeds/" + name + ".ovsm", new Diagnostics()).orElseThrow();
  }

  /** Deploys a program that says so when the runtime calls its only entry. */
  private void called(String key, String entry) {
    String text = "(define-program " + entry + " :public (lambda () (log \"called\")))";
    Pubkey program = Pubkey.of(key);
    assertThat(simulation.deploy(program, compiled(new Source(entry, text)))).isEmpty();
  }

  private TransactionOutcome call(String example, AccountMeta... accounts) {
    assertThat(simulation.deploy(CALLER, compiled(example(example), example("programs"))))
        .isEmpty();
    TransactionOutcome outcome =
        simulation.send(new Instruction(CALLER, List.of(accounts), new byte[0]));
    assertThat(outcome.error()).as("%s", outcome.logs()).isNull();
    return outcome;
  }

  private void stepTo(long slot) {
    while (simulation.slot() < slot) {
      simulation.step();
    }
  }

  private List<String> calls() {
    return lines.stream().filter(line -> line.endsWith("Program log: called")).toList();
  }

  @Test
  void aSubscriptionToSlotsCallsBackEveryHundred() {
    called("4cSM2e6rvbGQUFiJbqytoVMi5GgghSMr8LwVrT9VPSPo", "check-spread");
    call("subscribe_event");
    stepTo(250);
    assertThat(calls()).containsExactly("100 Program log: called", "200 Program log: called");
  }

  @Test
  void aWatcherCallsBackOnceThePriceIsReached() {
    called("42amVS4KgzR9rA28tkVYqVXjq9Qa8dcZQMbH5EYFX6XC", "liquidate-position");
    price(99_999_999);
    call("watch_account", new AccountMeta(Pubkey.of(ORACLE), false, false));
    stepTo(3);
    price(100_000_000);
    stepTo(5);
    assertThat(calls()).hasSize(1);
  }

  private void price(long price) {
    byte[] data = new byte[240];
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putLong(PRICE, price);
    simulation.put(Pubkey.of(ORACLE), Account.of(10_000_000, data, NamedKey.ofProgram("oracle")));
  }

  @Test
  void anEventIsLoggedWithItsFields() {
    TransactionOutcome outcome = call("emit_event");
    assertThat(outcome.logs()).anyMatch(line -> line.startsWith("Program data: "));
  }

  @Test
  void aScheduledExecutionComesAThousandSlotsLater() {
    called("9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin", "release-tokens");
    call("schedule_execution");
    stepTo(1_100);
    assertThat(calls()).containsExactly("1000 Program log: called");
  }

  @Test
  void subscriptionsAreCounted() {
    assertThat(call("query_subscriptions").logs())
        .contains("Program log: Active subscriptions: count=0");
    String more =
        """
        (sol-subscribe-event :event-type "SLOT_INTERVAL" :interval 5
          :callback (build-instruction :program-id vesting-program :data "data"))
        (define mine (sol-query-subscriptions program-id))
        (log (length mine) (get (get mine 0) :kind) (get (get mine 0) :next-slot))
        """;
    assertThat(simulation.deploy(CALLER, compiled(new Source("more", more), example("programs"))))
        .isEmpty();
    TransactionOutcome outcome = simulation.send(new Instruction(CALLER, List.of(), new byte[0]));
    assertThat(outcome.logs()).contains("Program log: 1 5 5");
  }

  @Test
  void aProgramAsksWhetherASlotHasRoom() {
    String text =
        """
        (import timer)
        (define when (+ (get-slot) 30))
        (log (slot-load when) (fits-slot? when 400000) (fits-slot? when 400001))
        (define instruction (build-instruction :program-id program-id :data "data"))
        (sol-schedule-execution :target-slot when :instruction instruction :compute-budget 90000)
        (sol-schedule-execution :target-slot when :instruction instruction :compute-budget 10000)
        (sol-schedule-execution :target-slot 31 :instruction instruction :compute-budget 70000)
        (log (slot-load when) (fits-slot? when 300000) (fits-slot? when 300001))
        """;
    assertThat(simulation.deploy(CALLER, compiled(new Source("room", text)))).isEmpty();
    assertThat(simulation.send(new Instruction(CALLER, List.of(), new byte[0])).logs())
        .containsSubsequence("Program log: 0 true false", "Program log: 100000 true false");
  }

  @Test
  void aDecisionTreeIsWrittenAsStructs() {
    String text =
        """
        (define-struct Header (magic u32) (version u16) (zero u16) (nodes u32) (features u32))
        (define-struct Node (feature u32) (left u32) (right u32) (zero u32) (value i64))
        (define-struct Tree (header Header) (nodes (array Node 3)))
        (define tree
          (Tree :header {:magic 0x544c4d4f :version 1 :nodes 3 :features 2}
                :nodes [(Node :feature 1 :left 1 :right 2 :value 100)
                        (Node :feature 0xffffffff :value -7)
                        (Node :feature 0xffffffff :value 8)]))
        (define model (the (array u8 88) (address-of tree)))
        (define out (make-array i64 1))
        (define features [5i64 100])
        (log (sol-ml-decision-tree model features out) (get out 0))
        (set! (get features 1) 101)
        (log (sol-ml-decision-tree model features out) (get out 0))
        (define few (make-vec i64 2))
        (push! few 1)
        (log (sol-ml-decision-tree model few out))
        """;
    assertThat(simulation.deploy(CALLER, compiled(new Source("tree", text)))).isEmpty();
    assertThat(simulation.send(new Instruction(CALLER, List.of(), new byte[0])).logs())
        .containsSubsequence("Program log: 0 -7", "Program log: 0 8", "Program log: 17");
  }
}
