package dev.ovsm.runtime.syscall;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.vm.Slice;

/** The two layouts in which programs describe a call: structures of C and of Rust. */
enum CallLayout {
  C {
    private static final int INSTRUCTION = 40;

    @Override
    Header header(Guest guest, long address) {
      Slice struct = guest.readOne(address, INSTRUCTION, Long.BYTES);
      Pubkey program = guest.key(Guest.u64(struct, 0));
      return new Header(
          program,
          Guest.u64(struct, 8),
          Guest.u64(struct, 16),
          Guest.u64(struct, 24),
          Guest.u64(struct, 32));
    }

    @Override
    int metaSize() {
      return 16;
    }

    @Override
    int metaAlignment() {
      return Long.BYTES;
    }

    @Override
    int flagsOffset() {
      return 8;
    }

    @Override
    AccountMeta meta(Guest guest, Slice metas, int at, int first, int second) {
      return new AccountMeta(guest.key(Guest.u64(metas, at)), second != 0, first != 0);
    }

    @Override
    int infoSize() {
      return 56;
    }

    @Override
    CallerAccount account(Guest guest, Slice infos, int at, long address, AccountCheck check) {
      long owner = Guest.u64(infos, at + 32);
      long lamports = Guest.u64(infos, at + 8);
      long data = Guest.u64(infos, at + 24);
      check.pointer(Guest.u64(infos, at), check.place().key(), "key");
      check.pointer(owner, check.place().owner(), "owner");
      check.pointer(lamports, check.place().lamports(), "lamports");
      check.pointer(data, check.place().data(), "data");
      Slice lamportsSlice = guest.writeOne(lamports, Long.BYTES, Long.BYTES);
      Slice ownerSlice = guest.writeOne(owner, Pubkey.BYTES, 1);
      check.chargeData(Guest.u64(infos, at + 16));
      Slice length = check.length(address + 16);
      return new CallerAccount(
          lamportsSlice,
          ownerSlice,
          check.data(data, check.dataLength(Guest.u64(infos, at + 16), length)),
          length,
          data,
          check.place().length());
    }
  },

  RUST {
    private static final int INSTRUCTION = 80;

    /** Where the value of a {@code Rc<RefCell<..>>} lies: behind two counts and a flag. */
    private static final int CELL_VALUE = 24;

    private static final int FAT_POINTER = 16;

    @Override
    Header header(Guest guest, long address) {
      Slice struct = guest.readOne(address, INSTRUCTION, Long.BYTES);
      return new Header(
          Pubkey.read(struct.bytes(), struct.offset() + 48),
          Guest.u64(struct, 0),
          Guest.u64(struct, 16),
          Guest.u64(struct, 24),
          Guest.u64(struct, 40));
    }

    @Override
    int metaSize() {
      return 34;
    }

    @Override
    int metaAlignment() {
      return 1;
    }

    @Override
    int flagsOffset() {
      return Pubkey.BYTES;
    }

    @Override
    AccountMeta meta(Guest guest, Slice metas, int at, int first, int second) {
      Pubkey key = Pubkey.read(metas.bytes(), metas.offset() + at);
      return new AccountMeta(key, first != 0, second != 0);
    }

    @Override
    int infoSize() {
      return 48;
    }

    @Override
    CallerAccount account(Guest guest, Slice infos, int at, long address, AccountCheck check) {
      long owner = Guest.u64(infos, at + 24);
      check.pointer(Guest.u64(infos, at), check.place().key(), "key");
      check.pointer(owner, check.place().owner(), "owner");
      long lamportsCell = Guest.u64(infos, at + 8) + CELL_VALUE;
      long lamports = Guest.u64(guest.readOne(lamportsCell, Long.BYTES, Long.BYTES), 0);
      check.outsideInput(lamportsCell);
      check.pointer(lamports, check.place().lamports(), "lamports");
      Slice lamportsSlice = guest.writeOne(lamports, Long.BYTES, Long.BYTES);
      Slice ownerSlice = guest.writeOne(owner, Pubkey.BYTES, 1);
      long dataCell = Guest.u64(infos, at + 16) + CELL_VALUE;
      check.outsideInput(dataCell);
      Slice pointer = guest.readOne(dataCell, FAT_POINTER, Long.BYTES);
      long data = Guest.u64(pointer, 0);
      check.pointer(data, check.place().data(), "data");
      long dataLength = Guest.u64(pointer, Long.BYTES);
      check.chargeData(dataLength);
      Slice length = check.length(dataCell + Long.BYTES);
      return new CallerAccount(
          lamportsSlice,
          ownerSlice,
          check.data(data, check.dataLength(dataLength, length)),
          length,
          data,
          check.place().length());
    }
  };

  /** The fixed part of an instruction: addresses and lengths of the rest. */
  record Header(Pubkey program, long metas, long metaCount, long data, long dataLength) {}

  abstract Header header(Guest guest, long address);

  abstract int metaSize();

  abstract int metaAlignment();

  /** Where in a meta its two flags lie. */
  abstract int flagsOffset();

  /** The meta at an offset, whose two flags have already been read. */
  abstract AccountMeta meta(Guest guest, Slice metas, int at, int first, int second);

  abstract int infoSize();

  /**
   * Finds the caller's own copy of an account through its account info.
   *
   * @param at offset of the info in {@code infos}
   * @param address the address of the info
   */
  abstract CallerAccount account(
      Guest guest, Slice infos, int at, long address, AccountCheck check);
}
