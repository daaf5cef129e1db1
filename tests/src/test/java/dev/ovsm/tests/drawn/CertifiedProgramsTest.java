package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.CertificateReader;
import dev.ovsm.verifier.certificate.Checker;
import dev.ovsm.verifier.certify.Certifier;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Drawn programs that the verifier accepts have a certificate that the checker accepts.
 *
 * <p>{@code -Ddrawn.certified=N} sets how many are drawn for each version, {@code -Ddrawn.seed=N}
 * the first.
 */
class CertifiedProgramsTest {
  private static final int COUNT = Integer.getInteger("drawn.certified", 25);
  private static final long FIRST = Long.getLong("drawn.seed", 1);

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void acceptedOnesHaveOne(Version version) {
    int accepted = 0;
    int certified = 0;
    int loops = 0;
    for (int i = 0; i < COUNT; i++) {
      Code code = Code.proved(Drawn.of(FIRST + i).text(), version);
      if (!code.refusal().isEmpty()) {
        continue;
      }
      accepted++;
      byte[] elf = code.files().get(code.files().size() - 1);
      Program program = ElfLoader.load(elf, LoaderConfig.autonomous()).program().orElseThrow();
      Certifier.Result result = Certifier.certify(elf, program);
      if (!result.objections().isEmpty()) {
        continue;
      }
      Certificate read = CertificateReader.parse(result.text()).orElseThrow();
      assertThat(Checker.check(read, elf, program)).as("seed %d", FIRST + i).isEmpty();
      certified++;
      loops +=
          result.certificate().functions().stream()
              .mapToInt(function -> function.loops().size())
              .sum();
    }
    System.out.printf(
        Locale.ROOT,
        "certificates: %d of %d accepted ones, of %d drawn sources for %s, with %d loops%n",
        certified,
        accepted,
        COUNT,
        version,
        loops);
    assertThat(accepted).isGreaterThan(COUNT * 3 / 4);
    assertThat(certified).isGreaterThan(accepted * 4 / 5);
    assertThat(loops).isGreaterThan(certified);
  }
}
