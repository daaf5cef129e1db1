package dev.ovsm.tests.benchmark;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.transaction.Transaction;
import dev.ovsm.runtime.transaction.TransactionCodec;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Engine;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.tests.realvm.Loader;
import dev.ovsm.tests.realvm.Program;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.RealVm.StandardProgram;
import dev.ovsm.tests.realvm.RealVm.TimeRequest;
import dev.ovsm.tests.realvm.RealVm.Timing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Whole transactions on the real VM and in our bank, from wire bytes to the changed accounts,
 * without signature checks: warm, and for the first time after a program was added.
 */
final class InvocationComparison {
  private static final int ROUNDS = 9;
  private static final int REPEAT = 1000;
  private static final int WARM_UPS = 30;

  private final RealVm vm;

  InvocationComparison(RealVm vm) {
    this.vm = vm;
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%nMicroseconds a transaction, median of %d rounds of %,d taken in turns;"
            + " and of the first one with a new program%n%n"
            + "%-20s %9s %9s %9s %9s %9s %9s | %10s %10s %10s%n",
        ROUNDS,
        REPEAT,
        "transaction",
        "units",
        "real VM",
        "JIT",
        "interp.",
        "JIT/real",
        "int/real",
        "real first",
        "JIT first",
        "int. first");
    StandardProgram token = vm.standardProgram("token");
    StandardProgram extended = vm.standardProgram("token-2022");
    print("exit", Program.ANY_ID, Kernel.exit(), Transfers::plain);
    print("Token transfer", token.program(), token.elf(), Transfers::transfer);
    print("Token-2022 transfer", extended.program(), extended.elf(), Transfers::transferChecked);
  }

  private void print(String name, String id, byte[] elf, Function<String, Transaction> call) {
    byte[] wire = TransactionCodec.write(call.apply(id));
    Map<Pubkey, Account> accounts = Transfers.accounts(id);
    OurSide jit = new OurSide(new Jit(), id, elf, accounts, wire);
    OurSide interpreter = new OurSide(new Interpreter(), id, elf, accounts, wire);
    for (int i = 0; i < WARM_UPS; i++) {
      jit.round();
    }
    interpreter.round();
    double[] real = new double[ROUNDS];
    double[] realFirst = new double[ROUNDS];
    double[] compiled = new double[ROUNDS];
    double[] interpreted = new double[ROUNDS];
    double[] compiledFirst = new double[ROUNDS];
    double[] interpretedFirst = new double[ROUNDS];
    long units = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Timing timing = real(id, elf, accounts, wire);
      units = timing.outcome().computeUnits();
      if (units != jit.units() || units != interpreter.units()) {
        throw new IllegalStateException(
            "the engines do not agree: " + units + ", " + jit.units() + timing.outcome().logs());
      }
      real[i] = Figures.median(timing.nanos().stream().mapToDouble(n -> n / 1e3).toArray());
      realFirst[i] = (timing.load() + timing.first()) / 1e3;
      compiled[i] = jit.round();
      interpreted[i] = interpreter.round();
      compiledFirst[i] = new OurSide(new Jit(), id, elf, accounts, wire).first();
      interpretedFirst[i] = new OurSide(new Interpreter(), id, elf, accounts, wire).first();
    }
    double realMicros = Figures.median(real) / REPEAT;
    double jitMicros = Figures.median(compiled) / REPEAT;
    double interpreterMicros = Figures.median(interpreted) / REPEAT;
    System.out.printf(
        Locale.ROOT,
        "%-20s %,9d %9.1f %9.1f %9.1f %9.2f %9.2f | %,10.0f %,10.0f %,10.0f%n",
        name,
        units,
        realMicros,
        jitMicros,
        interpreterMicros,
        realMicros / jitMicros,
        realMicros / interpreterMicros,
        Figures.median(realFirst),
        Figures.median(compiledFirst),
        Figures.median(interpretedFirst));
  }

  private Timing real(String id, byte[] elf, Map<Pubkey, Account> accounts, byte[] wire) {
    List<dev.ovsm.tests.realvm.Account> given =
        accounts.entrySet().stream()
            .map(entry -> Transfers.forRealVm(entry.getKey(), entry.getValue()))
            .toList();
    List<Program> programs = List.of(new Program(id, elf, Loader.UPGRADEABLE));
    return vm.time(new TimeRequest(programs, List.of(), given, null, wire, 3, REPEAT));
  }

  /** A bank with the program; times are in microseconds. */
  private static final class OurSide {
    private final Bank bank;
    private final byte[] wire;
    private long units;

    OurSide(Engine engine, String id, byte[] elf, Map<Pubkey, Account> accounts, byte[] wire) {
      this.bank = new Bank(BankConfig.mainnet().withEngine(engine));
      this.wire = wire;
      accounts.forEach(bank::put);
      bank.addProgram(Pubkey.of(id), elf, ProgramIds.SYSTEM);
    }

    long units() {
      return units;
    }

    double round() {
      long begin = System.nanoTime();
      for (int i = 0; i < REPEAT; i++) {
        send();
      }
      return (System.nanoTime() - begin) / 1e3;
    }

    /** The program is loaded when it is called for the first time. */
    double first() {
      long begin = System.nanoTime();
      send();
      return (System.nanoTime() - begin) / 1e3;
    }

    private void send() {
      TransactionOutcome outcome = bank.process(TransactionCodec.read(wire).orElseThrow());
      if (!outcome.succeeded()) {
        throw new IllegalStateException(outcome.toString());
      }
      units = outcome.units();
    }
  }
}
