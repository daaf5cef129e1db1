package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions that call themselves or each other; the verifier has its own view of them. */
class RecursionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(defun fib (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (log (fib 10u64)) | 55",
        "(log (labels ((fact (n) (if (= n 0) 1u64 (* n (fact (- n 1)))))) (fact 5u64))) | 120",
        "(log (labels ((even? (n) (if (= n 0) true (odd? (- n 1))))"
            + " (odd? (n) (if (= n 0) false (even? (- n 1))))) (even? 10u64))) | true",
        "(letrec ((fact (lambda (n) (if (= n 0) 1u64 (* n (fact (- n 1)))))))"
            + " (log (fact 5u64))) | 120",
        "(define step 2u64) (set! step 3u64) (defun down (n) (if (< n step) n (down (- n step))))"
            + " (log (down 20u64)) | 2",
        "(define k 3u64) (set! k 4u64) (log (labels ((f (n) (if (= n 0) k (+ 1 (g (- n 1)))))"
            + " (g (n) (f n))) (f 5u64))) | 9",
        "(define k 3u64) (set! k 4u64) (log (labels ((f (n) (if (= n 0) k"
            + " (reduce (lambda (a x) (+ a (f (- n 1)))) x0 [1u64]))) (g (n) n)) (f 2u64))) | 4",
        "(defun row (n) (if (= n 0) (return [0u64 0])) (define r (row (- n 1)))"
            + " [(get r 1) n]) (log (row 3u64)) | [2 3]"
      })
  void terminates(String text, String logged) {
    Machine machine = new Machine();
    machine.run(Examples.compileText(text.replace("x0", "0u64")), new byte[0]);
    assertThat(machine.logs).containsExactly(logged);
  }
}
