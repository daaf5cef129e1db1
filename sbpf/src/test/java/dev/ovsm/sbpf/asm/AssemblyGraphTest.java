package dev.ovsm.sbpf.asm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import org.junit.jupiter.api.Test;

final class AssemblyGraphTest {
  @Test
  void drawsBlocksInTheirFunctionsAndWhereTheyGo() {
    assertThat(
            dot(
                """
                entrypoint:
                  mov64 r1, 3
                .again:
                  add64 r1, -1
                  jne r1, 0, .again
                  lddw r2, 5
                  call "say \\"x\\""
                  exit
                "say \\"x\\"":
                  ja +1
                  ja .out
                  syscall sol_log_
                .out:
                  exit
                """))
        .isEqualTo(
            """
            digraph program {
              node [shape=box, fontname=monospace, fontsize=10];
              subgraph cluster_0 {
                label="entrypoint";
                b0 [label="0: mov64 r1, 3\\l"];
                b1 [label="1: add64 r1, -1\\l2: jne r1, 0, .again\\l"];
                b3 [label="3: lddw r2, 5\\l5: call \\"say \\\\\\"x\\\\\\"\\"\\l6: exit\\l"];
              }
              subgraph cluster_7 {
                label="say \\"x\\"";
                b7 [label="7: ja +1\\l"];
                b8 [label="8: ja .out\\l"];
                b9 [label="9: syscall sol_log_\\l"];
                b10 [label="10: exit\\l"];
              }
              b0 -> b1;
              b1 -> b1 [label=yes];
              b1 -> b3 [label=no];
              b7 -> b9;
              b8 -> b10;
              b9 -> b10;
            }
            """);
  }

  @Test
  void whatLeadsOutOfTheCodeIsNotDrawn() {
    assertThat(dot("ja -5\nja +9\nlddw r1, entrypoint\nexit\nentrypoint:"))
        .contains("    label=\".function_0\";\n    b0 [", "    b2 [label=\"2: lddw ")
        .doesNotContain("->", "entrypoint\";");
    assertThat(dot("")).isEqualTo(dot("entrypoint:"));
  }

  private static String dot(String text) {
    return AssemblyGraph.dot(
        AssemblyParser.parse(new Source("test.s", text), null, new Diagnostics()).orElseThrow());
  }
}
