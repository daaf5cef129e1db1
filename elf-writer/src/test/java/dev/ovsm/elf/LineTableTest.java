package dev.ovsm.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.sbpf.asm.LineEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineTableTest {
  private static final LineTable TABLE =
      new LineTable(
          List.of(
              new LineEntry(0, "a.ovsm", 12, 3),
              new LineEntry(2, "λ/b.ovsm", 1, 80),
              new LineEntry(700, "", 0, 0),
              new LineEntry(701, "a.ovsm", 11, 1)));

  @Test
  void decodingTheEncodedTableGivesItBack() {
    assertThat(LineTable.decode(TABLE.encode())).contains(TABLE);
    LineTable empty = new LineTable(List.of());
    assertThat(LineTable.decode(empty.encode())).contains(empty);
  }

  @Test
  void aRandomTableIsTheSameAfterEncodingAndDecoding() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<LineEntry> entries = new ArrayList<>();
      int pc = 0;
      for (int i = random.nextInt(50); i > 0; i--) {
        pc += 1 + random.nextInt(300);
        String file = "file" + random.nextInt(3);
        entries.add(
            random.nextInt(5) == 0
                ? new LineEntry(pc, "", 0, 0)
                : new LineEntry(pc, file, 1 + random.nextInt(5000), random.nextInt(120)));
      }
      LineTable table = new LineTable(entries);
      assertThat(LineTable.decode(table.encode())).contains(table);
    }
  }

  @Test
  void aSlotBelongsToTheLastEntryAtOrBeforeIt() {
    assertThat(TABLE.find(1)).contains(TABLE.entries().get(0));
    assertThat(TABLE.find(2)).contains(TABLE.entries().get(1));
    assertThat(TABLE.find(699)).contains(TABLE.entries().get(1));
    assertThat(TABLE.find(700)).isEmpty();
    assertThat(TABLE.find(9000)).contains(TABLE.entries().get(3));
    assertThat(TABLE.find(-1)).isEmpty();
  }

  @Test
  void damagedBytesAreNoTableOrAnotherOne() {
    byte[] whole = TABLE.encode();
    Random random = new Random(8);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      if (damaged.length > 0) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      LineTable.decode(damaged)
          .ifPresent(table -> assertThat(LineTable.decode(table.encode())).contains(table));
    }
    for (int length = 0; length < whole.length; length++) {
      assertThat(LineTable.decode(Arrays.copyOf(whole, length))).isEmpty();
    }
  }
}
