package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.crypto.HashFunction;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.ByteWriter;
import dev.ovsm.runtime.transaction.Instruction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What Token-2022 can add to a mint or an account, with the instructions that do so. */
enum Extension {
  TRANSFER_FEE_CONFIG(1, 108),
  TRANSFER_FEE_AMOUNT(2, 8),
  MINT_CLOSE_AUTHORITY(3, 32),
  DEFAULT_ACCOUNT_STATE(6, 1),
  IMMUTABLE_OWNER(7, 0),
  MEMO_TRANSFER(8, 1),
  NON_TRANSFERABLE(9, 0),
  INTEREST_BEARING(10, 52),
  CPI_GUARD(11, 1),
  PERMANENT_DELEGATE(12, 32),
  NON_TRANSFERABLE_ACCOUNT(13, 0),
  TRANSFER_HOOK(14, 64),
  TRANSFER_HOOK_ACCOUNT(15, 1),
  METADATA_POINTER(18, 64),
  GROUP_POINTER(20, 64),
  GROUP_MEMBER_POINTER(22, 64),
  SCALED_UI_AMOUNT(25, 56),
  PAUSABLE(26, 33),
  PAUSABLE_ACCOUNT(27, 0);

  private static final int BASE = 166;
  private static final int HEADER = 4;

  private final int code;
  private final int length;

  Extension(int code, int length) {
    this.code = code;
    this.length = length;
  }

  int code() {
    return code;
  }

  /** How long a mint or an account with some extensions is. */
  static int bytes(Extension... extensions) {
    return BASE + Arrays.stream(extensions).mapToInt(one -> HEADER + one.length).sum();
  }

  /** An instruction of Token-2022 on one account that nobody signs. */
  static Instruction on(Pubkey account, ByteWriter data) {
    return Tokens.instruction(Tokens.TOKEN_2022, data, AccountMeta.writable(account, false));
  }

  /** One that somebody signs. */
  static Instruction on(Pubkey account, Pubkey signer, ByteWriter data) {
    return Tokens.instruction(
        Tokens.TOKEN_2022,
        data,
        AccountMeta.writable(account, false),
        AccountMeta.readonly(signer, true));
  }

  static Instruction transferFee(Pubkey mint, Pubkey authority, int basisPoints, long most) {
    ByteWriter data = new ByteWriter().u8(26).u8(0);
    return on(mint, data.u8(1).key(authority).u8(1).key(authority).u16(basisPoints).u64(most));
  }

  static Instruction closeAuthority(Pubkey mint, Pubkey authority) {
    return on(mint, new ByteWriter().u8(25).u8(1).key(authority));
  }

  /** The initial state of accounts: 1 usable, 2 frozen. */
  static Instruction defaultState(Pubkey mint, int state) {
    return on(mint, new ByteWriter().u8(28).u8(0).u8(state));
  }

  static Instruction interest(Pubkey mint, Pubkey authority, int rate) {
    return on(mint, new ByteWriter().u8(33).u8(0).key(authority).u16(rate));
  }

  static Instruction permanentDelegate(Pubkey mint, Pubkey delegate) {
    return on(mint, new ByteWriter().u8(35).key(delegate));
  }

  static Instruction scaledAmount(Pubkey mint, Pubkey authority, double multiplier) {
    long bits = Double.doubleToLongBits(multiplier);
    return on(mint, new ByteWriter().u8(43).u8(0).key(authority).u64(bits));
  }

  static Instruction pausable(Pubkey mint, Pubkey authority) {
    return on(mint, new ByteWriter().u8(44).u8(0).key(authority));
  }

  static Instruction transferHook(Pubkey mint, Pubkey authority, Pubkey program) {
    return on(mint, new ByteWriter().u8(36).u8(0).key(authority).key(program));
  }

  /** Tag 39 points to metadata, 40 to a group, 41 to a member. */
  static Instruction pointer(int tag, Pubkey mint, Pubkey authority, Pubkey target) {
    return on(mint, new ByteWriter().u8(tag).u8(0).key(authority).key(target));
  }

  /** Makes room for more extensions in an account. */
  static Instruction reallocate(Pubkey account, Pubkey owner, Extension... extensions) {
    ByteWriter data = new ByteWriter().u8(29);
    for (Extension extension : extensions) {
      data.u16(extension.code);
    }
    return Tokens.instruction(
        Tokens.TOKEN_2022,
        data,
        AccountMeta.writable(account, false),
        AccountMeta.writable(owner, true),
        AccountMeta.readonly(ProgramIds.SYSTEM, false),
        AccountMeta.readonly(owner, true));
  }

  /** The tag of an instruction of the metadata or group interface. */
  static ByteWriter interfaceTag(String name) {
    byte[] hash = HashFunction.SHA256.hash(name.getBytes(StandardCharsets.UTF_8));
    return new ByteWriter().bytes(Arrays.copyOf(hash, Long.BYTES));
  }

  static Instruction metadata(Pubkey mint, Pubkey authority, String name, String uri) {
    ByteWriter data = interfaceTag("spl_token_metadata_interface:initialize_account");
    return Tokens.instruction(
        Tokens.TOKEN_2022,
        text(text(text(data, name), "SYM"), uri),
        AccountMeta.writable(mint, false),
        AccountMeta.readonly(authority, false),
        AccountMeta.readonly(mint, false),
        AccountMeta.readonly(authority, true));
  }

  /** Sets a field: 0 name, 1 symbol, 2 uri, or 3 and a key. */
  static Instruction metadataField(
      Pubkey mint, Pubkey authority, int field, @Nullable String key, String value) {
    ByteWriter data = interfaceTag("spl_token_metadata_interface:updating_field").u8(field);
    return on(mint, authority, text(key == null ? data : text(data, key), value));
  }

  static ByteWriter text(ByteWriter out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return out.u32(bytes.length).bytes(bytes);
  }
}
