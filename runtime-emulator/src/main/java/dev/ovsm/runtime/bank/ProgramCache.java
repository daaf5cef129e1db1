package dev.ovsm.runtime.bank;

import dev.ovsm.elf.ElfError;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoadResult;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Features;
import dev.ovsm.runtime.invoke.InstructionFailure;
import dev.ovsm.runtime.invoke.LogCollector;
import dev.ovsm.runtime.invoke.ProgramEntry;
import dev.ovsm.runtime.program.LoaderState;
import dev.ovsm.runtime.program.LoaderState.ProgramData;
import dev.ovsm.runtime.transaction.InstructionError.Kind;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.ValidatorError;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The programs of a bank, loaded from their accounts once and kept until those change. */
final class ProgramCache {
  private final Map<Pubkey, ProgramEntry> entries = new ConcurrentHashMap<>();
  private final Function<Pubkey, Optional<Account>> accounts;
  private final SyscallTable syscalls;
  private final LoaderConfig execution;
  private final LoaderConfig deployment;

  ProgramCache(
      Features features, SyscallTable syscalls, Function<Pubkey, Optional<Account>> accounts) {
    this.accounts = accounts;
    this.syscalls = syscalls;
    Set<Integer> known = syscalls.handlers().keySet();
    Set<Integer> deployable = new TreeSet<>(known);
    deployable.remove(Syscall.SOL_ALLOC_FREE_.hash());
    this.execution = new LoaderConfig(Version.V0, features.newest(), false, false, known);
    this.deployment = new LoaderConfig(Version.V0, features.newest(), true, false, deployable);
  }

  /** The program at an address, or null if the account there is none. */
  @Nullable ProgramEntry find(Pubkey id) {
    ProgramEntry entry = entries.get(id);
    if (entry == null) {
      entry = accounts.apply(id).map(this::load).orElse(null);
      if (entry != null) {
        entries.put(id, entry);
      }
    }
    return entry;
  }

  void put(Pubkey id, ProgramEntry entry) {
    entries.put(id, entry);
  }

  /** Forgets every program that an account's change may concern. */
  void forget(Pubkey id) {
    entries.remove(id);
    entries.keySet().removeIf(program -> id.equals(programData(program)));
  }

  /** A program under the rules of a deployment; the complaint goes to the log. */
  ProgramEntry deploy(byte[] elf, long slot, LogCollector log) {
    Optional<String> complaint = complaint(elf);
    if (complaint.isPresent()) {
      log.add(complaint.get());
      throw new InstructionFailure(Kind.INVALID_ACCOUNT_DATA);
    }
    return new ProgramEntry(executable(elf), slot + 1);
  }

  /** Makes a program that is already decoded executable. */
  Executable executable(Program program) {
    return new Executable(program, syscalls);
  }

  private Optional<String> complaint(byte[] elf) {
    LoadResult result = ElfLoader.load(elf, deployment);
    return result
        .error()
        .map(ElfError::text)
        .or(() -> result.program().flatMap(Validator::validate).map(ProgramCache::complaint));
  }

  private static String complaint(ValidatorError error) {
    return "Verifier error: " + error.text();
  }

  private ProgramEntry load(Account account) {
    if (account.owner().equals(ProgramIds.LOADER_V2)
        || account.owner().equals(ProgramIds.LOADER_V1)) {
      return new ProgramEntry(executable(account.data()), 0);
    }
    if (account.owner().equals(ProgramIds.LOADER_V3)) {
      return programData(account)
          .flatMap(accounts)
          .filter(data -> data.owner().equals(ProgramIds.LOADER_V3))
          .map(Account::data)
          .map(this::loadProgramData)
          .orElse(ProgramEntry.CLOSED);
    }
    return ProgramEntry.CLOSED;
  }

  private ProgramEntry loadProgramData(byte[] data) {
    return LoaderState.read(data)
        .filter(ProgramData.class::isInstance)
        .filter(state -> data.length >= LoaderState.PROGRAM_DATA_BYTES)
        .map(ProgramData.class::cast)
        .map(
            state ->
                new ProgramEntry(
                    executable(
                        Arrays.copyOfRange(data, LoaderState.PROGRAM_DATA_BYTES, data.length)),
                    state.slot() == 0 ? 0 : state.slot() + 1))
        .orElse(ProgramEntry.CLOSED);
  }

  private @Nullable Executable executable(byte[] elf) {
    return ElfLoader.load(elf, execution)
        .program()
        .filter(program -> Validator.validate(program).isEmpty())
        .map(this::executable)
        .orElse(null);
  }

  private @Nullable Pubkey programData(Pubkey program) {
    return accounts.apply(program).flatMap(ProgramCache::programData).orElse(null);
  }

  private static Optional<Pubkey> programData(Account program) {
    return program.owner().equals(ProgramIds.LOADER_V3)
        ? LoaderState.read(program.data())
            .filter(LoaderState.Program.class::isInstance)
            .map(state -> ((LoaderState.Program) state).programData())
        : Optional.empty();
  }
}
