package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Result;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of 128 bits against {@link BigInteger}, and how numbers of every kind are written. */
class WideNumbersTest {
  private static final int ROUNDS = 150;
  private final SplittableRandom random = new SplittableRandom(7);

  private static Module program(String type) {
    String text =
        """
        (define-program add (lambda ((a : T) (b : T)) (log (+ a b))))
        (define-program sub (lambda ((a : T) (b : T)) (log (- a b))))
        (define-program mul (lambda ((a : T) (b : T)) (log (* a b))))
        (define-program div (lambda ((a : T) (b : T)) (log (/ a b))))
        (define-program rem (lambda ((a : T) (b : T)) (log (% a b))))
        (define-program wrap (lambda ((a : T) (b : T))
          (log (wrapping-add a b) (wrapping-sub a b) (wrapping-mul a b))))
        (define-program bits (lambda ((a : T) (b : T))
          (log (bit-and a b) (bit-or a b) (bit-xor a b))))
        (define-program order (lambda ((a : T) (b : T))
          (log (< a b) (<= a b) (> a b) (>= a b) (= a b) (!= a b))))
        (define-program shift (lambda ((a : T) (b : T))
          (define n (wrapping-u64 b))
          (log (shift-left a n) (shift-right a n))))
        (define-program narrow (lambda ((a : T) (b : T)) (log (u64 a) (wrapping-u32 b))))
        """;
    return Examples.compileText(text.replace("T", type));
  }

  private static byte[] wide(BigInteger value) {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(value.longValue())
        .putLong(value.shiftRight(64).longValue())
        .array();
  }

  private BigInteger next(boolean signed) {
    BigInteger value =
        new BigInteger(Long.toUnsignedString(random.nextLong()))
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(random.nextLong())))
            .shiftRight(random.nextInt(128));
    if (!signed) {
      return value;
    }
    return random.nextBoolean() ? value.shiftRight(1) : value.shiftRight(1).negate();
  }

  private static BigInteger wrapped(BigInteger value, boolean signed) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(128);
    BigInteger low = value.mod(modulus);
    return signed && low.testBit(127) ? low.subtract(modulus) : low;
  }

  private Object run(Module module, String entry, BigInteger a, BigInteger b) {
    Machine machine = new Machine();
    byte[] data =
        ByteBuffer.allocate(40)
            .put(Machine.select(module, entry))
            .put(wide(a))
            .put(wide(b))
            .array();
    Result result = machine.run(module, data);
    return result instanceof Result.Failed failed ? failed.code() : machine.logs.get(0);
  }

  private static Object expected(BigInteger value, boolean signed) {
    return wrapped(value, signed).equals(value)
        ? value.toString()
        : (Object) (long) Failure.OVERFLOW.code();
  }

  @ParameterizedTest
  @ValueSource(strings = {"u128", "i128"})
  void agreeWithBigInteger(String type) {
    boolean signed = type.startsWith("i");
    Module module = program(type);
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger a = next(signed);
      BigInteger b = next(signed);
      String what = type + " " + a + " " + b;
      assertThat(run(module, "add", a, b)).as(what).isEqualTo(expected(a.add(b), signed));
      assertThat(run(module, "sub", a, b)).as(what).isEqualTo(expected(a.subtract(b), signed));
      assertThat(run(module, "mul", a, b)).as(what).isEqualTo(expected(a.multiply(b), signed));
      if (b.signum() != 0) {
        assertThat(run(module, "div", a, b)).as(what).isEqualTo(expected(a.divide(b), signed));
        assertThat(run(module, "rem", a, b)).as(what).isEqualTo(a.remainder(b).toString());
      }
      assertThat(run(module, "wrap", a, b))
          .as(what)
          .isEqualTo(
              wrapped(a.add(b), signed)
                  + " "
                  + wrapped(a.subtract(b), signed)
                  + " "
                  + wrapped(a.multiply(b), signed));
      assertThat(run(module, "bits", a, b))
          .as(what)
          .isEqualTo(a.and(b) + " " + a.or(b) + " " + a.xor(b));
      int order = a.compareTo(b);
      assertThat(run(module, "order", a, b))
          .as(what)
          .isEqualTo(
              (order < 0)
                  + " "
                  + (order <= 0)
                  + " "
                  + (order > 0)
                  + " "
                  + (order >= 0)
                  + " "
                  + (order == 0)
                  + " "
                  + (order != 0));
      int amount = b.intValue() & 127;
      assertThat(run(module, "shift", a, b))
          .as(what)
          .isEqualTo(wrapped(a.shiftLeft(amount), signed) + " " + a.shiftRight(amount));
      boolean fits = a.signum() >= 0 && a.bitLength() <= 64;
      assertThat(run(module, "narrow", a, b))
          .as(what)
          .isEqualTo(
              fits
                  ? a + " " + (b.longValue() & 0xffff_ffffL)
                  : (Object) (long) Failure.NARROWING.code());
    }
  }

  @Test
  void areDividedByZeroOnlyOnce() {
    Module module = program("u128");
    assertThat(run(module, "div", BigInteger.TEN, BigInteger.ZERO))
        .isEqualTo((long) Failure.DIVISION_BY_ZERO.code());
  }

  @Test
  void areWritten() {
    Machine machine = new Machine();
    String text =
        """
        (log (the f64 1.5) (/ -1.0 (/ 1.0 0.0)) (the f64 1e20) (/ 1.0 0.0) (/ 0.0 0.0) (/ 1.0 3.0)
             (the f64 1e-10) (the f64 999999999.9999999999))
        (log (the decimal 12.34) (the decimal -0.5) (* (the decimal 1.1) 1.1) (/ (the decimal 1) 3))
        (log (decimal 2.5) (f64 (the decimal 2.5)) (i64 (the decimal -7.9)) (decimal -3i8))
        """;
    machine.run(Examples.compileText(text), new byte[0]);
    assertThat(machine.logs)
        .isEqualTo(
            List.of(
                "1.5 -0.0 100000000000000000000.0 inf nan 0.333333333 0.0 1000000000.0",
                "12.34 -0.5 1.21 0.333333",
                "2.5 2.5 -7 -3.0"));
  }
}
