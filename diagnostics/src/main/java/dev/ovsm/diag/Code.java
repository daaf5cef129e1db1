package dev.ovsm.diag;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stable identity of a kind of diagnostic; an id is never reused or renumbered.
 *
 * <p>Ids carry their phase in the first letter: R reading, L the language (names, types, lowering),
 * V the verifier, W what is hardly meant, E object files and machine code, X running, C the command
 * line.
 */
public sealed interface Code
    permits ReadCode, LanguageCode, VerifierCode, LintCode, ObjectCode, RunCode, CommandCode {
  /** The enum constant's name, for programs. */
  String name();

  /** What it says. */
  Meaning meaning();

  /** The stable id, such as {@code R0003}. */
  default String id() {
    return meaning().id();
  }

  /** The severity a diagnostic of this code has unless a rule says otherwise. */
  default Severity severity() {
    return meaning().severity();
  }

  /** A few words that name the kind of problem, without its particulars. */
  default String title() {
    return meaning().title();
  }

  /** What the code means, an example of it, and how to mend it: several sentences. */
  default String explanation() {
    return meaning().explanation();
  }

  /** Every code of every phase, in the order of their ids within a phase. */
  static Stream<Code> all() {
    return Stream.<Code[]>of(
            ReadCode.values(),
            LanguageCode.values(),
            VerifierCode.values(),
            LintCode.values(),
            ObjectCode.values(),
            RunCode.values(),
            CommandCode.values())
        .flatMap(Stream::of);
  }

  /** The code with this id, case ignored. */
  static Optional<Code> of(String id) {
    return all().filter(code -> code.id().equalsIgnoreCase(id)).findFirst();
  }
}
