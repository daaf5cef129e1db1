package dev.ovsm.tests.verifier;

import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Verifier;
import dev.ovsm.verifier.domain.Arithmetic;
import dev.ovsm.verifier.domain.Operator;
import dev.ovsm.verifier.domain.Word;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Looks for something that the verifier believes and that is not so: in its arithmetic, in
 * executions of random programs, in deep code and in sums of costs; finds nothing as a rule.
 */
public final class Doubt implements Callable<String> {
  private static final int WIDTH = 4;
  private static final int PROGRAMS = 1_500;
  private static final int DEEP = 20_000;
  private static final int MOST_LOOPS = 9;
  private static final long SMALL_STACK = 256 << 10;
  private static final Manifest NO_MANIFEST = Manifest.of("");

  @Override
  public String call() throws InterruptedException, ExecutionException {
    String found = arithmetic();
    found = found.isEmpty() ? depth() : found;
    found = found.isEmpty() ? counts() : found;
    return found.isEmpty() ? executions() : found;
  }

  private static String arithmetic() {
    for (Operator operator : Operator.values()) {
      for (int i = 0; i < 256; i++) {
        for (int j = 0; j < 256; j++) {
          Word left = Word.signed(WIDTH, (i >> 4) - 8L, (i & 15) - 8L);
          Word right = Word.signed(WIDTH, (j >> 4) - 8L, (j & 15) - 8L);
          Word result = Arithmetic.apply(operator, left, right);
          for (long a = left.smin(); a <= left.smax(); a += Math.max(1, left.smax() - a)) {
            for (long b = right.smin(); b <= right.smax(); b += Math.max(1, right.smax() - b)) {
              OptionalLong value = operator.evaluate(a & 15, b & 15, WIDTH);
              if (value.isPresent() && !result.contains(value.getAsLong())) {
                return operator + " of " + left + " and " + right + " is not in " + result;
              }
            }
          }
        }
      }
    }
    return "";
  }

  /** A loop around much code, on little stack. */
  private static String depth() throws InterruptedException, ExecutionException {
    byte[] text = new byte[DEEP * Slot.BYTES];
    for (int pc = 0; pc < DEEP; pc++) {
      boolean jumps = pc % 3 == 2 && pc < DEEP - 10;
      Slot.write(text, pc, jumps ? Slot.of(0x55, 2, 0, 3, pc) : Slot.of(0x07, 2, 0, 0, 1));
    }
    Slot.write(text, DEEP - 1, Slot.of(0x95, 0, 0, 0, 0));
    FutureTask<String> verdict =
        new FutureTask<>(
            () -> {
              try {
                Verifier.believed(program(text), NO_MANIFEST);
                return "";
              } catch (StackOverflowError e) {
                return "deep code takes more stack than there is";
              }
            });
    new Thread(null, verdict, "deep", SMALL_STACK).start();
    return verdict.get();
  }

  /** Nested loops of which together no count can be kept. */
  private static String counts() {
    for (int loops = 2; loops < MOST_LOOPS; loops++) {
      for (int rounds : new int[] {1 << 12, 1 << 15, 1 << 16, 100_003}) {
        long units = Verifier.believed(program(nest(loops, rounds)), NO_MANIFEST).cost().units();
        if (units < Math.min(Math.pow(rounds, loops), Long.MAX_VALUE) / 2) {
          return loops + " nested loops of " + rounds + " rounds take " + units;
        }
      }
    }
    return "";
  }

  private static byte[] nest(int loops, int rounds) {
    byte[] text = new byte[(3 * loops + 1) * Slot.BYTES];
    int pc = 0;
    for (int i = 0; i < loops; i++) {
      Slot.write(text, pc++, Slot.of(0xb7, 1 + i, 0, 0, 0));
    }
    for (int i = loops - 1; i >= 0; i--) {
      Slot.write(text, pc++, Slot.of(0x07, 1 + i, 0, 0, 1));
      // Back to where the counters of the loops inside this one are set anew.
      Slot.write(text, pc, Slot.of(0xa5, 1 + i, 0, i - pc, rounds));
      pc++;
    }
    Slot.write(text, pc, Slot.of(0x95, 0, 0, 0, 0));
    return text;
  }

  private static Program program(byte[] text) {
    return new Program(
        Version.V0, text, MemoryMap.BYTECODE, 0, new TreeMap<>(), new byte[0], 0, List.of());
  }

  private static String executions() {
    for (Version version : List.of(Version.V0, Version.V3)) {
      Execution all = new Execution(version);
      for (long seed = 0; seed < PROGRAMS; seed++) {
        try {
          all.tryProgram(seed);
        } catch (AssertionError | RuntimeException e) {
          return String.valueOf(e.getMessage());
        }
      }
      try {
        all.assertMeaningful();
      } catch (AssertionError e) {
        return "it was not worth doing: " + e.getMessage();
      }
    }
    return "";
  }
}
