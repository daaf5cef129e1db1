package dev.ovsm.tests.verifier;

import static dev.ovsm.tests.verifier.Planting.instead;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.IrInterpreter;
import dev.ovsm.ir.eval.Regions;
import dev.ovsm.ir.eval.Result;
import dev.ovsm.ir.eval.Trap;
import dev.ovsm.ir.text.IrParser;
import dev.ovsm.runtime.PlantedWorld;
import dev.ovsm.verifier.Policy;
import dev.ovsm.verifier.Verifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.Callable;
import org.objectweb.asm.Opcodes;

/** Mistakes in what is said of arithmetic that claims to be exact, each put into a class file. */
enum Exaggeration {
  /** No difference is below 0. */
  NATURAL_DIFFERENCE("staysNatural"),
  /** Every result fits 64 bits. */
  ENDLESS_WORD("fits");

  private final String methodName;

  Exaggeration(String methodName) {
    this.methodName = methodName;
  }

  /** The search that is to find it, in the world that has the mistake. */
  Callable<String> search() throws ReflectiveOperationException {
    return new PlantedWorld(
            "dev.ovsm.verifier.analysis.Exactness",
            methodName,
            method ->
                instead(
                    method,
                    m -> {
                      m.visitInsn(Opcodes.ICONST_1);
                      m.visitInsn(Opcodes.IRETURN);
                    }))
        .search(Search.class);
  }

  /** Looks for a claim that is believed and that the IR interpreter finds broken. */
  public static final class Search implements Callable<String> {
    private static final List<String> TYPES = List.of("u8", "u32", "u64", "i32", "i64");
    private static final List<String> OPERATORS = List.of("add", "sub", "mul");
    private static final List<String> RELATIONS = List.of("eq", "ne", "lt", "le", "gt", "ge");
    private static final long[] MASKS = {-1, 15};
    private static final long[] EDGES = {0, 1, 2, 7, 1L << 31, 1L << 63, -1, -2};
    private static final long STEPS = 100;

    private int believed;
    private int doubted;

    @Override
    public String call() {
      for (String type : TYPES) {
        for (String operator : OPERATORS) {
          for (String relation : RELATIONS) {
            for (long mask : MASKS) {
              String text = module(type, operator, relation, mask);
              if (isBroken(text)) {
                return text;
              }
            }
          }
        }
      }
      return "";
    }

    int believed() {
      return believed;
    }

    int doubted() {
      return doubted;
    }

    /** Two numbers from the input, and what is computed of them if they are in a relation. */
    private static String module(String type, String operator, String relation, long mask) {
      long most = type.equals("u8") ? mask & 255 : type.equals("u32") ? mask & 0xffff_ffffL : mask;
      return """
      module test
      entry tick callback 0x1 fn tick budget 50000
      fn tick(%%0: ptr) -> u64 {
      b0:
        %%1 = const u64 0
        %%2 = const %1$s %4$s
        %%3 = load %1$s [%%0]
        %%4 = load %1$s [%%0 + 8]
        %%5 = and %1$s %%3, %%2
        %%6 = and %1$s %%4, %%2
        %%7 = %3$s %1$s %%5, %%6
        branch %%7, b1, b2
      b1:
        %%8 = %2$s.exact %1$s %%5, %%6
        return %%1
      b2:
        return %%1
      }
      """
          .formatted(type, operator, relation, most);
    }

    private boolean isBroken(String text) {
      Diagnostics found = new Diagnostics();
      Module module =
          IrParser.parse(new Source("claim.ir", text), found)
              .orElseThrow(() -> new IllegalStateException(found.list() + "\n" + text));
      boolean doubts =
          Verifier.verify(module, Policy.standard()).diagnostics().stream()
              .anyMatch(one -> one.code() == VerifierCode.INEXACT);
      doubted += doubts ? 1 : 0;
      believed += doubts ? 0 : 1;
      return !doubts && breaks(module);
    }

    private static boolean breaks(Module module) {
      for (long left : EDGES) {
        for (long right : EDGES) {
          ByteBuffer input = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          Regions memory = new Regions();
          memory.map(IrInterpreter.INPUT, input.putLong(left).putLong(right).array(), false);
          IrInterpreter interpreter =
              new IrInterpreter(
                  module,
                  memory,
                  (name, arguments, m) -> {
                    throw new Trap("no " + name);
                  });
          Result result = interpreter.run("tick", new long[] {IrInterpreter.INPUT}, STEPS);
          if (result instanceof Result.Broken) {
            return true;
          }
        }
      }
      return false;
    }
  }
}
