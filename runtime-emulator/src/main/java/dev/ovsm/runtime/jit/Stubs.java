package dev.ovsm.runtime.jit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/** The ends of a method that hardly ever run; they stand behind everything else. */
final class Stubs {
  private final MethodCode code;
  private final List<Stub> stubs = new ArrayList<>();

  /** Where a fault is raised for any slot, by the name of the method that makes it. */
  private final Map<String, Label> faults = new LinkedHashMap<>();

  /** Where a block is left to the interpreter, by the registers that it needs. */
  private final Map<Integer, Label> exhaustions = new LinkedHashMap<>();

  private record Stub(Label begin, int pc, Label next) {}

  Stubs(MethodCode code) {
    this.code = code;
  }

  /** The place to jump to when the instruction at a slot faults. */
  Label fault(String name, int pc) {
    return add(pc, faults.computeIfAbsent(name, any -> new Label()));
  }

  /** The place to jump to when the meter does not suffice for the block at a slot. */
  Label exhausted(int pc, int registers) {
    return add(pc, exhaustions.computeIfAbsent(registers, any -> new Label()));
  }

  private Label add(int pc, Label next) {
    Stub stub = new Stub(new Label(), pc, next);
    stubs.add(stub);
    return stub.begin;
  }

  /** Writes all of them. */
  void emit() {
    for (Stub stub : stubs) {
      code.label(stub.begin);
      code.intConstant(stub.pc);
      code.goTo(stub.next);
    }
    faults.forEach(
        (name, label) -> {
          code.labelWithInt(label);
          code.invocation();
          code.op(Opcodes.SWAP);
          code.meter();
          code.callInvocation(name, "(IJ)" + MethodCode.FAULT);
          code.op(Opcodes.ATHROW);
        });
    exhaustions.forEach(
        (registers, label) -> {
          code.labelWithInt(label);
          code.spill(registers);
          code.invocation();
          code.op(Opcodes.SWAP);
          code.meter();
          code.depth();
          code.callInvocation("exhausted", "(IJI)" + MethodCode.FAULT);
          code.op(Opcodes.ATHROW);
        });
  }
}
