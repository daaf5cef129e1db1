package dev.ovsm.tests.crypto;

import dev.ovsm.runtime.account.DerivedAddress;
import dev.ovsm.runtime.account.DerivedAddress.Found;
import dev.ovsm.runtime.account.Pubkey;
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
class DerivedAddressTest {
  private static final int BUMP_OFFSET = 32;

  private static byte[] bytes(Found found) {
    return Cases.join(found.address().bytes(), new byte[] {(byte) found.bump()});
  }

  private record Input(List<byte[]> seeds, byte[] program) {}

  private static List<Input> inputs() {
    Cases cases = new Cases(1);
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      List<byte[]> seeds = new ArrayList<>();
      for (int k = i % DerivedAddress.MAX_SEEDS; k > 0; k--) {
        seeds.add(cases.bytes(cases.below(DerivedAddress.MAX_SEED + 1)));
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
      expected.add(
          DerivedAddress.of(input.seeds, Pubkey.of(input.program)).map(Pubkey::bytes).orElse(null));
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
      expected.add(
          DerivedAddress.find(input.seeds, Pubkey.of(input.program))
              .map(DerivedAddressTest::bytes)
              .orElse(null));
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
