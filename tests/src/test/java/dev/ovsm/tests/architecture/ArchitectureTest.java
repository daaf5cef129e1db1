package dev.ovsm.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String ROOT = "dev.ovsm";
  private static final HouseRules RULES = new HouseRules(ROOT);
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(ROOT);

  static List<Room> rooms() {
    return Room.ALL;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void usesOnlyWhatItMay(Room room) {
    RULES.arrows(room).check(HOUSE);
  }

  @Test
  void everyClassIsInARoom() {
    assertThat(HOUSE)
        .extracting(JavaClass::getPackageName)
        .filteredOn(name -> !name.equals("dev.ovsm.tests"))
        .allSatisfy(name -> assertThat(rooms()).anyMatch(room -> room.holds(ROOT, name)));
  }

  @Test
  void packagesFormNoCycle() {
    RULES.noCycles().check(HOUSE);
  }

  @Test
  void onlyTheCommandLineSpeaks() {
    RULES.onlyTheCommandLineSpeaks().check(HOUSE);
  }

  @Test
  void nothingIsLeftToChance() {
    RULES.nothingIsLeftToChance().check(HOUSE);
  }

  @Test
  void onlyTheCommandLineLooksAtTheClock() {
    RULES.onlyTheCommandLineLooksAtTheClock().check(HOUSE);
  }

  @Test
  void nothingDependsOnTheSurroundings() {
    RULES.nothingDependsOnTheSurroundings().check(HOUSE);
  }

  @Test
  void namesSayWhatThingsAre() {
    RULES.namesSayWhatThingsAre().check(HOUSE);
  }

  @Test
  void noStaticFieldChanges() {
    RULES.noStaticFieldChanges().check(HOUSE);
  }

  @Test
  void noClassesWaitForEachOther() {
    assertThat(new Initialization(HOUSE).knots()).isEmpty();
  }
}
