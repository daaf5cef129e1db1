package dev.ovsm.tests.verifier;

import static dev.ovsm.tests.verifier.Planting.WORD;
import static dev.ovsm.tests.verifier.Planting.beginning;
import static dev.ovsm.tests.verifier.Planting.onlyThen;
import static dev.ovsm.tests.verifier.Planting.replacingCall;

import dev.ovsm.runtime.PlantedWorld;
import dev.ovsm.sbpf.Version;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes in what holds where control is, each put into a class file of ours: cases that come near
 * to what may be accepted show them, or an execution that one of them once led astray.
 */
enum Presumption {
  /** Whoever enters a function, no register holds anything. */
  BLANK_REGISTERS("lift.FunctionLifter", "unset") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return reading(method, "isFirst", Opcodes.ICONST_1);
    }
  },
  /** Only the machine enters the first function. */
  ENTERED_ONCE("lift.Lifter", "lift") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return reading(method, "calledFirst", Opcodes.ICONST_0);
    }
  },
  /** What a function is passed ends below its frame, wherever its caller's address leads. */
  BELOW_THE_FRAME("lift.Trust", "isBelow") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return always(method);
    }
  },
  /** Whatever is called succeeds. */
  SURE_SUCCESS("analysis.Return", "seconds") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return beginning(
          method,
          m ->
              onlyThen(
                  m,
                  () -> {
                    m.visitInsn(Opcodes.LCONST_0);
                    String type = "(J)L" + WORD + ";";
                    m.visitMethodInsn(Opcodes.INVOKESTATIC, WORD, "constant", type, false);
                    m.visitInsn(Opcodes.ARETURN);
                  }));
    }
  },
  /** Wherever a function begins to count a length that it is passed, that is what it is passed. */
  ANY_START("analysis.Accesses$Body", "judge") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return replacingCall(
          method,
          "argument",
          2,
          m -> {
            m.visitInsn(Opcodes.POP2);
            m.visitInsn(Opcodes.ICONST_1);
          });
    }
  },
  /** What is computed on another way has the number of what is computed here. */
  FLAT_NUMBERS("analysis.ValueNumbers$Scoped", "enter") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return everywhere(method);
    }
  },
  /** The first way that leaves a block is one that control never goes. */
  LOST_WAY("analysis.Ways", "fewer") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return replacingCall(
          method,
          "filter",
          0,
          m -> {
            String stream = "java/util/stream/IntStream";
            m.visitInsn(Opcodes.POP);
            m.visitInsn(Opcodes.LCONST_1);
            m.visitMethodInsn(Opcodes.INVOKEINTERFACE, stream, "skip", "(J)L" + stream + ";", true);
          });
    }
  },
  /** What a branch says holds on the way beside it too. */
  STALE_FACT("analysis.Nest", "in") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return everywhere(method);
    }
  },
  /** Where a branch says something, all that branches in front of it say holds too. */
  FLAT_FACTS("analysis.Nest", "of") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return everywhere(method);
    }
  },
  /** What comes back to where it began has risen on the way. */
  CIRCLE("analysis.Rises$Search", "isMerged") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return always(method);
    }
  },
  /** Whatever is added to an address leaves it in front of the end. */
  ANY_ADDEND("analysis.Comparisons", "isSum") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return always(method);
    }
  },
  /** Whatever remains is enough. */
  ENOUGH_REST("analysis.Comparisons", "holds") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return always(method);
    }
  },
  /** Whatever clears bits clears one that is set. */
  ANY_MASK("analysis.Shrinking", "isOneLess") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return always(method);
    }
  },
  /** A sum says something of its addends where it is not computed. */
  STALE_SUM("analysis.Narrowing$Question", "throughSum") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return everywhere(method);
    }
  },
  /** A table of accounts has as many words as the program says. */
  ANY_NUMBER("analysis.AccountTable$Walk", "counts") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return always(method);
    }
  },
  /** An account's word lies wherever the program says. */
  ANY_WORD("analysis.AccountTable$Walk", "isCounted") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return always(method);
    }
  },
  /** A duplicate's word is copied from wherever the program says. */
  ANY_ORIGINAL("analysis.AccountTable$Walk", "isMarked") {
    @Override
    MethodVisitor plant(MethodVisitor method) {
      return always(method);
    }
  };

  private final String className;
  private final String methodName;

  Presumption(String className, String methodName) {
    this.className = "dev.ovsm.verifier." + className;
    this.methodName = methodName;
  }

  /** Changes the code of the method that the mistake is in. */
  abstract MethodVisitor plant(MethodVisitor method);

  /** The search that is to find it, in the world that has the mistake. */
  Callable<String> search() throws ReflectiveOperationException {
    return new PlantedWorld(className, methodName, this::plant).search(Search.class);
  }

  /** Has the method find a constant in a field. */
  private static MethodVisitor reading(MethodVisitor method, String field, int constant) {
    return new MethodVisitor(Opcodes.ASM9, method) {
      @Override
      public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        if (name.equals(field)) {
          super.visitInsn(Opcodes.POP);
          super.visitInsn(constant);
        } else {
          super.visitFieldInsn(opcode, owner, name, descriptor);
        }
      }
    };
  }

  /** Has the method say yes, whatever it is asked. */
  private static MethodVisitor always(MethodVisitor method) {
    return beginning(
        method,
        m ->
            onlyThen(
                m,
                () -> {
                  m.visitInsn(Opcodes.ICONST_1);
                  m.visitInsn(Opcodes.IRETURN);
                }));
  }

  /** Takes every block to be on all ways to any other. */
  private static MethodVisitor everywhere(MethodVisitor method) {
    return replacingCall(
        method,
        "dominates",
        0,
        m -> {
          m.visitInsn(Opcodes.POP2);
          m.visitInsn(Opcodes.POP);
          m.visitInsn(Opcodes.ICONST_1);
        });
  }

  /** Looks for a case or an execution that is not as was said; finds none as a rule. */
  public static final class Search implements Callable<String> {
    private static final Set<String> FILES =
        Set.of("bounds.yaml", "calls.yaml", "cost.yaml", "endless.yaml", "writes.yaml");
    private static final long TWIN_ON_A_DEAD_WAY = 96_241_359;

    @Override
    public String call() throws IOException {
      for (Case one : Case.all(CasesTest.FOLDER)) {
        if (FILES.contains(one.file())) {
          try {
            CasesTest.check(one);
          } catch (AssertionError e) {
            return one.name();
          }
        }
      }
      try {
        new Execution(Version.V3).tryProgram(TWIN_ON_A_DEAD_WAY);
      } catch (AssertionError e) {
        return String.valueOf(e.getMessage());
      }
      return "";
    }
  }
}
