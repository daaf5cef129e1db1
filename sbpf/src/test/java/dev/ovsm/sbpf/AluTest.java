package dev.ovsm.sbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AluTest {
  @ParameterizedTest
  @CsvSource({
    // 32-bit sums, differences and products: sign-extended, but zero-extended in version 2
    "V0, ADD32_IMM, 7fffffff, 1, ffffffff80000000",
    "V2, ADD32_IMM, 7fffffff, 1, 80000000",
    "V3, SUB32_REG, 0, 1, ffffffffffffffff",
    "V2, SUB32_REG, 0, 1, ffffffff",
    "V0, MUL32_IMM, 10000, 8000, ffffffff80000000",
    "V2, LMUL32_IMM, 10000, 8000, 80000000",
    // the immediate is the minuend in version 2
    "V0, SUB64_IMM, 5, 7, fffffffffffffffe",
    "V2, SUB64_IMM, 5, 7, 2",
    "V2, SUB64_REG, 5, 7, fffffffffffffffe",
    "V2, SUB32_IMM, 5, 7, 2",
    // the other 32-bit operations zero-extend everywhere
    "V0, OR32_IMM, 0, ffffffffffffffff, ffffffff",
    "V0, ARSH32_IMM, 80000000, 1f, ffffffff",
    "V0, NEG32, 1, 0, ffffffff",
    "V0, NEG64, 1, 0, ffffffffffffffff",
    "V0, MOV32_REG, 0, ffffffff80000000, 80000000",
    "V2, MOV32_REG, 0, 80000000, ffffffff80000000",
    "V2, MOV32_IMM, 0, ffffffff80000000, 80000000",
    "V0, MOV64_IMM, 0, ffffffff80000000, ffffffff80000000",
    // shift amounts are masked
    "V0, LSH32_REG, 1, 21, 2",
    "V0, LSH64_REG, 1, 41, 2",
    "V0, RSH64_REG, 8000000000000000, 3f, 1",
    "V0, ARSH64_REG, 8000000000000000, 3f, ffffffffffffffff",
    // quotients are unsigned; an immediate divisor is sign-extended except in udiv and urem
    "V0, DIV64_IMM, 10000000a, ffffffffffffffff, 0",
    "V2, UDIV64_IMM, 20000000a, ffffffffffffffff, 2",
    "V0, MOD64_IMM, 10000000a, ffffffffffffffff, 10000000a",
    "V2, UREM64_IMM, 10000000a, ffffffffffffffff, b",
    "V0, DIV32_REG, ffffffffffffffff, 200000002, 7fffffff",
    "V2, SDIV32_REG, fffffffe, 1, fffffffe",
    "V2, SDIV64_IMM, fffffffffffffff8, fffffffffffffffe, 4",
    "V2, SREM32_REG, fffffff9, 2, ffffffff",
    "V2, SREM64_REG, fffffffffffffff9, 2, ffffffffffffffff",
    "V2, UHMUL64_IMM, ffffffffffffffff, ffffffffffffffff, fffffffe",
    "V2, SHMUL64_IMM, ffffffffffffffff, ffffffffffffffff, 0",
    "V2, HOR64, 12345678, 9abcdef0, 9abcdef012345678",
    "V0, LE, 1122334455667788, 10, 7788",
    "V0, LE, 1122334455667788, 40, 1122334455667788",
    "V0, BE, 1122334455667788, 10, 8877",
    "V0, BE, 1122334455667788, 20, 88776655",
    "V0, BE, 1122334455667788, 40, 8877665544332211",
  })
  void computes(Version version, Opcode op, String dst, String operand, String result) {
    long value = Alu.evaluate(version, op, parse(dst), parse(operand));
    assertThat(Long.toHexString(value)).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource({
    "DIV64_REG, 1, 100000000, ",
    "DIV32_REG, 1, 100000000, DIVIDE_BY_ZERO",
    "MOD64_REG, 1, 0, DIVIDE_BY_ZERO",
    "UREM32_REG, 1, 0, DIVIDE_BY_ZERO",
    "SDIV64_REG, 8000000000000000, ffffffffffffffff, DIVIDE_OVERFLOW",
    "SREM64_IMM, 8000000000000000, ffffffffffffffff, DIVIDE_OVERFLOW",
    "SDIV32_IMM, 80000000, ffffffffffffffff, DIVIDE_OVERFLOW",
    "SREM32_REG, ffffffff80000000, ffffffff, DIVIDE_OVERFLOW",
    "SDIV32_REG, 8000000000000000, ffffffff, ",
    "UDIV64_REG, 8000000000000000, ffffffffffffffff, ",
    "ADD64_REG, 1, 0, ",
  })
  void faults(Opcode op, String dst, String operand, AluFault fault) {
    assertThat(Alu.fault(op, parse(dst), parse(operand))).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "JEQ64_IMM, ffffffffffffffff, ffffffffffffffff, true",
    "JGT64_IMM, ffffffffffffffff, 1, true",
    "JSGT64_IMM, ffffffffffffffff, 1, false",
    "JGE64_REG, 1, 1, true",
    "JLT64_REG, 1, ffffffffffffffff, true",
    "JSLT64_REG, 1, ffffffffffffffff, false",
    "JLE64_REG, 2, 1, false",
    "JSLE64_REG, ffffffffffffffff, ffffffffffffffff, true",
    "JSGE64_REG, 0, ffffffffffffffff, true",
    "JSET64_REG, c, 3, false",
    "JNE64_REG, 100000000, 0, true",
    "JNE32_REG, 100000000, 0, false",
    "JEQ32_IMM, ffffffff, ffffffffffffffff, true",
    "JSGT32_REG, 1ffffffff, 0, false",
    "JGT32_REG, 1ffffffff, 0, true",
    "JLT32_IMM, 1, ffffffffffffffff, true",
    "JSLT32_IMM, 1, ffffffffffffffff, false",
    "JSET32_REG, 100000000, 100000000, false",
  })
  void compares(Opcode op, String dst, String operand, boolean holds) {
    assertThat(Alu.holds(op, parse(dst), parse(operand))).isEqualTo(holds);
  }

  @Test
  void highProductsAgreeWithArbitraryPrecision() {
    Random random = new Random(2);
    BigInteger two64 = BigInteger.ONE.shiftLeft(64);
    for (int i = 0; i < 1000; i++) {
      long a = random.nextLong() >> random.nextInt(64);
      long b = random.nextLong() >> random.nextInt(64);
      BigInteger product =
          BigInteger.valueOf(a).mod(two64).multiply(BigInteger.valueOf(b).mod(two64));
      assertThat(Alu.multiplyHighUnsigned(a, b)).isEqualTo(product.shiftRight(64).longValue());
    }
  }

  private static long parse(String hex) {
    return Long.parseUnsignedLong(hex, 16);
  }
}
