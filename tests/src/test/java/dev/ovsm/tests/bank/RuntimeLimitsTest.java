package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.ExistingPrograms.op;
import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.backend.Unverified;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.Options;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.Assembly;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.RealVm;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs that fill what the machine has, to the last byte and one further: frames, heap, calls,
 * accounts, instruction data, growth, return data, the log, compute units. How each ends is told
 * here, and all that is seen of it is the same by the bank and on the real VM.
 */
@ComparedWithRealVm(minimum = 900)
class RuntimeLimitsTest {
  private static final Pubkey ALICE = key(1);
  private static final Pubkey STATE = key(10);
  private static final Pubkey OTHER = key(11);
  private static final Pubkey THIRD = key(12);
  private static final int FIRST = 100;
  private static final int ACCOUNTS = 30;
  private static final long RICH = 1_000_000_000;
  private static final int HEAP = 28 * 1024;
  private static final int GROWTH = 10_240;
  private static final int FRAMES = 64;
  private static final String FAILED = error("\"ProgramFailedToComplete\"");

  private static String error(String what) {
    return "{\"InstructionError\":[0," + what + "]}";
  }

  private static String custom(long code) {
    return error("{\"Custom\":" + code + "}");
  }

  /** A transaction that ends so. */
  private static void ends(
      ExistingPrograms it, String what, String end, byte[] data, Object... accounts) {
    it.send(what, data, accounts);
    assertThat(it.ledger().lastError()).as("%s: %s", what, it.ledger().lastLog()).isEqualTo(end);
  }

  /** A transaction that succeeds and logs this. */
  private static void says(
      ExistingPrograms it, String what, String log, byte[] data, Object... accounts) {
    ends(it, what, "null", data, accounts);
    assertThat(it.ledger().lastLog()).as(what).contains("Program log: " + log);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void machinesHaveSoMuch(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of("library/", "limits", version, vm, ALICE);
    for (Pubkey key : List.of(STATE, OTHER, THIRD)) {
      it.ledger().account(key, Account.of(RICH, new byte[key.equals(STATE) ? 40 : 0], it.id()));
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      it.data(key(FIRST + i), i);
    }
    memory(it);
    accounts(it);
    instructionData(it);
    growth(it);
    outputs(it);
    calls(it);
    it.ledger().compare(comparisons);
  }

  private static void memory(ExistingPrograms it) {
    says(it, "full frames", "11000020", op(0, 10, 10));
    says(it, "the last element", "500000509", op(0, 499, 10));
    ends(it, "behind the frame", custom(5003), op(0, 500, 10));
    says(it, "the whole heap", 0x300000000L + " 0 1", op(1, HEAP, 1));
    ends(it, "a byte more", custom(5012), op(1, HEAP + 1, 1));
    says(it, "twice half of it", 0x300000000L + HEAP / 2 + " 0 2", op(1, HEAP / 2, 2));
    ends(it, "twice more than half", custom(5012), op(1, HEAP / 2 + 1, 2));
    ends(it, "until it is full", custom(5012), op(1, 100, 1000));
    ends(it, "as much as a word says", custom(5012), op(1, -1, 1));
    ends(it, "nothing, often", "null", op(1, 0, 1000));
  }

  private static void accounts(ExistingPrograms it) {
    for (int count : new int[] {2, 64, 254, 255}) {
      Object[] all = many(count);
      long bytes = IntStream.range(0, count).map(i -> i % ACCOUNTS).sum();
      long same = IntStream.range(0, count).filter(i -> i % ACCOUNTS == 1).count();
      says(it, count + " accounts", count + " " + bytes + " " + same, op(2), all);
      says(it, "the last", key(FIRST + (count - 1) % ACCOUNTS) + "", op(3, count - 1), all);
      ends(it, "behind the last", custom(5007), op(3, count), all);
    }
    for (int count : new int[] {256, 257, 300}) {
      it.send(count + " accounts", op(2), many(count));
      assertThat(it.ledger().lastError()).isNotEqualTo("null");
    }
  }

  /** Few accounts over and over. */
  private static Object[] many(int count) {
    Object[] all = new Object[2 * count];
    for (int i = 0; i < count; i++) {
      all[2 * i] = "w";
      all[2 * i + 1] = key(FIRST + i % ACCOUNTS);
    }
    return all;
  }

  private static void instructionData(ExistingPrograms it) {
    for (int length : new int[] {1, 9, 1_000, 10_239, 10_240, 10_241}) {
      byte[] data = new byte[length];
      Arrays.fill(data, (byte) 3);
      data[0] = 4;
      says(it, length + " bytes", length + " " + (4 + 3 * (length - 1)), data);
    }
    for (int length : new int[] {17, 10_239, 10_240}) {
      says(it, "a call with " + length, length + " 4 0", op(8, length, 4), "", it.id());
    }
    ends(it, "a call with too many", FAILED, op(8, 10_241, 4), "", it.id());
  }

  private static void growth(ExistingPrograms it) {
    String refused = error("\"InvalidRealloc\"");
    says(it, "to the limit", "10280", op(5, 40 + GROWTH, 40 + GROWTH), "w", STATE);
    assertThat(it.ledger().now(STATE).data()).hasSize(40 + GROWTH).endsWith(7);
    ends(it, "beyond", refused, op(5, 41 + 2 * GROWTH, 0), "w", STATE);
    ends(it, "beyond by far", refused, op(5, -1, 0), "w", STATE);
    says(it, "again", "20520", op(5, 40 + 2 * GROWTH, 1), "w", STATE);
    says(it, "to nothing", "0", op(5, 0, 0), "w", STATE);
    says(it, "from nothing", "10240", op(5, GROWTH, GROWTH), "w", STATE);
    ends(it, "not writable", error("\"ReadonlyDataModified\""), op(5, 10, 0), "", OTHER);
    Instruction more = it.instruction(op(5, GROWTH, GROWTH), "w", THIRD);
    Instruction most = it.instruction(op(5, 2 * GROWTH, 2 * GROWTH), "w", THIRD);
    it.ledger().send("twice in a transaction", more, most);
    assertThat(it.ledger().now(THIRD).data()).hasSize(2 * GROWTH);
    Object[] called = {"w", OTHER, "", it.id()};
    says(it, "in a call", "10240 7", op(10, GROWTH), called);
    ends(it, "in a call, beyond", refused, op(10, 2 * GROWTH + 1), called);
    says(it, "in a call, less", "1 7", op(10, 1), called);
  }

  private static void outputs(ExistingPrograms it) {
    for (int length : new int[] {0, 1, 1_023, 1_024}) {
      ends(it, length + " bytes returned", "null", op(6, length));
    }
    ends(it, "too many returned", FAILED, op(6, 1_025));
    assertThat(it.ledger().lastLog()).contains("Return data too large (1025 > 1024)");
    for (int lines : new int[] {1, 80, 100, 500}) {
      ends(it, lines + " lines", "null", op(7, lines));
      assertThat(it.ledger().lastLog().endsWith("Log truncated")).isEqualTo(lines >= 100);
    }
    for (int times : new int[] {1, 20, 50}) {
      ends(it, times + " data logged", "null", Arrays.copyOf(op(12, times), 700));
    }
    ends(it, "no unit left", FAILED, op(11, 1));
  }

  private static void calls(ExistingPrograms it) {
    for (int depth : new int[] {0, 1, 3, 4}) {
      says(it, depth + " deep", Integer.toString(depth), op(9, depth), "", it.id());
    }
    for (int depth : new int[] {5, 9}) {
      ends(it, depth + " deep", error("\"CallDepth\""), op(9, depth), "", it.id());
    }
  }

  /** Each function, called in two places, calls the one before it: so many frames are in use. */
  private static String chain(int frames) {
    String first = "(defun f0 ((x : u64)) -> u64 (get (make-array u64 8) (% x 8)))\n";
    String next = "(defun f%d ((x : u64)) -> u64 (if (> x 9) (f%d x) (+ 1 (f%d (+ x 1)))))\n";
    String last = "(log (f%d (mem-load1 (instruction-data-ptr) 0)))\n0\n";
    return IntStream.range(1, frames - 2)
        .mapToObj(i -> next.formatted(i, i - 1, i - 1))
        .collect(Collectors.joining("", first, last.formatted(frames - 3)));
  }

  /** What the compiler, which inlines nothing here, refuses is what the machine ends. */
  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void callsNestSoDeep(Version version, RealVm vm, Comparisons comparisons) {
    Ledger ledger = new Ledger(vm, ALICE);
    int[] deep = {FRAMES, FRAMES + 1, 2 * FRAMES};
    for (int frames : deep) {
      List<Source> sources = List.of(new Source("deep.ovsm", chain(frames)));
      Diagnostics found = new Diagnostics();
      Compilation made =
          Compilation.of(sources, new Compilation.Target(version, Optimizer.NONE, true), found);
      assertThat(made.elf().isPresent()).isEqualTo(frames <= FRAMES);
      assertThat(found.list())
          .extracting(Diagnostic::code)
          .isEqualTo(frames > FRAMES ? List.of(VerifierCode.DEEP_CALLS) : List.of());
      byte[] elf = made.elf().orElseGet(() -> unverified(sources, version));
      ledger.program(key(FIRST + frames), elf, Loader.UPGRADEABLE);
    }
    for (int frames : deep) {
      byte[] data = {5};
      ledger.send(frames + " frames", new Instruction(key(FIRST + frames), List.of(), data));
      assertThat(ledger.lastError()).isEqualTo(frames > FRAMES ? FAILED : "null");
    }
    ledger.compare(comparisons);
  }

  /** The file of sources that the compiler refuses. */
  private static byte[] unverified(List<Source> sources, Version version) {
    Diagnostics found = new Diagnostics();
    Module module =
        Objects.requireNonNull(Frontend.compile(sources, Options.defaults(), found).module());
    Assembly assembly = Unverified.assembly(module, version, found);
    return ElfWriter.write(Assembler.assemble(assembly, found).orElseThrow(), List.of());
  }
}
