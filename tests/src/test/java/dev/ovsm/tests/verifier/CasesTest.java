package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Span;
import dev.ovsm.runtime.vm.Executable;
import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.runtime.vm.Memory;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.runtime.vm.Vm;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.Cost;
import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import dev.ovsm.verifier.lift.ProgramFront;
import dev.ovsm.verifier.lift.Supposed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the verifier says of small programs is what is true of them, and what happens. */
class CasesTest {
  static final Path FOLDER = Path.of("golden", "verifier");
  private static final int FEWEST = 400;
  private static final int RUNS = 24;
  private static final long BUDGET = 50_000;

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return Case.all(FOLDER).stream()
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
  }

  @Test
  void areManyDifferentPrograms() throws IOException {
    List<Case> cases = Case.all(FOLDER);
    Set<String> shapes = new TreeSet<>();
    Map<String, Integer> groups = new TreeMap<>();
    for (Case one : cases) {
      boolean isNew = shapes.add(Shape.of(one.program()));
      groups.merge(one.file(), isNew ? 1 : 0, Integer::sum);
    }
    System.out.println(cases.size() + " cases of " + shapes.size() + " programs: " + groups);
    assertThat(shapes).hasSizeGreaterThanOrEqualTo(FEWEST);
    for (String group :
        List.of("loops", "arithmetic", "memory", "calls", "events", "taint", "protocol")) {
      assertThat(groups.get(group + ".yaml")).as(group).isGreaterThan(25);
    }
  }

  @Test
  void claimSomethingEach() throws IOException {
    assertThat(Case.all(FOLDER)).allSatisfy(one -> assertThat(one.post()).isNotEmpty());
  }

  @Test
  void programsThatDifferInNamesOnlyAreOne() {
    Case one =
        new Case("", "", "v0", List.of(), "mov64 r0, 1\nadd64 r0, r2\nexit", List.of(), List.of());
    Case same =
        new Case("", "", "v0", List.of(), "mov64 r3, 9\nadd64 r3, r1\nexit", List.of(), List.of());
    Case other =
        new Case("", "", "v0", List.of(), "mov64 r3, 9\nadd64 r3, r3\nexit", List.of(), List.of());
    assertThat(Shape.of(same.program())).isEqualTo(Shape.of(one.program()));
    assertThat(Shape.of(other.program())).isNotEqualTo(Shape.of(one.program()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "termination = unsafe",
        "termination != safe",
        "events = unknown",
        "taint = safe",
        "rounds = 9",
        "rounds <= 7",
        "units = 30",
        "units >= 40",
        "emissions >= 1",
        "r0 in [0, 8]",
        "r0 in [-5, 0]",
        "r0 is 9"
      })
  void aFalseClaimIsFound(String claim) {
    String loop = "mov64 r0, 0\n.again:\nadd64 r0, 1\nja .test\n.test:\njlt r0, 9, .again\nexit";
    Case honest =
        new Case("", "", "v0", List.of(), loop, List.of("rounds = 8", "r0 in [9, 9]"), List.of());
    check(honest);
    Case one = new Case("", "", "v0", List.of(), loop, List.of(claim), List.of());
    assertThatThrownBy(() -> check(one)).isInstanceOf(AssertionError.class);
    Case silent = new Case("", "", "v0", List.of(), loop, List.of("covers r0"), List.of("V0001"));
    assertThatThrownBy(() -> check(silent)).isInstanceOf(AssertionError.class);
  }

  /** Fails unless all that a case says is so. */
  static void check(Case one) {
    Program program = one.program();
    Policy policy = Policy.standard();
    Subject subject =
        ProgramFront.lift(
            program, one.manifest(), pc -> Span.none(), kind -> Root.MOST_UNITS, Supposed.NOTHING);
    Root root = subject.roots().get(0);
    Examination examination = Examination.of(subject);
    List<Finding> findings = Verifier.verify(program, one.manifest(), pc -> Span.none(), policy);
    for (String claim : one.post()) {
      Claim.check(claim, findings, examination, root);
    }
    String told =
        findings.stream()
            .map(Finding::diagnostic)
            .flatMap(Stream::ofNullable)
            .map(CasesTest::text)
            .collect(Collectors.joining("\n"));
    one.messages().forEach(message -> assertThat(told).contains(message));
    if (examination.callSites(root).isEmpty()) {
      run(program, one, examination.result(root), units(program, one));
      boolean bounded = Claim.worst(findings, "stack") == Verdict.SAFE;
      assertThat(bounded && overflows(program)).as("calls nest too deeply").isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMistakeInDistancesIsFound(Displacement mistake) throws Exception {
    assertThat(mistake.search().call()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aMistakeInWhatHoldsWhereControlIsIsFound(Presumption mistake) throws Exception {
    assertThat(mistake.search().call()).isNotEmpty();
  }

  @Test
  void withoutAMistakeNothingIsFound() throws IOException {
    assertThat(new Presumption.Search().call()).isEmpty();
  }

  private static long units(Program program, Case one) {
    Policy policy = Policy.standard();
    return Verifier.cost(program, one.manifest(), pc -> Span.none(), policy).get(0).units();
  }

  private static boolean overflows(Program program) {
    return IntStream.range(0, RUNS)
        .mapToObj(run -> outcome(program, input(run)).fault())
        .anyMatch(fault -> fault != null && fault.kind() == Fault.Kind.CALL_DEPTH_EXCEEDED);
  }

  private static String text(Diagnostic diagnostic) {
    return diagnostic.code().id() + " " + diagnostic.message();
  }

  /**
   * Whatever the input, an execution stays within what was found, and within what the case claims.
   */
  private static void run(Program program, Case one, Word result, long units) {
    for (int run = 0; run < RUNS; run++) {
      Outcome outcome = outcome(program, input(run));
      if (units != Cost.UNBOUNDED) {
        assertThat(outcome.instructions()).isLessThanOrEqualTo(units);
      }
      if (outcome.fault() == null) {
        assertThat(result.contains(outcome.r0())).as("r0 = %d, run %d", outcome.r0(), run).isTrue();
        for (String claim : one.post()) {
          Claim.range(claim).ifPresent(range -> assertThat(range.contains(outcome.r0())).isTrue());
        }
      }
    }
  }

  private static Outcome outcome(Program program, byte[] input) {
    Executable executable = new Executable(program, SyscallTable.empty());
    Vm vm =
        new Vm(
            executable, new Memory(executable, MemoryMap.DEFAULT_HEAP_BYTES, input), BUDGET, input);
    vm.registers()[1] = MemoryMap.INPUT;
    return new Interpreter().execute(vm);
  }

  /** Edges first, then chance. */
  private static byte[] input(int run) {
    byte[] input = new byte[64];
    if (run == 1) {
      Arrays.fill(input, (byte) 0xff);
    } else if (run == 2) {
      Arrays.fill(input, (byte) 0x80);
    } else if (run > 2 && run < 8) {
      input[0] = (byte) (run - 2);
    } else if (run > 7) {
      new Random(run).nextBytes(input);
    }
    return input;
  }
}
