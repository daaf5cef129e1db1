package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.Ledger.key;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Draws a life for some mints, accounts and owners of a token program, with many mistakes. */
final class DrawnTokens {
  private static final Pubkey MEMO = Pubkey.of("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
  private static final int TRANSFER_FEE_MINT = 278;
  private static final int TRANSFER_FEE_ACCOUNT = 178;
  private static final int MULTISIG_BYTES = 355;
  private static final long FUNDS = 5_000_000;

  private final List<Pubkey> owners = List.of(key(1), key(2), key(3), key(7));
  private final List<Pubkey> mints = new ArrayList<>();
  private final List<Pubkey> accounts = new ArrayList<>();
  private final Ledger ledger;
  private final Random random;
  private final Tokens tokens;
  private int made;

  DrawnTokens(Ledger ledger, Random random, Tokens tokens) {
    this.ledger = ledger;
    this.random = random;
    this.tokens = tokens;
    for (Pubkey owner : owners.subList(1, 3)) {
      ledger.account(owner, Account.wallet(10_000_000_000L));
    }
    byte[] mint = new byte[Tokens.MINT_BYTES];
    mint[44] = 9;
    mint[45] = 1;
    ledger.account(Tokens.NATIVE_MINT, Account.of(FUNDS, mint, Tokens.TOKEN));
    mints.add(Tokens.NATIVE_MINT);
  }

  /** Something to work with: two mints, four accounts, a multisig. */
  void prepare() {
    makeMint(false);
    makeMint(isExtended());
    for (int i = 0; i < 4; i++) {
      makeAccount();
    }
    Pubkey multisig = owners.get(3);
    ledger.send(
        "multisig",
        Tokens.create(key(1), multisig, FUNDS, MULTISIG_BYTES, tokens.program()),
        tokens.initializeMultisig(multisig, 2, key(1), key(2), key(3)));
  }

  /** One more transaction. */
  void send() {
    int choice = random.nextInt(20);
    if (choice == 0) {
      makeMint(isExtended() && random.nextBoolean());
    } else if (choice < 3) {
      makeAccount();
    } else {
      Instruction[] instructions = new Instruction[1 + random.nextInt(3) / 2];
      for (int i = 0; i < instructions.length; i++) {
        instructions[i] = instruction();
      }
      ledger.send("drawn", instructions);
    }
  }

  private boolean isExtended() {
    return tokens.program().equals(Tokens.TOKEN_2022);
  }

  private void makeMint(boolean withFee) {
    Pubkey mint = key(300 + made++);
    mints.add(mint);
    int bytes = withFee ? TRANSFER_FEE_MINT : Tokens.MINT_BYTES;
    Instruction create = Tokens.create(key(1), mint, FUNDS, bytes, tokens.program());
    Instruction initialize =
        tokens.initializeMint(
            mint, random.nextInt(10), owner(), random.nextInt(3) > 0 ? owner() : null);
    if (withFee) {
      ByteWriter fee = new ByteWriter().u8(26).u8(0).u8(1).key(owner()).u8(1).key(owner());
      fee.u16(random.nextInt(600)).u64(random.nextInt(5000));
      Instruction config =
          Tokens.instruction(tokens.program(), fee, AccountMeta.writable(mint, false));
      ledger.send("mint with fee", create, config, initialize);
    } else {
      ledger.send("mint", create, initialize);
    }
  }

  private void makeAccount() {
    Pubkey mint = mint();
    if (random.nextInt(3) == 0) {
      Pubkey wallet = owner();
      accounts.add(tokens.associated(wallet, mint));
      ledger.send("associated", tokens.createAssociated(random.nextInt(2), key(1), wallet, mint));
      return;
    }
    Pubkey account = key(300 + made++);
    accounts.add(account);
    boolean fee = ledger.now(mint).data().length == TRANSFER_FEE_MINT && random.nextInt(6) > 0;
    ledger.send(
        "account",
        Tokens.create(
            key(1),
            account,
            FUNDS,
            fee ? TRANSFER_FEE_ACCOUNT : Tokens.ACCOUNT_BYTES,
            tokens.program()),
        tokens.initializeAccount(account, mint, owner()));
  }

  private Instruction instruction() {
    Pubkey from = account();
    Pubkey to = random.nextInt(3) > 0 ? sibling(from) : account();
    Pubkey mint = random.nextInt(10) > 0 ? mintOf(from) : mint();
    Pubkey owner = random.nextInt(8) > 0 ? ownerOf(from) : owner();
    long amount = amount(from);
    Instruction drawn =
        switch (random.nextInt(20)) {
          case 0, 1, 2 ->
              tokens.mintTo(mint, from, authorityOf(mint, 4), 1 + random.nextInt(100_000));
          case 3, 4 -> tokens.transfer(from, to, owner, amount);
          case 5, 6, 7 -> tokens.transferChecked(from, mint, to, owner, amount, decimalsOf(mint));
          case 8 -> tokens.approve(from, owner(), owner, amount);
          case 9 -> tokens.revoke(from, owner);
          case 10 -> tokens.burn(from, mint, owner, amount);
          case 11 -> tokens.close(from, random.nextInt(10) > 0 ? key(2) : from, owner);
          case 12 -> tokens.freeze(10 + random.nextInt(2), from, mint, authorityOf(mint, 50));
          case 13 -> tokens.setAuthority(mint, authorityOf(mint, 4), random.nextInt(2), owner());
          case 14 -> tokens.setAuthority(from, owner, 2 + random.nextInt(2), owner());
          case 15 -> tokens.syncNative(from);
          case 16 -> Tokens.transferLamports(key(1), from, random.nextInt(10_000));
          case 17 -> memo();
          case 18 -> anything(from, to, mint, owner);
          default -> fee(from, mint, to, owner, amount);
        };
    return random.nextInt(25) == 0 ? mutilated(drawn) : drawn;
  }

  private Instruction memo() {
    byte[] text = new byte[random.nextInt(40)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (random.nextInt(60) == 0 ? 0xff : ' ' + random.nextInt(90));
    }
    List<AccountMeta> signers = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      signers.add(AccountMeta.readonly(owners.get(i), random.nextInt(5) > 0));
    }
    return new Instruction(MEMO, signers, text);
  }

  private Instruction fee(Pubkey from, Pubkey mint, Pubkey to, Pubkey owner, long amount) {
    ByteWriter data = new ByteWriter().u8(26);
    AccountMeta first = AccountMeta.writable(from, false);
    AccountMeta middle = AccountMeta.writable(mint, false);
    AccountMeta second = AccountMeta.writable(to, false);
    AccountMeta signer = AccountMeta.readonly(owner, true);
    return switch (random.nextInt(4)) {
      case 0 -> {
        data.u8(1).u64(amount).u8(decimalsOf(mint)).u64(random.nextInt(50));
        yield Tokens.instruction(tokens.program(), data, first, middle, second, signer);
      }
      case 1 -> Tokens.instruction(tokens.program(), data.u8(4), middle, first, second);
      case 2 -> Tokens.instruction(tokens.program(), data.u8(2), middle, first, signer);
      default -> {
        data.u8(3).u8(1);
        yield Tokens.instruction(tokens.program(), data, middle, first, signer, second);
      }
    };
  }

  /** A tag with whatever data and accounts. */
  private Instruction anything(Pubkey from, Pubkey to, Pubkey mint, Pubkey owner) {
    byte[] data = new byte[random.nextInt(50)];
    random.nextBytes(data);
    ByteWriter out = new ByteWriter().u8(random.nextInt(46)).bytes(data);
    return Tokens.instruction(
        tokens.program(),
        out,
        AccountMeta.writable(random.nextBoolean() ? from : mint, false),
        AccountMeta.writable(random.nextBoolean() ? to : mint, false),
        AccountMeta.readonly(owner, true),
        AccountMeta.readonly(ProgramIds.SYSTEM, false));
  }

  /** Less data, fewer accounts or a missing signature. */
  private Instruction mutilated(Instruction whole) {
    List<AccountMeta> metas = new ArrayList<>(whole.accounts());
    byte[] data = whole.data();
    switch (random.nextInt(3)) {
      case 0 -> data = Arrays.copyOf(data, random.nextInt(data.length + 1));
      case 1 -> metas = metas.subList(0, random.nextInt(metas.size() + 1));
      default -> metas.replaceAll(meta -> new AccountMeta(meta.key(), false, meta.writable()));
    }
    return new Instruction(whole.program(), metas, data);
  }

  private Pubkey owner() {
    return owners.get(random.nextInt(random.nextInt(10) == 0 ? 4 : 3));
  }

  private Pubkey mint() {
    return mints.get(random.nextInt(mints.size()));
  }

  private Pubkey account() {
    return random.nextInt(40) == 0 ? mint() : accounts.get(random.nextInt(accounts.size()));
  }

  /** Another account of the same mint, if one is found. */
  private Pubkey sibling(Pubkey account) {
    for (int i = 0; i < 20; i++) {
      Pubkey other = account();
      if (!other.equals(account) && mintOf(other).equals(mintOf(account))) {
        return other;
      }
    }
    return account();
  }

  private Pubkey mintOf(Pubkey account) {
    byte[] data = ledger.now(account).data();
    return data.length >= Tokens.ACCOUNT_BYTES ? Pubkey.read(data, 0) : mints.get(0);
  }

  private Pubkey ownerOf(Pubkey account) {
    byte[] data = ledger.now(account).data();
    return data.length >= Tokens.ACCOUNT_BYTES ? Pubkey.read(data, 32) : key(1);
  }

  /** The key of a mint's optional authority, if it has one and can sign. */
  private Pubkey authorityOf(Pubkey mint, int offset) {
    byte[] data = ledger.now(mint).data();
    Pubkey authority =
        data.length >= Tokens.MINT_BYTES && data[offset - 4] == 1
            ? Pubkey.read(data, offset)
            : key(1);
    return random.nextInt(10) == 0 ? owner() : authority;
  }

  private int decimalsOf(Pubkey mint) {
    byte[] data = ledger.now(mint).data();
    boolean known = data.length >= Tokens.MINT_BYTES && random.nextInt(12) > 0;
    return known ? data[44] : 3;
  }

  private long amount(Pubkey account) {
    byte[] data = ledger.now(account).data();
    long balance = 0;
    for (int i = 7; i >= 0 && data.length >= 72; i--) {
      balance = balance << 8 | (data[64 + i] & 0xff);
    }
    return switch (random.nextInt(6)) {
      case 0 -> balance;
      case 1 -> balance + 1;
      case 2 -> random.nextInt(1000);
      default -> balance == 0 ? 0 : Math.floorMod(random.nextLong(), Math.max(1, balance));
    };
  }
}
