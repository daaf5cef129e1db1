package dev.ovsm.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.sbpf.Version;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ListingTest {
  @Test
  void showsWhatAFileIsMadeOf() {
    byte[] elf = ElfWriter.write(Samples.hello(Version.V0), List.of());
    Listing listing = Listing.of("hello.so", elf, new Diagnostics()).orElseThrow();
    assertThat(listing.sections())
        .isEqualTo(
            """
            sBPF v0, 1,344 bytes, entry at 0xb8

            segments:
              type     flags  offset  address  bytes
              LOAD     r-x      0xb0     0xb0    256
              DYNAMIC  r--     0x100    0x100     96

            sections:
              name         type      flags  offset  address  bytes
              .text        PROGBITS  a-x      0xb0     0xb0     72
              .rodata      PROGBITS  a--      0xf8     0xf8      5
              .dynamic     DYNAMIC   a--     0x100    0x100     96
              .dynsym      DYNSYM    a--     0x160    0x160     48
              .dynstr      STRTAB    a--     0x190    0x190     10
              .rel.dyn     REL       a--     0x1a0    0x1a0     16
              .ovsm.lines  PROGBITS  ---     0x1b0      0x0     24
              .symtab      SYMTAB    ---     0x1c8      0x0     72
              .strtab      STRTAB    ---     0x210      0x0     19
              .shstrtab    STRTAB    ---     0x223      0x0     87
            """);
    assertThat(listing.symbols())
        .isEqualTo(
            """

            functions:
              slot  slots  function
                 0      1  helper
                 1      8  entrypoint
            """);
    assertThat(listing.relocations())
        .isEqualTo(
            """

            relocations:
              slot  offset  type         symbol
                 6    0xe0  R_BPF_64_32  sol_log_
            """);
  }

  @Test
  void aFileOfVersion3HasNoRelocations() {
    byte[] elf = ElfWriter.write(Samples.hello(Version.V3), List.of());
    Listing listing = Listing.of("hello.so", elf, new Diagnostics()).orElseThrow();
    assertThat(listing.relocations()).isEqualTo("\nrelocations: none\n");
    assertThat(listing.sections()).startsWith("sBPF v3, ").contains("LOAD  --x ");
  }

  @Test
  void whatIsNoProgramIsSaidSo() {
    Diagnostics diagnostics = new Diagnostics();
    assertThat(Listing.of("x.so", new byte[100], diagnostics)).isEmpty();
    assertThat(diagnostics.list())
        .singleElement()
        .satisfies(one -> assertThat(one.code().id()).isEqualTo("E0001"));
  }

  @Test
  void noFileMakesItFail() {
    Random random = new Random(4);
    int listed = 0;
    for (Version version : List.of(Version.V0, Version.V3)) {
      byte[] elf = ElfWriter.write(Samples.hello(version), List.of());
      for (int round = 0; round < 5_000; round++) {
        byte[] changed = elf.clone();
        for (int i = 0; i < 4; i++) {
          changed[random.nextInt(elf.length)] = (byte) random.nextInt();
        }
        var listing = Listing.of("x.so", changed, new Diagnostics());
        if (listing.isPresent()) {
          assertThat(listing.get().sections()).contains("\nsections:");
          assertThat(listing.get().symbols()).contains("\nfunctions:");
          assertThat(listing.get().relocations()).contains("\nrelocations:");
          listed++;
        }
      }
    }
    assertThat(listed).isGreaterThan(8_000);
  }
}
