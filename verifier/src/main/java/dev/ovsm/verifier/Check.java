package dev.ovsm.verifier;

import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.graph.Root;
import java.util.List;

/** The judgement of one property of one entry by what the analyses found. */
interface Check {
  /** What is found; at least one finding, unless the property does not concern the root. */
  List<Finding> of(Root root, Examination examination, Policy policy);

  /** A count as reports show it. */
  static String number(long count) {
    if (count == Long.MAX_VALUE) {
      return "no bound";
    }
    StringBuilder text = new StringBuilder(Long.toString(count));
    int first = count < 0 ? 1 : 0;
    for (int at = text.length() - 3; at > first; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /** A count and its noun, in the plural unless there is one. */
  static String counted(long count, String noun) {
    String plural = noun.endsWith("s") ? "es" : "s";
    return number(count) + " " + noun + (count == 1 ? "" : plural);
  }
}
