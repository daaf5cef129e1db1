package dev.ovsm.tests.realvm;

import dev.ovsm.tests.realvm.RunRequest.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real VM has the system calls of mainnet, and no others. */
@ComparedWithRealVm(minimum = 40)
class RealVmSyscallsTest {
  private static final byte[] NONE = new byte[0];

  private static final List<String> SYSCALLS =
      List.of(
          "abort",
          "sol_panic_",
          "sol_log_",
          "sol_log_64_",
          "sol_log_compute_units_",
          "sol_log_pubkey",
          "sol_log_data",
          "sol_create_program_address",
          "sol_try_find_program_address",
          "sol_sha256",
          "sol_keccak256",
          "sol_blake3",
          "sol_sha512",
          "sol_secp256k1_recover",
          "sol_poseidon",
          "sol_curve_validate_point",
          "sol_curve_group_op",
          "sol_curve_multiscalar_mul",
          "sol_curve_decompress",
          "sol_curve_pairing_map",
          "sol_alt_bn128_group_op",
          "sol_alt_bn128_compression",
          "sol_big_mod_exp",
          "sol_get_clock_sysvar",
          "sol_get_epoch_schedule_sysvar",
          "sol_get_fees_sysvar",
          "sol_get_rent_sysvar",
          "sol_get_epoch_rewards_sysvar",
          "sol_get_last_restart_slot",
          "sol_get_sysvar",
          "sol_get_epoch_stake",
          "sol_memcpy_",
          "sol_memmove_",
          "sol_memcmp_",
          "sol_memset_",
          "sol_alloc_free_",
          "sol_invoke_signed_c",
          "sol_invoke_signed_rust",
          "sol_set_return_data",
          "sol_get_return_data",
          "sol_get_processed_sibling_instruction",
          "sol_get_stack_height",
          "sol_remaining_compute_units");

  @Test
  void mainnetRegistersTheseSyscalls(RealVm vm, Comparisons comparisons) {
    List<String> absent =
        List.of(
            "sol_blake3",
            "sol_sha512",
            "sol_big_mod_exp",
            "sol_get_fees_sysvar",
            "sol_remaining_compute_units");
    for (String name : SYSCALLS) {
      HandElf program = new HandElf().put(0xb7, 1, 0, 0, 0).put(0xb7, 2, 0, 0, 0);
      byte[] elf = program.syscall(name).put(0xb7, 0, 0, 0, 0).exit().v3(NONE);
      String failure = vm.run(Program.of(elf), Run.of(NONE)).failure();
      comparisons.equal(name, absent.contains(name), failure.equals("unsupported BPF instruction"));
    }
  }
}
