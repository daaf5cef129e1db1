package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which numbers share a register, and what becomes of those that find none. */
class AllocationTest {
  private static final int NUMBERS = 14;
  private static final Pattern COPY = Pattern.compile("mov64 r\\d, r\\d");

  /** An instruction of code without jumps, as a number's way through registers and slots needs. */
  private static final Pattern INST =
      Pattern.compile(
          "(\\w+) (\\[r\\d+[+-]\\d+]|r\\d+), (\\[r\\d+[+-]\\d+]|r\\d+|-?(?:0x)?[0-9a-f]+)");

  @Test
  void numbersThatFindNoRegisterComeBackFromTheFrame() {
    StringBuilder body = new StringBuilder();
    Map<String, Long> input = new HashMap<>();
    for (int i = 1; i <= NUMBERS; i++) {
      body.append("  %" + i + " = load u64 [%0 + " + 8 * i + "]\n");
      input.put("[r1+" + 8 * i + "]", number(i));
    }
    int last = NUMBERS;
    long expected = number(NUMBERS);
    for (int i = 1; i <= NUMBERS; i++) {
      body.append("  %" + (last + 1) + " = sub.wrap u64 %" + last + ", %" + i + "\n");
      body.append("  %" + (last + 2) + " = mul.wrap u64 %" + (last + 1) + ", %" + i + "\n");
      last += 2;
      expected = (expected - number(i)) * number(i);
    }
    for (int i = NUMBERS; i >= 1; i--) {
      body.append("  %" + (last + 1) + " = xor.wrap u64 %" + last + ", %" + i + "\n");
      last++;
      expected ^= number(i);
    }
    String code = code("b0:\n" + body + "  return %" + last + "\n");
    assertThat(code).contains("stxdw [r10-", ", [r10-");
    assertThat(result(code, input)).isEqualTo(expected);
  }

  @Test
  void constantsThatFindNoRegisterAreComputedAgain() {
    StringBuilder body = new StringBuilder("  %100 = load u64 [%0 + 8]\n");
    int last = 100;
    long expected = 7;
    for (int i = 1; i <= NUMBERS; i++) {
      body.append("  %" + i + " = const u64 0x" + Long.toHexString(number(i)) + "\n");
    }
    for (String op : List.of("sub", "mul", "xor")) {
      for (int i = 1; i <= NUMBERS; i++) {
        body.append("  %" + (last + 1) + " = " + op + ".wrap u64 %" + last + ", %" + i + "\n");
        last++;
        expected = combined(op + "64", expected, number(i));
      }
    }
    String code = code("b0:\n" + body + "  return %" + last + "\n");
    assertThat(code).doesNotContain("[r10-");
    assertThat(code.lines().filter(line -> line.contains("lddw")).count()).isGreaterThan(NUMBERS);
    assertThat(result(code, Map.of("[r1+8]", 7L))).isEqualTo(expected);
  }

  private static long number(int i) {
    return 0x9e3779b97f4a7c15L * i;
  }

  /** What straight code returns; a register or slot that nothing was written to is a failure. */
  private static long result(String code, Map<String, Long> input) {
    Map<String, Long> held = new HashMap<>();
    held.put("r1", 0L);
    for (String line : code.lines().toList()) {
      Matcher inst = INST.matcher(line.strip());
      if (inst.matches()) {
        String to = inst.group(2);
        String from = inst.group(3);
        boolean given = from.startsWith("[") && !from.startsWith("[r10");
        // The input stays at its address, whichever register holds that.
        Map<String, Long> there = given ? input : held;
        String place = given ? from.replaceFirst("r\\d+", "r1") : from;
        long value =
            Optional.ofNullable(there.get(place))
                .or(() -> literal(from))
                .orElseThrow(() -> new AssertionError(line));
        held.put(to, combined(inst.group(1), held.getOrDefault(to, 0L), value));
      } else {
        assertThat(line).containsAnyOf("entrypoint:", "exit");
      }
    }
    return Optional.ofNullable(held.get("r0")).orElseThrow();
  }

  private static Optional<Long> literal(String text) {
    return text.startsWith("r") || text.startsWith("[")
        ? Optional.empty()
        : Optional.of(
            new BigInteger(text.replace("0x", ""), text.contains("0x") ? 16 : 10).longValue());
  }

  private static long combined(String op, long left, long right) {
    return switch (op) {
      case "ldxdw", "stxdw", "mov64", "lddw" -> right;
      case "sub64" -> left - right;
      case "mul64" -> left * right;
      case "xor64" -> left ^ right;
      default -> throw new IllegalArgumentException(op);
    };
  }

  @Test
  void whatALoopHandsOnToItselfIsNotCopied() {
    assertThat(copies("%5, %6")).isZero();
  }

  /** Joining what is handed over crosswise would lose one of the two. */
  @Test
  void whatALoopHandsOnCrosswiseIsCopied() {
    assertThat(copies("%6, %5")).isEqualTo(3);
  }

  private long copies(String handedOn) {
    String code =
        code(
            """
            b0:
              %1 = load u64 [%0 + 8]
              %2 = load u64 [%0 + 16]
              %3 = const u64 0
              jump b1(%3, %1, %2)
            b1(%4: u64, %5: u64, %6: u64):
              %7 = const u64 9
              %8 = lt u64 %4, %7
              branch %8, b2, b3
            b2:
              %9 = const u64 1
              %10 = add.exact u64 %4, %9
              jump b1(%10, HANDED)
            b3:
              %11 = sub.wrap u64 %5, %6
              return %11
            """
                .replace("HANDED", handedOn));
    return COPY.matcher(code).results().count();
  }

  private static String code(String body) {
    Diagnostics diagnostics = new Diagnostics();
    String code = Listing.of("fn entrypoint(%0: ptr) -> u64 {\n" + body + "}\n", diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    return code;
  }
}
