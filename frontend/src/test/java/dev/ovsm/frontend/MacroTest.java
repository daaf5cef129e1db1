package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Code;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.LanguageCode;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.eval.Result;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What macros expand to, what it computes, and how expansion ends when it fails. */
class MacroTest {
  private static Result run(String text) {
    return new Machine().run(Examples.compileText(text), new byte[0]);
  }

  private static List<Code> codes(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Frontend.compile(List.of(new Source("test.ovsm", text)), Options.defaults(), diagnostics);
    return diagnostics.list().stream().map(Diagnostic::code).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(defmacro m (x) `(+ ,x 1)) (m 4) | 5",
        "(defmacro m (&rest xs) `(+ ,@xs)) (m 1 2 3) | 6",
        "(defmacro m (x &optional (y 10)) `(+ ,x ,y)) (+ (m 1) (m 1 2)) | 14",
        "(defmacro m (&key (a 1) (b 2)) `(- ,a ,b)) (m :b 5 :a 9) | 4",
        "(defmacro m ((a b) &body body) `(let ((,a ,b)) ,@body)) (m (x 3) (* x x)) | 9",
        "(defmacro m (x) (let ((t (gensym))) `(let ((,t 5)) (+ ,t ,x)))) (define t 1) (m t) | 6",
        "(defmacro m (n) (if (= n 0) 0 `(+ ,n (m ,(- n 1))))) (m 4) | 10",
        "(defmacro a (x) `(b ,x)) (defmacro b (x) `(* 2 ,x)) (a 21) | 42",
        "(defmacro m (n) (reduce + 0 (map (lambda (i) (* i i)) (range n)))) (m 4) | 14",
        "(defmacro m (x) `(quasi ,x)) (defmacro quasi (x) `(+ ,@(list x x))) (m 3) | 6",
        "(defmacro m () (length '(a b c))) (m) | 3",
        "(defmacro m () (define n 0) (while (< n 5) (set! n (+ n 1))) n) (m) | 5",
        "(defmacro m (&rest xs) `(get [,@xs] 1)) (m 4 5 6) | 5",
        "(defmacro m (x) `(get {:a ,x} :a)) (m 8) | 8",
        "(defmacro add (x) 0) (let ((add 3)) add) | 3",
        "(define x 1) (inc! x) (inc! x 5) (dec! x 2) x | 5",
        "(define a 1) (define b 2) (swap! a b) (- a b) | 1",
        "(-> 10 (- 3) (* 2)) | 14",
        "(->> 10 (- 3)) | -7",
        "(defun f (x) (if x null 4)) (if-let (v (f false)) (+ v 1) 0) | 5",
        "(defun f (x) (if x null 4)) (if-let (v (f true)) (+ v 1) 0) | 0",
        "(destructuring-bind (a b c) [1 2 3] (+ a (* b c))) | 7",
        "(destructuring-bind (a (b c)) [[1 2] [3 4]] (+ (get a 0) b c)) | 8",
        "(defun inc! (x) (* x 100)) (inc! 2) | 200",
        "(defmacro m (n) (+ n 254u8)) (m 1) | 255",
        "(defmacro m () (+ (bit-and 6 3) (<< 1 4) (>> 16 2) (if (< 1 3 2) 100 0))) (m) | 22",
        "(defmacro m () (if (= 5u8 5) 1 2)) (m) | 1",
        "(defmacro m () (let ((n 0)) (dotimes (i 4) (set! n (+ n i))) n)) (m) | 6",
        "(defmacro sq (x) `(* ,x ,x)) (defmacro m (n) (+ (sq n) 1)) (m 3) | 10"
      })
  void expandsTo(String text, long value) {
    assertThat(run(text)).isEqualTo(new Result.Returned(value));
  }

  @Test
  void definesFunctions() {
    String text =
        """
        (defmacro accessors (name &rest fields)
          `(do ,@(map (lambda (f) `(defun ,(symbol name "-" f) (r) (get r ,(keyword f)))) fields)))
        (accessors point x y)
        (define p {:x 3 :y 4})
        (+ (* 10 (point-x p)) (point-y p))
        """;
    assertThat(run(text)).isEqualTo(new Result.Returned(34));
  }

  @Test
  void takesMacrosFromImportedFiles() {
    Source helper = new Source("helper.ovsm", "(defmacro twice (x) `(* 2 ,x))");
    Options options =
        Options.defaults()
            .withFiles(
                (importer, path) ->
                    path.equals("helper.ovsm") ? Optional.of(helper) : Optional.empty());
    Diagnostics diagnostics = new Diagnostics();
    Source source = new Source("main.ovsm", "(import \"helper.ovsm\") (twice 21)");
    Compiled compiled = Frontend.compile(List.of(source), options, diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    assertThat(new Machine().run(java.util.Objects.requireNonNull(compiled.module()), new byte[0]))
        .isEqualTo(new Result.Returned(42));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(defmacro m (x) `(m (+ 1 ,x))) (m 1)",
        "(defmacro m (x) `(do (m ,x) (m ,x))) (m 1)",
        "(defmacro m () (while true 1)) (m)",
        "(defmacro m () (dotimes (i 1000000000) 1)) (m)",
        "(defmacro m () (m)) (m)",
        "(defmacro m () (define (f x) (f x)) (f 1)) (m)",
        "(defmacro m () (range 100000000)) (m)",
        "(defmacro m () (define l (list 1)) (while true (set! l (append l l)))) (m)",
        "(defmacro d (x n) (if (= n 0) x `(+ (d ,x ,(- n 1)) (d ,x ,(- n 1))))) (d 1 30)"
      })
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void endsEveryExpansion(String text) {
    assertThat(codes(text)).containsExactly(LanguageCode.ENDLESS_EXPANSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(defmacro m (x) (first 5)) (m 1)",
        "(defmacro m (x) (error \"no\")) (m 1)",
        "(defmacro m (x) (unknown x)) (m 1)",
        "(defmacro m (x) (lambda (y) y)) (m 1)",
        "(defmacro m (x) (/ 1 0)) (m 1)",
        "(defmacro m (x) (+ x 255u8)) (m 1)",
        "(defmacro m (x) (- 1u16 x)) (m 2)",
        "(defmacro m (x) (* x -2i8)) (m 65)",
        "(defmacro m (x) (+ x 1u16)) (m 1u8)",
        "(defmacro m (x) (< x 1u16)) (m 1u8)",
        "(defmacro m (x) (<< 1 x)) (m 1000000000)",
        "(defmacro m (x) (define s \"x\") (while true (set! s (str s s)))) (m 1)",
        "(defmacro m (x) (define n 2) (while true (set! n (* n n)))) (m 1)"
      })
  void reportsWhatFails(String text) {
    assertThat(codes(text)).containsExactly(LanguageCode.MACRO_FAILED);
  }

  @Test
  void saysWhereItIsExpanded() {
    Diagnostics diagnostics = new Diagnostics();
    Source source = new Source("test.ovsm", "(defmacro m (x) (first 5))\n(m 1)");
    Frontend.compile(List.of(source), Options.defaults(), diagnostics);
    Diagnostic report = diagnostics.list().get(0);
    assertThat(String.valueOf(report.primary())).endsWith(":1:17");
    assertThat(report.labels()).singleElement().extracting(l -> l.span().line()).isEqualTo(2);
  }
}
