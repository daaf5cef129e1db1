package dev.ovsm.sbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CodecTest {
  @ParameterizedTest
  @EnumSource
  void decodingAnEncodedInstructionGivesItBack(Version version) {
    Random random = new Random(1);
    List<Insn> insns = new ArrayList<>();
    for (Opcode op : Opcode.values()) {
      for (int i = 0; op.in(version) && i < 50; i++) {
        long imm = op == Opcode.LDDW ? random.nextLong() : random.nextInt();
        int off = (short) random.nextInt();
        insns.add(new Insn(op, random.nextInt(16), random.nextInt(16), off, imm));
      }
    }
    byte[] text = Encoder.encode(version, insns);
    List<Insn> decoded = new ArrayList<>();
    int pc = 0;
    for (Insn insn : Decoder.decode(version, text)) {
      if (insn != null) {
        assertThat(Decoder.decodeAt(version, text, pc)).isEqualTo(insn);
        decoded.add(insn);
      }
      pc++;
    }
    assertThat(decoded).isEqualTo(insns);
  }

  @ParameterizedTest
  @EnumSource
  void aCodeByteMeansAtMostOneInstruction(Version version) {
    Map<Integer, Opcode> seen = new HashMap<>();
    for (Opcode op : Opcode.values()) {
      if (op.in(version)) {
        assertThat(seen.put(op.code(version), op)).as("the code of %s", op).isNull();
      }
    }
    for (int code = 0; code < 256; code++) {
      assertThat(Opcode.decode(version, code)).isEqualTo(seen.get(code));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTableAgreesWithTheFeatures(Version version) {
    for (Opcode op : Opcode.values()) {
      boolean present =
          switch (op.operation()) {
            case MUL, DIV, MOD -> !version.enablePqr();
            case LMUL, UHMUL, SHMUL, UDIV, UREM, SDIV, SREM -> version.enablePqr();
            case NEG -> !version.disableNeg();
            case LE -> !version.disableLe();
            case LDDW -> !version.disableLddw();
            case HOR -> version.disableLddw();
            case JEQ, JGT, JGE, JSET, JNE, JSGT, JSGE, JLT, JLE, JSLT, JSLE ->
                op.family() == Family.JUMP64 || version.enableJmp32();
            case ADD, SUB, OR, AND, LSH, RSH, XOR, MOV, ARSH, BE, LDX, ST, STX, JA -> true;
            case CALL, CALLX, EXIT -> true;
          };
      assertThat(op.in(version)).as("%s in %s", op, version).isEqualTo(present);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anLddwWithoutItsSecondSlotIsNoInstruction(Version version) {
    byte[] text = {0x18, 1, 0, 0, 7, 0, 0, 0};
    assertThat(Decoder.decode(version, text)).containsExactly((Insn) null);
  }
}
