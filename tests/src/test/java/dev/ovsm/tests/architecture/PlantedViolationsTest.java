package dev.ovsm.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlantedViolationsTest {
  private static final String ROOT = "dev.ovsm.tests.architecture.planted";
  private static final HouseRules RULES = new HouseRules(ROOT);
  private static final JavaClasses HOUSE = new ClassFileImporter().importPackages(ROOT);

  @Test
  void anArrowTooManyIsSeen() {
    Room ir = Room.ALL.stream().filter(room -> room.name().equals("ir")).findFirst().orElseThrow();
    assertThat(violations(RULES.arrows(ir))).contains("ir.Planned", "runtime.Machine");
  }

  @Test
  void aCycleIsSeen() {
    assertThat(violations(RULES.noCycles())).contains("Slice ir", "Slice runtime");
  }

  @Test
  void aWordToStandardOutputIsSeen() {
    assertThat(violations(RULES.onlyTheCommandLineSpeaks())).contains("diag.Speaker");
  }

  @Test
  void chanceIsSeenInCallsAndReferences() {
    assertThat(violations(RULES.nothingIsLeftToChance()))
        .contains("diag.Gambler", "java.util.Random", "java.lang.Math.random()");
  }

  @Test
  void aLookAtTheClockIsSeen() {
    assertThat(violations(RULES.onlyTheCommandLineLooksAtTheClock())).contains("diag.Watcher");
  }

  @Test
  void theDefaultLocaleIsSeen() {
    assertThat(violations(RULES.nothingDependsOnTheSurroundings())).contains("diag.Tourist");
  }

  @Test
  void anEmptyNameIsSeen() {
    assertThat(violations(RULES.namesSayWhatThingsAre())).contains("diag.NameManager");
  }

  @Test
  void aChangingStaticFieldIsSeen() {
    assertThat(violations(RULES.noStaticFieldChanges())).contains("diag.Forgetful.calls");
  }

  @Test
  void classesThatWaitForEachOtherAreSeen() {
    assertThat(new Initialization(HOUSE).knots())
        .containsExactly(Set.of(ROOT + ".diag.Knot", ROOT + ".diag.Knot$Tied"));
  }

  private static String violations(ArchRule rule) {
    return rule.evaluate(HOUSE).getFailureReport().toString();
  }
}
