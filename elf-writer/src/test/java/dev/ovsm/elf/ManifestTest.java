package dev.ovsm.elf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest.Account;
import dev.ovsm.elf.Manifest.ArraySpec;
import dev.ovsm.elf.Manifest.Entry;
import dev.ovsm.elf.Manifest.EntryKind;
import dev.ovsm.elf.Manifest.Failing;
import dev.ovsm.elf.Manifest.Handle;
import dev.ovsm.elf.Manifest.MapSpec;
import dev.ovsm.elf.Manifest.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ManifestTest {
  private static final Manifest MANIFEST =
      new Manifest(
          "heartbeat",
          List.of(
              new Entry(
                  "tick",
                  -2,
                  EntryKind.CALLBACK,
                  true,
                  50_000,
                  List.of(new Parameter("count", "u64"), new Parameter("é", "string")),
                  List.of(
                      new Account("payer", true, true, null, null),
                      new Account("state", false, true, "counters", null),
                      new Account("clock", false, false, null, new byte[32]))),
              new Entry("setup", 7, EntryKind.STARTUP, false, 0, List.of(), List.of())),
          List.of(
              new MapSpec(
                  "counters",
                  1,
                  8,
                  0xFFFF_FFFFL,
                  1024,
                  List.of(new Handle(8, false), new Handle(24, true)))),
          List.of(new ArraySpec("stages", List.of(7L, -2L))),
          List.of(new Failing("too-small", 6001, "An order is too small")));

  @Test
  void decodingTheEncodedManifestGivesItBack() {
    Manifest decoded = Manifest.decode(MANIFEST.encode()).orElseThrow();
    assertThat(decoded).usingRecursiveComparison().isEqualTo(MANIFEST);
    assertThat(decoded.entry(-2).map(Entry::name)).contains("tick");
    assertThat(decoded.entry("setup").map(Entry::kind)).contains(EntryKind.STARTUP);
    assertThat(decoded.entry("nothing")).isEmpty();
  }

  @Test
  void aShorterOrLongerSectionIsDamaged() {
    byte[] whole = MANIFEST.encode();
    for (int length = 0; length < whole.length; length++) {
      assertThat(Manifest.decode(Arrays.copyOf(whole, length))).isEmpty();
    }
    assertThat(Manifest.decode(Arrays.copyOf(whole, whole.length + 1))).isEmpty();
  }

  @Test
  void damagedBytesAreNoManifestOrOneThatEncodesToThem() {
    byte[] whole = MANIFEST.encode();
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      Optional<byte[]> encoded = Manifest.decode(damaged).map(Manifest::encode);
      encoded.ifPresent(bytes -> assertThat(bytes).isEqualTo(damaged));
    }
  }
}
