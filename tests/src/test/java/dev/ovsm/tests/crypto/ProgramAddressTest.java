package dev.ovsm.tests.crypto;

import dev.ovsm.runtime.crypto.ProgramAddress;
import dev.ovsm.runtime.crypto.ProgramAddress.Found;
import dev.ovsm.tests.crypto.SyscallProbe.Payload;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.RealVm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Addresses that programs derive. */
@ComparedWithRealVm(minimum = 1000)
class ProgramAddressTest {
  private static final int BUMP_OFFSET = 32;

  private record Input(List<byte[]> seeds, byte[] program) {}

  private static List<Input> inputs() {
    Cases cases = new Cases(1);
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      List<byte[]> seeds = new ArrayList<>();
      for (int k = i % ProgramAddress.MAX_SEEDS; k > 0; k--) {
        seeds.add(cases.bytes(cases.below(ProgramAddress.MAX_SEED_LENGTH + 1)));
      }
      inputs.add(new Input(seeds, cases.bytes(32)));
    }
    return inputs;
  }

  @Test
  void created(RealVm vm, Comparisons comparisons) {
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_create_program_address");
    List<byte @Nullable []> expected = new ArrayList<>();
    for (Input input : inputs()) {
      expected.add(ProgramAddress.create(input.seeds, input.program));
      Payload payload = new Payload();
      long seeds = payload.putSlices(input.seeds);
      long program = payload.put(input.program);
      probe.call(payload, 32, seeds, (long) input.seeds.size(), program, SyscallProbe.RESULT);
    }
    probe.compare("created", expected, comparisons);
  }

  @Test
  void found(RealVm vm, Comparisons comparisons) {
    SyscallProbe probe = new SyscallProbe(vm, Features.MAINNET, "sol_try_find_program_address");
    List<byte @Nullable []> expected = new ArrayList<>();
    for (Input input : inputs()) {
      Found found = ProgramAddress.find(input.seeds, input.program);
      expected.add(
          found == null ? null : Cases.join(found.address(), new byte[] {(byte) found.bump()}));
      Payload payload = new Payload();
      long seeds = payload.putSlices(input.seeds);
      long program = payload.put(input.program);
      probe.call(
          payload,
          BUMP_OFFSET + 1,
          seeds,
          (long) input.seeds.size(),
          program,
          SyscallProbe.RESULT,
          SyscallProbe.RESULT + BUMP_OFFSET);
    }
    probe.compare("found", expected, comparisons);
  }
}
