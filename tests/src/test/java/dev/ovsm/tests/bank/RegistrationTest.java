package dev.ovsm.tests.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.syscall.SolanaSyscalls;
import dev.ovsm.sbpf.Availability;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Features;
import dev.ovsm.tests.realvm.HandElf;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.RealVm;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The emulator registers the system calls that the real VM registers, and no others. */
@ComparedWithRealVm(minimum = 160)
class RegistrationTest {
  @ParameterizedTest
  @EnumSource(names = {"MAINNET", "SYSCALLS"})
  void registersWhatTheRealVmRegisters(Features features, RealVm vm, Comparisons comparisons) {
    Set<Integer> registered = SolanaSyscalls.handlers(OurFeatures.like(features)).keySet();
    for (Syscall syscall : Syscall.values()) {
      HandElf program = new HandElf().syscall(syscall.symbol()).put(0xb7, 0, 0, 0, 0).exit();
      Outcome deployed = vm.deploy(program.v0(new byte[0]), features);
      // the only one that is registered for programs that run but not for new ones
      boolean ours = syscall != Syscall.SOL_ALLOC_FREE_ && registered.contains(syscall.hash());
      comparisons.equal(features + " " + syscall.symbol(), ours, deployed.ok());
    }
  }

  @Test
  void everyGatedCallButTheRetiredOneHasAHandler() {
    for (Syscall syscall : Syscall.values()) {
      boolean gated =
          syscall.availability() == Availability.GATED && syscall != Syscall.SOL_GET_FEES_SYSVAR;
      assertThat(OurFeatures.GATED.contains(syscall)).as(syscall.symbol()).isEqualTo(gated);
    }
  }
}
