package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Instructions of the system and token programs, as clients write them. */
record Tokens(Pubkey program) {
  static final Pubkey TOKEN = Pubkey.of("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
  static final Pubkey TOKEN_2022 = Pubkey.of("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
  static final Pubkey ASSOCIATED = Pubkey.of("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
  static final Pubkey NATIVE_MINT = Pubkey.of("So11111111111111111111111111111111111111112");
  static final Pubkey NATIVE_MINT_2022 = Pubkey.of("9pan9bMn5HatX4EJdBwg9VgCa7Uz5HL8N1m5D3NdXejP");
  static final int MINT_BYTES = 82;
  static final int ACCOUNT_BYTES = 165;

  static Instruction create(Pubkey from, Pubkey to, long lamports, long space, Pubkey owner) {
    return instruction(
        ProgramIds.SYSTEM,
        new ByteWriter().u32(0).u64(lamports).u64(space).key(owner),
        AccountMeta.writable(from, true),
        AccountMeta.writable(to, true));
  }

  static Instruction transferLamports(Pubkey from, Pubkey to, long lamports) {
    return instruction(
        ProgramIds.SYSTEM,
        new ByteWriter().u32(2).u64(lamports),
        AccountMeta.writable(from, true),
        AccountMeta.writable(to, false));
  }

  Instruction initializeMint(Pubkey mint, int decimals, Pubkey authority, @Nullable Pubkey freeze) {
    ByteWriter data = new ByteWriter().u8(20).u8(decimals).key(authority);
    return instruction(program, optional(data, freeze), AccountMeta.writable(mint, false));
  }

  Instruction initializeAccount(Pubkey account, Pubkey mint, Pubkey owner) {
    return instruction(
        program,
        new ByteWriter().u8(18).key(owner),
        AccountMeta.writable(account, false),
        AccountMeta.readonly(mint, false));
  }

  Instruction initializeMultisig(Pubkey account, int needed, Pubkey... signers) {
    List<AccountMeta> metas = new ArrayList<>(List.of(AccountMeta.writable(account, false)));
    metas.add(AccountMeta.readonly(SysvarIds.RENT, false));
    for (Pubkey signer : signers) {
      metas.add(AccountMeta.readonly(signer, false));
    }
    return new Instruction(program, metas, new byte[] {2, (byte) needed});
  }

  Instruction mintTo(Pubkey mint, Pubkey to, Pubkey authority, long amount) {
    return amount(7, amount, mint, to, authority);
  }

  Instruction transfer(Pubkey from, Pubkey to, Pubkey owner, long amount) {
    return amount(3, amount, from, to, owner);
  }

  Instruction burn(Pubkey account, Pubkey mint, Pubkey owner, long amount) {
    return amount(8, amount, account, mint, owner);
  }

  /** Mints with tag 14, burns with tag 15, and says how many decimals it expects. */
  Instruction checked(
      int tag, Pubkey first, Pubkey second, Pubkey signer, long amount, int decimals) {
    return instruction(
        program,
        new ByteWriter().u8(tag).u64(amount).u8(decimals),
        AccountMeta.writable(first, false),
        AccountMeta.writable(second, false),
        AccountMeta.readonly(signer, true));
  }

  Instruction approveChecked(
      Pubkey account, Pubkey mint, Pubkey delegate, Pubkey owner, long amount, int decimals) {
    return instruction(
        program,
        new ByteWriter().u8(13).u64(amount).u8(decimals),
        AccountMeta.writable(account, false),
        AccountMeta.readonly(mint, false),
        AccountMeta.readonly(delegate, false),
        AccountMeta.readonly(owner, true));
  }

  Instruction multisigTransfer(
      Pubkey from, Pubkey to, Pubkey multisig, long amount, Pubkey... signers) {
    List<AccountMeta> metas = new ArrayList<>();
    metas.add(AccountMeta.writable(from, false));
    metas.add(AccountMeta.writable(to, false));
    metas.add(AccountMeta.readonly(multisig, false));
    for (Pubkey signer : signers) {
      metas.add(AccountMeta.readonly(signer, true));
    }
    return new Instruction(program, metas, new ByteWriter().u8(3).u64(amount).toBytes());
  }

  Instruction initializeAccountWithRent(Pubkey account, Pubkey mint, Pubkey owner) {
    return any(
        new ByteWriter().u8(1),
        AccountMeta.writable(account, false),
        AccountMeta.readonly(mint, false),
        AccountMeta.readonly(owner, false),
        AccountMeta.readonly(SysvarIds.RENT, false));
  }

  /** An instruction that is nothing but its tag, on one account. */
  Instruction plain(int tag, Pubkey account) {
    return any(new ByteWriter().u8(tag), AccountMeta.writable(account, false));
  }

  Instruction any(ByteWriter data, AccountMeta... metas) {
    return instruction(program, data, metas);
  }

  /** The mint of wrapped lamports. */
  Pubkey nativeMint() {
    return program.equals(TOKEN) ? NATIVE_MINT : NATIVE_MINT_2022;
  }

  private Instruction amount(int tag, long amount, Pubkey first, Pubkey second, Pubkey signer) {
    return instruction(
        program,
        new ByteWriter().u8(tag).u64(amount),
        AccountMeta.writable(first, false),
        AccountMeta.writable(second, false),
        AccountMeta.readonly(signer, true));
  }

  Instruction transferChecked(
      Pubkey from, Pubkey mint, Pubkey to, Pubkey owner, long amount, int decimals) {
    return instruction(
        program,
        new ByteWriter().u8(12).u64(amount).u8(decimals),
        AccountMeta.writable(from, false),
        AccountMeta.readonly(mint, false),
        AccountMeta.writable(to, false),
        AccountMeta.readonly(owner, true));
  }

  Instruction approve(Pubkey account, Pubkey delegate, Pubkey owner, long amount) {
    return instruction(
        program,
        new ByteWriter().u8(4).u64(amount),
        AccountMeta.writable(account, false),
        AccountMeta.readonly(delegate, false),
        AccountMeta.readonly(owner, true));
  }

  Instruction revoke(Pubkey account, Pubkey owner) {
    return instruction(
        program,
        new ByteWriter().u8(5),
        AccountMeta.writable(account, false),
        AccountMeta.readonly(owner, true));
  }

  Instruction setAuthority(Pubkey account, Pubkey owner, int type, @Nullable Pubkey next) {
    return instruction(
        program,
        optional(new ByteWriter().u8(6).u8(type), next),
        AccountMeta.writable(account, false),
        AccountMeta.readonly(owner, true));
  }

  Instruction close(Pubkey account, Pubkey to, Pubkey owner) {
    return instruction(
        program,
        new ByteWriter().u8(9),
        AccountMeta.writable(account, false),
        AccountMeta.writable(to, false),
        AccountMeta.readonly(owner, true));
  }

  /** Freezes with tag 10, thaws with tag 11. */
  Instruction freeze(int tag, Pubkey account, Pubkey mint, Pubkey authority) {
    return instruction(
        program,
        new ByteWriter().u8(tag),
        AccountMeta.writable(account, false),
        AccountMeta.readonly(mint, false),
        AccountMeta.readonly(authority, true));
  }

  Instruction syncNative(Pubkey account) {
    return instruction(program, new ByteWriter().u8(17), AccountMeta.writable(account, false));
  }

  /** The address of the account that the associated-token program makes for a wallet. */
  Pubkey associated(Pubkey wallet, Pubkey mint) {
    return Ledger.derived(ASSOCIATED, wallet.bytes(), program.bytes(), mint.bytes());
  }

  /** Creates that account with tag 0, or only if it is missing with tag 1. */
  Instruction createAssociated(int tag, Pubkey payer, Pubkey wallet, Pubkey mint) {
    return instruction(
        ASSOCIATED,
        new ByteWriter().u8(tag),
        AccountMeta.writable(payer, true),
        AccountMeta.writable(associated(wallet, mint), false),
        AccountMeta.readonly(wallet, false),
        AccountMeta.readonly(mint, false),
        AccountMeta.readonly(ProgramIds.SYSTEM, false),
        AccountMeta.readonly(program, false));
  }

  static Instruction instruction(Pubkey program, ByteWriter data, AccountMeta... metas) {
    return new Instruction(program, List.of(metas), data.toBytes());
  }

  private static ByteWriter optional(ByteWriter data, @Nullable Pubkey key) {
    return key == null ? data.u8(0) : data.u8(1).key(key);
  }
}
