package dev.ovsm.cli.call;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.diag.Spelling;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.transaction.Instruction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user's transaction asked for on the command line.
 *
 * @param text what was asked for, for people
 */
public record Call(long slot, String text, Instruction instruction) {
  private static final int PARTS = 3;

  /**
   * Reads {@code SLOT:ENTRY[:ARGS]}, where an entry of one of several programs is {@code
   * PROGRAM/ENTRY}; empty if it makes no sense, and {@code found} says why.
   */
  public static Optional<Call> parse(
      String text, List<RunnableProgram> programs, long startSlot, Diagnostics found) {
    String[] parts = text.split(":", PARTS);
    Optional<Long> slot = parts.length < 2 ? Optional.empty() : slot(parts[0]);
    Place place = Place.of("--send " + text);
    if (slot.isEmpty()) {
      found.add(
          place
              .say(RunCode.BAD_CALL, "--send takes SLOT:ENTRY or SLOT:ENTRY:ARGS")
              .withHelp("for example --send 1000:increment:5"));
      return Optional.empty();
    }
    if (slot.get() <= startSlot) {
      found.add(
          place
              .say(RunCode.BAD_CALL, "slot " + slot.get() + " is not in the run")
              .withHelp("the first slot is " + (startSlot + 1)));
      return Optional.empty();
    }
    String arguments = parts.length == PARTS ? parts[2] : "";
    return find(parts[1], programs, place, found)
        .flatMap(target -> instruction(target, arguments, place, found))
        .map(instruction -> new Call(slot.get(), text, instruction));
  }

  /** The start-up call of a program; empty if it has no such entry, and {@code found} says so. */
  public static Optional<Instruction> startup(
      RunnableProgram program, String entry, Diagnostics found) {
    Place place = Place.of("--init " + entry);
    return find(entry, List.of(program), place, found)
        .flatMap(target -> instruction(target, "", place, found));
  }

  private static Optional<Instruction> instruction(
      Target target, String arguments, Place place, Diagnostics found) {
    return target.arguments(arguments, place, found).map(bytes -> target.call(bytes, Map.of()));
  }

  /**
   * An entry that a call can reach.
   *
   * @param program whose entry it is
   */
  public record Target(RunnableProgram program, Manifest.Entry entry) {
    /**
     * The bytes of its parameters, separated by commas or {@code 0x} and hex digits.
     *
     * @return empty if something does not fit; {@code found} says what
     */
    public Optional<byte[]> arguments(String text, Place place, Diagnostics found) {
      return Arguments.encode(entry, text, place, found);
    }

    /**
     * The bytes of its parameters, a text each.
     *
     * @return empty if something does not fit; {@code found} says what
     */
    public Optional<byte[]> arguments(List<String> words, Place place, Diagnostics found) {
      return Arguments.encode(entry, words, place, found);
    }

    /**
     * The call of it.
     *
     * @param chosen accounts by the names that the manifest gives them; the others are the usual
     */
    public Instruction call(byte[] arguments, Map<String, Pubkey> chosen) {
      return EntryCall.of(program.id(), entry, arguments, chosen);
    }
  }

  /**
   * The entry that a name stands for, {@code ENTRY} or {@code PROGRAM/ENTRY}; empty if there is not
   * exactly one, and {@code found} says so.
   */
  public static Optional<Target> find(
      String name, List<RunnableProgram> programs, Place place, Diagnostics found) {
    int slash = name.indexOf('/');
    String entry = name.substring(slash + 1);
    List<RunnableProgram> candidates =
        slash < 0
            ? programs
            : programs.stream().filter(p -> p.name().equals(name.substring(0, slash))).toList();
    List<Target> targets =
        candidates.stream()
            .flatMap(
                program ->
                    EntryCall.find(program.manifest(), entry)
                        .map(one -> new Target(program, one))
                        .stream())
            .toList();
    if (targets.size() == 1) {
      return Optional.of(targets.get(0));
    }
    List<String> known =
        programs.stream()
            .map(RunnableProgram::manifest)
            .flatMap(manifest -> manifest == null ? null : manifest.entries().stream())
            .filter(one -> one.kind() != Manifest.EntryKind.CREATE_MAPS)
            .map(Manifest.Entry::name)
            .toList();
    String message =
        targets.isEmpty() ? "no entry is named " + name : "several programs have an entry " + name;
    String help =
        targets.isEmpty()
            ? Spelling.nearest(entry, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("the entries are " + String.join(", ", known))
            : "write PROGRAM/" + name;
    found.add(place.say(RunCode.UNKNOWN_ENTRY, message).withHelp(help));
    return Optional.empty();
  }

  private static Optional<Long> slot(String word) {
    try {
      return Optional.of(Long.parseLong(word.replace("_", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
