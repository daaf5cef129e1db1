package dev.ovsm.tests.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.certificate.Certificate;
import dev.ovsm.verifier.certificate.CertificateReader;
import dev.ovsm.verifier.certificate.Checker;
import dev.ovsm.verifier.certify.Certifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker accepts what is so, and nothing else. */
class CertificateTest {
  private static final List<String> EXAMPLES =
      List.of("../examples", "../examples/existing", "../examples/rosetta");
  private static final int MOST_LINES = 1_500;
  private static final int FEWEST_CORRUPTIONS = 50;
  private static final long BUDGET = 1_400_000;

  private static final int FEWEST_OF_CASES = 480;

  private record Made(byte[] elf, Program program, Certificate certificate, String text) {}

  private static Made made(Path file) throws IOException {
    Source source = new Source(file.toString(), Files.readString(file));
    byte[] elf =
        Compilation.of(List.of(source), Compilation.Target.DEFAULT, new Diagnostics())
            .elf()
            .orElseThrow();
    Program program = ElfLoader.load(elf, LoaderConfig.autonomous()).program().orElseThrow();
    Certifier.Result result = Certifier.certify(elf, program);
    assertThat(result.objections()).as("%s", file).isEmpty();
    return new Made(elf, program, result.certificate(), result.text());
  }

  @TestFactory
  Stream<DynamicTest> everyExampleHasOneThatHolds() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : EXAMPLES) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".ovsm")).sorted().forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(20);
    return sources.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      Made made = made(file);
                      String text = made.text;
                      Optional<Certificate> read = CertificateReader.parse(text);
                      assertThat(read).contains(made.certificate);
                      assertThat(Checker.check(read.orElseThrow(), made.elf, made.program))
                          .isEmpty();
                      List<Certificate.Function> functions = made.certificate.functions();
                      assertThat(functions)
                          .extracting(Certificate.Function::units)
                          .doesNotContain(Long.MAX_VALUE);
                    }));
  }

  @Test
  void damagedOnesAreRefused() throws IOException {
    Made made = made(Path.of("../examples/price_guard.ovsm"));
    String text = made.text;
    List<String> accepted = new ArrayList<>();
    List<String> same = new ArrayList<>();
    Map<String, String> damages = Damages.of(text);
    damages.forEach(
        (name, damaged) -> {
          if (damaged.equals(text)) {
            same.add(name);
          }
          Optional<Certificate> read = CertificateReader.parse(damaged);
          if (read.isPresent() && Checker.check(read.get(), made.elf, made.program).isEmpty()) {
            accepted.add(name);
          }
        });
    assertThat(same).isEmpty();
    assertThat(accepted).isEmpty();
    // The same damage at another place counts once.
    Set<String> kinds = new TreeSet<>();
    damages.keySet().forEach(name -> kinds.add(name.replaceFirst(" \\d+$", "")));
    System.out.printf(
        Locale.ROOT,
        "certificates: %d kinds of damage, %d damaged ones refused%n",
        kinds.size(),
        damages.size());
    assertThat(kinds).hasSizeGreaterThanOrEqualTo(FEWEST_CORRUPTIONS);
  }

  @Test
  void oneOfAnotherProgramIsRefused() throws IOException {
    Made one = made(Path.of("../examples/counter.ovsm"));
    Made other = made(Path.of("../examples/heartbeat.ovsm"));
    assertThat(Checker.check(one.certificate, other.elf, other.program)).isNotEmpty();
    assertThat(Checker.checkCode(one.certificate, other.program)).isNotEmpty();
  }

  @Test
  void loopsWithoutAnEndHaveNone() throws IOException {
    int endless = 0;
    for (Case one : Case.all(Path.of("golden", "verifier"))) {
      if (one.post().contains("termination != safe")) {
        Program program = one.program();
        assertThat(Certifier.certify(new byte[0], program).objections()).as("%s", one).isNotEmpty();
        endless++;
      }
    }
    assertThat(endless).isGreaterThan(25);
  }

  /** Left without: strides, steps in registers, the lowest bit, and limits that memory keeps. */
  @Test
  void mostLoopsThatEndHaveOne() throws IOException {
    int ending = 0;
    int certified = 0;
    int rounds = 0;
    for (Case one : Case.all(Path.of("golden", "verifier"))) {
      if (!one.post().contains("termination = safe")) {
        continue;
      }
      ending++;
      Certifier.Result result = Certifier.certify(new byte[0], one.program());
      if (!result.objections().isEmpty()) {
        continue;
      }
      certified++;
      List<Certificate.Loop> loops =
          result.certificate().functions().stream()
              .flatMap(function -> function.loops().values().stream())
              .toList();
      for (String claim : one.post()) {
        if (claim.startsWith("rounds = ") && loops.size() == 1) {
          long exact = Long.parseLong(claim.substring("rounds = ".length()));
          assertThat(loops.get(0).rounds()).as("%s", one).isGreaterThanOrEqualTo(exact);
          rounds++;
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "certificates: %d of %d programs that end have one%n", certified, ending);
    assertThat(certified).isGreaterThanOrEqualTo(FEWEST_OF_CASES);
    assertThat(rounds).isGreaterThan(150);
  }

  private static Program assembled(String code) {
    return new Case("", "one", "v0", List.of(), code, List.of(), List.of()).program();
  }

  private static Certificate.Function entry(Program program) {
    Certifier.Result result = Certifier.certify(new byte[0], program);
    assertThat(result.objections()).isEmpty();
    List<Certificate.Function> functions = result.certificate().functions();
    return functions.get(functions.size() - 1);
  }

  @Test
  void halvingIsCounted() {
    String loop =
        """
        ldxw r2, [r1+0]
        mov64 r0, 0
        .head:
        jeq r2, 0, .done
        add64 r0, 1
        %s
        ja .head
        .done:
        exit
        """;
    for (String halve : List.of("rsh64 r2, 1", "rsh64 r2, 5", "div64 r2, 2", "div64 r2, 10")) {
      Certificate.Function entry = entry(assembled(String.format(Locale.ROOT, loop, halve)));
      assertThat(entry.loops().values()).extracting(Certificate.Loop::rounds).containsExactly(32L);
      assertThat(entry.loops().values()).extracting(Certificate.Loop::step).containsExactly(0L);
    }
    for (String idle : List.of("rsh64 r2, 0", "div64 r2, 1", "lsh64 r2, 1", "arsh64 r2, 0")) {
      Program program = assembled(String.format(Locale.ROOT, loop, idle));
      assertThat(Certifier.certify(new byte[0], program).objections()).as(idle).isNotEmpty();
    }
  }

  @Test
  void callsOfKnownAddressesAreCounted() {
    String code =
        """
        lddw r6, %d
        callx r6
        exit
        mov64 r0, 1
        mov64 r0, 2
        exit
        """;
    long text = assembled(String.format(Locale.ROOT, code, 0)).textAddress();
    Program known = assembled(String.format(Locale.ROOT, code, text + 4 * Slot.BYTES));
    assertThat(entry(known).units()).isEqualTo(3 + 3);
    for (long elsewhere : new long[] {0, text - 1, text + 7 * Slot.BYTES, -1}) {
      Program unknown = assembled(String.format(Locale.ROOT, code, elsewhere));
      assertThat(Certifier.certify(new byte[0], unknown).objections()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V3"})
  void executionsStayWithinWhatIsCertified(Version version) {
    int certified = 0;
    int looping = 0;
    for (long seed = 0; seed < 600; seed++) {
      Program program = RandomLoops.draw(seed, version);
      Certifier.Result result = Certifier.certify(new byte[0], program);
      List<Certificate.Function> functions = result.certificate().functions();
      long units = functions.get(functions.size() - 1).units();
      if (!result.objections().isEmpty() || units > BUDGET) {
        continue;
      }
      certified++;
      for (int run = 0; run < 3; run++) {
        byte[] input = new byte[64];
        new Random(seed * 3 + run).nextBytes(input);
        Executable executable = new Executable(program, SyscallTable.empty());
        Vm vm = new Vm(executable, new Memory(executable, 1_024, input), BUDGET + 1, input);
        vm.registers()[1] = MemoryMap.INPUT;
        Outcome outcome = new Interpreter().execute(vm);
        assertThat(outcome.instructions()).as("seed %d", seed).isLessThanOrEqualTo(units);
        looping += outcome.instructions() > 2L * program.slots() ? 1 : 0;
      }
    }
    System.out.println(version + ": " + certified + " of 600 certified, " + looping + " runs loop");
    assertThat(certified).isGreaterThan(60);
    assertThat(looping).isGreaterThan(5);
  }

  @Test
  void theCheckerKnowsNothingOfTheAnalyses() {
    classes()
        .that()
        .resideInAPackage("dev.ovsm.verifier.certificate..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify.annotations..",
            "dev.ovsm.sbpf..",
            "dev.ovsm.verifier.certificate..")
        .check(new ClassFileImporter().importPackages("dev.ovsm"));
  }

  @Test
  void theCheckerIsSmall() throws IOException {
    long lines = 0;
    Path folder = Path.of("../verifier/src/main/java/dev/ovsm/verifier/certificate");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        lines += Files.readAllLines(file).size();
      }
    }
    assertThat(lines).isBetween(500L, MOST_LINES - 1L);
  }
}
