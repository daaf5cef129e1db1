package dev.ovsm.tests.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Block;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Random modules hold every kind of instruction, each operation in each type and mode it has. */
class DrawnTest {
  private static final int MODULES = 1_000;

  /** So many modules at least hold a kind of instruction or terminator. */
  private static final int OFTEN = 10;

  @Test
  void everyKindIsDrawn() {
    Map<String, Integer> kinds = new TreeMap<>();
    Set<String> operations = new TreeSet<>();
    for (int seed = 1; seed <= MODULES; seed++) {
      Set<String> found = new TreeSet<>();
      for (Function function : RandomModule.of(seed).functions()) {
        for (Block block : function.blocks()) {
          block.insts().forEach(inst -> note(inst, found, operations));
          found.add(block.terminator().getClass().getSimpleName());
        }
      }
      found.forEach(kind -> kinds.merge(kind, 1, Integer::sum));
    }
    System.out.println("DrawnTest: of " + MODULES + " modules hold " + kinds);
    System.out.println("DrawnTest: " + operations.size() + " operations in types and modes");
    List<Class<?>> wantedKinds = new ArrayList<>(List.of(Inst.class.getPermittedSubclasses()));
    wantedKinds.addAll(List.of(Terminator.class.getPermittedSubclasses()));
    // It says that control never arrives, which is nothing to make up.
    wantedKinds.remove(Terminator.Unreachable.class);
    for (Class<?> kind : wantedKinds) {
      String name = kind.getSimpleName();
      assertThat(kinds.getOrDefault(name, 0)).as(name).isGreaterThan(OFTEN);
    }
    assertThat(operations).containsAll(wanted());
  }

  private static void note(Inst inst, Set<String> kinds, Set<String> operations) {
    kinds.add(inst.getClass().getSimpleName());
    if (inst instanceof Inst.Binary binary) {
      String mode = binary.op().hasMode() ? "." + binary.mode() : "";
      operations.add(binary.op() + mode + " " + binary.result().type());
    } else if (inst instanceof Inst.Compare compare) {
      operations.add(compare.op() + " " + compare.left().type());
    } else if (inst instanceof Inst.Convert convert) {
      operations.add(convert.mode() + " to " + convert.result().type());
    }
  }

  private static Set<String> wanted() {
    Set<String> wanted = new TreeSet<>();
    for (Type type : Type.values()) {
      if (type.isInteger()) {
        for (BinaryOp op : BinaryOp.values()) {
          if (op == BinaryOp.MULHI && type != Type.U64) {
            continue;
          }
          if (op.hasMode()) {
            wanted.add(op + "." + Mode.CHECK + " " + type);
            wanted.add(op + "." + Mode.WRAP + " " + type);
          } else {
            wanted.add(op + " " + type);
          }
        }
        for (Comparison op : Comparison.values()) {
          wanted.add(op + " " + type);
        }
        wanted.add(Mode.CHECK + " to " + type);
        wanted.add(Mode.WRAP + " to " + type);
      }
    }
    return wanted;
  }
}
