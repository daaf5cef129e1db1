package dev.ovsm.elf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.sbpf.Version;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files made to cost much: each must be answered in time that a person does not notice. */
final class HostileElfTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MEGABYTE = 1 << 20;

  @Test
  void aMegabyteOfRelativeCallsLoads() {
    byte[] elf = ElfWriter.write(Samples.smallest(Version.V0), List.of());
    int slots = MEGABYTE / 8;
    ByteBuffer code = ByteBuffer.allocate(slots * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int pc = 0; pc < slots; pc++) {
      int target = (int) ((pc * 2_654_435_761L) >>> 8) % slots;
      code.putLong(0x85L | ((long) (target - pc) << 32));
    }
    byte[] big = withText(elf, code.array());
    LoadResult result = assertTimeoutPreemptively(PATIENCE, () -> load(big));
    assertThat(result.error().map(ElfError::text).orElse("loads"))
        .matches("loads|Relative jump out of bounds at instruction #\\d+");
  }

  @Test
  void allTheSectionsThatAFileCanHaveAreRead() {
    int count = 0xFFFF;
    int names = 64 + count * 64;
    byte[] file = new byte[names + 16];
    ByteBuffer elf = header(file, count).putShort(62, (short) 1);
    for (int i = 1; i < count; i++) {
      int at = 64 + i * 64;
      elf.putInt(at + 4, 3).putLong(at + 24, names).putLong(at + 32, 16);
    }
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          assertThat(load(file).error()).isPresent();
          SectionReader reader = new SectionReader(file);
          assertThat(reader.functions()).isEmpty();
          assertThat(reader.manifest(new Diagnostics())).isEmpty();
        });
  }

  @Test
  void symbolsThatShareOneLongNameAreRead() {
    int symbols = 20_000;
    int code = 64 + 5 * 64;
    int table = code + 8;
    int names = table + symbols * 24;
    byte[] file = new byte[names + MEGABYTE];
    ByteBuffer out = header(file, 5).putShort(62, (short) 4);
    Arrays.fill(file, names, file.length, (byte) 'x');
    String sectionNames = ".text\0.symtab\0.strtab\0";
    System.arraycopy(sectionNames.getBytes(US_ASCII), 0, file, names, sectionNames.length());
    section(out, 1, 0, 1, code, 8);
    section(out, 2, 6, 2, table, symbols * 24);
    section(out, 3, 14, 3, names, MEGABYTE);
    section(out, 4, 0, 3, names, MEGABYTE);
    for (int i = 0; i < symbols; i++) {
      out.putInt(table + i * 24, 30).put(table + i * 24 + 4, (byte) 2);
    }
    assertTimeoutPreemptively(
        PATIENCE, () -> assertThat(new SectionReader(file).functions()).hasSize(symbols));
  }

  private static void section(ByteBuffer out, int index, int name, int type, int at, int size) {
    int row = 64 + index * 64;
    out.putInt(row, name).putInt(row + 4, type).putLong(row + 24, at).putLong(row + 32, size);
  }

  /** A file's header, and its section headers right after it. */
  private static ByteBuffer header(byte[] file, int sections) {
    ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    elf.putInt(0, 0x464C_457F).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1).putInt(20, 1);
    elf.putLong(40, 64).putShort(52, (short) 64).putShort(54, (short) 56);
    return elf.putShort(58, (short) 64).putShort(60, (short) sections);
  }

  private static byte[] withText(byte[] elf, byte[] code) {
    int table = (int) ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
    ByteBuffer out = ByteBuffer.allocate(elf.length + code.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(elf, 0, 64).put(code).put(elf, 80, elf.length - 80).putLong(0, out.getLong(0));
    int moved = code.length - 16;
    out.putLong(40, table + moved);
    out.putLong(table + moved + 64 + 32, code.length);
    out.putLong(table + moved + 128 + 24, out.getLong(table + moved + 128 + 24) + moved);
    return out.array();
  }

  private static LoadResult load(byte[] elf) {
    return ElfLoader.load(elf, LoaderConfig.execution(Set.of()));
  }
}
