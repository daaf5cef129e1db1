package dev.ovsm.tests.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Severity;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.Frontend;
import dev.ovsm.frontend.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is too large for the machine or the compiler is refused soon, with the limit and the place.
 */
class LimitsTest {
  /**
   * A program that is too large.
   *
   * @param says a part of the message, which names the limit
   * @param line where the message points
   */
  record Excess(String what, String text, String says, int line) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static String many(int count, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(" "));
  }

  static Stream<Excess> excesses() {
    return Stream.of(
        new Excess(
            "a literal beyond the frame",
            "(define a [" + "1u64 ".repeat(600) + "])\n(set! (get a 3) 2)\n(log (get a (get a 5)))",
            "a frame has 4096",
            1),
        new Excess(
            "arrays beyond the frame",
            many(
                    40,
                    i ->
                        "(define b%d (make-array u64 16)) (syscall \"sol_memset_\" b%d 1 128)"
                            .formatted(i, i))
                + many(40, "(log (get b%d 1))"::formatted),
            "a frame has 4096",
            1),
        new Excess("an array", "0\n(log (get (make-array u64 100000000) 1))", "10 MiB", 2),
        new Excess("a vector", "(push! (make-vec u64 2000000) 1)", "10 MiB", 1),
        new Excess("bytes of the frame", "0\n0\n(log (stack-allocate 5000))", "0 to 4096", 3),
        new Excess("bytes of the heap", "0\n(log (heap-allocate 28673))", "the heap has 28672", 2),
        new Excess(
            "registrations on the heap",
            "(define-program p\n(lambda () (log (length (sol-query-subscriptions #pubkey\""
                + "1".repeat(32)
                + "\" 500)))))",
            "at most 447",
            2),
        new Excess(
            "collected values",
            "(log (length (loop for x from 1 to 1000000 collect x)))",
            "a frame has 4096",
            1),
        new Excess(
            "accounts",
            "(define-program p :accounts ("
                + many(300, i -> "(a" + i + " :writable)")
                + ")\n(lambda () (log 1)))",
            "at most 255",
            1),
        new Excess(
            "an account's place", "0\n(log (account-pubkey (account 255)))", "at most 255", 2),
        new Excess(
            "instruction data",
            "(define-program p\n(lambda ((a : (array u8 20000))) (log (get a 1))))",
            "at most 10240",
            2),
        new Excess(
            "parameters",
            "(define-program p (lambda (" + many(2000, i -> "(a" + i + " : u64)") + ") (log a1)))",
            "at most 10240",
            1),
        new Excess("an endless macro", "(defmacro m (x) `(m (+ ,x 1)))\n(m 1)", "200 deep", 1),
        new Excess(
            "macros of each other",
            "(defmacro a (x) `(b ,x))\n(defmacro b (x) `(a ,x))\n(a 1)",
            "200 deep",
            2),
        new Excess(
            "a macro that doubles",
            "(defmacro m (n) (if (= n 0) 1 `(+ (m ,(- n 1)) (m ,(- n 1)))))\n(log (m 40))",
            "50000 expansions",
            2),
        new Excess(
            "what macros nest",
            "(defmacro m (n) (if (= n 0) 1 `"
                + "(do ".repeat(100)
                + "(m ,(- n 1))"
                + ")".repeat(100)
                + "))\n(log (m 150))",
            "5000 deep",
            2),
        new Excess("a macro's loop", "(defmacro m () (while true 1))\n(m)", "5000000 steps", 1),
        new Excess(
            "a macro's list",
            "(defmacro m () (define x (list 1)) (while true (set! x (append x x))) x)\n(m)",
            "1000000 forms",
            1),
        new Excess("a struct in itself", "(define-struct A (x A))\n(A)", "contains itself", 1),
        new Excess(
            "structs in each other",
            "(define-struct A (x B))\n(define-struct B (x (vec A 2)))\n(log (struct-size A))",
            "contains itself",
            1),
        new Excess(
            "structs that double",
            "(define-struct A0 (x (array u8 1000)))\n"
                + many(39, i -> "(define-struct A" + (i + 1) + " (x A" + i + ") (y A" + i + "))")
                + "(log (struct-size A39))",
            "10 MiB",
            2),
        new Excess(
            "a type that nests",
            "(define x (the " + "(option ".repeat(5000) + "u64" + ")".repeat(5000) + " null))",
            "500 deep",
            1),
        new Excess(
            "a record that grows", "(defun f (r) (f {:a r :b r}))\n(f 1)", "one version of f", 1),
        new Excess(
            "a function that grows",
            "(defun f (g n) (f (lambda (x) (g (g x))) (+ n 1)))\n(f (lambda (x) x) 0)",
            "one version of f",
            1),
        new Excess("a name", "0\n(log " + "x".repeat(1 << 20) + ")", "256 is most", 2),
        new Excess("a keyword", "0\n(log :" + "x".repeat(300) + " 1)", "256 is most", 2),
        new Excess("a text", "0\n(log \"" + "x".repeat(1 << 20) + "\")", "65536 is most", 2),
        new Excess("a character", "(log #\\" + "x".repeat(1 << 20) + ")", "256 is most", 1),
        new Excess("digits", "0\n(log " + "9".repeat(1 << 20) + ")", "too many digits", 2),
        new Excess("digits of a fraction", "(log 1." + "9".repeat(1 << 20) + ")", "range", 1),
        new Excess("an exponent", "0\n(log 1e999999999999)", "out of range", 2),
        new Excess("parentheses", "0\n" + "(".repeat(100_000), "500 deep", 2),
        new Excess(
            "arguments",
            "(defun f (" + many(10_000, i -> "a" + i) + ") a1)\n(f " + many(10_000, i -> "1") + ")",
            "256 is most",
            2),
        new Excess("a source", "(log \"" + "x".repeat(5 << 20) + "\")", "4194304 characters", 1),
        new Excess(
            "an event's name",
            "0\n(sol-emit-event :event-id \"" + "x".repeat(60_000) + "\" :data {:a 1})",
            "64 bytes",
            2),
        new Excess(
            "a record in the log",
            "(log {" + many(1000, i -> ":f" + i + " " + i) + "})",
            "a frame has 4096",
            1),
        new Excess(
            "a map",
            "(define-map m :type HASH :max-entries 10000000 :key u64 :value u64)\n"
                + "(define-program p (lambda () (map-update m 1 1)))",
            "10 MiB",
            1));
  }

  @ParameterizedTest
  @MethodSource("excesses")
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void isRefused(Excess excess) {
    Diagnostics found = new Diagnostics();
    Compilation made =
        Compilation.of(
            List.of(new Source("large.ovsm", excess.text())), Compilation.Target.DEFAULT, found);
    assertThat(made.elf()).isEmpty();
    List<Diagnostic> errors =
        found.list().stream().filter(d -> d.severity() == Severity.ERROR).toList();
    assertThat(errors).hasSizeBetween(1, 5);
    assertThat(errors)
        .anySatisfy(
            error -> {
              assertThat(error.message()).contains(excess.says());
              assertThat(Objects.requireNonNull(error.primary()).line()).isEqualTo(excess.line());
            });
  }

  /** All of them in one process, one after the other, with as much memory as one takes. */
  @Test
  void isRefusedInLittleMemoryAndTime() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LimitsTest.class.getName())
            .redirectErrorStream(true)
            .start();
    boolean isInTime = process.waitFor(2, TimeUnit.MINUTES);
    if (!isInTime) {
      process.destroyForcibly();
    }
    assertThat(isInTime).isTrue();
    assertThat(process.getInputStream().readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(excesses().count() + " refused");
  }

  /** Compiles every program that is too large, and prints how many were refused. */
  public static void main(String[] args) {
    long refused =
        excesses()
            .filter(
                excess ->
                    Compilation.of(
                            List.of(new Source("large.ovsm", excess.text())),
                            Compilation.Target.DEFAULT,
                            new Diagnostics())
                        .elf()
                        .isEmpty())
            .count();
    System.out.print(refused + " refused");
  }

  @Test
  void aTextOfTheGreatestLengthIsKept() {
    String text = "(define-constant TEXT \"" + "x".repeat(65_536) + "\")\n(log (length TEXT))";
    Diagnostics found = new Diagnostics();
    Compilation made =
        Compilation.of(List.of(new Source("long.ovsm", text)), Compilation.Target.DEFAULT, found);
    assertThat(made.elf()).isPresent();
    assertThat(found.list()).isEmpty();
  }

  /** What there may be much of takes time in proportion: pairs of 50,000 would take minutes. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void manyPartsAreCompiled() {
    int count = 50_000;
    String text =
        "(define-enum E "
            + many(count, i -> "V" + i)
            + ")\n"
            + "(define-struct S "
            + many(count, i -> "(f" + i + " u8)")
            + ")\n"
            + "(let ("
            + many(count, i -> "(k" + i + " E/V" + i + ")")
            + ")\n"
            + "(log k7 (struct-offset S f9)))";
    Diagnostics found = new Diagnostics();
    Frontend.compile(List.of(new Source("many.ovsm", text)), Options.defaults(), found);
    assertThat(found.list()).isEmpty();
  }

  /** A circle of files, each of which is read once, whichever of them is compiled. */
  @Test
  void filesThatImportEachOtherAreReadOnce() {
    Options options = Options.defaults().withFiles((importer, path) -> Optional.of(ofCircle(path)));
    Diagnostics found = new Diagnostics();
    Source main = new Source("./7.ovsm", ofCircle("7.ovsm").text() + "(log (f7 1u64) (f8 1))");
    assertThat(Frontend.compile(List.of(main), options, found).module()).isNotNull();
    assertThat(found.list()).isEmpty();
  }

  private static Source ofCircle(String path) {
    int number = Integer.parseInt(path.substring(0, path.indexOf('.')));
    String text =
        "(import \"%d.ovsm\" \"%d.ovsm\")\n(defun f%d (x) (+ x 1))\n"
            .formatted((number + 1) % 100, number, number);
    return new Source(path, text);
  }
}
