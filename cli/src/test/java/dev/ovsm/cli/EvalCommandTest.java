package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Both machines say the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(* 6 7)                                        | 42 : i64",
        "(+ 250u8 5)                                    | 255 : u8",
        "(- 0i128 170141183460469231731687303715884105727) |"
            + " -170141183460469231731687303715884105727 : i128",
        "(/ 1.0 4.0)                                    | 0.25 : f64",
        "(= 1 2)                                        | false : bool",
        "\"a\\\"b\\n\"                                  | \"a\\\"b\\n\" : string",
        "[1u16 2 3]                                     | [1 2 3] : (array u16 3)",
        "{:a 1 :b true}                                 | {a=1 b=true} : {:a i64 :b bool}",
        "#pubkey\"11111111111111111111111111111111\"    | 11111111111111111111111111111111 :"
            + " pubkey",
        "(if (> 1 2) 1u64 null)                         | null : (option u64)",
        "(import hash) (substring (sha256 \"a\") 0 0)     | \"\" : string",
        "(lambda (x) x)                                 | function",
        "(dotimes (i 10) i)                             | nothing",
        "(let ((s 0)) (dotimes (i 10) (set! s (+ s i))) s) | 45 : i64",
        "(try (/ 1 (- 1 1)) (catch e 0))                | 0 : i64",
      })
  void printsValueAndType(String expression, String said) {
    for (String machine : List.of("ir", "vm")) {
      out.reset();
      assertThat(run("eval", expression, "--on", machine)).as(err.toString(UTF_8)).isZero();
      assertThat(out.toString(UTF_8)).endsWith(said + "\n");
      assertThat(err.toString(UTF_8)).isEmpty();
    }
  }

  @Test
  void showsTypesAndCodeInsteadOfRunning() {
    assertThat(run("eval", ":type (define (f x) (/ x 0)) (f 3u8)")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("u8\n");
    out.reset();
    assertThat(run("eval", ":ir (+ 1 (instruction-data-len))")).isZero();
    assertThat(out.toString(UTF_8)).contains("fn main(").contains("return");
    out.reset();
    assertThat(run("eval", ":asm (+ 1 (instruction-data-len))")).isZero();
    assertThat(out.toString(UTF_8)).contains("entrypoint:").contains("exit");
    out.reset();
    assertThat(run("eval", ":type (+ 1 nope)")).isEqualTo(3);
    assertThat(err.toString(UTF_8)).contains("L0001").contains("--> expression:1:12");
    assertThat(run("eval", " ")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("there is nothing to run");
  }

  @Test
  void definitionsStandBeforeAndLogsAreShown() {
    String source = "(define (twice x) (* 2 x)) (do (log \"half way\") (twice 4u32))";
    assertThat(run("eval", source)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("twice is defined\nlog: half way\n8 : u32\n");
  }

  /** As in a file, what is set stays set. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(define x 5) (set! x (+ x 1u64)) x | 6 : u64",
        "(define s 0) (for (x [1u64 2 3]) (set! s (+ s x))) s | 6 : u64",
        "(define x 1) (set! x 2) (define y x) (set! x 3) y | 2 : i64",
        "(define v (make-vec u64 4)) (push! v 3) (push! v 4) (pop! v) v | [3] : (vec u64 4)",
        "(define x 1) (set! x 2) (define x 7) x | 7 : i64",
        "(define x 1) (do (set! x 2) (log x)) (log 3) x | log: 2~log: 3~2 : i64",
        "(defmacro m (f) `(defun ,f (r) (get r :a))) (m its-a) (its-a {:a 3}) | 3 : i64",
      })
  void staysSet(String forms, String said) {
    for (String machine : List.of("ir", "vm")) {
      out.reset();
      assertThat(run("eval", forms, "--on", machine)).as(err.toString(UTF_8)).isZero();
      String values =
          out.toString(UTF_8)
              .lines()
              .filter(line -> !line.endsWith(" is defined") && !line.equals("nothing"))
              .collect(Collectors.joining("~"));
      assertThat(values).endsWith(said);
      assertThat(values).doesNotContain("now");
    }
  }

  /** Both machines point at what failed, where it was entered, and name the error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(+ 1 (/ 1 (- 1 1)))                        | 1:6  | division by zero (error 5001)",
        "(define (f x) (/ 9 x)) (f (- 1 1))         | 1:15 | division by zero (error 5001)",
        "(define-error bad 6100 'why') (do (log 1) (require (= 1 (+ 1 1)) :bad))"
            + " | 1:43 | bad (error 6100), why",
        "(do (fail 7))                              | 1:5  | error 7",
        "(do (log 1)~ (fail 7))                     | 2:2  | error 7",
        "(import math) (define (f x) (+ 1 (mul-div x 2 0))) (f 5)"
            + " | 1:34 | division by zero (error 5001)",
        "(+ 1 (first (make-vec u64 2)))             | 1:6  | index out of bounds (error 5003)",
        "(import hash) (+ (length (sha256 'a')) (last (make-vec u64 4)))"
            + " | 1:40 | arithmetic overflow (error 5000)",
        "(log 1 (/ 1 (- 1 1)))                      | 1:8  | division by zero (error 5001)",
      })
  void pointsAtWhatFailed(String forms, String place, String error) {
    for (String machine : List.of("ir", "vm")) {
      err.reset();
      String source = forms.replace('\'', '"').replace('~', '\n');
      assertThat(run("eval", source, "--on", machine)).isEqualTo(1);
      assertThat(err.toString(UTF_8))
          .contains("the expression failed: " + error + "\n")
          .contains("--> expression:" + place + "\n");
    }
  }

  @Test
  void whatFailsSetsNothing() {
    assertThat(run("eval", "(define x 1) (set! x 2) (do (set! x 3) (fail 7))")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEqualTo("x is defined\nnothing\n");
    assertThat(err.toString(UTF_8)).contains("X0002").containsOnlyOnce("error[");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(+ 1 foo)         | ir | 3 | L0001",
        "(+ 1              | ir | 3 | R0001",
        "(/ 1 (- 1 1))     | ir | 1 | division by zero",
        "(/ 1 (- 1 1))     | vm | 1 | division by zero",
        "(while true 1)    | ir | 1 | did not end",
        "(while true 1)    | vm | 1 | V0001",
        "(get-slot)        | ir | 1 | --on vm",
        "(mem-load 0 0)    | ir | 1 | access violation",
        "(define-program p (lambda () 1)) | ir | 3 | L0014",
      })
  void saysWhatIsWrong(String expression, String machine, int code, String said) {
    assertThat(run("eval", expression, "--on", machine)).isEqualTo(code);
    assertThat(err.toString(UTF_8)).contains(said).containsOnlyOnce("error[");
  }

  /** What is written around an expression to see its value is not shown. */
  @Test
  void findingsOfTheVerifierShowWhatWasEntered() {
    assertThat(run("eval", "(do (while true) 5)", "--on", "vm")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains("--> expression:1:12\n")
        .contains("1 | (do (while true) 5)\n")
        .doesNotContain("(log (do");
  }

  @Test
  void theVmHasAChain() {
    assertThat(run("eval", "(get-slot)", "--on", "vm")).isZero();
    assertThat(out.toString(UTF_8)).endsWith(" : u64\n");
  }

  private int run(String... arguments) {
    return Main.run(List.of(arguments), out, err);
  }
}
