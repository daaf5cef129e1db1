package dev.ovsm.tests.verifier;

import dev.ovsm.sbpf.Decoder;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is left of a program when its registers and constants have lost their names. */
final class Shape {
  private static final int FRAME_POINTER = 10;

  private Shape() {}

  /** Equal for programs that differ in which registers and which constants they use, only. */
  static String of(Program program) {
    Map<Integer, Integer> names = new LinkedHashMap<>();
    StringBuilder shape = new StringBuilder(program.version().word());
    for (Insn insn : Decoder.decode(program.version(), program.text())) {
      if (insn == null) {
        continue;
      }
      Family family = insn.op().family();
      shape.append(' ').append(insn.op());
      if (family != Family.JUMP && family != Family.CALL && family != Family.EXIT) {
        shape.append(" r").append(name(names, insn.dst()));
      }
      if (insn.op().usesRegister()) {
        shape.append(" r").append(name(names, insn.src()));
      }
      if (family.jumps()) {
        shape.append(" to ").append(insn.off());
      } else if (family == Family.CALL || family == Family.ENDIAN) {
        shape.append(' ').append(insn.imm());
      }
    }
    return shape.toString();
  }

  private static int name(Map<Integer, Integer> names, int register) {
    return register == FRAME_POINTER
        ? FRAME_POINTER
        : names.computeIfAbsent(register, any -> names.size());
  }
}
