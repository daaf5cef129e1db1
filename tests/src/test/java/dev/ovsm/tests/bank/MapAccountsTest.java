package dev.ovsm.tests.bank;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.sbpf.Sha256;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where maps live, how they come into being, and how an entry knows them, as on the real VM. */
@ComparedWithRealVm(minimum = 100)
class MapAccountsTest {
  private static final String SOURCE =
      """
      (define-map small :type HASH :max-entries 4 :key u64 :value u64)
      (define-map large :type ARRAY :max-entries 3833 :key u32 :value u64)
      (define-map twin :type HASH :max-entries 4 :key u64 :value u64)
      (define-program put (lambda ((n : u64))
        (map-update small 1 n)
        (set! (map-lookup large 3832) n)))
      (define-program tell (lambda () (log (map-lookup small 1) (map-lookup large 3832))))
      (define-program tell-twin (lambda () (log (map-lookup twin 1))))
      """;

  private static final int GROWTH = 10_240;

  /** Eight more than three calls allocate. */
  private static final int LARGE_BYTES = 64 + 3_833 * 8;

  private static final Pubkey PROGRAM = Ledger.key(9);
  private static final Pubkey STRANGER = Ledger.key(10);
  private static final Pubkey FORGED = Ledger.key(11);
  private static final Pubkey SMALL = map("small");
  private static final Pubkey LARGE = map("large");
  private static final Pubkey TWIN = map("twin");

  private static Pubkey map(String name) {
    return Ledger.derived(PROGRAM, "map".getBytes(UTF_8), name.getBytes(UTF_8));
  }

  private static Ledger ledger(RealVm vm) {
    Diagnostics found = new Diagnostics();
    Compilation made =
        Compilation.of(
            List.of(new Source("maps", SOURCE)),
            new Compilation.Target(Version.V0, Optimizer.ALL, true),
            found);
    byte[] elf = made.elf().orElseThrow(() -> new AssertionError(found.list().toString()));
    return new Ledger(vm, Simulation.PAYER).program(PROGRAM, elf, Loader.UPGRADEABLE);
  }

  /** A call of an entry by the discriminator that Anchor's clients give it. */
  private static Instruction call(String entry, byte[] arguments, AccountMeta... accounts) {
    byte[] hash = Sha256.of(("global:" + entry).getBytes(UTF_8));
    byte[] data = ByteBuffer.allocate(8 + arguments.length).put(hash, 0, 8).put(arguments).array();
    return new Instruction(PROGRAM, List.of(accounts), data);
  }

  private static AccountMeta writable(Pubkey key) {
    return AccountMeta.writable(key, false);
  }

  private static Instruction creation(Pubkey small, Pubkey large) {
    return call(
        "create_maps",
        new byte[0],
        AccountMeta.writable(Simulation.PAYER, true),
        new AccountMeta(ProgramIds.SYSTEM, false, false),
        writable(small),
        writable(large),
        writable(TWIN));
  }

  private static Instruction put(long number, AccountMeta... accounts) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    return call("put", bytes, accounts);
  }

  private static Ledger created(RealVm vm) {
    Ledger ledger = ledger(vm);
    for (int i = 0; i < 4; i++) {
      ledger.send("create", creation(SMALL, LARGE));
    }
    return ledger;
  }

  @Test
  void aMapIsTheAccountOfItsNameAndGrowsCallByCall(RealVm vm, Comparisons comparisons) {
    Ledger ledger = ledger(vm);
    ledger.send("another account", creation(STRANGER, LARGE));
    ledger.send("exchanged", creation(LARGE, SMALL));
    assertThat(ledger.successes()).isZero();
    for (int size : new int[] {GROWTH, 2 * GROWTH, 3 * GROWTH, LARGE_BYTES, LARGE_BYTES}) {
      assertThat(ledger.send("create", creation(SMALL, LARGE)).lastError()).isEqualTo("null");
      assertThat(ledger.now(LARGE).data()).hasSize(size);
      assertThat(ledger.now(LARGE).owner()).isEqualTo(PROGRAM);
      assertThat(header(ledger.now(LARGE)).getInt(0) != 0)
          .as("it has a header once it is whole")
          .isEqualTo(size == LARGE_BYTES);
    }
    ByteBuffer header = header(ledger.now(LARGE));
    assertThat(new String(ledger.now(LARGE).data(), 0, 4, UTF_8)).isEqualTo("OMAP");
    assertThat(header.getInt(4)).isEqualTo(Murmur3.hash("large"));
    assertThat(header.getInt(12)).as("bytes of a key").isEqualTo(4);
    assertThat(header.getInt(16)).as("bytes of a value").isEqualTo(8);
    assertThat(header.getInt(20)).as("entries").isEqualTo(3_833);
    ledger.compare(comparisons);
  }

  @Test
  void creatingAgainChangesNothing(RealVm vm, Comparisons comparisons) {
    Ledger ledger = created(vm);
    ledger.send("put", put(7, writable(SMALL), writable(LARGE)));
    final Account small = ledger.now(SMALL);
    final Account large = ledger.now(LARGE);
    assertThat(ledger.send("again", creation(SMALL, LARGE)).lastError()).isEqualTo("null");
    assertThat(ledger.now(SMALL)).isEqualTo(small);
    assertThat(ledger.now(LARGE)).isEqualTo(large);
    ledger.send("tell", call("tell", new byte[0], writable(SMALL), writable(LARGE)));
    assertThat(ledger.lastLog()).contains("Program log: 7 7\n");
    ledger.compare(comparisons);
  }

  @Test
  void anEntryFindsAMapByItsOwnerAndItsHeader(RealVm vm, Comparisons comparisons) {
    Ledger made = created(vm);
    made.send("put", put(7, writable(SMALL), writable(LARGE)));
    byte[] whole = made.now(SMALL).data();
    Ledger ledger = created(vm);
    ledger.account(FORGED, Account.of(10_000_000, whole, STRANGER));
    ledger.send("put", put(5, writable(LARGE), writable(SMALL)));
    for (AccountMeta[] accounts :
        new AccountMeta[][] {
          {writable(SMALL), writable(LARGE)},
          {writable(LARGE), writable(SMALL)},
          {writable(TWIN), writable(LARGE), writable(SMALL)},
          {writable(FORGED), writable(SMALL), writable(LARGE)},
        }) {
      ledger.send("any order", call("tell", new byte[0], accounts));
      assertThat(ledger.lastLog()).contains("Program log: 5 5\n");
    }
    for (AccountMeta[] accounts :
        new AccountMeta[][] {
          {writable(FORGED), writable(LARGE)},
          {writable(TWIN), writable(LARGE)},
          {writable(LARGE), writable(LARGE)},
        }) {
      ledger.send("not there", call("tell", new byte[0], accounts));
      assertThat(ledger.lastError()).contains("{\"Custom\":5008}");
    }
    ledger.send("its twin", call("tell_twin", new byte[0], writable(SMALL), writable(TWIN)));
    assertThat(ledger.lastLog()).contains("Program log: null\n");
    ledger.compare(comparisons);
  }

  private static ByteBuffer header(Account account) {
    return ByteBuffer.wrap(account.data()).order(ByteOrder.LITTLE_ENDIAN);
  }
}
