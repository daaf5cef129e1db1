package dev.ovsm.verifier;

import dev.ovsm.diag.Span;
import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Program;
import dev.ovsm.verifier.analysis.Access.Grade;
import dev.ovsm.verifier.analysis.Examination;
import dev.ovsm.verifier.analysis.Examination.Touched;
import dev.ovsm.verifier.graph.Away;
import dev.ovsm.verifier.graph.Framed;
import dev.ovsm.verifier.graph.Operand;
import dev.ovsm.verifier.graph.Root;
import dev.ovsm.verifier.graph.Subject;
import dev.ovsm.verifier.lift.ProgramFront;
import dev.ovsm.verifier.lift.Supposed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * A root of machine code and the examination that tells most of it.
 *
 * <p>Where a root has no bound, or may access memory out of bounds, it is examined again while
 * addresses that are known to lead nowhere are supposed to lead to no frame, or to lie as far from
 * one as they then seem to; that counts if all of it can be shown afterwards.
 *
 * @param supposed what the examination rests on, all of it shown
 */
record Refined(Root root, Examination examination, Supposed supposed) {
  /** So often is it tried to suppose less. */
  private static final int ROUNDS = 10;

  /** Of more bytes of code a root without a bound is examined only once more. */
  private static final int LONGEST = 1 << 17;

  /** More compute units than any budget has. */
  private static final long MOST_UNITS = 1L << 32;

  /** So many roots are examined once more on their own. */
  private static final int MOST = 16;

  /** The roots of a program, in the order of the manifest. */
  static List<Refined> all(
      Program program, Manifest manifest, IntFunction<Span> spans, Policy policy) {
    return all(
        ProgramFront.lift(program, manifest, spans, policy::budget, Supposed.NOTHING),
        program,
        manifest,
        spans,
        policy);
  }

  /** The same, of a program that has been lifted without supposing anything. */
  static List<Refined> all(
      Subject plain, Program program, Manifest manifest, IntFunction<Span> spans, Policy policy) {
    Examination examination = Examination.of(plain);
    List<Refined> all = new ArrayList<>(plain(plain.roots(), examination));
    // What is no program of ours puts no addresses where they can be told from others.
    if (!plain.area().isOwn()) {
      return all;
    }
    List<Integer> open = indices(all, Refined::isOpen);
    if (open.size() > MOST) {
      return all;
    }
    List<Integer> lost = indices(all, one -> !one.isOpen() && one.lost() > 0);
    if (open.size() + lost.size() <= MOST) {
      open.addAll(lost);
    }
    for (int i : open) {
      again(all, i, program, manifest, spans, policy);
    }
    return all;
  }

  private static List<Integer> indices(List<Refined> all, Predicate<Refined> wanted) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (wanted.test(all.get(i))) {
        indices.add(i);
      }
    }
    return indices;
  }

  /** Roots of which nothing is supposed. */
  static List<Refined> plain(List<Root> roots, Examination examination) {
    return roots.stream().map(root -> new Refined(root, examination, Supposed.NOTHING)).toList();
  }

  /** Whether it has no bound, or one that says no more than none. */
  private boolean isUnbounded() {
    return examination.units(root) > MOST_UNITS;
  }

  /** Whether more might be shown of it. */
  private boolean isOpen() {
    return isUnbounded() || doubts() > 0;
  }

  /** How many accesses may lie outside of what they are meant for. */
  private long doubts() {
    Touched touched = examination.touched(root);
    return touched.count(Grade.DOUBTFUL) + touched.count(Grade.NULLABLE);
  }

  /**
   * How many writes may go to an account only because it is not known where they go; 0 where others
   * would be left to the machine even so.
   */
  private long lost() {
    return examination.changed(root).lost();
  }

  private boolean isBetter(Refined than) {
    if (isUnbounded() != than.isUnbounded()) {
      return than.isUnbounded();
    }
    return doubts() == than.doubts() ? lost() < than.lost() : doubts() < than.doubts();
  }

  private static void again(
      List<Refined> all,
      int index,
      Program program,
      Manifest manifest,
      IntFunction<Span> spans,
      Policy policy) {
    Set<Operand> refuted = new HashSet<>();
    Map<Operand, Framed> guessed = new HashMap<>();
    Examination plain = all.get(index).examination;
    List<Integer> group = plain.linked(index);
    Map<Operand, Framed> framed = plain.framed(plain.roots(group));
    for (int round = 0; round < ROUNDS; round++) {
      Supposed supposed = Supposed.allBut(refuted, Framed.both(framed, guessed));
      Subject subject = ProgramFront.lift(program, manifest, spans, policy::budget, supposed);
      Examination examination = Examination.of(subject);
      Refined refined = new Refined(subject.roots().get(index), examination, supposed);
      if (refined.isUnbounded() && program.text().length > LONGEST) {
        return;
      }
      List<Root> roots = examination.roots(group);
      Map<Operand, Framed> found = examination.framed(roots);
      Set<Operand> wrong = examination.unframed(roots, guessed);
      for (Away away : examination.unshown(roots)) {
        Operand operand = new Operand(examination.place(away).pc(), away.input());
        refuted.add(operand);
        wrong.add(operand);
      }
      if (wrong.isEmpty()) {
        all.set(index, refined.isBetter(all.get(index)) ? refined : all.get(index));
        // Nothing is left to show: what is known now holds, and may tell more of what was refuted.
        Map<Operand, Framed> more = Framed.both(framed, found);
        if ((!refined.isOpen() && refined.lost() == 0) || more.equals(framed)) {
          return;
        }
        framed = more;
        refuted.clear();
      }
      guess(guessed, wrong, found);
    }
  }

  /** Supposes of what was supposed wrongly that it lies where it seems to, if it seems to. */
  private static void guess(
      Map<Operand, Framed> guessed, Set<Operand> wrong, Map<Operand, Framed> found) {
    guessed.keySet().removeAll(wrong);
    for (Operand operand : wrong) {
      Framed seems = found.get(operand);
      if (seems != null) {
        guessed.put(operand, seems);
      }
    }
  }
}
