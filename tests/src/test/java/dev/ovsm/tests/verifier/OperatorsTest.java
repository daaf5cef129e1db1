package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import dev.ovsm.verifier.Verifier;
import dev.ovsm.verifier.Verifier.Believed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every arithmetic instruction and every conditional jump of a version, on words of which little or
 * much is known: what the machine holds afterwards is what the verifier says it may.
 *
 * <p>{@code -Dverifier.operands=N} sets how many pairs of operands each instruction gets.
 */
class OperatorsTest {
  private static final int OPERANDS = Integer.getInteger("verifier.operands", 20);
  private static final int RUNS = 4;
  private static final Manifest MANIFEST = Manifest.of("random");
  private static final Set<Family> FAMILIES =
      EnumSet.of(
          Family.ALU32, Family.ALU64, Family.NEG, Family.ENDIAN, Family.JUMP64, Family.JUMP32);
  private static final Set<Operation> SHIFTS =
      EnumSet.of(Operation.LSH, Operation.RSH, Operation.ARSH);
  private static final long[] EDGES = {
    0,
    1,
    2,
    7,
    63,
    64,
    127,
    128,
    255,
    256,
    65_535,
    -1,
    -2,
    -128,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xFFFF_FFFFL,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random random = new Random(77);
  private final List<Long> code = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V0", "V1", "V2", "V3"})
  void theMachineHoldsWhatIsSaid(Version version) {
    int instructions = 0;
    long checks = 0;
    for (Opcode opcode : Opcode.values()) {
      if (opcode.in(version) && FAMILIES.contains(opcode.family())) {
        instructions++;
        for (int pair = 0; pair < OPERANDS; pair++) {
          checks += tryOn(version, opcode, pair);
        }
      }
    }
    assertThat(instructions).isGreaterThan(60);
    assertThat(checks).isGreaterThan(20L * instructions * OPERANDS * RUNS);
  }

  private long tryOn(Version version, Opcode opcode, int pair) {
    Program program = draw(version, opcode);
    String what = version + " " + opcode + ", pair " + pair;
    assertThat(Validator.validate(program)).as(what).isEmpty();
    Believed believed = Verifier.believed(program, MANIFEST);
    long checks = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] input =
          ByteBuffer.allocate(16)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(edgy())
              .putLong(edgy())
              .array();
      Watched watched = new Watched(program, believed.states(), believed.loops(), input, 100);
      watched.run();
      assertThat(watched.violation()).as(what).isEmpty();
      checks += watched.checks();
    }
    return checks;
  }

  private Program draw(Version version, Opcode opcode) {
    code.clear();
    emit(version, Opcode.LDXDW, 2, 1, 0, 0);
    emit(version, Opcode.LDXDW, 3, 1, 8, 0);
    narrow(version, 2);
    narrow(version, 3);
    boolean register = opcode.usesRegister();
    int imm = register ? 0 : immediate(opcode);
    boolean jumps = opcode.family().isConditional();
    emit(version, opcode, 2, register ? 3 : 0, jumps ? 1 : 0, imm);
    if (jumps) {
      emit(version, Opcode.MOV64_IMM, 4, 0, 0, 1);
    }
    emit(version, Opcode.MOV64_REG, 0, 2, 0, 0);
    emit(version, Opcode.EXIT, 0, 0, 0, 0);
    byte[] text = new byte[code.size() * Slot.BYTES];
    for (int pc = 0; pc < code.size(); pc++) {
      Slot.write(text, pc, code.get(pc));
    }
    return new Program(
        version, text, MemoryMap.BYTECODE, 0, new TreeMap<>(), new byte[0], 0, List.of());
  }

  /** Lets something be known of a register, by the instructions that tell it. */
  private void narrow(Version version, int register) {
    for (int i = random.nextInt(3); i > 0; i--) {
      int mask = random.nextBoolean() ? (1 << random.nextInt(31)) - 1 : random.nextInt();
      switch (random.nextInt(9)) {
        case 0 -> emit(version, Opcode.AND64_IMM, register, 0, 0, mask);
        case 1 -> emit(version, Opcode.OR64_IMM, register, 0, 0, mask);
        case 2 -> emit(version, Opcode.RSH64_IMM, register, 0, 0, random.nextInt(64));
        case 3 -> emit(version, Opcode.ARSH64_IMM, register, 0, 0, random.nextInt(64));
        case 4 -> emit(version, Opcode.MOV32_REG, register, register, 0, 0);
        case 7 -> emit(version, Opcode.LSH64_IMM, register, 0, 0, random.nextInt(64));
        case 5 -> clamp(version, Opcode.JLT64_IMM, register, mask);
        case 6 -> clamp(version, Opcode.JSGT64_IMM, register, mask);
        default -> emit(version, Opcode.MOV64_IMM, register, 0, 0, (int) edgy());
      }
    }
  }

  private void clamp(Version version, Opcode jump, int register, int limit) {
    emit(version, jump, register, 0, 1, limit);
    emit(version, Opcode.MOV64_IMM, register, 0, 0, limit);
  }

  private int immediate(Opcode opcode) {
    return switch (opcode.family()) {
      case ENDIAN -> 16 << random.nextInt(3);
      case NEG -> 0;
      default -> {
        int width = opcode.width() == 32 ? 32 : 64;
        int any = (int) edgy();
        yield SHIFTS.contains(opcode.operation()) ? random.nextInt(width) : any == 0 ? 3 : any;
      }
    };
  }

  private long edgy() {
    return random.nextInt(4) == 0
        ? random.nextLong() >> random.nextInt(64)
        : EDGES[random.nextInt(EDGES.length)];
  }

  private void emit(Version version, Opcode opcode, int dst, int src, int off, int imm) {
    code.add(Slot.of(opcode.code(version), dst, src, off, imm));
  }
}
