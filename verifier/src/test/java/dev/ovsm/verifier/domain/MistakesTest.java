package dev.ovsm.verifier.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A mistake in any operator is found by going through all sets of few bits, which {@link
 * ExhaustionTest} finds nothing in where there is none.
 */
final class MistakesTest {
  private static final List<String> CLAIMS =
      Claim.all(4).stream().map(claim -> claim.toString()).toList();

  /** The loader of the mistake gives the search and all it uses anew. */
  @SuppressWarnings("unchecked")
  private static String found(ClassLoader world, String claim) throws Exception {
    Constructor<?> search =
        Class.forName(Search.class.getName(), true, world).getDeclaredConstructor();
    search.setAccessible(true);
    return ((IntFunction<String>) search.newInstance()).apply(CLAIMS.indexOf(claim));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ADD, Stride, add, ARITHMETIC, 0
          ADD, Sums, add, JUMP, 0
          AND, Arithmetic, asNarrow, JUMP, 0
          AND, Arithmetic, atMost, BOUND, 0
          MUL, Bits, multiply, JUMP, 0
          MUL, Products, fittingProduct, JUMP, 0
          NE, Relation, without, ARITHMETIC, 0
          OR, Arithmetic, atLeast, BOUND, 0
          OR, Bits, or, ARITHMETIC, 2
          SADD_CHECKED, Sums, add, ARITHMETIC, 0
          SAR, Bits, shiftRightSigned, ARITHMETIC, 1
          SDIV, Quotients, corners, BOUND, 0
          SHL, Arithmetic, eachAmount, JUMP, 1
          SHL, Arithmetic, shiftLeft, BOUND, 0
          SHMUL, Products, signedHigh, BOUND, 0
          SHR, Arithmetic, shiftRight, BOUND, 1
          SLT, Relation, betweenSigned, BOUND, 0
          SMUL_CHECKED, Products, fittingProduct, BOUND, 0
          SREM, Quotients, signedRemainder, BOUND, 1
          SSUB_CHECKED, Sums, signedDifference, BOUND, 0
          SUB, Bits, subtract, ARITHMETIC, 2
          SUB, Stride, subtract, ARITHMETIC, 1
          UADD_CHECKED, Sums, add, BOUND, 0
          UDIV, Quotients, unsignedQuotient, BOUND, 0
          UHMUL, Products, unsignedHigh, BOUND, 0
          ULE, Relation, refine, JUMP, 0
          ULT, Relation, betweenUnsigned, BOUND, 0
          UMUL_CHECKED, Products, fittingProduct, EXTREME, 0
          UREM, Quotients, unsignedRemainder, ARITHMETIC, 1
          USUB_CHECKED, Sums, subtract, BOUND, 0
          XOR, Bits, xor, ARITHMETIC, 1
          join, Bits, join, ARITHMETIC, 0
          join, Stride, join, ARITHMETIC, 0
          join, Word, includes, JUMP, 0
          meet, Bits, between, ARITHMETIC, 0
          meet, Bits, ceiling, ARITHMETIC, 0
          meet, Bits, contradicts, ARITHMETIC, 0
          meet, Bits, floor, ARITHMETIC, 0
          meet, Bits, meet, ARITHMETIC, 0
          meet, Half, of, JUMP, 0
          meet, Half, onStride, JUMP, 2
          meet, Stride, ceiling, ARITHMETIC, 0
          """)
  void theSearchFindsIt(
      String claim, String className, String method, Mistake.Kind kind, int number)
      throws Exception {
    assertThat(found(new Mistake(className, method, kind, number), claim)).startsWith(claim);
  }
}
