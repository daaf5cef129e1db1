package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.VerifierCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every planted mistake in what is promised is found; that nothing else is, executions show. */
class MisjudgementTest {
  @ParameterizedTest
  @EnumSource
  void theSearchFindsIt(Misjudgement mistake) throws Exception {
    assertThat(mistake.search().call()).isNotEmpty();
  }

  @Test
  void nothingIsSilentWithoutAMistake() throws Exception {
    assertThat(new Silence().call()).isEmpty();
  }

  @Test
  void thereAreTwoForEachCode() {
    for (VerifierCode code :
        List.of(
            VerifierCode.DEEP_CALLS,
            VerifierCode.LEFT_OPEN,
            VerifierCode.WRONG_ORDER,
            VerifierCode.UNCHECKED_NULL,
            VerifierCode.OUT_OF_BOUNDS,
            VerifierCode.BAD_REGISTRATION,
            VerifierCode.READ_ONLY_WRITE,
            VerifierCode.NONDETERMINISM)) {
      assertThat(Arrays.stream(Misjudgement.values()).filter(one -> one.code() == code))
          .as("%s", code)
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }
}
