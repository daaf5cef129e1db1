package dev.ovsm.tests.benchmark;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.AssemblyFile;
import java.util.Locale;

/**
 * Small programs that do one thing many times; each exits with the low half of what it computed, so
 * that nothing of it can be left out.
 */
public enum Kernel {
  ADD_XOR(
      Kind.ALU,
      20_000_000,
      """
      loop:
        add64 r0, r9
        xor64 r0, 0x5bd1e995
        add64 r9, -1
        jne r9, 0, loop
      """),
  HASH_MIX(
      Kind.ALU,
      8_000_000,
      """
        lddw r2, 0xff51afd7ed558ccd
        lddw r3, 0xc4ceb9fe1a85ec53
      loop:
        add64 r0, r9
        mov64 r1, r0
        rsh64 r1, 33
        xor64 r0, r1
        mul64 r0, r2
        mov64 r1, r0
        rsh64 r1, 33
        xor64 r0, r1
        mul64 r0, r3
        mov64 r1, r0
        rsh64 r1, 33
        xor64 r0, r1
        add64 r9, -1
        jne r9, 0, loop
      """),
  LCG(
      Kind.ALU,
      20_000_000,
      """
        lddw r2, 6364136223846793005
        lddw r3, 1442695040888963407
      loop:
        mul64 r0, r2
        add64 r0, r3
        add64 r9, -1
        jne r9, 0, loop
      """),
  XORSHIFT(
      Kind.ALU,
      10_000_000,
      """
        mov64 r0, 88172645
      loop:
        mov64 r1, r0
        lsh64 r1, 13
        xor64 r0, r1
        mov64 r1, r0
        rsh64 r1, 7
        xor64 r0, r1
        mov64 r1, r0
        lsh64 r1, 17
        xor64 r0, r1
        add64 r9, -1
        jne r9, 0, loop
      """),
  GCD(
      Kind.ALU,
      500_000,
      """
      loop:
        mov64 r1, r9
        mul64 r1, 7919
        mov64 r2, 1234577
      step:
        mov64 r3, r1
        mod64 r3, r2
        mov64 r1, r2
        mov64 r2, r3
        jne r2, 0, step
        add64 r0, r1
        add64 r9, -1
        jne r9, 0, loop
      """),
  POPCOUNT(
      Kind.ALU,
      8_000_000,
      """
        lddw r2, 0x5555555555555555
        lddw r3, 0x3333333333333333
        lddw r4, 0x0f0f0f0f0f0f0f0f
        lddw r5, 0x0101010101010101
      loop:
        mov64 r1, r9
        mul64 r1, r5
        mov64 r6, r1
        rsh64 r6, 1
        and64 r6, r2
        sub64 r1, r6
        mov64 r6, r1
        and64 r1, r3
        rsh64 r6, 2
        and64 r6, r3
        add64 r1, r6
        mov64 r6, r1
        rsh64 r6, 4
        add64 r1, r6
        and64 r1, r4
        mul64 r1, r5
        rsh64 r1, 56
        add64 r0, r1
        add64 r9, -1
        jne r9, 0, loop
      """),
  CHECKSUM(
      Kind.ALU,
      10_000_000,
      """
        mov64 r1, 1
        mov64 r2, 0
      loop:
        mov64 r3, r9
        and64 r3, 255
        add64 r1, r3
        jlt r1, 65521, +1
        sub64 r1, 65521
        add64 r2, r1
        jlt r2, 65521, +1
        sub64 r2, 65521
        add64 r9, -1
        jne r9, 0, loop
        lsh64 r2, 16
        mov64 r0, r2
        or64 r0, r1
      """),
  ARITHMETIC_32(
      Kind.ALU,
      10_000_000,
      """
      loop:
        add32 r0, r9
        mul32 r0, 0x5bd1e995
        mov32 r1, r0
        rsh32 r1, 13
        xor32 r0, r1
        lsh32 r1, 3
        sub32 r0, r1
        add64 r9, -1
        jne r9, 0, loop
      """),
  DIVISION(
      Kind.ALU,
      3_000_000,
      """
        lddw r2, 0x123456789abcdef
      loop:
        mov64 r1, r2
        div64 r1, r9
        add64 r0, r1
        mov64 r1, r0
        mod64 r1, 1000003
        xor64 r0, r1
        add64 r9, -1
        jne r9, 0, loop
      """),
  COLLATZ(
      Kind.ALU,
      100_000,
      """
      loop:
        mov64 r1, r9
      step:
        add64 r0, 1
        jset r1, 1, odd
        rsh64 r1, 1
        ja next
      odd:
        mov64 r2, r1
        lsh64 r2, 1
        add64 r1, r2
        add64 r1, 1
      next:
        jne r1, 1, step
        add64 r9, -1
        jne r9, 0, loop
      """),
  STACK(
      Kind.STACK,
      4_000_000,
      """
        stdw [r10-8], 0
      loop:
        ldxdw r1, [r10-8]
        add64 r1, r9
        stxdw [r10-8], r1
        add64 r9, -1
        jne r9, 0, loop
        ldxdw r0, [r10-8]
      """),
  HEAP_BYTES(
      Kind.HEAP,
      100,
      """
      loop:
        lddw r1, 0x300000000
        mov64 r2, 32768
      step:
        ldxb r3, [r1+0]
        add64 r3, r2
        add64 r0, r3
        stxb [r1+0], r3
        add64 r1, 1
        add64 r2, -1
        jne r2, 0, step
        add64 r9, -1
        jne r9, 0, loop
      """),
  FIB(
      Kind.CALLS,
      27,
      """
        mov64 r1, r9
        call fib
        ja end
      fib:
        jgt r1, 1, more
        mov64 r0, r1
        exit
      more:
        mov64 r6, r1
        add64 r1, -1
        call fib
        mov64 r7, r0
        mov64 r1, r6
        add64 r1, -2
        call fib
        add64 r0, r7
        exit
      end:
      """),
  SORT(
      Kind.SORT,
      20,
      """
      loop:
        lddw r1, 0x300000000
        mov64 r2, 400
        mov64 r3, r9
        lddw r4, 6364136223846793005
      fill:
        mul64 r3, r4
        add64 r3, 12345
        stxdw [r1+0], r3
        add64 r1, 8
        add64 r2, -1
        jne r2, 0, fill
        lddw r6, 0x300000000
        mov64 r1, r6
        add64 r1, 3192
        mov64 r2, r6
      outer:
        add64 r2, 8
        ldxdw r3, [r2+0]
        mov64 r4, r2
      inner:
        ldxdw r5, [r4-8]
        jle r5, r3, placed
        stxdw [r4+0], r5
        add64 r4, -8
        jne r4, r6, inner
      placed:
        stxdw [r4+0], r3
        jne r2, r1, outer
        ldxdw r1, [r6+1600]
        xor64 r0, r1
        add64 r9, -1
        jne r9, 0, loop
      """);

  /** What a kernel is about, and the ratio to the real VM's JIT that our JIT is to reach. */
  enum Kind {
    ALU(0.7),
    STACK(10),
    HEAP(5),
    CALLS(1.3),
    SORT(5);

    private final double target;

    Kind(double target) {
      this.target = target;
    }

    double target() {
      return target;
    }
  }

  private final Kind kind;
  private final int times;
  private final String body;

  Kernel(Kind kind, int times, String body) {
    this.kind = kind;
    this.times = times;
    this.body = body;
  }

  Kind kind() {
    return kind;
  }

  /** The name in a table. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The program's file, of sBPF v0. */
  byte[] elf() {
    return assemble(
        "mov64 r0, 0\nmov64 r9, " + times + "\n" + body + "lsh64 r0, 32\nrsh64 r0, 32\nexit\n");
  }

  /** A program that does nothing. */
  static byte[] exit() {
    return assemble("mov64 r0, 0\nexit\n");
  }

  private static byte[] assemble(String code) {
    Diagnostics diagnostics = new Diagnostics();
    return AssemblyFile.assemble(
            new Source("kernel.s", ".sbpf v0\nentrypoint:\n" + code), null, diagnostics)
        .orElseThrow(() -> new IllegalStateException(diagnostics.list().toString()));
  }
}
