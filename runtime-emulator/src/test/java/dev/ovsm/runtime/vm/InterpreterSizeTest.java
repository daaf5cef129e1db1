package dev.ovsm.runtime.vm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.MethodSizes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InterpreterSizeTest {
  /** The Java VM never compiles a method of more than 8,000 bytes; it would run 10 times slower. */
  private static final int MOST = 7000;

  @Test
  void theLoopIsSmallEnoughToBeCompiled() throws IOException {
    try (InputStream in = Loop.class.getResourceAsStream("Loop.class")) {
      assertThat(MethodSizes.of(Objects.requireNonNull(in).readAllBytes()).get("straight"))
          .isBetween(500, MOST);
    }
  }
}
