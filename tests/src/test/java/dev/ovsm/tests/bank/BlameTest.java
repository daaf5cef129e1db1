package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.PlantedWorld;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The place and the meaning that are found for the failure of a program are those that the same
 * program logs when it is built for debugging, at every level and in every version.
 */
class BlameTest {
  private static List<String> codes() {
    return BlameSearch.CODES;
  }

  @ParameterizedTest
  @MethodSource("codes")
  void isWhatADebugBuildLogs(String code) {
    assertThat(BlameSearch.difference(code)).isEmpty();
  }

  @Test
  void codeThatFailuresShareIsFoundToTellTheWrongPlace() throws Exception {
    PlantedWorld world =
        new PlantedWorld("dev.ovsm.cli.failure.Failures", "place", WaysForgotten::new);
    assertThat(world.search(BlameSearch.class).call()).contains("is logged");
  }

  /** Where the ways to a failure are asked for, there are none. */
  private static final class WaysForgotten extends MethodVisitor {
    WaysForgotten(MethodVisitor out) {
      super(Opcodes.ASM9, out);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (name.equals("ways")) {
        super.visitInsn(Opcodes.POP);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/util/List", "of", "()Ljava/util/List;", true);
      }
    }
  }
}
