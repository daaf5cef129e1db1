package dev.ovsm.elf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.ElfError.Kind;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ElfLoaderTest {
  private static final LoaderConfig EXECUTION = LoaderConfig.execution(Set.of());
  private static final String OUT_OF_BOUNDS = "Offset or value is out of bounds";
  private static final String PARSE = "Failed to parse ELF file: ";

  /** Places in the file of {@link Samples#hello} for version 0. */
  private static final byte[] FILE = ElfWriter.write(Samples.hello(Version.V0), List.of());

  private static final int TABLE = (int) number(FILE, 40, 8);
  private static final int TEXT = TABLE + 64;
  private static final int RODATA = TABLE + 2 * 64;
  private static final int DYNAMIC = TABLE + 3 * 64;
  private static final int DYNSYM = TABLE + 4 * 64;
  private static final int DYNSTR = TABLE + 5 * 64;
  private static final int RELOCATION = (int) number(FILE, TABLE + 6 * 64 + 24, 8);
  private static final int CODE = (int) number(FILE, TEXT + 24, 8);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "48 | 4 | 4 | UNSUPPORTED_SBPF_VERSION | Detected sbpf_version required by the executable"
            + " which are not enabled",
        "48 | 4 | 32 | UNSUPPORTED_SBPF_VERSION | Detected sbpf_version required by the executable"
            + " which are not enabled",
        "0 | 1 | 0 | FAILED_TO_PARSE | Failed to parse ELF file: invalid file header",
        "62 | 2 | 99 | FAILED_TO_PARSE | Failed to parse ELF file: invalid file header",
        "62 | 2 | 0 | FAILED_TO_PARSE"
            + " | Failed to parse ELF file: no section name string table found",
        "32 | 8 | 8 | FAILED_TO_PARSE | Failed to parse ELF file: values overlap",
        "40 | 8 | -64 | VALUE_OUT_OF_BOUNDS | Offset or value is out of bounds",
        "7 | 1 | 3 | WRONG_ABI | Incompatible ELF: wrong ABI",
        "18 | 2 | 62 | WRONG_MACHINE | Incompatible ELF: wrong machine",
        "16 | 2 | 2 | WRONG_TYPE | Incompatible ELF: wrong type",
        "24 | 8 | 0 | ENTRYPOINT_OUT_OF_BOUNDS | Entrypoint out of bounds",
      })
  void aFieldOfTheHeaderIsChecked(int at, int bytes, long value, Kind kind, String text) {
    assertThat(refusal(at, bytes, value)).isEqualTo(new ElfError(kind, text));
  }

  @Test
  void theEntrypointIsAWholeSlot() {
    assertThat(refusal(24, 8, CODE + 4).kind()).isEqualTo(Kind.INVALID_ENTRYPOINT);
  }

  @Test
  void segmentsAscend() {
    int second = 64 + 56;
    assertThat(refusal(second, 4, 1, second + 16, 8, 0).kind())
        .isEqualTo(Kind.INVALID_PROGRAM_HEADER);
  }

  @Test
  void sectionsAreChecked() {
    assertThat(refusal(TABLE + 4, 4, 1).text()).isEqualTo(PARSE + "invalid section header");
    assertThat(refusal(RODATA + 24, 8, CODE).text())
        .isEqualTo(PARSE + "sections not in ascending order");
    assertThat(refusal(RODATA + 4, 4, 8, RODATA + 32, 8, 1 << 20).text()).isEqualTo(OUT_OF_BOUNDS);
    assertThat(refusal(TEXT, 4, 0).kind()).isEqualTo(Kind.NOT_ONE_TEXT_SECTION);
    assertThat(refusal(RODATA, 4, 1).kind()).isEqualTo(Kind.NOT_ONE_TEXT_SECTION);
    assertThat(refusal(RODATA + 16, 8, 1L << 33).text()).isEqualTo(OUT_OF_BOUNDS);
    assertThat(refusal(TEXT + 16, 8, CODE + 16).text()).isEqualTo("Entrypoint out of bounds");
  }

  @Test
  void writableDataIsRefusedByItsName() {
    int name = (int) number(FILE, (int) (TABLE + 64 * number(FILE, 62, 2)) + 24, 8);
    int rodata = name + (int) number(FILE, RODATA, 4);
    byte[] elf = FILE.clone();
    System.arraycopy(".bss\0".getBytes(US_ASCII), 0, elf, rodata, 5);
    assertThat(refusal(elf))
        .isEqualTo(
            new ElfError(
                Kind.WRITABLE_SECTION_NOT_SUPPORTED,
                "Found writable section (.bss) in ELF, read-write data not supported"));
  }

  @Test
  void theDynamicTableIsChecked() {
    int relent = (int) number(FILE, DYNAMIC + 24, 8) + 2 * 16 + 8;
    int symtab = relent + 16;
    assertThat(refusal(relent, 8, 24).text()).isEqualTo(PARSE + "invalid dynamic section table");
    assertThat(refusal(symtab, 8, 3).text()).isEqualTo(PARSE + "invalid dynamic section table");
    assertThat(refusal(DYNSYM + 4, 4, 1).text()).isEqualTo(PARSE + "invalid section header");
    assertThat(refusal(DYNSYM + 32, 8, 47).text()).isEqualTo(PARSE + "invalid size");
  }

  @Test
  void relocationsAreChecked() {
    assertThat(refusal(RELOCATION + 8, 4, 0).text()).isEqualTo("Relocation failed, unknown type 0");
    assertThat(refusal(RELOCATION + 12, 4, 9).text()).isEqualTo("Unknown symbol with index 9");
    assertThat(refusal(RELOCATION, 8, -1).text()).isEqualTo(OUT_OF_BOUNDS);
    assertThat(refusal(DYNSTR + 4, 4, 1).text()).isEqualTo("Unknown symbol with index 1");
    assertThat(refusal(RELOCATION + 8, 4, 8, RELOCATION, 8, CODE, CODE + 12, 4, 0).text())
        .isEqualTo("Relocation failed, invalid referenced virtual address 0x0");
    assertThat(refusal(CODE + 7 * 8 + 4, 4, 50).text())
        .isEqualTo("Relative jump out of bounds at instruction #7");
  }

  @Test
  void aFunctionMayNotHaveTheHashOfASyscall() {
    int key = Program.functionKey(0);
    LoadResult result = ElfLoader.load(FILE, LoaderConfig.execution(Set.of(key)));
    assertThat(result.error().map(ElfError::text))
        .contains("Symbol hash collision 0x" + Integer.toHexString(key));
    int entrypoint = Murmur3.hash("entrypoint");
    assertThat(ElfLoader.load(FILE, LoaderConfig.execution(Set.of(entrypoint))).error())
        .map(ElfError::kind)
        .contains(Kind.SYMBOL_HASH_COLLISION);
  }

  @Test
  void deploymentRefusesUnknownSyscallsAndShiftedSections() {
    LoaderConfig knowsNothing = LoaderConfig.deployment(Set.of());
    assertThat(ElfLoader.load(FILE, knowsNothing).error().map(ElfError::text))
        .contains(
            "Unresolved symbol (sol_log_) at instruction #"
                + (CODE / 8 + 6)
                + " (ELF file offset 0x"
                + Integer.toHexString(CODE + 48)
                + ")");
    LoaderConfig deployment = LoaderConfig.deployment(Set.of(Syscall.SOL_LOG_.hash()));
    assertThat(ElfLoader.load(FILE, deployment).error()).isEmpty();
    byte[] shifted = edited(RODATA + 16, 8, number(FILE, RODATA + 16, 8) + 8);
    assertThat(ElfLoader.load(shifted, deployment).error().map(ElfError::text))
        .contains(OUT_OF_BOUNDS);
    assertThat(ElfLoader.load(shifted, EXECUTION).error()).isEmpty();
  }

  @Test
  void readOnlySectionsMayBeginWhereTheyAre() {
    LoaderConfig optimized = new LoaderConfig(Version.V0, Version.V3, false, true, Set.of());
    var program = ElfLoader.load(FILE, optimized).program().orElseThrow();
    var whole = ElfLoader.load(FILE, EXECUTION).program().orElseThrow();
    assertThat(program.readOnlyAddress()).isEqualTo(whole.readOnlyAddress() + CODE);
    assertThat(program.readOnly())
        .isEqualTo(Arrays.copyOfRange(whole.readOnly(), CODE, whole.readOnly().length));
    assertThat(program.text()).isEqualTo(whole.text());
  }

  @ParameterizedTest
  @CsvSource({
    "7, 1, 1, invalid file header",
    "18, 2, 263, invalid file header",
    "32, 8, 72, invalid file header",
    "56, 2, 0, invalid file header",
    "56, 2, 1, invalid file header",
    "56, 2, 99, invalid file header",
    "24, 8, 4294967300, invalid file header",
    "24, 8, 0, invalid file header",
    "64, 4, 2, Invalid ELF program header",
    "68, 4, 5, Invalid ELF program header",
    "72, 8, 184, Invalid ELF program header",
    "80, 8, 8, Invalid ELF program header",
    "96, 8, 7, Invalid ELF program header",
    "104, 8, 16, Invalid ELF program header",
    "124, 4, 5, Invalid ELF program header",
  })
  void theHeadersOfVersion3AreChecked(int at, int bytes, long value, String text) {
    byte[] elf = ElfWriter.write(Samples.hello(Version.V3), List.of());
    put(elf, at, bytes, value);
    assertThat(refusal(elf).text()).endsWith(text);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void everyPrefixOfAFileIsRefusedOrLoads(Version version) {
    byte[] elf = ElfWriter.write(Samples.hello(version), List.of());
    int loaded = 0;
    for (int length = 0; length < elf.length; length++) {
      LoadResult result = ElfLoader.load(Arrays.copyOf(elf, length), EXECUTION);
      assertThat(result.program().isPresent()).isNotEqualTo(result.error().isPresent());
      loaded += result.program().isPresent() ? 1 : 0;
    }
    boolean sectionsMatter = version == Version.V0;
    assertThat(loaded > 0).isNotEqualTo(sectionsMatter);
  }

  @Test
  void version4LoadsOnlyWhereItIsAccepted() {
    byte[] elf = ElfWriter.write(Samples.hello(Version.V3), List.of());
    put(elf, 48, 4, 4);
    assertThat(refusal(elf).kind()).isEqualTo(Kind.UNSUPPORTED_SBPF_VERSION);
    LoaderConfig newest = new LoaderConfig(Version.V3, Version.V4, false, false, Set.of());
    assertThat(ElfLoader.load(elf, newest).program().orElseThrow().version()).isEqualTo(Version.V4);
    assertThat(ElfLoader.load(FILE, newest).error().orElseThrow().kind())
        .isEqualTo(Kind.UNSUPPORTED_SBPF_VERSION);
  }

  /** The refusal of the file with these edits, each an offset, a size and a value. */
  private static ElfError refusal(long... edits) {
    return refusal(edited(edits));
  }

  private static ElfError refusal(byte[] elf) {
    return ElfLoader.load(elf, EXECUTION).error().orElseThrow();
  }

  private static byte[] edited(long... edits) {
    byte[] elf = FILE.clone();
    for (int i = 0; i < edits.length; i += 3) {
      put(elf, (int) edits[i], (int) edits[i + 1], edits[i + 2]);
    }
    return elf;
  }

  private static void put(byte[] elf, int at, int bytes, long value) {
    ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    eight.get(0, elf, at, bytes);
  }

  private static long number(byte[] elf, int at, int bytes) {
    ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return eight.put(0, elf, at, bytes).getLong(0);
  }
}
