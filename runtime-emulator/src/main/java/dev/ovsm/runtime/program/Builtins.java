package dev.ovsm.runtime.program;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.Builtin;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The builtin programs and the accounts that stand for them. */
public final class Builtins {
  private record Entry(String name, @Nullable Builtin program) {}

  private final Map<Pubkey, Entry> entries = new LinkedHashMap<>();

  public Builtins() {
    add(ProgramIds.SYSTEM, "solana_system_program", new SystemProgram());
    add(ProgramIds.LOADER_V3, "solana_bpf_loader_upgradeable_program", new UpgradeableLoader());
    add(
        ProgramIds.LOADER_V2,
        "solana_bpf_loader_program",
        new RetiredLoader(570, "BPF loader management instructions are no longer supported"));
    add(
        ProgramIds.LOADER_V1,
        "solana_bpf_loader_deprecated_program",
        new RetiredLoader(1140, "Deprecated loader is no longer supported"));
    add(ProgramIds.COMPUTE_BUDGET, "compute_budget_program", new ComputeBudgetProgram());
    // known by its account, but not executed here
    add(ProgramIds.VOTE, "solana_vote_program", null);
    // not called like programs: see Precompile
    add(ProgramIds.ED25519_PRECOMPILE, "", null);
    add(ProgramIds.SECP256K1_PRECOMPILE, "", null);
    add(ProgramIds.SECP256R1_PRECOMPILE, "", null);
  }

  private void add(Pubkey id, String name, @Nullable Builtin program) {
    entries.put(id, new Entry(name, program));
  }

  /** The program at an address, or null if there is no builtin that can be executed. */
  public @Nullable Builtin program(Pubkey id) {
    Entry entry = entries.get(id);
    return entry == null ? null : entry.program;
  }

  /** The account of a builtin: its name, owned by the native loader. */
  public Optional<Account> account(Pubkey id) {
    return Optional.ofNullable(entries.get(id))
        .map(
            entry ->
                new Account(
                    1,
                    entry.name.getBytes(StandardCharsets.UTF_8),
                    ProgramIds.NATIVE_LOADER,
                    true,
                    0));
  }
}
