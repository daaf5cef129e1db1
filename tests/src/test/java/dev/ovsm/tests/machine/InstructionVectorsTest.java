package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Single instructions, each followed by an exit, with the registers that they leave. */
class InstructionVectorsTest {
  private static final int COUNT = 2827;
  private static final int BUDGET = 100;

  @Test
  void everyInstructionDoesWhatItShouldOnEveryEngineAtEveryBudget() {
    List<JsonObject> vectors = ConformanceData.vectors("sbpf-instructions.json.gz");
    vectors.forEach(InstructionVectorsTest::check);
    assertThat(vectors).hasSize(COUNT);
  }

  private static void check(JsonObject vector) {
    String name = vector.get("name").getAsString();
    String status = vector.get("status").getAsString();
    Program program = program(vector);
    assertThat(Validator.validate(program).isPresent())
        .as(name)
        .isEqualTo(status.startsWith("vfy"));
    if (status.startsWith("vfy")) {
      return;
    }
    Agreement agreement = new Agreement(name, experiment(vector, program));
    Result result = agreement.atFullBudget();
    assertThat(result.isOk()).as(name).isEqualTo(status.equals("ok"));
    if (status.equals("ok")) {
      assertThat(result.registers())
          .as(name)
          .isEqualTo(Arrays.copyOf(numbers(vector, "regs_out"), 11));
    }
    agreement.checkSmallerBudgets(result.outcome().instructions());
  }

  private static Experiment experiment(JsonObject vector, Program program) {
    long[] registers = numbers(vector, "regs_in");
    return new Experiment(
        program,
        SyscallTable.empty(),
        HexFormat.of().parseHex(vector.get("input_hex").getAsString()),
        vector.getAsJsonArray("region_boundaries").asList().stream()
            .map(JsonElement::getAsInt)
            .toList(),
        0,
        BUDGET,
        initial -> System.arraycopy(registers, 0, initial, 0, 11));
  }

  private static Program program(JsonObject vector) {
    Version version = Version.of(vector.get("sbpf_version").getAsLong()).orElseThrow();
    byte[] text = HexFormat.of().parseHex(vector.get("text_hex").getAsString());
    return new Program(
        version,
        text,
        MemoryMap.BYTECODE,
        0,
        new TreeMap<>(),
        new byte[0],
        version.enableLowerRodataVaddr() ? MemoryMap.RODATA : MemoryMap.BYTECODE,
        List.of());
  }

  private static long[] numbers(JsonObject vector, String field) {
    return vector.getAsJsonArray(field).asList().stream()
        .mapToLong(text -> Long.parseUnsignedLong(text.getAsString().substring(2), 16))
        .toArray();
  }
}
