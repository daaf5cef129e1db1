package dev.ovsm.runtime.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.runtime.transaction.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** The account in which a transaction finds its own top-level instructions. */
final class InstructionsSysvar {
  private static final int SIGNER = 1;
  private static final int WRITABLE = 2;

  private InstructionsSysvar() {}

  /** The account: a count, offsets, the instructions, and the index of the one that runs. */
  static Account account(LoadedMessage message) {
    List<byte[]> parts = new ArrayList<>();
    for (LoadedMessage.Call call : message.calls()) {
      ByteWriter part = new ByteWriter().u16(call.accounts().length);
      for (int index : call.accounts()) {
        part.u8((message.signer()[index] ? SIGNER : 0) | (message.writable()[index] ? WRITABLE : 0))
            .key(message.keys()[index]);
      }
      part.key(message.keys()[call.program()]).u16(call.data().length).bytes(call.data());
      parts.add(part.toBytes());
    }
    ByteWriter out = new ByteWriter().u16(parts.size());
    int offset = 2 + 2 * parts.size();
    for (byte[] part : parts) {
      out.u16(offset);
      offset += part.length;
    }
    parts.forEach(out::bytes);
    return new Account(0, out.u16(0).toBytes(), SysvarIds.OWNER, false, 0);
  }
}
