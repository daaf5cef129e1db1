package dev.ovsm.tests.bank;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.transaction.AccountMeta;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.tests.bank.Places.Place;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The structures of a call as they lie at the start of a caller's heap, in either layout. */
final class CallImage {
  static final int BYTES = 16 * 1024;

  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final boolean rust;
  private int top = 8;

  CallImage(boolean rust) {
    this.rust = rust;
  }

  byte[] bytes() {
    return bytes.array();
  }

  /** How much of the image is in use. */
  int used() {
    return top;
  }

  /** The instruction's address. */
  long instruction(Instruction instruction) {
    List<AccountMeta> metas = instruction.accounts();
    final int data = raw(instruction.data());
    int keys = take(32 * (metas.size() + 1), 8);
    bytes.put(keys, instruction.program().bytes());
    int size = rust ? 34 : 16;
    int list = take(size * metas.size(), 8);
    for (int i = 0; i < metas.size(); i++) {
      AccountMeta meta = metas.get(i);
      int at = list + size * i;
      byte signer = (byte) (meta.signer() ? 1 : 0);
      byte writable = (byte) (meta.writable() ? 1 : 0);
      if (rust) {
        bytes.put(at, meta.key().bytes()).put(at + 32, signer).put(at + 33, writable);
      } else {
        int key = keys + 32 * (i + 1);
        bytes.put(key, meta.key().bytes());
        bytes.putLong(at, heap(key)).put(at + 8, writable).put(at + 9, signer);
      }
    }
    int struct = take(80, 8);
    long count = metas.size();
    long length = instruction.data().length;
    if (rust) {
      bytes.putLong(struct, heap(list)).putLong(struct + 8, count).putLong(struct + 16, count);
      bytes.putLong(struct + 24, heap(data)).putLong(struct + 32, length);
      bytes.putLong(struct + 40, length).put(struct + 48, instruction.program().bytes());
    } else {
      bytes.putLong(struct, heap(keys)).putLong(struct + 8, heap(list)).putLong(struct + 16, count);
      bytes.putLong(struct + 24, heap(data)).putLong(struct + 32, length);
    }
    return heap(struct);
  }

  /** The address of account infos that point at the accounts in the input. */
  long infos(List<Place> places, List<Account> accounts) {
    int size = rust ? 48 : 56;
    int[] cells = new int[2 * places.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = rust ? take(40, 8) : 0;
    }
    int list = take(size * places.size(), 8);
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      long length = accounts.get(i).data().length;
      int at = list + size * i;
      bytes.putLong(at, place.key());
      if (rust) {
        bytes.putLong(cells[2 * i] + 24, place.lamports());
        bytes.putLong(cells[2 * i + 1] + 24, place.data());
        bytes.putLong(cells[2 * i + 1] + 32, length);
        bytes.putLong(at + 8, heap(cells[2 * i])).putLong(at + 16, heap(cells[2 * i + 1]));
        bytes.putLong(at + 24, place.owner());
      } else {
        bytes.putLong(at + 8, place.lamports()).putLong(at + 16, length);
        bytes.putLong(at + 24, place.data()).putLong(at + 32, place.owner());
      }
    }
    return heap(list);
  }

  /** The address of a list of signers, each a list of seeds. */
  long signers(List<List<byte[]>> signers) {
    int list = take(16 * signers.size(), 8);
    for (int i = 0; i < signers.size(); i++) {
      List<byte[]> seeds = signers.get(i);
      int inner = take(16 * seeds.size(), 8);
      for (int j = 0; j < seeds.size(); j++) {
        bytes.putLong(inner + 16 * j, heap(raw(seeds.get(j))));
        bytes.putLong(inner + 16 * j + 8, seeds.get(j).length);
      }
      bytes.putLong(list + 16 * i, heap(inner)).putLong(list + 16 * i + 8, seeds.size());
    }
    return heap(list);
  }

  private int raw(byte[] data) {
    int at = take(data.length, 8);
    bytes.put(at, data);
    return at;
  }

  private int take(int length, int alignment) {
    int at = (top + alignment - 1) & -alignment;
    top = at + length;
    return at;
  }

  private static long heap(int offset) {
    return Probe.HEAP + offset;
  }
}
