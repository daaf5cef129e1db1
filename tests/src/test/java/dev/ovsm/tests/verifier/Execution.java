package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.vm.Fault;
import dev.ovsm.runtime.vm.Outcome;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Cost;
import dev.ovsm.verifier.Verifier;
import dev.ovsm.verifier.Verifier.Believed;
import dev.ovsm.verifier.analysis.Access.Grade;
import dev.ovsm.verifier.analysis.Examination.Touched;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random programs that the verifier accepts, executed, with what came of it. */
final class Execution {
  private static final int RUNS = 3;
  private static final long BUDGET = 1_400_000;
  private static final int INPUT_BYTES = 64;
  private static final int TENTHS = 10;

  private final Version version;
  private final Draw draw;
  private final long[] tenths = new long[TENTHS + 1];
  private long drawn;
  private long accepted;
  private long looping;
  private long emitting;
  private long supposed;
  private long checks;

  /** Executes random loops. */
  Execution(Version version) {
    this(version, Draw.LOOPS);
  }

  Execution(Version version, Draw draw) {
    this.version = version;
    this.draw = draw;
  }

  long accepted() {
    return accepted;
  }

  /** How many were accepted only because addresses were shown to lead to no frame. */
  long supposed() {
    return supposed;
  }

  /** Draws a program, and executes it if it is accepted. */
  void tryProgram(long seed) {
    Program program = draw.program(seed, version);
    assertThat(Validator.validate(program)).as("seed %d", seed).isEmpty();
    drawn++;
    Believed believed = Verifier.believed(program, draw.manifest());
    long bound = believed.cost().units();
    if (bound > BUDGET) {
      return;
    }
    accepted++;
    supposed += believed.isSupposed() ? 1 : 0;
    assertThat(parts(believed.cost())).as("the parts of seed %d", seed).isEqualTo(bound);
    long most = 0;
    long events = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] input = draw.input(new Random(seed * RUNS + run), INPUT_BYTES);
      Watched execution =
          new Watched(program, believed.states(), believed.loops(), input, BUDGET + 1);
      Outcome outcome = execution.run();
      String what = "seed " + seed + " of " + version + ", run " + run;
      assertThat(execution.violation()).as(what).isEmpty();
      assertThat(execution.deepest()).as(what).isLessThanOrEqualTo(believed.use().frames());
      assertThat(isUnexpected(outcome.fault(), believed.touched())).as(what).isFalse();
      long units = BUDGET + 1 - outcome.remaining();
      assertThat(units).as(what).isLessThanOrEqualTo(bound);
      assertThat(execution.events()).as(what).isLessThanOrEqualTo(believed.events());
      most = Math.max(most, units);
      events += execution.events();
      checks += execution.checks();
    }
    looping += most > 2L * program.slots() ? 1 : 0;
    emitting += events > 0 ? 1 : 0;
    tenths[(int) (TENTHS * most / bound)]++;
  }

  /** Whether an access faulted that was said to lie within its bounds. */
  private static boolean isUnexpected(@Nullable Fault fault, Touched touched) {
    if (fault == null
        || (fault.kind() != Fault.Kind.ACCESS_VIOLATION
            && fault.kind() != Fault.Kind.STACK_ACCESS_VIOLATION)) {
      return false;
    }
    return Arrays.stream(Grade.values())
        .filter(grade -> grade != Grade.WITHIN)
        .flatMap(grade -> touched.of(grade).stream())
        .noneMatch(one -> one.place().pc() == fault.pc());
  }

  /** What the instructions of a worst case come to. */
  private static long parts(Cost cost) {
    return cost.instructions().stream().mapToLong(Cost.InstructionCost::units).sum();
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%s: %,d of %,d programs accepted, %,d by what was supposed, %,d ran through loops,"
            + " %,d emitted, %,d values checked%n",
        version,
        accepted,
        drawn,
        supposed,
        looping,
        emitting,
        checks);
    StringBuilder line = new StringBuilder("  the longest run came to these tenths of the bound:");
    for (long count : tenths) {
      line.append(String.format(Locale.ROOT, " %,d", count));
    }
    System.out.println(line);
  }

  /** That it was not all refused, straight code, or far from its bound. */
  void assertMeaningful() {
    long tight = 0;
    for (int i = TENTHS / 2; i < tenths.length; i++) {
      tight += tenths[i];
    }
    assertThat(accepted).isGreaterThan(drawn / 10);
    assertThat(looping).isGreaterThan(drawn / 100);
    assertThat(emitting).isGreaterThan(drawn / 100);
    assertThat(tight).isGreaterThan(drawn / 100);
    assertThat(checks).isGreaterThan(100 * accepted);
  }
}
