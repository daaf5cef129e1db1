package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The library's {@code f64} against Java's {@code double}, bit by bit. */
class F64Test {
  private static final long NAN = 0x7ff8000000000000L;
  private static final int ROUNDS = Integer.getInteger("ovsm.f64.rounds", 4_000);
  private static final long[] EDGES = {
    0L,
    1L,
    2L,
    0x000f_ffff_ffff_ffffL,
    0x0010_0000_0000_0000L,
    0x0010_0000_0000_0001L,
    0x3ff0_0000_0000_0000L,
    0x3ff0_0000_0000_0001L,
    0x3fef_ffff_ffff_ffffL,
    0x4330_0000_0000_0000L,
    0x43e0_0000_0000_0000L,
    0x43f0_0000_0000_0000L,
    0x7fef_ffff_ffff_ffffL,
    0x7ff0_0000_0000_0000L,
    NAN,
    0x7ff0_0000_0000_0001L
  };

  private final Module module =
      Examples.compileText(
          """
          (define a 1.5)
          (define b 2.5)
          (log (+ a b) (- a b) (* a b) (/ a b) (f64/sqrt a) (< a b) (<= a b) (= a b)
               (u128 a) (i128 a) (wrapping-u128 a) (wrapping-i128 a)
               (f64 (u128 7)) (f64 (i128 7)))
          """);
  private final IrInterpreter machine = machine();
  private final SplittableRandom random = new SplittableRandom(20_260_101);

  private IrInterpreter machine() {
    Regions memory = new Regions();
    memory.map(IrInterpreter.HEAP, new byte[32 * 1024], true);
    return new IrInterpreter(module, memory, new Machine());
  }

  private long call(String function, long... arguments) {
    Result result = machine.run(function, arguments, 1_000_000);
    assertThat(result).as(function).isInstanceOf(Result.Returned.class);
    return ((Result.Returned) result).value();
  }

  /** Numbers of every size, with exponents close together often enough to cancel. */
  private long next() {
    return switch (random.nextInt(4)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)] | (random.nextLong() << 63);
      case 1 -> random.nextLong();
      case 2 -> Double.doubleToRawLongBits(random.nextInt(-1000, 1000) / 8.0);
      default -> {
        long exponent = (1000L + random.nextInt(60)) << 52;
        long fraction = (random.nextLong() >>> 12) & (-1L << random.nextInt(52));
        yield exponent | fraction | (random.nextLong() << 63);
      }
    };
  }

  private static long canonical(double value) {
    return Double.isNaN(value) ? NAN : Double.doubleToRawLongBits(value);
  }

  private void check(String function, DoubleBinaryOperator java) {
    for (int i = 0; i < ROUNDS; i++) {
      long a = next();
      long b = next();
      double expected = java.applyAsDouble(Double.longBitsToDouble(a), Double.longBitsToDouble(b));
      assertThat(call(function, a, b))
          .as("%s %x %x", function, a, b)
          .isEqualTo(canonical(expected));
    }
  }

  private void check(String function, DoubleUnaryOperator java) {
    for (int i = 0; i < ROUNDS; i++) {
      long a = next();
      long expected = canonical(java.applyAsDouble(Double.longBitsToDouble(a)));
      assertThat(call(function, a)).as("%s %x", function, a).isEqualTo(expected);
    }
  }

  @Test
  void adds() {
    check("f64/add", (a, b) -> a + b);
  }

  @Test
  void subtracts() {
    check("f64/sub", (a, b) -> a - b);
  }

  @Test
  void multiplies() {
    check("f64/mul", (a, b) -> a * b);
  }

  @Test
  void divides() {
    check("f64/div", (a, b) -> a / b);
  }

  @Test
  void takesRoots() {
    check("f64/sqrt", Math::sqrt);
  }

  @Test
  void compares() {
    check("f64/lt", (a, b) -> Double.longBitsToDouble(a < b ? 1 : 0));
    check("f64/le", (a, b) -> Double.longBitsToDouble(a <= b ? 1 : 0));
    check("f64/eq", (a, b) -> Double.longBitsToDouble(a == b ? 1 : 0));
  }

  @Test
  void convertsFromWholeNumbers() {
    for (int i = 0; i < ROUNDS; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(call("f64/from-i128", value, value >> 63))
          .as("%d", value)
          .isEqualTo(canonical((double) value));
      double unsigned = new java.math.BigDecimal(Long.toUnsignedString(value)).doubleValue();
      assertThat(call("f64/from-u128", value, 0)).as("%x", value).isEqualTo(canonical(unsigned));
    }
    java.math.BigInteger large =
        java.math.BigInteger.valueOf(random.nextLong()).abs().shiftLeft(61);
    assertThat(call("f64/from-u128", large.longValue(), large.shiftRight(64).longValue()))
        .isEqualTo(canonical(large.doubleValue()));
  }

  @Test
  void convertsToWholeNumbers() {
    String program =
        """
        (define-program convert
          (lambda ((bits : u64))
            (log (i64 (bits-f64 bits)))))
        """;
    Module converting = Examples.compileText(program);
    for (int i = 0; i < 500; i++) {
      long bits = next();
      double value = Double.longBitsToDouble(bits);
      Machine host = new Machine();
      byte[] data =
          java.nio.ByteBuffer.allocate(16)
              .order(java.nio.ByteOrder.LITTLE_ENDIAN)
              .put(Machine.select(converting, "convert"))
              .putLong(bits)
              .array();
      Result result = host.run(converting, data);
      boolean fits = value >= -0x1p63 && value < 0x1p63;
      if (fits) {
        assertThat(host.logs).containsExactly(String.valueOf((long) value));
      } else {
        assertThat(result).as("%x", bits).isEqualTo(new Result.Failed(Failure.NARROWING.code()));
      }
    }
  }

  /** Nine digits after the point, rounded; seventeen digits, cut off, from 2^128 on. */
  private static String written(double value) {
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    BigDecimal magnitude = new BigDecimal(Math.abs(value));
    if (magnitude.compareTo(new BigDecimal(BigInteger.ONE.shiftLeft(128))) < 0) {
      String text = magnitude.setScale(9, RoundingMode.HALF_UP).toPlainString();
      return sign + text.replaceAll("(\\.\\d+?)0*$", "$1");
    }
    String digits = magnitude.toBigInteger().toString();
    String shown = digits.charAt(0) + "." + digits.substring(1, 17);
    return sign + shown.replaceAll("(\\.\\d+?)0*$", "$1") + "e" + (digits.length() - 1);
  }

  @Test
  void areWritten() {
    Module writing =
        Examples.compileText(
            "(define-program write (lambda ((bits : u64)) (log (bits-f64 bits))))");
    for (int i = 0; i < 1_500; i++) {
      long bits = i % 3 == 0 ? next() : random.nextLong();
      double value = Double.longBitsToDouble(bits);
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        continue;
      }
      Machine host = new Machine();
      byte[] data =
          ByteBuffer.allocate(16)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(Machine.select(writing, "write"))
              .putLong(bits)
              .array();
      host.run(writing, data);
      assertThat(host.logs).as("%x", bits).containsExactly(written(value));
    }
  }
}
