package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.vm.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the instruction that a registration executes of what a program passed. */
final class Callback {
  /** The most account metas of a callback. */
  static final int MOST_METAS = 64;

  /** The budget of a handle's callback that declares none. */
  static final long DEFAULT_BUDGET = 100_000;

  private static final byte[] MAP_SEED = "map".getBytes(StandardCharsets.UTF_8);
  private static final int FIXED_BYTES = Pubkey.BYTES + Long.BYTES + Long.BYTES;
  private static final int META_BYTES = Pubkey.BYTES + 2;

  private Callback() {}

  /**
   * Reads a bincode instruction: {program, u64 count, {key, u8 signer, u8 writable}…, u64 length,
   * data}. Empty if it is no such thing, is too large, or wants a signature that the program cannot
   * give.
   */
  private static Optional<Instruction> decode(Call call, byte[] bytes) {
    if (bytes.length < FIXED_BYTES) {
      return Optional.empty();
    }
    long count = LittleEndian.u64(bytes, Pubkey.BYTES);
    if (count < 0 || count > MOST_METAS || bytes.length < FIXED_BYTES + count * META_BYTES) {
      return Optional.empty();
    }
    int at = Pubkey.BYTES + Long.BYTES;
    List<AccountMeta> metas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int signer = bytes[at + Pubkey.BYTES];
      int writable = bytes[at + Pubkey.BYTES + 1];
      Pubkey key = Pubkey.read(bytes, at);
      if (((signer | writable) & ~1) != 0 || (signer == 1 && !isOwn(call, key))) {
        return Optional.empty();
      }
      metas.add(new AccountMeta(key, signer == 1, writable == 1));
      at += META_BYTES;
    }
    long length = LittleEndian.u64(bytes, at);
    at += Long.BYTES;
    if (length != bytes.length - at || length > Call.MOST_DATA) {
      return Optional.empty();
    }
    byte[] data = java.util.Arrays.copyOfRange(bytes, at, bytes.length);
    return Optional.of(new Instruction(Pubkey.read(bytes, 0), metas, data));
  }

  /**
   * The call of the registering program with these bytes. Its accounts are those of the manifest's
   * entry, or without one those of the instruction that registers.
   */
  static Optional<Instruction> own(Call call, byte[] data) {
    if (data.length > Call.MOST_DATA) {
      return Optional.empty();
    }
    Manifest.Entry entry = entry(call.owner().manifest, data);
    List<AccountMeta> metas = entry == null ? inherited(call.instruction) : declared(call, entry);
    return metas.size() > MOST_METAS
        ? Optional.empty()
        : Optional.of(new Instruction(call.program(), metas, data));
  }

  /** The budget that the manifest declares for a callback of its program, or the default. */
  static long budget(Call call, Instruction callback) {
    Manifest.Entry entry =
        entry(call.registry().owner(callback.program()).manifest, callback.data());
    return entry == null || entry.budget() == 0 ? DEFAULT_BUDGET : entry.budget();
  }

  private static Manifest.@Nullable Entry entry(@Nullable Manifest manifest, byte[] data) {
    return manifest == null || data.length < Long.BYTES
        ? null
        : manifest.entry(LittleEndian.u64(data, 0)).orElse(null);
  }

  private static List<AccountMeta> inherited(InstructionContext instruction) {
    List<AccountMeta> metas = new ArrayList<>();
    for (int i = 0; i < instruction.accountCount(); i++) {
      metas.add(new AccountMeta(instruction.key(i), false, instruction.isWritable(i)));
    }
    return metas;
  }

  private static List<AccountMeta> declared(Call call, Manifest.Entry entry) {
    Manifest.Entry registering = entry(call.owner().manifest, call.instruction.data());
    List<AccountMeta> metas = new ArrayList<>();
    for (Manifest.Account account : entry.accounts()) {
      Pubkey key = address(call, account, registering, metas.size());
      metas.add(new AccountMeta(key, false, account.writable()));
    }
    return metas;
  }

  /** A declared account's address: its own, its map's, or that of the registering instruction. */
  private static Pubkey address(
      Call call, Manifest.Account account, Manifest.@Nullable Entry registering, int index) {
    if (account.address() != null) {
      return Pubkey.of(account.address());
    }
    if (account.map() != null) {
      return map(call.program(), account.map());
    }
    InstructionContext instruction = call.instruction;
    int position = registering == null ? -1 : position(registering, account.name());
    position = position < 0 ? index : position;
    return position < instruction.accountCount() ? instruction.key(position) : call.program();
  }

  private static int position(Manifest.Entry entry, String name) {
    for (int i = 0; i < entry.accounts().size(); i++) {
      if (entry.accounts().get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The account in which a declared map lives. */
  static Pubkey map(Pubkey program, String name) {
    List<byte[]> seeds = List.of(MAP_SEED, name.getBytes(StandardCharsets.UTF_8));
    return DerivedAddress.find(seeds, program).map(DerivedAddress.Found::address).orElse(program);
  }

  /** The instruction that {@code length} bytes at an address encode; a code if there is none. */
  static Decoded read(Call call, long address, long length) {
    if (address == 0) {
      return new Decoded(null, AsyncCode.NULL_POINTER);
    }
    Slice slice = call.read(address, length);
    return decode(call, Call.copy(slice))
        .map(instruction -> new Decoded(instruction, AsyncCode.SUCCESS))
        .orElseGet(() -> new Decoded(null, AsyncCode.INVALID_ARGUMENT));
  }

  /**
   * Whether an address is known to be derived from the calling program: the account of one of its
   * maps, or one that the invocation itself has derived.
   */
  private static boolean isOwn(Call call, Pubkey key) {
    Manifest manifest = call.owner().manifest;
    return call.frame.hasDerived(key)
        || (manifest != null
            && manifest.maps().stream().anyMatch(m -> map(call.program(), m.name()).equals(key)));
  }

  /** A call of the program itself with bytes that it passed; a code if there is none. */
  static Decoded readOwn(Call call, long address, long length) {
    byte[] data = call.bytes(address, length);
    if (data == null) {
      return new Decoded(null, AsyncCode.NULL_POINTER);
    }
    return own(call, data)
        .map(instruction -> new Decoded(instruction, AsyncCode.SUCCESS))
        .orElseGet(() -> new Decoded(null, AsyncCode.INVALID_ARGUMENT));
  }

  /** An instruction, or the code that says why there is none. */
  record Decoded(@Nullable Instruction instruction, AsyncCode code) {}
}
