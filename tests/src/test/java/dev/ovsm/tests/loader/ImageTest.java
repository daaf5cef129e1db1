package dev.ovsm.tests.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.tests.realvm.Clock;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RealVm.ProgramCase;
import dev.ovsm.tests.realvm.RealVm.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A damaged file that still loads lies in memory as it does in the real VM, and its calls lead to
 * the same places: files that log themselves are damaged, and run on both.
 */
@ComparedWithRealVm(minimum = 1400)
final class ImageTest {
  private static final int FILES = Integer.getInteger("loader.mutations", 100_000) / 20;
  private static final long SEED = Long.getLong("loader.seed", 1);
  private static final int BATCH = 500;
  private static final long BUDGET = 30_000;
  private static final int FLAGS = 48;

  @Test
  void damagedFilesRunAlike(RealVm vm, Comparisons comparisons) {
    Random random = new Random(SEED);
    List<ElfMutator> mutators = new ArrayList<>();
    bases().forEach(base -> mutators.add(new ElfMutator(base, random)));
    int loaded = 0;
    for (int done = 0; done < FILES; ) {
      List<ProgramCase> cases = new ArrayList<>();
      for (; cases.size() < BATCH && done < FILES; done++) {
        byte[] file = mutators.get(random.nextInt(mutators.size())).next();
        if (OurLoader.verdict(file, false) == null) {
          cases.add(new ProgramCase(key(done).toString(), file, new byte[0], BUDGET));
        }
      }
      List<Verdict> real = vm.runMany(cases, Features.MAINNET, new Clock(1, 0, 0, 1, 0));
      for (int i = 0; i < cases.size(); i++) {
        assertThat(real.get(i).refused()).as("file %d before %d", i, done).isNull();
        Outcome outcome = Objects.requireNonNull(real.get(i).outcome());
        comparisons.equal("file " + i + " before " + done, ours(cases.get(i)), text(outcome));
      }
      loaded += cases.size();
    }
    assertThat(loaded).isGreaterThan(FILES / 4);
  }

  @Test
  void aWrongByteIsSeen(RealVm vm) {
    byte[] file = bases().get(2);
    byte[] wrong = file.clone();
    wrong[64 + 2 * 56 + 50]++;
    ProgramCase real = new ProgramCase(key(0).toString(), file, new byte[0], BUDGET);
    ProgramCase ours = new ProgramCase(key(0).toString(), wrong, new byte[0], BUDGET);
    Outcome outcome =
        Objects.requireNonNull(
            vm.runMany(List.of(real), Features.MAINNET, new Clock(1, 0, 0, 1, 0)).get(0).outcome());
    assertThat(ours(real)).isEqualTo(text(outcome));
    assertThat(ours(ours)).isNotEqualTo(text(outcome));
  }

  /** A file as a linker wrote it in versions 0 and 1, and one of version 3. */
  private static List<byte[]> bases() {
    byte[] first = LinkedElf.readingItself();
    byte[] second = LinkedElf.readingItself();
    second[FLAGS] = 1;
    HandElf reader = new HandElf().put(0xb7, 6, 0, 0, 0);
    for (int i = 0; i < 5; i++) {
      reader.put(0x79, i + 1, 6, 8 * i, 0);
    }
    reader.syscall("sol_log_64_").put(0x07, 6, 0, 0, 40).put(0x05, 0, 0, -8, 0).exit();
    byte[] data = new byte[88];
    new Random(3).nextBytes(data);
    return List.of(first, second, reader.v3(data));
  }

  private static String ours(ProgramCase one) {
    Bank bank = new Bank(BankConfig.mainnet());
    Pubkey id = Pubkey.of(one.id());
    bank.addProgram(id, one.elf(), ProgramIds.SYSTEM);
    TransactionOutcome outcome =
        bank.invoke(new Instruction(id, List.of(), one.data()), one.computeUnits());
    return (outcome.error() == null ? "null" : outcome.error().json())
        + " "
        + outcome.units()
        + "\n"
        + String.join("\n", outcome.logs());
  }

  private static String text(Outcome outcome) {
    return outcome.errorText()
        + " "
        + outcome.computeUnits()
        + "\n"
        + String.join("\n", outcome.logs());
  }

  private static Pubkey key(int number) {
    byte[] bytes = new byte[Pubkey.BYTES];
    bytes[0] = 0x55;
    for (int i = 0; i < 4; i++) {
      bytes[28 + i] = (byte) (number >>> (8 * i));
    }
    return Pubkey.of(bytes);
  }
}
