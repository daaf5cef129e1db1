package dev.ovsm.ir.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.text.Ir;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each broken invariant is found, and nothing else. */
class IrCheckerTest {
  @Test
  void loopsAndForwardReferencesAreFine() {
    Ir.module(
        """
        fn f(%0: u64) -> u64 {
        b0:
          jump b2(%0)
        b1:
          jump b2(%2)
        b2(%1: u64):
          %2 = add u64 %1, %0
          %3 = lt u64 %1, %2
          branch %3, b1, b3
        b3:
          return %2
        }
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fn f() { b0: return } fn f() { b0: return }|f: defined twice",
        "fn entrypoint() { b0: return }|entrypoint: function entrypoint is not (ptr) -> u64",
        "entry e instruction 1 fn g|entry e: no function g",
        "data align 3 \"\"|data: alignment 3",
        "fn f(%0: u8, %1: u8, %2: u8, %3: u8, %4: u8, %5: u8) { b0: return }"
            + "|f: has more than five parameters",
        "fn f() { b0: jump b1 b1: jump b0 }|f b1: the entry block is jumped to",
        "fn f() { b0: jump b7 }|f b0: jumps to b7",
        "fn f(%0: u8) { b0: jump b1(%0) b1: return }|f b0: brings 1 arguments to b1",
        "fn f(%0: u8) { b0: jump b1(%0) b1(%1: u16): return }"
            + "|f b0: argument %0 to b1 has another type",
        "fn f(%0: u8) { b0: %0 = const u8 1 return }|f b0: %0 is defined twice",
        "fn f(%0: bool) { b0: branch %0, b1, b2 b1: %1 = const u8 1 jump b2 "
            + "b2: %2 = convert u16 %1 return }"
            + "|f b2: %1 is used where it is not defined on every path",
        "fn f() -> u8 { b0: %1 = convert u16 %2 %2 = const u8 1 return %2 }"
            + "|f b0: %2 is used where it is not defined on every path",
        "fn f() { b0: %1 = const u8 256 return }|f b0: constant not in canonical form",
        "fn f() { b0: %1 = data 0 return }|f b0: no data item 0",
        "fn f() { b0: %1 = slot 5000 align 8 return }|f b0: slot of 5000 bytes",
        "fn f(%0: u8, %1: u16) { b0: %2 = add u8 %0, %1 return }|f b0: operand types",
        "fn f(%0: u8) { b0: %2 = xor u8 %0, %0 return }|f b0: mode of xor",
        "fn f(%0: ptr, %1: u64) { b0: %2 = add ptr %0, %1 return }|f b0: operand types",
        "fn f(%0: u8) { b0: %2 = shl.wrap u8 %0, %0 return }|f b0: operand types",
        "fn f(%0: u8) { b0: %2 = convert u8 %0 return }|f b0: conversion to the same type",
        "fn f(%0: u8) { b0: %2 = convert ptr %0 return }"
            + "|f b0: an address converts to and from u64",
        "fn f(%0: u8) { b0: %2 = select u8 %0, %0, %0 return }|f b0: condition",
        "fn f(%0: u64) { b0: %2 = load u8 [%0] return }|f b0: not an address",
        "fn f(%0: ptr) { b0: zero 10241 %0 return }|f b0: size 10241",
        "fn f() { b0: call g() return }|f b0: no function g",
        "fn f(%0: u8) { b0: call f() return }|f b0: arguments do not fit f",
        "fn f() { b0: %1 = call u8 f() return }|f b0: result does not fit f",
        "fn f() { b0: %1 = syscall u32 x() return }|f b0: result type",
        "fn f(%0: u8) { b0: switch %0, 1: b1, 1: b1, else b1 b1: return }"
            + "|f b0: constants of the switch",
        "fn f() -> u8 { b0: return }|f b0: return does not fit the function",
        "fn f(%0: u8) { b0: fail %0 }|f b0: failure code",
      })
  void aBrokenInvariantIsFound(String text, String violation) {
    assertThat(IrChecker.check(Ir.unchecked(text)))
        .extracting(Violation::toString)
        .containsExactly(violation);
  }
}
