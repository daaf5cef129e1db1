package dev.ovsm.tests.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ovsm.runtime.vm.SyscallTable;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Validator;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Text;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole programs, loaded from files, with what the real VM made of them. */
class EbpfVectorsTest {
  private static final int COUNT = 720;
  private static final int NEGATIVE_COUNT = 45;
  private static final long BUDGET = 200_000;
  private static final String FAILED = "failed: ";

  @Test
  void everyProgramDoesWhatItDoesInTheRealVmOnEveryEngineAtEveryBudget() {
    int count = 0;
    for (JsonObject vector : ConformanceData.vectors("ebpf-conformance.json.gz")) {
      if (vector.get("kind").getAsString().equals("positive") && vector.has("oracle")) {
        for (Map.Entry<String, JsonElement> oracle : vector.getAsJsonObject("oracle").entrySet()) {
          check(vector, oracle.getKey(), oracle.getValue().getAsJsonObject());
          count++;
        }
      }
    }
    assertThat(count).isEqualTo(COUNT);
  }

  /** Code that other eBPF machines refuse, with fields set that no instruction uses. */
  @Test
  void unusedFieldsAreIgnored() {
    int count = 0;
    for (JsonObject vector : ConformanceData.vectors("ebpf-conformance.json.gz")) {
      if (vector.get("kind").getAsString().equals("negative") && vector.has("oracle")) {
        String name = vector.get("name").getAsString();
        String outcome =
            vector.getAsJsonObject("oracle").getAsJsonObject("v0").get("outcome").getAsString();
        Program program = load(Version.V0, vector.get("raw").getAsString());
        Result result = new Agreement(name, experiment(program, new byte[0])).atFullBudget();
        assertThat(result.fault()).as(name).isEmpty();
        assertThat(result.outcome().r0()).as(name).isEqualTo(outcome.startsWith("ok") ? 0 : 1);
        count++;
      }
    }
    assertThat(count).isEqualTo(NEGATIVE_COUNT);
  }

  private static void check(JsonObject vector, String word, JsonObject oracle) {
    String name = vector.get("name").getAsString() + " in " + word;
    Version version = Version.valueOf(word.replace('v', 'V'));
    Program program = load(version, vector.getAsJsonObject("code").get(word).getAsString());
    byte[] input = HexFormat.of().parseHex(vector.get("mem").getAsString());
    Agreement agreement = new Agreement(name, experiment(program, input));
    Result result = agreement.atFullBudget();
    if (oracle.has("r0")) {
      assertThat(result.fault()).as(name).isEmpty();
      assertThat(Long.toUnsignedString(result.outcome().r0()))
          .as(name)
          .isEqualTo(oracle.get("r0").getAsString());
    } else {
      String error = oracle.get("error").getAsString();
      assertThat(result.fault())
          .as(name)
          .endsWith(": " + error.substring(error.indexOf(FAILED) + FAILED.length()));
    }
    agreement.checkSmallerBudgets(result.outcome().instructions());
  }

  private static Experiment experiment(Program program, byte[] input) {
    return new Experiment(
        program,
        SyscallTable.empty(),
        input,
        List.of(),
        MemoryMap.DEFAULT_HEAP_BYTES,
        BUDGET,
        registers -> registers[2] = input.length);
  }

  private static Program load(Version version, String codeHex) {
    Version format = version.enableStricterElfHeaders() ? version : Version.V0;
    byte[] code = HexFormat.of().parseHex(codeHex);
    Text text = new Text(format, code, new byte[0], List.of(), List.of(), List.of(), 0);
    byte[] elf = GeneratedFile.write(version, text);
    Program program = GeneratedFile.load(elf, Set.of()).orElseThrow();
    assertThat(Validator.validate(program)).isEmpty();
    return program;
  }
}
