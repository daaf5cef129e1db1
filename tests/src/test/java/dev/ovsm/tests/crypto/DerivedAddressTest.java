package dev.ovsm.tests.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.tests.crypto.SyscallProbe.Payload;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that programs derive. */
@ComparedWithRealVm(minimum = 1000)
class DerivedAddressTest {
  private static final int ADDRESS = 32;
  private static final int CALLS = 500;

  private record Input(List<byte[]> seeds, byte[] program) {}

  private static List<Input> inputs() {
    Cases cases = new Cases(1);
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      List<byte[]> seeds = new ArrayList<>();
      for (int k = i % 18; k > 0; k--) {
        seeds.add(cases.bytes(cases.below(i % 20 == 0 ? 34 : 33)));
      }
      inputs.add(new Input(seeds, cases.bytes(ADDRESS)));
    }
    return inputs;
  }

  @Test
  void created(RealVm vm, Comparisons comparisons) {
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_create_program_address");
    for (Input input : inputs()) {
      Payload payload = new Payload();
      long seeds = payload.putSlices(input.seeds);
      long program = payload.put(input.program);
      probe.call(payload, ADDRESS, seeds, (long) input.seeds.size(), program, SyscallProbe.RESULT);
    }
    probe.compareMixed("created", comparisons);
  }

  @Test
  void found(RealVm vm, Comparisons comparisons) {
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_try_find_program_address");
    for (Input input : inputs()) {
      Payload payload = new Payload();
      long seeds = payload.putSlices(input.seeds);
      long program = payload.put(input.program);
      probe.call(
          payload,
          ADDRESS + 1,
          seeds,
          (long) input.seeds.size(),
          program,
          SyscallProbe.RESULT,
          SyscallProbe.RESULT + ADDRESS);
    }
    assertThat(probe.compare("found", comparisons)).isGreaterThan(CALLS * 3L / 4);
  }
}
