package dev.ovsm.sbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SyscallTest {
  @ParameterizedTest
  @CsvSource({
    "abort, b6fc1a11",
    "sol_panic_, 686093bb",
    "sol_log_, 207559bd",
    "sol_log_64_, 5c2a3178",
    "sol_log_compute_units_, 52ba5096",
    "sol_log_pubkey, 7ef088ca",
    "sol_log_data, 7317b434",
    "sol_create_program_address, 9377323c",
    "sol_try_find_program_address, 48504a38",
    "sol_sha256, 11f49d86",
    "sol_keccak256, d7793abb",
    "sol_blake3, 174c5122",
    "sol_sha512, 9229cdcc",
    "sol_secp256k1_recover, 17e40350",
    "sol_poseidon, c4947c21",
    "sol_curve_validate_point, aa2607ca",
    "sol_curve_group_op, dd1c41a6",
    "sol_curve_multiscalar_mul, 60a40880",
    "sol_curve_decompress, 080c98b0",
    "sol_curve_pairing_map, f111a47e",
    "sol_alt_bn128_group_op, ae0c318b",
    "sol_alt_bn128_compression, 334fd5ed",
    "sol_big_mod_exp, 780e4c15",
    "sol_get_clock_sysvar, d56b5fe9",
    "sol_get_epoch_schedule_sysvar, 23a29a61",
    "sol_get_fees_sysvar, 3b97b73c",
    "sol_get_rent_sysvar, bf7188f6",
    "sol_get_epoch_rewards_sysvar, fdba2b3b",
    "sol_get_last_restart_slot, 188a0031",
    "sol_get_sysvar, 13c1b505",
    "sol_get_epoch_stake, 5be92f4a",
    "sol_memcpy_, 717cc4a3",
    "sol_memmove_, 434371f8",
    "sol_memcmp_, 5fdcde31",
    "sol_memset_, 3770fb22",
    "sol_alloc_free_, 83f00e8f",
    "sol_invoke_signed_c, a22b9c85",
    "sol_invoke_signed_rust, d7449092",
    "sol_set_return_data, a226d3eb",
    "sol_get_return_data, 5d2245e4",
    "sol_get_processed_sibling_instruction, adb8efc8",
    "sol_get_stack_height, 85532d94",
    "sol_remaining_compute_units, edef5aee"
  })
  void solanasSyscallsHaveTheHashesOfTheChain(String symbol, String hash) {
    assertThat(Syscall.of(symbol).map(call -> String.format("%08x", call.hash()))).contains(hash);
  }

  @Test
  void solanaHas43SyscallsAndTheRuntime38() {
    assertThat(Arrays.stream(Syscall.values()).filter(call -> !call.autonomous())).hasSize(43);
    assertThat(Arrays.stream(Syscall.values()).filter(Syscall::autonomous)).hasSize(38);
  }

  @ParameterizedTest
  @EnumSource
  void theTableIsSound(Syscall call) {
    assertThat(Syscall.of(call.symbol())).contains(call);
    assertThat(Syscall.of(call.hash())).contains(call);
    assertThat(call.arguments()).hasSizeLessThanOrEqualTo(5);
    assertThat(call.doc()).endsWith(".");
    assertThat(call.cost().formula(call.arguments())).isNotEmpty();
    for (Argument argument : call.arguments()) {
      Argument.Extent extent = argument.extent();
      if (extent != null && extent.times() != 0) {
        assertThat(call.arguments().get(extent.times() - 1).kind())
            .as("what sizes %s", argument.name())
            .isIn(Argument.Kind.LENGTH, Argument.Kind.COUNT);
      }
    }
    assertThat(call.effects().contains(Effect.NO_RETURN)).isEqualTo(call.result() == Result.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "SOL_LOG_, 0, 99, 0, 0, 100",
    "SOL_LOG_, 0, 101, 0, 0, 101",
    "SOL_LOG_, 0, -1, 0, 0, 9223372036854775807",
    "SOL_MEMCPY_, 0, 0, 2500, 0, 10",
    "SOL_MEMCPY_, 0, 0, 2750, 0, 11",
    "SOL_POSEIDON, 0, 0, 0, 2, 786",
    "SOL_CURVE_GROUP_OP, 1, 2, 0, 0, 2208",
    "SOL_CURVE_GROUP_OP, 7, 2, 0, 0, 0",
    "SOL_CURVE_MULTISCALAR_MUL, 0, 0, 0, 0, 2273",
    "SOL_CURVE_MULTISCALAR_MUL, 0, 0, 0, 3, 3789",
    "SOL_ALT_BN128_GROUP_OP, 3, 0, 0, 0, 36481",
    "SOL_ALT_BN128_GROUP_OP, 131, 0, 384, 0, 48986",
    "SOL_GET_CLOCK_SYSVAR, 0, 0, 0, 0, 140",
    "SOL_GET_SYSVAR, 0, 0, 0, 40, 110",
    "SOL_GET_EPOCH_STAKE, 0, 0, 0, 0, 100",
    "SOL_GET_EPOCH_STAKE, 8, 0, 0, 0, 110",
    "SOL_TIMER_CREATE, 0, 0, 500, 0, 1002",
    "SOL_QUERY_SUBSCRIPTIONS, 0, 0, 3, 0, 160",
  })
  void costs(Syscall call, long r1, long r2, long r3, long r4, long units) {
    assertThat(call.cost().exactly(r1, r2, r3, r4, 0)).isEqualTo(OptionalLong.of(units));
    assertThat(call.cost().atMost(r1, r2, r3, r4, 0)).isGreaterThanOrEqualTo(units);
  }

  @Test
  void aCostThatMemoryDecidesHasABound() {
    CostRule cost = Syscall.SOL_TRY_FIND_PROGRAM_ADDRESS.cost();
    assertThat(cost.exactly(0, 0, 0, 0, 0)).isEmpty();
    assertThat(cost.atMost(0, 0, 0, 0, 0)).isEqualTo(384_000);
    assertThat(Syscall.SOL_INVOKE_SIGNED_C.cost().atMost(0, 0, 0, 0, 0))
        .isEqualTo(CostRule.UNBOUNDED);
  }
}
