package dev.ovsm.tests.realvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.ovsm.tests.realvm.RunRequest.Run;
import dev.ovsm.tests.realvm.TransactionRequest.Instruction;
import dev.ovsm.tests.realvm.TransactionRequest.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The harness tells what the real VM did: programs encoded by hand give what Solana's documentation
 * and source state for them.
 */
@ComparedWithRealVm(minimum = 90)
class RealVmSelfTest {
  private static final byte[] NONE = new byte[0];
  private static final String KEY = Base58.encode(filled(32, 7));

  /** {@code mov64 r0, 0; exit}, byte for byte: version 3, one program header. */
  private static final String MINIMAL_V3 =
      "7f454c46020101000000000000000000"
          + "0300f700010000000000000001000000"
          + "40000000000000000000000000000000"
          + "03000000400038000100000000000000"
          + "01000000010000007800000000000000"
          + "00000000010000000000000001000000"
          + "10000000000000001000000000000000"
          + "0800000000000000b700000000000000"
          + "9500000000000000";

  /** The same for version 0: no program header, three sections. */
  private static final String MINIMAL_V0 =
      "7f454c46020101000000000000000000"
          + "0300f700010000004000000000000000"
          + "00000000000000006800000000000000"
          + "00000000400038000000400003000200"
          + "b7000000000000009500000000000000"
          + "002e74657874002e7368737472746162"
          + "0000000000000000"
          + "00".repeat(64)
          + "01000000010000000600000000000000"
          + "40000000000000004000000000000000"
          + "10000000000000000000000000000000"
          + "08000000000000000000000000000000"
          + "07000000030000000000000000000000"
          + "00000000000000005000000000000000"
          + "11000000000000000000000000000000"
          + "01000000000000000000000000000000";

  @Test
  void namesItsVersions(RealVm vm) {
    RealVm.Hello hello = vm.hello();
    assertThat(hello.litesvm()).isEqualTo("1.5.0");
    assertThat(hello.web3()).isEqualTo("1.98.4");
    assertThat(hello.features()).containsExactly("mainnet", "next", "syscalls", "all");
    assertThat(hello.standard()).contains("token", "token-2022", "associated-token", "memo-v1");
  }

  @Test
  void minimalProgramsCostTwoComputeUnits(RealVm vm, Comparisons comparisons) {
    for (String elf : List.of(MINIMAL_V3, MINIMAL_V0)) {
      Outcome outcome = run(vm, HexFormat.of().parseHex(elf), Run.of(NONE));
      comparisons.equal("error", "null", outcome.errorText());
      comparisons.equal("compute units", 2L, outcome.computeUnits());
      comparisons.equal("logs", logs(2, 1_400_000, "success"), outcome.logs());
    }
    byte[] hand = new HandElf().put(0xb7, 0, 0, 0, 0).exit().v3(NONE);
    comparisons.equal("the same bytes by hand", MINIMAL_V3, HexFormat.of().formatHex(hand));
  }

  @Test
  void logsText(RealVm vm, Comparisons comparisons) {
    String text = "hello, real VM";
    byte[] rodata = text.getBytes(StandardCharsets.UTF_8);
    HandElf v3 = new HandElf().put(0xb7, 1, 0, 0, 0).put(0xb7, 2, 0, 0, rodata.length);
    byte[] elf3 = v3.syscall("sol_log_").put(0xb7, 0, 0, 0, 0).exit().v3(rodata);
    // Text begins after the file's and two program headers; six slots of code stand before the
    // data.
    HandElf v0 = new HandElf().lddw(1, (1L << 32) + 64 + 6 * 8);
    v0.put(0xb7, 2, 0, 0, rodata.length).syscall("sol_log_").put(0xb7, 0, 0, 0, 0).exit();
    for (byte[] elf : List.of(elf3, v0.v0(rodata))) {
      Outcome outcome = run(vm, elf, Run.of(NONE));
      comparisons.equal("compute units", 105L, outcome.computeUnits());
      comparisons.equal(
          "logs",
          List.of(
              "Program " + Program.ANY_ID + " invoke [1]",
              "Program log: " + text,
              "Program " + Program.ANY_ID + " consumed 105 of 1400000 compute units",
              "Program " + Program.ANY_ID + " success"),
          outcome.logs());
    }
  }

  @Test
  void faultsChargeTheWholeBudgetAndLogWhatRan(RealVm vm, Comparisons comparisons) {
    record Fault(String text, HandElf program) {}
    List<Fault> faults =
        List.of(
            new Fault(
                "Access violation reading 8 bytes at address 0x0 (in unallocated region)",
                new HandElf().put(0xb7, 1, 0, 0, 0).put(0x79, 0, 1, 0, 0).exit()),
            new Fault(
                "divide by zero at BPF instruction",
                new HandElf().put(0xb7, 1, 0, 0, 0).put(0x3f, 0, 1, 0, 0).exit()),
            new Fault(
                "Access violation in stack frame 0 at address 0x1fffffffc of size 8",
                new HandElf().put(0xb7, 1, 0, 0, 0).put(0x7b, 10, 1, -4100, 0).exit()),
            new Fault(
                "unsupported BPF instruction",
                new HandElf().put(0xb7, 1, 0, 0, 0).syscall("sol_no_such_syscall").exit()));
    for (Fault fault : faults) {
      for (byte[] elf : List.of(fault.program.v3(NONE), fault.program.v0(NONE))) {
        Outcome outcome = run(vm, elf, Run.of(NONE).withBudget(5000));
        comparisons.equal("fault", fault.text, outcome.failure());
        comparisons.equal(
            "error", "{\"InstructionError\":[0,\"ProgramFailedToComplete\"]}", outcome.errorText());
        comparisons.equal("charged", 5000L, outcome.computeUnits());
        comparisons.equal("logs", logs(2, 5000, "failed: " + fault.text), outcome.logs());
      }
    }
  }

  @Test
  void theBudgetIsExact(RealVm vm, Comparisons comparisons) {
    byte[] elf = HexFormat.of().parseHex(MINIMAL_V3);
    Outcome short1 = run(vm, elf, Run.of(NONE).withBudget(1));
    comparisons.equal("fault", "exceeded CUs meter at BPF instruction", short1.failure());
    comparisons.equal("enough", true, run(vm, elf, Run.of(NONE).withBudget(2)).ok());
    Outcome heap = run(vm, elf, Run.of(NONE).withHeap(256 * 1024));
    comparisons.equal("seven more heap pages of 8", 2L + 7 * 8, heap.computeUnits());
  }

  @Test
  void returnsTheProgramsErrors(RealVm vm, Comparisons comparisons) {
    long[] results = {1, 6000, 2L << 32, 0x7fff_ffff_0000_0000L};
    String[] errors = {
      "{\"Custom\":1}", "{\"Custom\":6000}", "\"InvalidArgument\"", "\"InvalidError\""
    };
    for (int i = 0; i < results.length; i++) {
      Outcome outcome = run(vm, new HandElf().lddw(0, results[i]).exit().v3(NONE), Run.of(NONE));
      comparisons.equal(
          "error", "{\"InstructionError\":[0," + errors[i] + "]}", outcome.errorText());
      comparisons.equal("no depletion", 2L, outcome.computeUnits());
    }
  }

  @Test
  void runsAreIsolatedAndShowTheirAccounts(RealVm vm, Comparisons comparisons) {
    // The first byte of the account's data, at 0x400000008 + 88, grows by one; the result is the
    // data
    // length's, kept.
    HandElf program = new HandElf().put(0x71, 0, 1, 96, 0).put(0x07, 0, 0, 0, 1);
    byte[] elf = program.put(0x73, 1, 0, 96, 0).put(0xb7, 0, 0, 0, 0).exit().v3(NONE);
    Account account = Account.of(KEY, 2_000_000, Program.ANY_ID, new byte[] {41, 0, 0});
    AccountUse writable = AccountUse.of(account).asWritable();
    List<Outcome> outcomes =
        vm.run(
            RunRequest.of(
                Program.of(elf),
                List.of(
                    Run.of(NONE, List.of(writable)),
                    Run.of(NONE, List.of(writable)),
                    Run.of(NONE, List.of(AccountUse.of(account))),
                    Run.of(NONE, List.of(AccountUse.reference(KEY))))));
    for (Outcome outcome : outcomes.subList(0, 2)) {
      comparisons.equal("ok", true, outcome.ok());
      Account after = after(outcome);
      comparisons.equal("data", new byte[] {42, 0, 0}, after.data());
      comparisons.equal("lamports", 2_000_000L, after.lamports());
      comparisons.equal("owner", Program.ANY_ID, after.owner());
    }
    comparisons.equal(
        "read-only",
        "{\"InstructionError\":[0,\"ReadonlyDataModified\"]}",
        outcomes.get(2).errorText());
    comparisons.equal("rolled back", new byte[] {41, 0, 0}, after(outcomes.get(2)).data());
    comparisons.equal("gone", 0L, after(outcomes.get(3)).lamports());
    comparisons.equal("gone", Account.SYSTEM_PROGRAM, after(outcomes.get(3)).owner());
  }

  @Test
  void returnDataComesBack(RealVm vm, Comparisons comparisons) {
    // r2 is the address of the instruction data (SIMD-0321), its length stands 8 bytes before.
    HandElf program = new HandElf().put(0xbf, 1, 2, 0, 0).put(0x79, 2, 1, -8, 0);
    byte[] elf = program.syscall("sol_set_return_data").put(0xb7, 0, 0, 0, 0).exit().v3(NONE);
    byte[] data = filled(100, 9);
    for (Features set : Features.values()) {
      Outcome outcome =
          vm.run(RunRequest.of(Program.of(elf), List.of(Run.of(data))).with(set)).get(0);
      comparisons.equal("data", data, outcome.returnedBytes());
      comparisons.equal("compute units", 5L + 100, outcome.computeUnits());
    }
  }

  @Test
  void featureSetsDifferWhereTheyAreSaidTo(RealVm vm, Comparisons comparisons) {
    String addressSpace = "7VgiehxNxu53KdxgLspGQY8myE6f7UokaWa4jsGcaSz";
    String syscallAddresses = "EDGMC5kxFxGk4ixsNkGt8bW7QL5hDMXnbwaZvYMwNfzF";
    comparisons.equal("number", 250, vm.activeFeatures(Features.MAINNET).size());
    comparisons.equal("number", 287, vm.activeFeatures(Features.ALL).size());
    List<String> next = new ArrayList<>(vm.activeFeatures(Features.NEXT));
    comparisons.equal("0460", true, next.remove(addressSpace));
    comparisons.equal("else mainnet", vm.activeFeatures(Features.MAINNET), next);
    comparisons.equal("0459", true, next.contains(syscallAddresses));
    // A store eight bytes above the frame: a gap in version 0 until SIMD-0460.
    byte[] elf = new HandElf().put(0x7a, 10, 0, 8, 0).put(0xb7, 0, 0, 0, 0).exit().v0(NONE);
    RunRequest request = RunRequest.of(Program.of(elf), List.of(Run.of(NONE)));
    comparisons.equal("gaps", false, vm.run(request).get(0).ok());
    comparisons.equal("no gaps", true, vm.run(request.with(Features.NEXT)).get(0).ok());
  }

  @Test
  void loadingAndDeployment(RealVm vm, Comparisons comparisons) {
    HandElf unknown = new HandElf().put(0xb7, 0, 0, 0, 0).exit().syscall("sol_no_such_syscall");
    comparisons.equal("loads", null, vm.load(unknown.v0(NONE), Features.MAINNET));
    Outcome refused = vm.deploy(unknown.v0(NONE), Features.MAINNET);
    comparisons.equal(
        "deploys not", "{\"InstructionError\":[0,\"InvalidAccountData\"]}", refused.errorText());
    assertThat(refused.logs().toString()).contains("Unresolved symbol (sol_no_such_syscall)");
    byte[] good = HexFormat.of().parseHex(MINIMAL_V0);
    comparisons.equal("deploys", true, vm.deploy(good, Features.MAINNET).ok());
    comparisons.equal("v0 no more", false, vm.deploy(good, Features.ALL).ok());
    assertThat(vm.load(filled(64, 1), Features.MAINNET)).isNotEmpty();
  }

  @Test
  void transactionsChangeTheMachineTheyRunOn(RealVm vm, Comparisons comparisons) {
    String payer = Base58.encode(filled(32, 1));
    String to = Base58.encode(filled(32, 2));
    byte[] transfer = new byte[12];
    transfer[0] = 2;
    transfer[4] = 64;
    transfer[6] = 32;
    Instruction instruction =
        new Instruction(
            Account.SYSTEM_PROGRAM,
            List.of(
                AccountUse.reference(payer).asSigner().asWritable(),
                AccountUse.reference(to).asWritable()),
            transfer);
    Transaction transaction =
        Transaction.of(payer, List.of(instruction, instruction), List.of(payer, to));
    List<Outcome> outcomes =
        vm.send(
            TransactionRequest.of(
                List.of(),
                List.of(),
                List.of(Account.of(payer, 10_000_000, Account.SYSTEM_PROGRAM, NONE)),
                List.of(transaction, transaction, transaction)));
    long amount = 64 + (32L << 16);
    for (int i = 0; i < 2; i++) {
      Outcome outcome = outcomes.get(i);
      comparisons.equal("ok", "null", outcome.errorText());
      comparisons.equal("150 each", 300L, outcome.computeUnits());
      List<Account> after = outcome.accounts() == null ? List.of() : outcome.accounts();
      comparisons.equal("received", amount * 2 * (i + 1), after.get(1).lamports());
      long left = 10_000_000 - (i + 1) * (2 * amount + 5000);
      comparisons.equal("paid with the fee of 5000", left, after.get(0).lamports());
    }
    comparisons.equal(
        "no more to give",
        "{\"InstructionError\":[0,{\"Custom\":1}]}",
        outcomes.get(2).errorText());
  }

  @Test
  void standardProgramsAreElfs(RealVm vm) {
    for (String name : vm.hello().standard()) {
      assertThat(vm.standardProgram(name).elf()).startsWith(0x7f, 'E', 'L', 'F');
    }
    assertThat(vm.standardProgram("token").elf()).hasSize(100_312);
    assertThat(vm.standardProgram("token-2022").elf()).hasSize(615_936);
  }

  @Test
  void whatIsWrongWithARequestIsAReply(RealVm vm) {
    assertThatThrownBy(() -> vm.ask("no-such-operation", new JsonObject()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no operation");
    assertThatThrownBy(() -> run(vm, NONE, Run.of(NONE))).isInstanceOf(IllegalStateException.class);
    Transaction malformed = Transaction.raw(new byte[] {1, 2, 3}, List.of());
    TransactionRequest request =
        TransactionRequest.of(List.of(), List.of(), List.of(), List.of(malformed));
    assertThatThrownBy(() -> vm.send(request)).hasMessageContaining("malformed transaction");
    assertThat(vm.hello().litesvm()).isEqualTo("1.5.0");
  }

  private static Outcome run(RealVm vm, byte[] elf, Run run) {
    return vm.run(Program.of(elf), run);
  }

  private static Account after(Outcome outcome) {
    List<Account> accounts = outcome.accounts();
    assertThat(accounts).hasSize(1);
    return accounts == null ? Account.of(KEY, 0, KEY, NONE) : accounts.get(0);
  }

  private static List<String> logs(long consumed, long budget, String end) {
    return List.of(
        "Program " + Program.ANY_ID + " invoke [1]",
        "Program " + Program.ANY_ID + " consumed " + consumed + " of " + budget + " compute units",
        "Program " + Program.ANY_ID + " " + end);
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
