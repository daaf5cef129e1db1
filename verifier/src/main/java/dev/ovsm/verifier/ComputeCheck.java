package dev.ovsm.verifier;

import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.VerifierCode;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.verifier.analysis.CallSite;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Saturated;
import dev.ovsm.verifier.analysis.Split;
import dev.ovsm.verifier.graph.Place;
import dev.ovsm.verifier.graph.Root;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The worst case of an execution stays within its budget. One that a user sends and that declares
 * none may need more than any transaction has: then it is left to the machine.
 */
final class ComputeCheck implements Check {
  /** So many of the places that take most are told. */
  private static final int SHOWN = 2;

  /** What takes less than this part of everything is not told. */
  private static final int SMALL = 5;

  private final boolean estimated;

  /**
   * A check of compute units.
   *
   * @param estimated whether there is no machine code yet, so that units are estimated
   */
  ComputeCheck(boolean estimated) {
    this.estimated = estimated;
  }

  @Override
  public List<Finding> of(Root root, Examination examination, Policy policy) {
    long units = examination.units(root);
    String name = root.name();
    String budget = Check.number(root.budget()) + (root.declared() ? "" : " (default)");
    if (units == Saturated.UNBOUNDED) {
      String figure = "no bound, budget " + budget;
      Diagnostic why = unbounded(root, examination);
      return List.of(new Finding(name, Property.COMPUTE, Verdict.UNKNOWN, figure, why));
    }
    String figure = (estimated ? "about " : "at most ") + Check.number(units) + " of " + budget;
    long invocations = examination.invocations(root);
    if (invocations > 0) {
      figure += " and " + Check.counted(invocations, "call") + " of other programs";
      if (root.kind() == Root.Kind.CALLBACK && units <= root.budget()) {
        return List.of(
            Finding.unknown(name, Property.COMPUTE, figure, invoking(root, examination)));
      }
    }
    if (units <= root.budget()) {
      return List.of(Finding.safe(name, Property.COMPUTE, figure));
    }
    // Nobody promised that a transaction's most is enough: a user's that runs out changes nothing.
    boolean isPromised = root.declared() || root.kind() == Root.Kind.CALLBACK;
    if (!estimated && !isPromised && !policy.strict()) {
      String guarded = figure + ", which the machine holds it to";
      return List.of(Finding.guarded(name, Property.COMPUTE, guarded));
    }
    Diagnostic why =
        Places.at(
                root.place(),
                name,
                VerifierCode.OVER_BUDGET,
                name
                    + " may take "
                    + Check.number(units)
                    + " compute units, its budget is "
                    + budget)
            .withHelp(
                "declare a larger :compute-budget, or do less in one execution;"
                    + " ovsm cost shows what takes how much");
    why = dearest(why, root, examination.split(root));
    return List.of(
        estimated
            ? Finding.unknown(name, Property.COMPUTE, figure, doubtful(why))
            : Finding.unsafe(name, Property.COMPUTE, figure, why));
  }

  /** With the places that take most of it, of a source as far as there is one. */
  private static Diagnostic dearest(Diagnostic why, Root root, Split split) {
    Map<Place, Long> shares = new LinkedHashMap<>();
    long units = 0;
    for (Split.Share one : split.shares()) {
      units = Saturated.sum(units, one.units());
      if (one.place().span().isReal() == root.place().span().isReal()) {
        shares.merge(one.place(), one.units(), Saturated::sum);
      }
    }
    long least = units / SMALL;
    List<Map.Entry<Place, Long>> most =
        shares.entrySet().stream()
            .sorted(Map.Entry.<Place, Long>comparingByValue().reversed())
            .filter(one -> one.getValue() > least)
            .limit(SHOWN)
            .toList();
    Diagnostic shown = why;
    for (Map.Entry<Place, Long> one : most) {
      String text = "up to " + Check.number(one.getValue()) + " of them from here";
      shown = Places.with(shown, one.getKey(), text);
    }
    return shown;
  }

  private static Diagnostic doubtful(Diagnostic why) {
    return new Diagnostic(
        VerifierCode.UNPROVED,
        VerifierCode.UNPROVED.severity(),
        why.primary(),
        why.place(),
        why.message(),
        why.labels(),
        List.of("this is an estimate: the machine code decides"),
        why.steps(),
        why.help(),
        why.fix());
  }

  /** Which call has no bound of its own; null if some loop has none, which is told elsewhere. */
  private static @Nullable Diagnostic unbounded(Root root, Examination examination) {
    return examination.callSites(root).stream()
        .filter(ComputeCheck::isUnbounded)
        .findFirst()
        .map(
            site ->
                Places.at(
                    site.place(),
                    site.function(),
                    VerifierCode.UNPROVED,
                    "no bound on compute units: what " + site.symbol() + " takes is not known"))
        .orElse(null);
  }

  private static Diagnostic invoking(Root root, Examination examination) {
    Place place =
        examination.callSites(root).stream()
            .filter(site -> Examination.has(site, Effect.INVOKES))
            .map(CallSite::place)
            .findFirst()
            .orElse(root.place());
    return Places.at(
            place,
            root.name(),
            VerifierCode.UNPROVED,
            "what the other program takes of the callback's budget is not known")
        .withHelp("declare a :compute-budget with room for it");
  }

  private static boolean isUnbounded(CallSite site) {
    return !Examination.has(site, Effect.INVOKES) && site.units() == Saturated.UNBOUNDED;
  }
}
