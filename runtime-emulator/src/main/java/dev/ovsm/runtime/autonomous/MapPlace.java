package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.invoke.AccountPlace;
import dev.ovsm.runtime.invoke.InstructionContext;
import dev.ovsm.runtime.vm.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A place for a handle in the data of an account that the calling program owns.
 *
 * @param offset in the account's data, in bytes
 * @param header where the account's data begins in the program's memory
 */
record MapPlace(Pubkey account, int offset, Slice header) {
  /** The place at an address, or null if it is in no map account of the program. */
  static @Nullable MapPlace find(Call call, long address) {
    InstructionContext instruction = call.instruction;
    for (int i = 0; i < instruction.accountCount(); i++) {
      AccountPlace place = instruction.place(i);
      long offset = address - place.data();
      if (offset >= MapHeader.BYTES && instruction.isOwned(i) && holds(call, place, offset)) {
        Slice header = call.read(place.data(), MapHeader.BYTES);
        return MapHeader.isMap(header.bytes(), header.offset(), MapHeader.BYTES)
            ? new MapPlace(instruction.key(i), (int) offset, header)
            : null;
      }
    }
    return null;
  }

  private static boolean holds(Call call, AccountPlace place, long offset) {
    long length = call.word(place.data() - Long.BYTES, 0);
    return length <= place.length() && offset <= length - Handle.BYTES;
  }

  boolean mayHoldHandles() {
    return MapHeader.holdsHandles(header.bytes(), header.offset());
  }

  /** The map's id, as the unsigned number that a register holds. */
  long mapId() {
    return Integer.toUnsignedLong(MapHeader.id(header.bytes(), header.offset()));
  }
}
