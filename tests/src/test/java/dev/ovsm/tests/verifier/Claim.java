package dev.ovsm.tests.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.verifier.Finding;
import dev.ovsm.verifier.Verdict;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Loop;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Root;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a case says is true afterwards.
 *
 * <ul>
 *   <li>{@code termination = safe}, {@code events != safe}: the worst verdict on a property
 *   <li>{@code no warning of determinism}: nothing is to be said of a property
 *   <li>{@code rounds = 7}: the loop that repeats most repeats so often
 *   <li>{@code units = 9}, {@code units <= 9}, {@code emissions = 3}: in the worst case; {@code
 *       units >= 9} of what happens in the worst case but is not found exactly
 *   <li>{@code frames = 2}, {@code heap <= 64}: what is taken of the machine's memory
 *   <li>{@code r0 in [-1, 5]}: the result, found to lie there and never seen elsewhere
 *   <li>{@code covers r0}: the result is never seen outside of what is found
 * </ul>
 */
final class Claim {
  private static final Pattern RANGE = Pattern.compile("r0 in \\[(-?\\d+), (-?\\d+)]");
  private static final Pattern FIGURE =
      Pattern.compile("(rounds|units|emissions|frames|heap) (=|<=|>=) (\\d+)");
  private static final Pattern VERDICT =
      Pattern.compile("(\\w+) (=|!=) (safe|guarded|unsafe|unknown)");

  private static final Pattern SILENCE = Pattern.compile("no warning of (\\w+)");

  private Claim() {}

  /** The range of the result that a claim is about, if it is about that. */
  static Optional<Word> range(String claim) {
    Matcher range = RANGE.matcher(claim);
    if (!range.matches()) {
      return Optional.empty();
    }
    boolean signed = range.group(1).startsWith("-");
    return Optional.of(
        signed
            ? Word.signed(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)))
            : Word.unsigned(
                Long.parseUnsignedLong(range.group(1)), Long.parseUnsignedLong(range.group(2))));
  }

  /** Fails unless the claim holds of what was found. */
  static void check(String claim, List<Finding> findings, Examination examination, Root root) {
    Matcher figure = FIGURE.matcher(claim);
    Matcher verdict = VERDICT.matcher(claim);
    Matcher silence = SILENCE.matcher(claim);
    Optional<Word> range = range(claim);
    if (range.isPresent()) {
      Word found = examination.result(root);
      assertThat(range.get().includes(found)).as("%s, found %s", claim, found).isTrue();
    } else if (figure.matches()) {
      long found = found(figure.group(1), examination, root);
      long claimed = Long.parseLong(figure.group(3));
      switch (figure.group(2)) {
        case "=" -> assertThat(found).as(claim).isEqualTo(claimed);
        case "<=" -> assertThat(found).as(claim).isLessThanOrEqualTo(claimed);
        default -> assertThat(found).as(claim).isGreaterThanOrEqualTo(claimed);
      }
    } else if (verdict.matches()) {
      boolean same = worst(findings, verdict.group(1)) == verdict(verdict.group(3));
      assertThat(same).as("%s in %s", claim, findings).isEqualTo(verdict.group(2).equals("="));
    } else if (silence.matches()) {
      assertThat(of(findings, silence.group(1)))
          .as(claim)
          .isNotEmpty()
          .allMatch(finding -> finding.diagnostic() == null);
    } else {
      assertThat(claim).isEqualTo("covers r0");
    }
  }

  private static long found(String figure, Examination examination, Root root) {
    return switch (figure) {
      case "rounds" -> examination.loops(root).stream().mapToLong(Loop::times).max().orElse(0);
      case "units" -> examination.units(root);
      case "frames" -> examination.use(root).frames();
      case "heap" -> examination.use(root).heapBytes();
      default -> examination.emissions(root);
    };
  }

  private static Verdict verdict(String word) {
    return Verdict.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The worst verdict on a property. */
  static Verdict worst(List<Finding> findings, String property) {
    List<Finding> all = of(findings, property);
    assertThat(all).as(property).isNotEmpty();
    return all.stream().map(Finding::verdict).reduce(Verdict.SAFE, Verdict::worse);
  }

  private static List<Finding> of(List<Finding> findings, String property) {
    return findings.stream()
        .filter(one -> one.property().word().replace(' ', '_').equals(property))
        .toList();
  }
}
