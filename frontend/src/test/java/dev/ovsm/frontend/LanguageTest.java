package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Failure;
import dev.ovsm.ir.eval.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs of bare expressions compute, on the IR's reference interpreter. */
class LanguageTest {
  private static Result run(String text) {
    return new Machine().run(Examples.compileText(text), new byte[0]);
  }

  private static List<String> logs(String text) {
    Machine machine = new Machine();
    assertThat(machine.run(Examples.compileText(text), new byte[0]))
        .isInstanceOf(Result.Returned.class);
    return machine.logs;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(+ 1 2 3) | 6",
        "(- 10 1 2) | 7",
        "(- 5) | -5",
        "(* 2 3 4) | 24",
        "(/ 17 5) | 3",
        "(% 17 5) | 2",
        "(/ -17 5) | -3",
        "(bit-and 12 10) | 8",
        "(bit-or 12 10) | 14",
        "(bit-xor 12 10) | 6",
        "(bit-not 0u8) | 255",
        "(shift-left 3 4) | 48",
        "(shift-right 48 4) | 3",
        "(wrapping-add 255u8 2) | 1",
        "(wrapping-sub 0u8 1) | 255",
        "(wrapping-mul 200u8 2) | 144",
        "(saturating-add 250u8 10) | 255",
        "(saturating-sub 5u8 10) | 0",
        "(saturating-mul 100u8 3) | 255",
        "(saturating-mul 0u8 3) | 0",
        "(mul-high 0x8000000000000000u64 6) | 3",
        "(if (< 1 2 3) 7 8) | 7",
        "(if (< 1 3 2) 7 8) | 8",
        "(if 0 1 2) | 2",
        "(if 5 1 2) | 1",
        "(if null 1 2) | 2",
        "(if (and 1 2) 1 2) | 1",
        "(if (or 0 false) 1 2) | 2",
        "(if (not 3) 1 2) | 2",
        "(u64 (wrapping-u8 300)) | 44",
        "(i64 (wrapping-i8 200)) | -56",
        "(u64 true) | 1",
        "(min 3 2) | 2",
        "(max 3 2) | 3",
        "(abs -4) | 4",
        "(clamp 12 0 10) | 10",
        "(case 3 (1 10) ((2 3) 20) (else 30)) | 20",
        "(case 9 (1 10) (else 30)) | 30",
        "(cond ((= 1 2) 5) (true 6)) | 6",
        "(let ((x 2) (y 3)) (* x y)) | 6",
        "(let* ((x 2) (y (+ x 1))) (* x y)) | 6",
        "((lambda (x) (* x x)) 7) | 49",
        "(length \"hello\") | 5",
        "(length [1 2 3]) | 3",
        "(get [10 20 30] 2) | 30",
        "(get {:a 1 :b 2} :b) | 2",
        "(get {:a 1 :b 2} \"a\") | 1",
        "(if (= \"abc\" \"abc\") 1 0) | 1",
        "(if (= \"abc\" \"abd\") 1 0) | 0",
        "(if (!= \"abc\" \"ab\") 1 0) | 1",
        "(the u64 9) | 9"
      })
  void computes(String text, long value) {
    assertThat(run(text)).isEqualTo(new Result.Returned(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(define x 250u8) (+ x 6) | OVERFLOW",
        "(define x 0u64) (- x 1) | OVERFLOW",
        "(define x -9223372036854775808i64) (- 0 x) | OVERFLOW",
        "(define x 0) (/ 5 x) | DIVISION_BY_ZERO",
        "(define x 0) (% 5 x) | DIVISION_BY_ZERO",
        "(define x 256u64) (u8 x) | NARROWING",
        "(define x -1i64) (u64 x) | NARROWING",
        "(define i 3) (define v [1 2 3]) (set! i 3) (get v i) | OUT_OF_BOUNDS",
        "(define (f x) (if x null 1)) (+ (f true) 1) | NULL",
        "(assert (= 1 2)) 0 | ASSERTION",
        "(require false) 0 | ASSERTION"
      })
  void stopsWithAReason(String text, Failure failure) {
    assertThat(run(text)).isEqualTo(new Result.Failed(failure.code()));
  }

  @Test
  void givesNamesInBranchesToTheWholeFunction() {
    String text =
        """
        (defun pick ((c : bool))
          (if c (define v 10) (define v 20))
          (+ v 1))
        (+ (pick true) (pick false))
        """;
    assertThat(run(text)).isEqualTo(new Result.Returned(32));
  }

  @Test
  void loopsInEveryWay() {
    String text =
        """
        (define sum 0)
        (define i 0)
        (while (< i 10)
          (set! i (+ i 1))
          (if (= i 3) (continue))
          (if (= i 8) (break))
          (set! sum (+ sum i)))
        (for (k (range 0 20 5)) (set! sum (+ sum k)))
        (for (k (range 5 0 -1)) (set! sum (+ sum k)))
        (for (x [10 20 30]) (set! sum (+ sum x)))
        (dotimes (n 4) (set! sum (+ sum n)))
        (+ sum (loop for x from 1 to 4 sum (* x x))
               (loop for x from 1 to 10 count (= (% x 2) 0)))
        """;
    assertThat(run(text)).isEqualTo(new Result.Returned(25 + 30 + 15 + 60 + 6 + 30 + 5));
  }

  @Test
  void callsFunctionsOfManyParameters() {
    String text =
        """
        (defun seven (a b c d e f g) (+ a (* 2 b) (* 3 c) (* 4 d) (* 5 e) (* 6 f) (* 7 g)))
        (defun pair (a b) {:sum (+ a b) :product (* a b)})
        (define p (pair 3 4))
        (+ (seven 1 2 3 4 5 6 7) (get p :sum) (get p :product))
        """;
    assertThat(run(text)).isEqualTo(new Result.Returned(140 + 7 + 12));
  }

  @Test
  void recurses() {
    String text =
        """
        (defun fib (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
        (defun even ((n : u64)) -> bool (if (= n 0) true (odd (- n 1))))
        (defun odd ((n : u64)) -> bool (if (= n 0) false (even (- n 1))))
        (+ (fib 12) (if (even 10) 1000 0))
        """;
    assertThat(run(text)).isEqualTo(new Result.Returned(1144));
  }

  @Test
  void capturesByValue() {
    String text =
        """
        (define step 5)
        (define add (lambda (x) (+ x step)))
        (set! step 100)
        (defun apply-twice (f x) (f (f x)))
        (apply-twice add 1)
        """;
    assertThat(run(text)).isEqualTo(new Result.Returned(11));
  }

  @Test
  void keepsRecordsAsValues() {
    String text =
        """
        (define a {:x 1 :y 2})
        (define b (assoc a :x 10))
        (set! (get a :y) 7)
        (+ (get a :x) (get a :y) (get b :x) (get b :y))
        """;
    assertThat(run(text)).isEqualTo(new Result.Returned(1 + 7 + 10 + 2));
  }

  @Test
  void writesLogLines() {
    String text =
        """
        (log "plain")
        (log :message "numbers" :a 0 :b -17 :c 18446744073709551615 :d 255u8)
        (log :flag true :other false)
        (define name "dynamic")
        (log :message name :record {:x 1 :y true})
        """;
    assertThat(logs(text))
        .containsExactly(
            "plain",
            "numbers a=0 b=-17 c=18446744073709551615 d=255",
            "flag=true other=false",
            "dynamic record={x=1 y=true}");
  }

  @Test
  void loadsAndStoresRawMemory() {
    String text =
        """
        (define p (stack-allocate 16))
        (mem-store p 0 0x1122334455667788)
        (mem-store1 p 9 0x1ff)
        (mem-store2 p 10 0x12345)
        (mem-store4 p 12 7)
        (+ (mem-load1 p 0) (mem-load2 p 6) (mem-load1 p 9) (mem-load2 p 10) (mem-load4 p 12))
        """;
    long expected = 0x88 + 0x1122 + 0xff + 0x2345 + 7;
    assertThat(run(text)).isEqualTo(new Result.Returned(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";; nothing", "(defun f (x) x)"})
  void needsSomethingToRun(String text) {
    assertThat(Examples.compileText(text + "\n(define-program run (lambda () null))").entries())
        .hasSize(1);
  }
}
