package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.invoke.Hook;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.runtime.sysvar.Rent;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.runtime.vm.SyscallHandler;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A bank that is slightly wrong is told from the real VM, and the right one is not. */
@ComparedWithRealVm(minimum = 700)
class PlantedBugsTest {
  private static final int TRANSACTIONS = 40;
  private static final int LINES = 300;

  @Test
  void theRightBankIsEqual(RealVm vm, Comparisons comparisons) {
    ledger(vm, Ledger.config()).compare(comparisons);
  }

  @Test
  void aComputeUnitTooFew(RealVm vm, Comparisons comparisons) {
    noticed(vm, comparisons, replaced(Syscall.SOL_LOG_, PlantedBugsTest::withoutOneUnit));
  }

  private static SyscallHandler withoutOneUnit(SyscallHandler right) {
    return (machine, r1, r2, r3, r4, r5) -> {
      long result = right.call(machine, r1, r2, r3, r4, r5);
      machine.consume(-1);
      return result;
    };
  }

  @Test
  void aByteLeftOutOfACopy(RealVm vm, Comparisons comparisons) {
    noticed(vm, comparisons, replaced(Syscall.SOL_MEMCPY_, PlantedBugsTest::withoutOneByte));
  }

  private static SyscallHandler withoutOneByte(SyscallHandler right) {
    return (machine, r1, r2, r3, r4, r5) ->
        right.call(machine, r1, r2, r3 > 0 ? r3 - 1 : r3, r4, r5);
  }

  @Test
  void aSuccessTakenForAFailure(RealVm vm, Comparisons comparisons) {
    Hook hook =
        new Hook() {
          @Override
          public void exiting(InstructionContext instruction) {
            throw new InstructionFailure(Kind.INVALID_ARGUMENT);
          }
        };
    noticed(vm, comparisons, Ledger.config().withHook(hook));
  }

  @Test
  void aLogThatIsTooLong(RealVm vm, Comparisons comparisons) {
    noticed(vm, comparisons, Ledger.config().withLogLimit(LogCollector.DEFAULT_LIMIT + 50));
  }

  @Test
  void rentTooLow(RealVm vm, Comparisons comparisons) {
    Rent low = new Rent(Rent.MAINNET.lamportsPerByte() - 1);
    noticed(vm, comparisons, changed(Ledger.config(), low, Features.MAINNET));
  }

  @Test
  void aFeatureThatMainnetHasButNotTheBank(RealVm vm, Comparisons comparisons) {
    Features old = new Features(Version.V3, true, false, true, 5, Set.of());
    noticed(vm, comparisons, changed(Ledger.config(), Rent.MAINNET, old));
  }

  private static BankConfig changed(BankConfig config, Rent rent, Features features) {
    return new BankConfig(
        features,
        rent,
        config.epochSchedule(),
        config.genesisTime(),
        config.startSlot(),
        config.logLimit(),
        config.engine(),
        config.hook());
  }

  private static BankConfig replaced(Syscall syscall, UnaryOperator<SyscallHandler> change) {
    SyscallHandler right = SolanaSyscalls.handlers(Features.MAINNET).get(syscall.hash());
    SortedMap<Integer, SyscallHandler> wrong = new TreeMap<>();
    wrong.put(syscall.hash(), change.apply(right));
    Hook hook =
        new Hook() {
          @Override
          public SortedMap<Integer, SyscallHandler> syscalls() {
            return wrong;
          }
        };
    return Ledger.config().withHook(hook);
  }

  private static void noticed(RealVm vm, Comparisons comparisons, BankConfig config) {
    Ledger ledger = ledger(vm, config);
    assertThatThrownBy(() -> ledger.compare(comparisons)).isInstanceOf(AssertionError.class);
  }

  /** A life of Token-2022, and a program that logs more than fits. */
  private static Ledger ledger(RealVm vm, BankConfig config) {
    Ledger ledger = new Ledger(vm, key(1), config);
    ledger.standard("associated-token").standard("memo-v3");
    ledger.standard("token").standard("token-2022");
    HandElf chatter = new HandElf();
    for (int i = 0; i < LINES; i++) {
      chatter.syscall("sol_log_64_");
    }
    Pubkey talker = key(900);
    ledger.program(talker, chatter.exit().v3(new byte[0]), Loader.UPGRADEABLE);
    DrawnTokens drawn = new DrawnTokens(ledger, new Random(1), new Tokens(Tokens.TOKEN));
    drawn.prepare();
    for (int i = 0; i < TRANSACTIONS; i++) {
      drawn.send();
    }
    ledger.send("much", new Instruction(talker, List.of(), new byte[0]));
    return ledger;
  }
}
