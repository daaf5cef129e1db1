package dev.ovsm.cli;

import dev.ovsm.cli.account.AccountArgument;
import dev.ovsm.cli.account.KeyedAccount;
import dev.ovsm.cli.failure.Failures;
import dev.ovsm.cli.failure.Told;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.ProgramFile;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.bank.Bank;
import dev.ovsm.runtime.bank.BankConfig;
import dev.ovsm.runtime.bank.PreparedInstruction;
import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.runtime.trace.TraceWriter;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ComputeLimits;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ovsm invoke PROGRAM.so}: one transaction with one instruction, on account fixtures. */
@CommandLine.Command(
    name = "invoke",
    description = "Run one instruction of a compiled program on accounts from files.",
    footer = {
      "",
      "The transaction pays no fee, and all who are named as signers have signed it.",
      "An account file is what solana account ADDRESS --output json writes; instead of",
      "a file, --account takes an address, of a program that is called for example.",
      "",
      "Example:",
      "  ovsm invoke counter.so --program-id $ID --data 0100 --account payer.json:s:w",
      "",
      "Exit codes: 0 it succeeded, 1 it failed, 2 wrong usage, 3 a file is no program,",
      "4 a file cannot be read or written."
    })
final class InvokeCommand implements Command {
  private static final int MOST_ACCOUNTS = 255;

  @Parameters(arity = "1", paramLabel = "PROGRAM.so", description = "The program.")
  private String file = "";

  @Option(
      names = "--program-id",
      required = true,
      paramLabel = "ID",
      description = "The program's address.")
  private String programId = "";

  @Option(
      names = "--data",
      paramLabel = "HEX",
      description = "The instruction's data; none by default.")
  private String data = "";

  @Option(
      names = "--account",
      paramLabel = "FILE.json[:s][:w]",
      description = "The instruction's next account; :s if it signs, :w if it is writable.")
  private List<String> accounts = List.of();

  @Option(
      names = "--program",
      paramLabel = "ID=FILE.so",
      description = "Another program, for the first one to call.")
  private List<String> programs = List.of();

  @Option(names = "--slot", paramLabel = "N", description = "The slot (default: ${DEFAULT-VALUE}).")
  private long slot = 1;

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "Compute units of the transaction, to 1400000 (default: ${DEFAULT-VALUE}).")
  private long budget = ComputeLimits.UNITS_PER_INSTRUCTION;

  @Mixin private MachineOptions machine = new MachineOptions();

  /** A program's address and the name of its file. */
  private record Place(Pubkey id, String file) {}

  @Override
  public ExitCode run(Terminal terminal) {
    Diagnostics found = new Diagnostics();
    List<Place> places = places(found);
    Optional<byte[]> bytes = instructionData(found);
    checkLimits(found);
    if (found.hasErrors() || bytes.isEmpty()) {
      return refuse(terminal, found, ExitCode.USAGE);
    }
    List<AccountMeta> metas = new ArrayList<>();
    Map<Pubkey, Account> named = new LinkedHashMap<>();
    long size = 0;
    for (String text : accounts) {
      AccountArgument argument = AccountArgument.of(text);
      Optional<KeyedAccount> account = argument.account(found);
      if (account.isEmpty()) {
        return refuse(terminal, found, ExitCode.ENVIRONMENT);
      }
      Pubkey key = account.get().key();
      named.merge(key, account.get().account(), (one, other) -> exists(other) ? other : one);
      metas.add(new AccountMeta(key, argument.signer(), argument.writable()));
      size += account.get().account().data().length;
      if (isTooMuch(size, found)) {
        return refuse(terminal, found, ExitCode.USAGE);
      }
    }
    Map<Pubkey, byte[]> elves = new HashMap<>();
    Optional<Tracing> tracing = machine.tracing(vm -> traced(vm, elves), found);
    if (tracing.isEmpty()) {
      return refuse(terminal, found, ExitCode.ENVIRONMENT);
    }
    Bank bank =
        new Bank(BankConfig.mainnet().withStartSlot(slot).withEngine(tracing.get().engine()));
    checkPlaces(places, bank, found);
    if (found.hasErrors()) {
      return refuse(terminal, found, ExitCode.USAGE);
    }
    named.forEach((key, account) -> put(bank, key, account));
    for (Place place : places) {
      Optional<byte[]> elf = InputFile.bytes(place.file, InputFile.MOST_PROGRAM, found);
      if (elf.isEmpty()) {
        return refuse(terminal, found, ExitCode.ENVIRONMENT);
      }
      size += elf.get().length;
      if (isTooMuch(size, found)) {
        return refuse(terminal, found, ExitCode.USAGE);
      }
      if (ProgramFile.load(place.file, elf.get(), loader(), found).isEmpty()) {
        return refuse(terminal, found, ExitCode.NOT_A_PROGRAM);
      }
      bank.addProgram(place.id, elf.get(), ProgramIds.SYSTEM);
      elves.put(place.id, elf.get());
    }
    Map<Pubkey, Account> before = states(bank, named.keySet());
    Instruction instruction = new Instruction(places.get(0).id, metas, bytes.get());
    TransactionOutcome outcome = bank.invoke(instruction, budget);
    TransactionReport report = new TransactionReport(outcome, before, states(bank, named.keySet()));
    Optional<Told> told = told(bank, instruction, outcome, elves);
    if (machine.json()) {
      report.printJson(terminal, told);
    } else {
      report.print(terminal, budget, told);
    }
    if (!tracing.get().isComplete(found)) {
      return refuse(terminal, found, ExitCode.ENVIRONMENT);
    }
    return outcome.succeeded() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private Optional<Told> told(
      Bank bank, Instruction instruction, TransactionOutcome outcome, Map<Pubkey, byte[]> elves) {
    TransactionError error = outcome.error();
    return error == null
        ? Optional.empty()
        : bank.blame(
                new PreparedInstruction(instruction),
                budget,
                MemoryMap.DEFAULT_HEAP_BYTES,
                null,
                error)
            .flatMap(
                blame -> Failures.tell(id -> Optional.ofNullable(elves.get(id)), blame, error));
  }

  private static Optional<TraceWriter.Traced> traced(Vm vm, Map<Pubkey, byte[]> elves) {
    Pubkey id = vm.context(InstructionContext.class).program();
    return Optional.ofNullable(elves.get(id))
        .map(elf -> new TraceWriter.Traced(id.toString(), elf));
  }

  /** Whether the files together hold more than any transaction may load. */
  private static boolean isTooMuch(long size, Diagnostics found) {
    boolean tooMuch = size > ComputeLimits.MAX_LOADED_BYTES;
    if (tooMuch) {
      found.add(
          Diagnostic.in("--account", CommandCode.USAGE, "accounts and programs are too large")
              .withHelp(
                  "a transaction loads at most " + ComputeLimits.MAX_LOADED_BYTES + " bytes"));
    }
    return tooMuch;
  }

  private static ExitCode refuse(Terminal terminal, Diagnostics found, ExitCode code) {
    found.list().forEach(terminal::report);
    return code;
  }

  /** The program itself first, then those it may call. */
  private List<Place> places(Diagnostics found) {
    List<Place> places = new ArrayList<>();
    address("--program-id", programId, found).ifPresent(id -> places.add(new Place(id, file)));
    for (String program : programs) {
      int equals = program.indexOf('=');
      if (equals < 0) {
        found.add(
            Diagnostic.in("--program", CommandCode.USAGE, "--program takes ID=FILE.so")
                .withHelp("ID is the address under which the program is called"));
      } else {
        address("--program", program.substring(0, equals), found)
            .ifPresent(id -> places.add(new Place(id, program.substring(equals + 1))));
      }
    }
    return places;
  }

  private static Optional<Pubkey> address(String flag, String text, Diagnostics found) {
    Optional<Pubkey> address = Pubkey.parse(text);
    if (address.isEmpty()) {
      found.add(
          Diagnostic.in(flag, CommandCode.USAGE, text + " is no address")
              .withHelp("an address is 32 bytes in base 58, 32 to 44 characters"));
    }
    return address;
  }

  /** A program needs an address of its own. */
  private static void checkPlaces(List<Place> places, Bank bank, Diagnostics found) {
    Set<Pubkey> taken = new HashSet<>();
    for (Place place : places) {
      if (bank.account(place.id).isPresent()) {
        found.add(
            Diagnostic.in("--program", CommandCode.USAGE, place.id + " is the chain's own")
                .withHelp("give " + place.file + " an address that no builtin or sysvar has"));
      } else if (!taken.add(place.id)) {
        found.add(
            Diagnostic.in("--program", CommandCode.USAGE, place.id + " is named twice")
                .withHelp("give every program an address of its own"));
      }
    }
  }

  private Optional<byte[]> instructionData(Diagnostics found) {
    try {
      return Optional.of(HexFormat.of().parseHex(data.startsWith("0x") ? data.substring(2) : data));
    } catch (IllegalArgumentException e) {
      found.add(
          Diagnostic.in("--data", CommandCode.USAGE, "--data takes pairs of hex digits")
              .withHelp("write 0a1b for the two bytes 10 and 27"));
      return Optional.empty();
    }
  }

  private void checkLimits(Diagnostics found) {
    if (slot < 0) {
      found.add(
          Diagnostic.in("--slot", CommandCode.USAGE, "there is no slot " + slot)
              .withHelp("give a number of at least 0"));
    }
    if (budget < 0 || budget > ComputeLimits.MAX_UNITS) {
      found.add(
          Diagnostic.in("--budget", CommandCode.USAGE, "--budget cannot be " + budget)
              .withHelp("a transaction has at most " + ComputeLimits.MAX_UNITS + " compute units"));
    }
    if (accounts.size() > MOST_ACCOUNTS) {
      found.add(
          Diagnostic.in("--account", CommandCode.USAGE, "there are too many accounts")
              .withHelp("an instruction has at most " + MOST_ACCOUNTS));
    }
  }

  private static boolean exists(Account account) {
    return account.lamports() != 0;
  }

  /** Sysvars are those of the slot, whatever a fixture says. */
  private static void put(Bank bank, Pubkey key, Account account) {
    if (exists(account) && bank.sysvars().account(key).isEmpty()) {
      bank.put(key, account);
    }
  }

  private static Map<Pubkey, Account> states(Bank bank, Set<Pubkey> keys) {
    Map<Pubkey, Account> states = new LinkedHashMap<>();
    keys.forEach(key -> states.put(key, bank.account(key).orElse(Account.EMPTY)));
    return states;
  }

  private LoaderConfig loader() {
    return machine.loader(SolanaSyscalls.handlers(Features.MAINNET).keySet());
  }
}
