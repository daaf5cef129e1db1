package dev.ovsm.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The rules for a house whose rooms are the packages under {@code root}. */
record HouseRules(String root) {
  private static final String EMPTY_NAMES = ".*(Manager|Service|Impl|Utils?|Helper)";

  /** What ANTLR writes is not ours to shape. */
  private static final Class<?> GENERATED = org.antlr.v4.runtime.Lexer.class;

  private static final Set<String> STREAMS_AND_EXIT =
      Set.of(
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.in",
          "java.lang.System.exit(int)",
          "java.lang.Throwable.printStackTrace()");

  private static final Set<String> CHANCE =
      Set.of(
          "java.lang.Math.random()",
          "java.lang.System.identityHashCode(java.lang.Object)",
          "java.security.SecureRandom.<init>()",
          "java.util.Random.<init>()",
          "java.util.SplittableRandom.<init>()",
          "java.util.UUID.randomUUID()",
          "java.util.concurrent.ThreadLocalRandom.current()");

  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.currentTimeMillis()",
          "java.lang.System.nanoTime()",
          "java.time.Instant.now()",
          "java.time.LocalDateTime.now()",
          "java.time.ZonedDateTime.now()");

  private static final Set<String> SURROUNDINGS =
      Set.of(
          "java.io.FileReader.<init>(java.io.File)",
          "java.io.FileReader.<init>(java.lang.String)",
          "java.io.FileWriter.<init>(java.io.File)",
          "java.io.FileWriter.<init>(java.lang.String)",
          "java.io.InputStreamReader.<init>(java.io.InputStream)",
          "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
          "java.io.PrintStream.<init>(java.io.OutputStream)",
          "java.io.PrintWriter.<init>(java.io.OutputStream)",
          "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.io.PrintWriter.printf(java.lang.String, [Ljava.lang.Object;)",
          "java.lang.String.<init>([B)",
          "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
          "java.lang.String.formatted([Ljava.lang.Object;)",
          "java.lang.String.getBytes()",
          "java.lang.String.toLowerCase()",
          "java.lang.String.toUpperCase()",
          "java.nio.charset.Charset.defaultCharset()",
          "java.time.ZoneId.systemDefault()",
          "java.util.Locale.getDefault()");

  /** What a room's code depends on is on the room's list. */
  ArchRule arrows(Room room) {
    return classes()
        .that()
        .resideInAPackage(room.packages(root))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(room.allowed(root));
  }

  ArchRule noCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles();
  }

  ArchRule onlyTheCommandLineSpeaks() {
    return never("speaks to the process", STREAMS_AND_EXIT, root + ".cli..");
  }

  ArchRule nothingIsLeftToChance() {
    return never("draws without a seed", CHANCE);
  }

  ArchRule onlyTheCommandLineLooksAtTheClock() {
    return never("looks at the clock", CLOCKS, root + ".cli..");
  }

  ArchRule nothingDependsOnTheSurroundings() {
    return never("depends on the locale, the time zone or the default charset", SURROUNDINGS);
  }

  ArchRule namesSayWhatThingsAre() {
    return noClasses().should().haveNameMatching(EMPTY_NAMES);
  }

  ArchRule noStaticFieldChanges() {
    return noFields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .areNotAssignableTo(GENERATED)
        .should()
        .notBeFinal();
  }

  private static ArchRule never(String deed, Set<String> targets, String... exceptIn) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(exceptIn)
        .should()
        .accessTargetWhere(
            describe(
                deed,
                (JavaAccess<?> access) -> targets.contains(access.getTarget().getFullName())));
  }
}
