package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Property;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.Verifier;
import dev.ovsm.verifier.Verifier.Examined;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs that are made to keep the verifier busy are answered after a number of steps that the
 * size of the code bounds, and never called safe where they are not.
 */
class HostileCodeTest {
  private static final int SLOTS = 65_536;

  /** Far more than it takes on a busy machine, far less than a blow-up would. */
  private static final Duration SOON = Duration.ofSeconds(30);

  /** So many steps of analysis a slot are enough for any code. */
  private static final long STEPS = 400;

  private static final int RESERVE = Syscall.SOL_RINGBUF_RESERVE.hash();
  private static final int ADD = 0x07;
  private static final int MOVE = 0xb7;
  private static final int JUMP = 0x05;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_NOT = 0x55;
  private static final int CALL = 0x85;
  private static final int EXIT = 0x95;
  private static final int STORE = 0x7b;
  private static final int LOAD = 0x79;

  /** A shape of code, as the instruction in each slot. */
  enum Shape {
    NESTED_LOOPS(
        pc ->
            pc < SLOTS / 2 - 1
                ? Slot.of(ADD, pc % 10, 0, 0, 1)
                : Slot.of(JUMP_IF_NOT, pc % 10, 0, back(pc), 7)),
    IRREDUCIBLE_LADDER(
        pc ->
            pc % 2 == 0
                ? Slot.of(JUMP_IF_NOT, 1 + pc % 9, 0, pc % 4 == 0 && pc < SLOTS - 40 ? 30 : 0, pc)
                : Slot.of(JUMP_IF_NOT, 1 + pc % 9, 0, pc > 40 ? -33 : 0, pc)),
    RANDOM_JUMPS(
        pc -> {
          int target = new Random(pc).nextInt(SLOTS);
          int off = Math.max(-32_768, Math.min(32_767, target - pc - 1));
          return Slot.of(JUMP_IF_NOT, pc % 10, 0, off, pc);
        }),
    MUTUAL_CALLS(
        pc ->
            pc % 65 == 64
                ? Slot.of(EXIT, 0, 0, 0, 0)
                : Slot.of(CALL, 0, 1, 0, 65 * new Random(pc).nextInt(1_000) - pc - 1)),
    SHARED_TAILS(
        pc -> pc < 1_000 ? Slot.of(CALL, 0, 1, 0, 20 * pc) : Slot.of(ADD, 1 + pc % 5, 0, 0, pc)),
    SPILLS_IN_LOOPS(
        pc ->
            switch (pc % 4) {
              case 0 -> Slot.of(STORE, 10, 1 + pc % 9, -8 * (1 + pc % 512), 0);
              case 1 -> Slot.of(LOAD, 1 + pc % 9, 10, -8 * (1 + pc / 3 % 512), 0);
              case 2 -> Slot.of(ADD, 1 + pc % 9, 0, 0, 1);
              default -> Slot.of(JUMP_IF_NOT, 1 + pc % 9, 0, -Math.min(pc, 403), 3);
            }),
    /** As many loops in each other as are looked into, around as much as a jump gets over. */
    DEEP_BRANCHES(
        pc ->
            pc >= 30_000 && pc < 30_049
                ? Slot.of(JUMP_IF_NOT, 1 + pc % 9, 0, 30_047 - 2 * pc, pc)
                : Slot.of(pc % 3 == 0 ? JUMP_IF_NOT : ADD, pc % 9, 0, pc % 3 == 0 ? 1 : 0, pc)),
    /** The same in functions, each of which is small. */
    DEEP_FUNCTIONS(
        pc -> {
          int function = pc / 1_300;
          int at = pc % 1_300;
          if (function == 0 && at < 49) {
            return Slot.of(CALL, 0, 1, 0, 1_300 * (at + 1) - pc - 1);
          }
          boolean branches = at % 3 == 0;
          return function == 0 || at == 1_299
              ? Slot.of(EXIT, 0, 0, 0, 0)
              : at >= 1_240 && at < 1_289
                  ? Slot.of(JUMP_IF_NOT, 1 + at % 9, 0, 1_220 - 2 * at + 40, at)
                  : Slot.of(branches ? JUMP_IF_NOT : ADD, at % 9, 0, branches ? 1 : 0, at);
        }),
    ONE_LONG_CHAIN(true, pc -> Slot.of(JUMP, 0, 0, 0, 0)),
    /** Each function calls the next. */
    CALL_CHAIN(
        true,
        pc ->
            switch (pc % 8) {
              case 6 -> pc < SLOTS - 8 ? Slot.of(CALL, 0, 1, 0, 1) : Slot.of(ADD, 1, 0, 0, 1);
              case 7 -> Slot.of(EXIT, 0, 0, 0, 0);
              default -> Slot.of(ADD, 1 + pc % 8, 0, 0, pc);
            }),
    /** One value is compared with ever more numbers. */
    COMPARISONS(true, pc -> Slot.of(JUMP_IF_NOT, 1, 0, 0, pc)),
    /** A value counts, and every comparison may lead back to where it does. */
    WAYS_BACK(
        pc ->
            switch ((pc - 1) % 32_767) {
              case -1 -> Slot.of(LOAD, 1, 1, 0, 0);
              case 0 -> Slot.of(ADD, 2, 0, 0, 1);
              default -> Slot.of(JUMP_IF_EQUAL, 1, 0, -1 - (pc - 1) % 32_767, pc);
            }),
    UNKNOWN_STORES(
        true,
        pc ->
            switch (pc % 4) {
              case 0 -> Slot.of(LOAD, 2, 1, 8 * (pc % 100), 0);
              case 1 -> Slot.of(STORE, 2, 3, 0, 0);
              case 2 -> Slot.of(LOAD, 3, 10, -8 * (1 + pc % 500), 0);
              default -> Slot.of(JUMP_IF_NOT, 3, 0, 1, pc);
            }),
    /** Thousands of records, each of which may be open until the end. */
    RECORDS(
        true,
        pc ->
            switch (pc % 8) {
              case 0, 2 -> Slot.of(MOVE, 1 + pc % 8, 0, 0, 0);
              case 1 -> Slot.of(MOVE, 2, 0, 0, 64);
              case 3 -> Slot.of(CALL, 0, 0, 0, RESERVE);
              case 4 -> Slot.of(JUMP_IF_NOT, 0, 0, 1, 0);
              case 5 -> Slot.of(EXIT, 0, 0, 0, 0);
              case 6 -> Slot.of(STORE, 10, 0, -8 * (1 + pc / 8 % 500), 0);
              default -> Slot.of(STORE, 0, 7, 8, 0);
            });

    private final boolean ends;
    private final IntToLongFunction slot;

    Shape(IntToLongFunction slot) {
      this(false, slot);
    }

    Shape(boolean ends, IntToLongFunction slot) {
      this.ends = ends;
      this.slot = slot;
    }

    /** The code, cut off or repeated to a number of slots, with an exit at its end. */
    byte[] text(int slots) {
      byte[] text = new byte[slots * Slot.BYTES];
      for (int pc = 0; pc < slots; pc++) {
        Slot.write(text, pc, slot.applyAsLong(pc));
      }
      Slot.write(text, slots - 1, Slot.of(EXIT, 0, 0, 0, 0));
      return text;
    }

    private static int back(int pc) {
      return Math.max(-32_768, 2 * (SLOTS / 2 - pc) - 2);
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void anyShapeIsAnsweredSoon(Shape shape) {
    Examined examined = assertTimeoutPreemptively(SOON, () -> examine(shape.text(SLOTS)));
    assertThat(examined.findings())
        .filteredOn(finding -> finding.property() == Property.TERMINATION)
        .isNotEmpty()
        .allMatch(finding -> shape.ends == (finding.verdict() == Verdict.SAFE));
    assertThat(examined.examination().work()).isLessThanOrEqualTo(STEPS * SLOTS);
  }

  @Test
  void whatIsHandledOutOfOrderIsNotSafeHoweverMuchItIs() {
    assertThat(examine(Shape.RECORDS.text(SLOTS)).findings())
        .filteredOn(finding -> finding.property() == Property.PROTOCOL)
        .isNotEmpty()
        .noneMatch(finding -> finding.verdict() == Verdict.SAFE);
  }

  @Test
  void deepCodeNeedsNoDeepStack() throws InterruptedException {
    byte[] text = Shape.ONE_LONG_CHAIN.text(SLOTS);
    Thread small = new Thread(null, () -> examine(text), "small", 256 << 10);
    Throwable[] thrown = new Throwable[1];
    small.setUncaughtExceptionHandler((thread, error) -> thrown[0] = error);
    small.start();
    small.join();
    assertThat(thrown[0]).isNull();
  }

  private static Examined examine(byte[] text) {
    Program program =
        new Program(Version.V3, text, 1L << 32, 0, new TreeMap<>(), new byte[0], 0, List.of());
    return Verifier.examine(program, Manifest.of("hostile"), Policy.standard());
  }
}
