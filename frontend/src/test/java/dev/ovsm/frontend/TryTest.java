package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.eval.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code try} catches is what would have ended the program. */
class TryTest {
  private static final List<String> TYPES =
      List.of("u8", "u32", "u64", "i8", "i32", "i64", "u128", "i128");

  private static Result run(String text, List<String> logs) {
    Machine machine = new Machine();
    Result result = machine.run(Examples.compileText(text), new byte[0]);
    logs.addAll(machine.logs);
    return result;
  }

  static Stream<String> computations() {
    List<String> all = new ArrayList<>();
    for (String type : TYPES) {
      int bits = Integer.parseInt(type.substring(1));
      boolean signed = type.startsWith("i");
      String least = least(bits, signed);
      String greatest = greatest(bits, signed);
      List<String> values =
          signed ? List.of(least, greatest, "0", "-1", "7") : List.of(greatest, "0", "1", "7");
      for (String a : values) {
        for (String b : values) {
          String operands = "(define x (the " + type + " " + a + ")) (define y " + b + type + ") ";
          for (String op : List.of("+", "-", "*", "/", "%")) {
            all.add(operands + "| (" + op + " x y)");
          }
        }
        String operand = "(define x (the " + type + " " + a + ")) ";
        for (String to : List.of("u8", "i8", "u64", "i64", "u128", "i128")) {
          all.add(operand + "| (" + to + " x)");
        }
      }
    }
    return all.stream();
  }

  private static String least(int bits, boolean signed) {
    return signed ? java.math.BigInteger.ONE.shiftLeft(bits - 1).negate().toString() : "0";
  }

  private static String greatest(int bits, boolean signed) {
    java.math.BigInteger power = java.math.BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits);
    return power.subtract(java.math.BigInteger.ONE).toString();
  }

  @ParameterizedTest
  @MethodSource("computations")
  void catchesExactlyWhatWouldFail(String computation) {
    String[] parts = computation.split("\\|", -1);
    List<String> plainLogs = new ArrayList<>();
    Result plain = run(parts[0] + "(log :r " + parts[1] + ") 0", plainLogs);
    List<String> logs = new ArrayList<>();
    Result caught = run(parts[0] + "(try (do (log :r " + parts[1] + ") 0) (catch e e))", logs);
    assertThat(logs).isEqualTo(plainLogs);
    if (plain instanceof Result.Failed failed) {
      assertThat(caught).isEqualTo(new Result.Returned(failed.code()));
    } else {
      assertThat(caught).isEqualTo(plain);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(try (fail 77) (catch e (+ e 1))) | 78",
        "(try (throw 5) (catch e e)) | 5",
        "(try (do (require false 5) 1u64) (catch e e)) | 6005",
        "(try (do (assert false) 1u64) (catch e e)) | 5011",
        "(define v [1 2 3]) (define i 3) (set! i 3) (try (do (get v i) 1u64) (catch e e)) | 5003",
        "(defun f (x) (if x null 1)) (try (u64 (+ (f true) 1)) (catch e e)) | 5004",
        "(try 5u64 (catch e e)) | 5",
        "(try (try (fail 1) (catch e (fail (+ e 1)))) (catch e (+ e 10))) | 12",
        "(defun f ((n : u64)) -> u64 (if (= n 0) (fail 9) (f (- n 1)))) (try (f 4) (catch e e)) | 9",
        "(defun f ((n : u64)) -> u64 (if (> n 3) (return 40) n)) (try (f 4) (catch e e)) | 40",
        "(defun f () (try (return 3) (catch e 4)) 5) (f) | 3",
        "(define s 0) (for (i (range 0 9)) (try (if (= i 4) (break) (set! s i)) (catch e 0))) s | 3",
        "(define x 1) (try (do (set! x 2) (fail 1)) (catch e 0)) x | 2",
        "(try (do (define y 7) (fail 1)) (catch e (set! y (+ y 1)))) y | 8",
        "(defun f (g) (g 250u8)) (u64 (try (f (lambda (x) (+ x 6))) (catch e 17))) | 17"
      })
  void goesOnInTheHandler(String text, long value) {
    assertThat(run(text, new ArrayList<>())).isEqualTo(new Result.Returned(value));
  }

  @Test
  void givesValuesOfSeveralWords() {
    List<String> logs = new ArrayList<>();
    String text =
        """
        (defun pair ((n : u64)) (if (= n 0) (fail 3)) {:a n :b (* n 2)})
        (define good (try (pair 4) (catch e {:a e :b 0})))
        (define bad (try (pair 0) (catch e {:a e :b 0})))
        (log :good good :bad bad)
        0
        """;
    assertThat(run(text, logs)).isEqualTo(new Result.Returned(0));
    assertThat(logs).containsExactly("good={a=4 b=8} bad={a=3 b=0}");
  }
}
