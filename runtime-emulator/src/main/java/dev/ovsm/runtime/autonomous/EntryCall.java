package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.Manifest.EntryKind;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes instructions that call entries of a program as its manifest describes them. */
public final class EntryCall {
  private EntryCall() {}

  /**
   * The entry that a program starts with: {@code on-startup}, else the first named initialize, init
   * or something-init.
   */
  public static Optional<Manifest.Entry> startup(Manifest manifest) {
    return find(manifest, EntryKind.STARTUP)
        .or(() -> manifest.entry("initialize"))
        .or(() -> manifest.entry("init"))
        .or(() -> manifest.entries().stream().filter(e -> e.name().endsWith("-init")).findFirst());
  }

  /** The call of an entry with the usual accounts. */
  public static Instruction of(Pubkey program, Manifest.Entry entry, byte[] arguments) {
    return of(program, entry, arguments, Map.of());
  }

  /**
   * The call of an entry. Accounts are those that the manifest fixes, then those chosen; the payer
   * is everyone else who signs, and any other account is the one that bears its name.
   *
   * @param arguments the parameters, Borsh
   * @param chosen accounts by the manifest's names for them
   */
  public static Instruction of(
      Pubkey program, Manifest.Entry entry, byte[] arguments, Map<String, Pubkey> chosen) {
    List<AccountMeta> metas = new ArrayList<>();
    for (Manifest.Account account : entry.accounts()) {
      metas.add(
          new AccountMeta(address(program, account, chosen), account.signer(), account.writable()));
    }
    byte[] data =
        new LittleEndian(Long.BYTES + arguments.length)
            .u64(entry.discriminator())
            .raw(arguments)
            .bytes();
    return new Instruction(program, metas, data);
  }

  /**
   * The entry of a name. A program that declares nothing is taken to have them all, selected as in
   * Anchor, and to take the payer.
   */
  public static Optional<Manifest.Entry> find(@Nullable Manifest manifest, String name) {
    if (manifest != null) {
      return manifest.entry(name);
    }
    Manifest.Account payer = new Manifest.Account("payer", true, true, null, null);
    return Optional.of(
        new Manifest.Entry(
            name, discriminator(name), EntryKind.INSTRUCTION, true, 0, List.of(), List.of(payer)));
  }

  /** The first bytes of sha256("global:" + name in snake case). */
  private static long discriminator(String name) {
    return LittleEndian.u64(NamedKey.hash("global:" + name.replace('-', '_')).bytes(), 0);
  }

  static Optional<Manifest.Entry> find(Manifest manifest, EntryKind kind) {
    return manifest.entries().stream().filter(entry -> entry.kind() == kind).findFirst();
  }

  private static Pubkey address(
      Pubkey program, Manifest.Account account, Map<String, Pubkey> chosen) {
    if (account.address() != null) {
      return Pubkey.of(account.address());
    }
    if (account.map() != null) {
      return Callback.map(program, account.map());
    }
    Pubkey named = account.signer() ? Simulation.PAYER : NamedKey.of(account.name());
    return chosen.getOrDefault(account.name(), named);
  }
}
