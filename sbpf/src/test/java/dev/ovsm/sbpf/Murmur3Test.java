package dev.ovsm.sbpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Murmur3Test {
  @ParameterizedTest
  @CsvSource({
    "'', 0", // the empty input with seed 0
    "abort, b6fc1a11",
    "entrypoint, 71e3cf81",
    "sol_log_, 207559bd",
    "sol_sha256, 11f49d86",
  })
  void hashesAsTheLoaderDoes(String name, String hash) {
    assertThat(Integer.toHexString(Murmur3.hash(name))).isEqualTo(hash);
  }
}
