package dev.ovsm.tests.drawn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The input of a program as the loader lays it out, and where each account's parts are in it. */
record Serialized(byte[] bytes, List<Integer> records) {
  private static final int SIGNER = 1;
  private static final int LAMPORTS = 72;
  private static final int GROWTH = 10_240;
  private static final int RECORD = 88;
  private static final int MOST_ACCOUNTS = 15;
  private static final Surroundings.Holding PROGRAM =
      new Surroundings.Holding(1, new byte[0], false);

  static Serialized of(Surroundings surroundings, int number) {
    ByteBuffer out =
        ByteBuffer.allocate(
                (MOST_ACCOUNTS + 1) * (RECORD + GROWTH)
                    + surroundings.input().length
                    + bytes(surroundings))
            .order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> order = surroundings.order();
    List<Integer> records = new ArrayList<>();
    out.putLong(order.size());
    for (int i = 0; i < order.size(); i++) {
      int first = order.indexOf(order.get(i));
      if (first < i) {
        records.add(records.get(first));
        out.putLong(first);
        continue;
      }
      records.add(out.position());
      boolean program = Keys.isProgram(order.get(i));
      Surroundings.Holding account = program ? PROGRAM : surroundings.accounts().get(order.get(i));
      out.put((byte) 0xff).put((byte) (account.signs() ? 1 : 0));
      out.put((byte) (program ? 0 : 1)).put((byte) (program ? 1 : 0));
      out.putInt(0).put(Keys.account(number, order.get(i)).bytes());
      out.put(Keys.owner(number, order.get(i)).bytes());
      out.putLong(account.lamports()).putLong(account.data().length).put(account.data());
      int end = out.position() + GROWTH;
      out.position((end + 7) & ~7);
      out.putLong(-1);
    }
    out.putLong(surroundings.input().length).put(surroundings.input());
    out.put(Keys.program(number).bytes());
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return new Serialized(bytes, List.copyOf(records));
  }

  private static int bytes(Surroundings surroundings) {
    return surroundings.accounts().stream().mapToInt(account -> account.data().length).sum();
  }

  long lamports(int passed) {
    return ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong(records.get(passed) + LAMPORTS);
  }

  void setLamports(int passed, long value) {
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(records.get(passed) + LAMPORTS, value);
  }

  boolean signs(int passed) {
    return bytes[records.get(passed) + SIGNER] != 0;
  }

  /** Where an account's data begin. */
  int at(int passed) {
    return records.get(passed) + RECORD;
  }

  byte[] data(int passed, int length) {
    byte[] data = new byte[length];
    System.arraycopy(bytes, records.get(passed) + RECORD, data, 0, length);
    return data;
  }
}
