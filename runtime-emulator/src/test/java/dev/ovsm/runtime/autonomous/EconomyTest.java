package dev.ovsm.runtime.autonomous;

import static dev.ovsm.sbpf.Syscall.SOL_ASYNC_LAST_ERROR;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_CANCEL;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_INIT;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_SET_CALLBACK;
import static dev.ovsm.sbpf.Syscall.SOL_TIMER_START;
import static dev.ovsm.sbpf.Syscall.SOL_WQ_INIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.vm.Interpreter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What acting costs, sentence by sentence. */
class EconomyTest {
  private static final long SOL = 1_000_000_000;
  private static final long REGISTRATION = SOL / 100;
  private static final long EVENT = 100;
  private static final long TIMER = Stage.MAP_ADDRESS + 64;
  private static final Pubkey ESCROW = derived("escrow");
  private static final Pubkey STAKE = derived("stake");
  private static final Pubkey COLLECTOR = NamedKey.of("fee-collector");

  private final Stage strict =
      new Stage(Settings.DEFAULT.withStartSlot(100).withStrictEconomics(true), null);
  private final Stage dev = new Stage();

  private static Pubkey derived(String seed) {
    List<byte[]> seeds = List.of(seed.getBytes(StandardCharsets.US_ASCII));
    return DerivedAddress.find(seeds, Stage.PUPPET).orElseThrow().address();
  }

  private static long lamports(Stage stage, Pubkey key) {
    return stage.simulation.account(key).orElse(Account.EMPTY).lamports();
  }

  private static Script timer(long slot) {
    Script script = Callbacks.timer(slot, Callbacks.recording());
    script.call(SOL_ASYNC_LAST_ERROR);
    return script;
  }

  private static Script emitting(int events) {
    Script script = new Script();
    for (int i = 0; i < events; i++) {
      Callbacks.emit(script, "E", new byte[8]);
    }
    return script;
  }

  private Optional<String> stake(long lamports) {
    return strict.simulation.stake(Stage.PUPPET, lamports);
  }

  private long reserved(Pubkey program) {
    return strict.simulation.economics().programs().stream()
        .filter(one -> one.program().equals(program))
        .findFirst()
        .orElseThrow()
        .reservedUnits();
  }

  @Test
  void oneSolReservesAThousandUnitsInStepsOfLamportsAndAddsUp() {
    assertThat(stake(SOL)).isEmpty();
    assertThat(reserved(Stage.PUPPET)).isEqualTo(1_000);
    assertThat(stake(SOL / 2 - 1)).isEmpty();
    assertThat(reserved(Stage.PUPPET)).isEqualTo(1_499);
    assertThat(stake(1)).isEmpty();
    assertThat(reserved(Stage.PUPPET)).isEqualTo(1_500);
    assertThat(lamports(strict, STAKE)).isEqualTo(SOL * 3 / 2);
  }

  @Test
  void allStakesTogetherReserveAtMostTheSlotBudget() {
    assertThat(stake(300 * SOL)).isEmpty();
    assertThat(strict.simulation.stake(Stage.OTHER, 101 * SOL)).contains("NO_CAPACITY");
    assertThat(lamports(strict, Simulation.PAYER)).isEqualTo(500_000_000_000_000_000L - 300 * SOL);
    assertThat(strict.simulation.stake(Stage.OTHER, 100 * SOL)).isEmpty();
    assertThat(stake(SOL / 1_000)).contains("NO_CAPACITY");
    assertThat(stake(Long.MAX_VALUE)).contains("INVALID_ARGUMENT");
  }

  @Test
  void aReservationIsThereEvenWhenOthersCarryOver() {
    strict.simulation.fund(Stage.PUPPET, SOL);
    strict.simulation.fund(Stage.OTHER, SOL);
    assertThat(strict.simulation.stake(Stage.OTHER, 60 * SOL)).isEmpty();
    for (int i = 0; i < 3; i++) {
      strict.send(Callbacks.timer(105, Callbacks.spinning(150_000), 301_000));
    }
    strict.send(Stage.OTHER, Callbacks.timer(105, Callbacks.recording(), 50_000));
    strict.send(Stage.OTHER, Callbacks.timer(105, Callbacks.spinning(20_000), 50_000));
    strict.send(Stage.OTHER, Callbacks.timer(105, Callbacks.recording(), 50_000));
    strict.steps(5);
    assertThat(strict.fates)
        .extracting(fate -> fate.slot() + " " + fate.registration() + " " + fate.fate())
        .containsExactly(
            "105 1 EXECUTED",
            "105 2 DEFERRED",
            "105 3 DEFERRED",
            "105 4 EXECUTED",
            "105 5 EXECUTED",
            "105 6 DEFERRED");
  }

  @Test
  void nobodyElseGetsWhatIsReserved() {
    strict.simulation.fund(Stage.PUPPET, SOL);
    assertThat(strict.simulation.stake(Stage.OTHER, 200 * SOL)).isEmpty();
    Script tooMuch = Callbacks.timer(105, Callbacks.recording(), 200_001);
    tooMuch.call(SOL_ASYNC_LAST_ERROR);
    assertThat(strict.send(tooMuch)).as("it would never run").containsExactly(0L, 12L);
    strict.send(Callbacks.timer(105, Callbacks.recording(), 200_000));
    strict.send(Callbacks.timer(105, Callbacks.recording(), 200_000));
    strict.steps(6);
    assertThat(strict.fatesOf(1)).containsExactly("105 EXECUTED");
    assertThat(strict.fatesOf(2)).containsExactly("105 DEFERRED", "106 EXECUTED");
  }

  @Test
  void aRegistrationCostsAHundredthOfASolFromTheEscrow() {
    strict.simulation.fund(Stage.PUPPET, SOL);
    strict.send(timer(105));
    assertThat(lamports(strict, ESCROW)).isEqualTo(SOL - REGISTRATION);
    Script others = new Script();
    others.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    others.call(SOL_WQ_INIT, TIMER + 16, Stage.MAP_ID);
    Callbacks.watchKind(others, Stage.map(Stage.PUPPET).bytes(), 2, Callbacks.recording());
    byte[] wanted = Callbacks.programEvent(new byte[32], "E", new byte[0]);
    Callbacks.subscribe(others, 6, wanted, Callbacks.recording());
    strict.send(others);
    assertThat(lamports(strict, ESCROW)).isEqualTo(SOL - 5 * REGISTRATION);
    assertThat(lamports(strict, COLLECTOR)).isEqualTo(5 * REGISTRATION);
  }

  @Test
  void anEventCostsAHundredLamports() {
    strict.simulation.fund(Stage.PUPPET, SOL);
    strict.send(emitting(7));
    assertThat(lamports(strict, ESCROW)).isEqualTo(SOL - 7 * EVENT);
    assertThat(lamports(strict, COLLECTOR)).isEqualTo(7 * EVENT);
  }

  @Test
  void missingFundsAreACodeAndNoTrap() {
    assertThat(strict.send(timer(105))).containsExactly(0L, 13L);
    assertThat(strict.send(emitting(1))).containsExactly(13L);
    strict.simulation.fund(Stage.PUPPET, 2 * REGISTRATION + 3 * EVENT - 1);
    assertThat(strict.send(timer(105))).containsExactly(1L, 0L);
    Script both = timer(106);
    Callbacks.emit(both, "E", new byte[0]);
    Callbacks.emit(both, "E", new byte[0]);
    Callbacks.emit(both, "E", new byte[0]);
    assertThat(strict.send(both)).as("what is due counts").containsExactly(2L, 0L, 0L, 0L, 13L);
    assertThat(lamports(strict, ESCROW)).isEqualTo(EVENT - 1);
    strict.steps(6);
    assertThat(strict.fatesOf(2)).containsExactly("106 EXECUTED");
  }

  @Test
  void nothingIsGivenBack() {
    strict.simulation.fund(Stage.PUPPET, SOL);
    strict.send(timer(105));
    strict.send(Callbacks.calling(SOL_TIMER_CANCEL, 1));
    assertThat(lamports(strict, ESCROW)).isEqualTo(SOL - REGISTRATION);
    Script failing = emitting(3);
    failing.add(Puppet.EXIT, 7);
    assertThat(strict.attempt(Stage.PUPPET, failing).error()).isNotNull();
    assertThat(lamports(strict, ESCROW)).isEqualTo(SOL - REGISTRATION - 3 * EVENT);
    strict.simulation.close(Stage.PUPPET);
    strict.steps(3);
    assertThat(lamports(strict, ESCROW)).isEqualTo(SOL - REGISTRATION - 3 * EVENT);
  }

  @Test
  void armingAgainIsFree() {
    strict.simulation.fund(Stage.PUPPET, REGISTRATION);
    byte[] callback = Stage.bincode(Stage.PUPPET, Callbacks.recording());
    Script script = new Script();
    script.call(SOL_TIMER_INIT, TIMER, Stage.MAP_ID);
    script.call(SOL_TIMER_SET_CALLBACK, TIMER, script.bytes(callback), callback.length);
    for (int i = 1; i <= 5; i++) {
      script.call(SOL_TIMER_START, TIMER, i);
    }
    assertThat(strict.send(script)).containsOnly(0L);
    strict.steps(6);
    assertThat(strict.send(Callbacks.calling(SOL_TIMER_START, TIMER, 2))).containsExactly(0L);
    strict.steps(3);
    assertThat(strict.fatesOf(1)).endsWith("105 EXECUTED", "108 EXECUTED");
    assertThat(lamports(strict, COLLECTOR)).isEqualTo(REGISTRATION);
  }

  @Test
  void theDevProfileFundsEscrowsAndReportsTheSameFees() {
    Script all = timer(105);
    Callbacks.emit(all, "E", new byte[0]);
    assertThat(dev.send(all)).containsExactly(1L, 0L, 0L);
    assertThat(lamports(dev, COLLECTOR)).isEqualTo(REGISTRATION + EVENT);
    assertThat(lamports(dev, ESCROW)).isZero();
    assertThat(dev.simulation.economics().collected()).isEqualTo(REGISTRATION + EVENT);
    dev.simulation.fund(Stage.PUPPET, REGISTRATION + 1);
    dev.send(timer(106));
    assertThat(lamports(dev, ESCROW)).as("its own funds come first").isEqualTo(1);
    dev.send(timer(107));
    assertThat(lamports(dev, ESCROW)).isZero();
    assertThat(lamports(dev, COLLECTOR)).isEqualTo(3 * REGISTRATION + EVENT);
  }

  @Test
  void everyFeeIsToldWithTheRegistrationThatCausedIt() {
    List<Charge> told = new ArrayList<>();
    Simulation simulation =
        new Simulation(
            Settings.DEFAULT.withStartSlot(100),
            new Listener() {
              @Override
              public void charged(Charge charge) {
                told.add(charge);
              }
            });
    simulation.deploy(Stage.PUPPET, Puppet.elf(null));
    simulation.put(Stage.map(Stage.PUPPET), Account.of(10 * SOL, Stage.mapBytes(), Stage.PUPPET));
    Script twice = new Script();
    Callbacks.emit(twice, "E", new byte[0]);
    Callbacks.emit(twice, "E", new byte[0]);
    simulation.send(Stage.instruction(Stage.PUPPET, Callbacks.timer(103, twice)));
    for (int i = 0; i < 4; i++) {
      simulation.step();
    }
    assertThat(told)
        .containsExactly(
            new Charge(100, Stage.PUPPET, 1, 1, 0, REGISTRATION),
            new Charge(103, Stage.PUPPET, 1, 0, 2, 2 * EVENT));
  }

  @Test
  void unstakingTakesAHundredSlots() {
    stake(5 * SOL);
    final long before = lamports(strict, Simulation.PAYER);
    assertThat(strict.simulation.unstake(Stage.PUPPET, 2 * SOL)).isEmpty();
    assertThat(strict.simulation.unstake(Stage.PUPPET, 4 * SOL)).contains("INVALID_ARGUMENT");
    strict.steps(99);
    assertThat(reserved(Stage.PUPPET)).isEqualTo(5_000);
    assertThat(lamports(strict, Simulation.PAYER)).isEqualTo(before);
    strict.steps(1);
    assertThat(reserved(Stage.PUPPET)).isEqualTo(3_000);
    assertThat(lamports(strict, Simulation.PAYER)).isEqualTo(before + 2 * SOL);
    assertThat(strict.simulation.unstake(Stage.PUPPET, 3 * SOL)).isEmpty();
    strict.steps(100);
    assertThat(reserved(Stage.PUPPET)).isZero();
    assertThat(strict.simulation.account(STAKE)).isEmpty();
  }

  @Test
  void nothingIsDroppedAndTheLeaderWouldBeLiable() {
    stake(50 * SOL);
    strict.simulation.fund(Stage.PUPPET, SOL);
    for (int i = 0; i < 5; i++) {
      strict.send(Callbacks.timer(105, Callbacks.spinning(150_000), 350_000));
    }
    strict.steps(7);
    Economics economics = strict.simulation.economics();
    assertThat(economics.dropped()).isZero();
    assertThat(economics.liability()).isZero();
    assertThat(new Economics(true, 0, 3, economics.programs()).liability())
        .isEqualTo(3 * 50 * SOL / 1_000);
    assertThat(lamports(strict, STAKE)).as("never the program's").isEqualTo(50 * SOL);
  }

  @Test
  void anyoneMayPayIntoAnEscrowAndNobodyTakesOut() {
    byte[] transfer = new ByteWriter().u32(2).u64(SOL).toBytes();
    Instruction pay =
        new Instruction(
            ProgramIds.SYSTEM,
            List.of(
                AccountMeta.writable(Simulation.PAYER, true), AccountMeta.writable(ESCROW, false)),
            transfer);
    assertThat(strict.simulation.send(pay).error()).isNull();
    assertThat(strict.simulation.account(ESCROW).orElseThrow().owner())
        .isNotEqualTo(ProgramIds.SYSTEM)
        .isNotEqualTo(Stage.PUPPET);
    assertThat(strict.send(timer(105))).containsExactly(1L, 0L);
    assertThat(lamports(strict, ESCROW)).isEqualTo(SOL - REGISTRATION);
    Instruction back =
        new Instruction(
            ProgramIds.SYSTEM,
            List.of(
                AccountMeta.writable(ESCROW, true), AccountMeta.writable(Simulation.PAYER, false)),
            new ByteWriter().u32(2).u64(1).toBytes());
    assertThat(strict.simulation.send(back).error()).isNotNull();
  }

  @Test
  void savedAndRecordedRunsHaveTheSameEconomy() {
    strict.simulation.fund(Stage.PUPPET, SOL);
    stake(5 * SOL);
    strict.simulation.unstake(Stage.PUPPET, 2 * SOL);
    strict.send(timer(150));
    strict.steps(40);
    Simulation resumed =
        Simulation.resume(strict.simulation.save(), new Interpreter(), Listener.NONE)
            .simulation()
            .orElseThrow();
    assertThat(resumed.settings().strictEconomics()).isTrue();
    assertThat(resumed.economics()).isEqualTo(strict.simulation.economics());
    for (int i = 0; i < 70; i++) {
      resumed.step();
      strict.steps(1);
    }
    assertThat(resumed.economics()).isEqualTo(strict.simulation.economics());
    assertThat(resumed.stateHash()).isEqualTo(strict.simulation.stateHash());
    assertThat(reserved(Stage.PUPPET)).isEqualTo(3_000);
  }
}
