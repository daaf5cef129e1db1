package dev.ovsm.ir.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Arithmetic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.text.Ir;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The interpreter against big numbers and against programs whose results are known. */
class IrInterpreterTest {
  private final List<String> calls = new ArrayList<>();
  private final Host host =
      (name, arguments, memory) -> {
        calls.add(name + arguments);
        if (name.equals("abort")) {
          throw new Trap("aborted");
        }
        return 7;
      };

  @Test
  void arithmeticIsThatOfIntegersCutToTheType() {
    Random random = new Random(1);
    for (Type type : Type.values()) {
      if (!type.isInteger()) {
        continue;
      }
      for (int round = 0; round < 20_000; round++) {
        long left = type.canonical(number(random));
        long right = type.canonical(number(random));
        for (BinaryOp op : List.of(BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL)) {
          BigInteger a = big(type, left);
          BigInteger b = big(type, right);
          BigInteger exact =
              op == BinaryOp.ADD ? a.add(b) : op == BinaryOp.SUB ? a.subtract(b) : a.multiply(b);
          long wrapped = Arithmetic.wrap(op, type, left, right);
          assertThat(wrapped).isEqualTo(type.canonical(exact.longValue()));
          assertThat(Arithmetic.failure(op, type, left, right) == null)
              .as("%s %s %d %d", op, type, left, right)
              .isEqualTo(big(type, wrapped).equals(exact));
        }
        if (right != 0) {
          BigInteger[] both = big(type, left).divideAndRemainder(big(type, right));
          long quotient = Arithmetic.wrap(BinaryOp.DIV, type, left, right);
          assertThat(quotient).isEqualTo(type.canonical(both[0].longValue()));
          assertThat(Arithmetic.failure(BinaryOp.DIV, type, left, right) == null)
              .isEqualTo(big(type, quotient).equals(both[0]));
          assertThat(Arithmetic.wrap(BinaryOp.REM, type, left, right))
              .isEqualTo(both[1].longValue());
        }
        assertThat(Arithmetic.multiplyHigh(left, right))
            .isEqualTo(
                big(Type.U64, left).multiply(big(Type.U64, right)).shiftRight(64).longValue());
      }
    }
  }

  private static BigInteger big(Type type, long value) {
    BigInteger big = BigInteger.valueOf(value);
    return type.signed() || value >= 0 ? big : big.add(BigInteger.ONE.shiftLeft(64));
  }

  private static long number(Random random) {
    long near = random.nextInt(5) - 2L;
    return switch (random.nextInt(4)) {
      case 0 -> near;
      case 1 -> (1L << random.nextInt(64)) + near;
      case 2 -> random.nextLong() >> random.nextInt(64);
      default -> random.nextLong();
    };
  }

  @Test
  void aLoopSumsAndReturns() {
    String sum =
        """
        fn sum(%0: u64) -> u64 {
        b0:
          %1 = const u64 0
          jump b1(%1, %1)
        b1(%2: u64, %3: u64):
          %4 = lt u64 %2, %0
          branch %4, b2, b3
        b2:
          %5 = const u64 1
          %6 = add u64 %2, %5
          %7 = add u64 %3, %2
          jump b1(%6, %7)
        b3:
          return %3
        }
        """;
    assertThat(run(sum, "sum", 10)).isEqualTo(new Result.Returned(45));
    assertThat(interpreter(sum).run("sum", new long[] {10}, 50)).isEqualTo(new Result.Exhausted());
  }

  @Test
  void blockArgumentsAreReadBeforeParametersAreWritten() {
    String swap =
        """
        fn f(%0: u64, %1: u64) -> u64 {
        b0:
          %2 = const u64 0
          jump b1(%0, %1, %2)
        b1(%3: u64, %4: u64, %5: u64):
          %6 = const u64 1
          %7 = add u64 %5, %6
          %8 = eq u64 %5, %6
          branch %8, b2, b1(%4, %3, %7)
        b2:
          %9 = sub u64 %3, %4
          return %9
        }
        """;
    assertThat(run(swap, "f", 3, 10)).isEqualTo(new Result.Returned(7));
  }

  @Test
  void aFailureEndsTheInvocationFromAnyDepth() {
    String nested =
        """
        fn outer(%0: u8) -> u64 {
        b0:
          %1 = call u64 inner(%0)
          return %1
        }
        fn inner(%0: u8) -> u64 {
        b0:
          %1 = const u8 200
          %2 = add u8 %0, %1
          %3 = convert u64 %2
          return %3
        }
        """;
    assertThat(run(nested, "outer", 55)).isEqualTo(new Result.Returned(255));
    assertThat(run(nested, "outer", 56)).isEqualTo(new Result.Failed(Failure.OVERFLOW.code()));
  }

  @Test
  void memoryIsLittleEndianAndBounded() {
    String text =
        """
        data align 1 "\\x01\\x02\\xff\\xff"
        fn f(%0: u64) -> i64 {
        b0:
          %1 = slot 8 align 8
          %2 = data 0
          zero 8 %1
          copy 4 %1, %2
          %3 = add.wrap ptr %1, %0
          %4 = load i16 [%3 + 1]
          %5 = convert i64 %4
          return %5
        }
        """;
    assertThat(run(text, "f", 0)).isEqualTo(new Result.Returned(-254));
    assertThat(run(text, "f", 1)).isEqualTo(new Result.Returned(-1));
    assertThat(run(text, "f", 1L << 40)).isInstanceOf(Result.Trapped.class);
    assertThat(run("fn f() { b0: %0 = data 0 zero 1 %0 return } data align 1 \"x\"", "f"))
        .isInstanceOf(Result.Trapped.class);
  }

  @Test
  void syscallsGoToTheHost() {
    String text =
        """
        fn f(%0: u64) -> u64 {
        b0:
          %1 = syscall u64 ask(%0, %0)
          syscall tell()
          return %1
        }
        fn g() { b0: syscall abort() return }
        """;
    assertThat(run(text, "f", 5)).isEqualTo(new Result.Returned(7));
    assertThat(calls).containsExactly("ask[5, 5]", "tell[]");
    assertThat(run(text, "g")).isEqualTo(new Result.Trapped("aborted"));
  }

  @Test
  void brokenPromisesAreTold() {
    String inexact = "fn f(%0: u8) -> u8 { b0: %1 = add.exact u8 %0, %0 return %1 }";
    assertThat(run(inexact, "f", 127)).isEqualTo(new Result.Returned(254));
    assertThat(run(inexact, "f", 128)).isInstanceOf(Result.Broken.class);
    assertThat(run("fn f() { b0: unreachable }", "f")).isInstanceOf(Result.Broken.class);
  }

  @Test
  void recursionIsBoundedByTheMachine() {
    assertThat(run("fn f() { b0: call f() return }", "f"))
        .isEqualTo(new Result.Trapped("call depth exceeded"));
  }

  private Result run(String text, String function, long... arguments) {
    return interpreter(text).run(function, arguments, 10_000);
  }

  private IrInterpreter interpreter(String text) {
    return new IrInterpreter(Ir.module(text), new Regions(), host);
  }
}
