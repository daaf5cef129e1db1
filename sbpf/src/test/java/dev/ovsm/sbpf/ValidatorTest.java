package dev.ovsm.sbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ValidatorTest {
  private static final String EXIT = "9500000000000000";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "ok",
      value = {
        // the whole
        "V0 | '' | NoProgram",
        "V0 | 95000000000000 | ProgramLengthNotMultiple",
        "V0 | EXIT | ok",
        // which instructions a version has
        "V0 | ff00000000000000 | 'UnknownOpCode(255, 0)'",
        "V0 | 1600000000000000 EXIT | 'UnknownOpCode(22, 0)'",
        "V3 | 1600000000000000 EXIT | ok",
        "V3 | 8600000000000000 EXIT | 'UnknownOpCode(134, 0)'",
        "V2 | 8600000000000000 EXIT | ok",
        "V2 | 2400000000000000 EXIT | 'UnknownOpCode(36, 0)'",
        "V2 | 6100000000000000 EXIT | 'UnknownOpCode(97, 0)'",
        "V2 | 8c10000000000000 EXIT | ok",
        "V0 | 8c10000000000000 EXIT | 'UnknownOpCode(140, 0)'",
        "V0 | 0000000000000000 | 'UnknownOpCode(0, 0)'",
        // lddw
        "V0 | 1800000000000000 | LDDWCannotBeLast",
        "V0 | 1800000000000000 EXIT | IncompleteLDDW(0)",
        "V0 | 1800000001000000 00ffffff01000000 EXIT | ok",
        "V0 | 180b000000000000 0000000000000000 EXIT | InvalidDestinationRegister(1)",
        "V0 | EXIT 18b0000000000000 0000000000000000 | InvalidSourceRegister(2)",
        // immediates
        "V0 | 3400000000000000 EXIT | DivisionByZero(0)",
        "V0 | 9700000000000000 EXIT | DivisionByZero(0)",
        "V2 | 4600000000000000 EXIT | DivisionByZero(0)",
        "V2 | f600000000000000 EXIT | DivisionByZero(0)",
        "V0 | 3c00000000000000 EXIT | ok",
        "V0 | 640000001f000000 EXIT | ok",
        "V0 | 6400000020000000 EXIT | 'ShiftWithOverflow(32, 32, 0)'",
        "V0 | c70000003f000000 EXIT | ok",
        "V0 | 7700000040000000 EXIT | 'ShiftWithOverflow(64, 64, 0)'",
        "V0 | 67000000ffffffff EXIT | 'ShiftWithOverflow(18446744073709551615, 64, 0)'",
        "V0 | 6f00000040000000 EXIT | ok",
        "V0 | d400000010000000 EXIT | ok",
        "V0 | dc00000008000000 EXIT | UnsupportedLEBEArgument(0)",
        "V2 | d400000010000000 EXIT | 'UnknownOpCode(212, 0)'",
        // the frame pointer
        "V1 | 070a0000c0ffffff EXIT | ok",
        "V2 | 070a000040000000 EXIT | ok",
        "V1 | 070a000008000000 EXIT | UnalignedImmediate(0)",
        "V0 | 070a000040000000 EXIT | CannotWriteR10(0)",
        "V3 | 070a000040000000 EXIT | CannotWriteR10(0)",
        "V1 | 0fa1000000000000 EXIT | ok",
        "V1 | 0f1a000000000000 EXIT | CannotWriteR10(0)",
        "V0 | 7a0a000000000000 EXIT | ok",
        "V2 | 970a000000000000 EXIT | ok",
        "V0 | 950a000000000000 | CannotWriteR10(0)",
        "V0 | 150a000000000000 EXIT | CannotWriteR10(0)",
        // jumps
        "V0 | 0500000000000000 EXIT | ok",
        "V0 | 0500ffff00000000 | ok",
        "V0 | 0500feff00000000 EXIT | 'JumpOutOfCode(18446744073709551615, 0)'",
        "V0 | 1500010000000000 EXIT | 'JumpOutOfCode(2, 0)'",
        "V3 | 1600010000000000 EXIT | 'JumpOutOfCode(2, 0)'",
        "V0 | 0500010000000000 1800000000000000 0000000000000000 EXIT"
            + " | 'JumpToMiddleOfLDDW(2, 0)'",
        // callx
        "V0 | 8d00000009000000 EXIT | ok",
        "V0 | 8d0000000a000000 EXIT | InvalidRegister(0)",
        "V1 | 8d000000ffffffff EXIT | InvalidRegister(0)",
        "V2 | 8d90000000000000 EXIT | ok",
        "V2 | 8da0000000000000 EXIT | InvalidRegister(0)",
        "V3 | 8d09000000000000 EXIT | ok",
        "V3 | 8d0a000000000000 EXIT | InvalidRegister(0)",
        // registers
        "V0 | 07b0000000000000 EXIT | InvalidSourceRegister(0)",
        "V0 | 85b0000000000000 EXIT | InvalidSourceRegister(0)",
        "V0 | 070b000000000000 EXIT | InvalidDestinationRegister(0)",
        "V0 | 7abb000000000000 EXIT | InvalidSourceRegister(0)",
        // the rule of the instruction comes before that of its registers
        "V0 | 34bb000000000000 EXIT | DivisionByZero(0)",
        // what is not checked: calls, falling off the end, unreachable code
        "V0 | 8500000012345678 | ok",
        "V3 | 8570000012345678 | ok",
      })
  void theFirstBrokenRuleIsTheAnswer(Version version, String text, String error) {
    assertThat(Validator.validate(version, bytes(text)).map(ValidatorError::debugText))
        .isEqualTo(Optional.ofNullable(error));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | no program set, call prog_set() to load one",
        "95 | program length must be a multiple of 8 octets",
        "ff00000000000000 | unknown eBPF opcode 0xff (insn #0)",
        "0000000000000000 | unknown eBPF opcode 0x0 (insn #0)",
        "6400000021000000 | Shift with overflow of 33-bit value by 32 (insn #0)",
        "0500050000000000 | jump out of code to #6 (insn #0)",
        "8d0000000a000000 | Invalid register specified at instruction 0",
      })
  void messagesAreTheChains(String text, String message) {
    assertThat(Validator.validate(Version.V0, bytes(text)).map(ValidatorError::text))
        .contains(message);
  }

  @ParameterizedTest
  @EnumSource
  void callsAreCheckedForDeploymentWhereTheyAreStatic(Version version) {
    Set<Integer> syscalls = Set.of(Syscall.SOL_LOG_.hash());
    assertThat(calls(version, "85000000bd597520", syscalls)).isEmpty();
    assertThat(calls(version, "85100000feffffff", syscalls)).isEmpty();
    Optional<String> unknown = calls(version, "85000000feffffff", syscalls);
    Optional<String> itself = calls(version, "85100000ffffffff", syscalls);
    if (version.staticSyscalls()) {
      assertThat(unknown).contains("InvalidSyscall(4294967294)");
      assertThat(itself).contains("InvalidFunction(0)");
    } else {
      assertThat(unknown).isEmpty();
      assertThat(itself).isEmpty();
    }
  }

  @Test
  void theSecondSlotOfAnLddwIsNoCall() {
    String text = "1800000000000000 00000000ffffffff";
    assertThat(Validator.validateCalls(Version.V3, bytes(text), Set.of())).isEmpty();
  }

  private static Optional<String> calls(Version version, String text, Set<Integer> syscalls) {
    return Validator.validateCalls(version, bytes(text), syscalls).map(ValidatorError::debugText);
  }

  private static byte[] bytes(String text) {
    return HexFormat.of().parseHex(text.replace("EXIT", EXIT).replace(" ", ""));
  }
}
