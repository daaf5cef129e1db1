package dev.ovsm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void definitionsStayAndAreReplaced() {
    assertThat(repl("(defun f (x) (+ x 1))", "(f 1)", "(defun f (x) (* x 10))", "(f 2u8)"))
        .isEqualTo("f is defined\n2 : i64\nf is defined\n20 : u8\n");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aFormMayTakeSeveralLinesAndALineSeveralForms() {
    assertThat(repl("(+ 1", "", "  ;; a remark (", "  2) (* 2", "3)", "\"two", "lines\""))
        .isEqualTo("3 : i64\n6 : i64\n\"two\\nlines\" : string\n");
  }

  @Test
  void errorsEndNothing() {
    String said =
        repl(
            "(f 1)",
            "(defun f (x) (g x))",
            ")",
            "#\\",
            "(/ 1 (- 1 1))",
            ":what",
            ":on moon",
            "(define-map m :type ARRAY :key u32 :value u64)",
            "(defmacro m () '(m))",
            "(m)",
            "(+ 1 1)");
    assertThat(said).endsWith("2 : i64\n");
    assertThat(err.toString(UTF_8))
        .contains("L0001", "R0001", "division by zero", ":help lists", ":on vm", "L0020");
  }

  @Test
  void aDefinitionThatDoesNotCompileLeavesTheEarlierOne() {
    assertThat(repl("(defun f ((x : u64)) x)", "(defun f ((x : u64)) (+ x \"a\"))", "(f 7)"))
        .isEqualTo("f is defined\n7 : u64\n");
    assertThat(err.toString(UTF_8)).contains("L0006").containsOnlyOnce("error[");
  }

  @Test
  void placesAreThoseOfTheInput() {
    repl("1", "(+ 1", "  nope)");
    assertThat(err.toString(UTF_8)).contains("--> input 2:2:3");
  }

  @Test
  void showsTypesAndCode() {
    assertThat(repl("(defun f (x) (+ x 1))", ":type (f 3u8)")).endsWith("u8\n");
    assertThat(repl(":ir (account-lamports", "0)")).contains("fn main(").contains("return");
    assertThat(repl(":asm (instruction-data-len)")).contains("entrypoint:").contains("exit");
    assertThat(repl(":type (define", ":type nope", ":defs")).isEmpty();
  }

  @Test
  void chosenMachinesAndForgottenDefinitions() {
    assertThat(repl(":on vm", "(get-slot)", ":on ir", "(get-slot)")).endsWith(" : u64\n");
    assertThat(err.toString(UTF_8)).containsOnlyOnce("error[");
    assertThat(repl("(define x 5)", ":defs", ":reset", "x", ":quit", "1"))
        .isEqualTo("x is defined\n(define x 5)\n");
    assertThat(repl(":help")).contains(":type EXPR").contains(":quit");
  }

  @Test
  void theLastThreeValuesHaveNames() {
    assertThat(repl("(+ 1 2)", "\"a\\t\\\"\"", "7u8", "(log 1)", "(+ *1 (u8 *3))", "*3", "*2"))
        .isEqualTo(
            """
            3 : i64
            "a\\t\\"" : string
            7 : u8
            log: 1
            nothing
            10 : u8
            "a\\t\\"" : string
            10 : u8
            """);
    assertThat(repl("[1 2 4]", "(get *1 2)", "(define kept *1)", "9", "kept", ":type (= *1 *2)"))
        .isEqualTo(
            """
            [1 2 4] : (array i64 3)
            4 : i64
            kept is defined
            9 : i64
            4 : i64
            bool
            """);
    assertThat(repl("*1", "1", ":reset", "*1")).isEqualTo("1 : i64\n");
    assertThat(err.toString(UTF_8)).contains("nothing is named *1");
  }

  @Test
  void whatWasEnteredIsListed() {
    assertThat(repl("(+ 1", " 1)", ":defs", ":history"))
        .isEqualTo("2 : i64\n1  (+ 1\n    1)\n2  :defs\n3  :history\n");
  }

  @Test
  void inputThatEndsInsideAFormIsSaid() {
    assertThat(repl("(+ 1 2)", "(+ 1")).isEqualTo("3 : i64\n");
    assertThat(err.toString(UTF_8)).contains("R0001").contains("input 2:1:1");
  }

  @Test
  void inputThatCannotBeReadIsSaid() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThat(Main.run(List.of("repl"), broken, out, err)).isEqualTo(4);
    assertThat(err.toString(UTF_8)).contains("C0006").contains("gone");
  }

  private String repl(String... lines) {
    out.reset();
    byte[] input = String.join("\n", lines).getBytes(UTF_8);
    assertThat(Main.run(List.of("repl"), new ByteArrayInputStream(input), out, err)).isZero();
    return out.toString(UTF_8);
  }
}
