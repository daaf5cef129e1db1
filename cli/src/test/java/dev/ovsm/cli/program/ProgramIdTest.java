package dev.ovsm.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.account.Pubkey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramIdTest {
  private static final String SYSTEM = "11111111111111111111111111111111";

  @TempDir Path folder;

  private final Diagnostics found = new Diagnostics();

  @Test
  void takesTheOneAskedFor() {
    assertThat(ProgramId.of(SYSTEM, folder.resolve("a.so"), "a", found))
        .hasValue(Pubkey.of(new byte[32]));
    assertThat(ProgramId.of("0OIl", folder.resolve("a.so"), "a", found)).isEmpty();
    assertThat(found.list()).singleElement().matches(d -> d.code() == CommandCode.USAGE);
  }

  @Test
  void readsTheKeypairBeside() throws IOException {
    Path keypair = folder.resolve("a-keypair.json");
    Files.writeString(keypair, numbers(64));
    byte[] key = new byte[32];
    for (int i = 0; i < 32; i++) {
      key[i] = (byte) (32 + i);
    }
    assertThat(ProgramId.of(null, folder.resolve("a.so"), "a", found)).hasValue(Pubkey.of(key));
    for (String wrong : new String[] {"", "[]", "{", numbers(63), "[\"a\"]", "null"}) {
      Files.writeString(keypair, wrong);
      assertThat(ProgramId.of(null, folder.resolve("a.so"), "a", found)).isEmpty();
    }
    assertThat(found.list()).hasSize(6).allMatch(d -> d.code() == CommandCode.NOT_A_KEYPAIR);
  }

  @Test
  void hashesTheNameOtherwise() {
    // sha256 of "ovsm:heartbeat", as sha256sum prints it.
    byte[] hash =
        HexFormat.of().parseHex("892490c2cf6aa3f5f0db3283a0d93bbe918901e60d7492993c42f57f6a87d18e");
    assertThat(ProgramId.of(null, folder.resolve("b.so"), "heartbeat", found))
        .hasValue(Pubkey.of(hash));
  }

  private static String numbers(int count) {
    return IntStream.range(0, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }
}
