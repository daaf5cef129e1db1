package dev.ovsm.cli.scenario;

import dev.ovsm.cli.call.Call;
import dev.ovsm.cli.call.RunnableProgram;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.cli.program.ProgramId;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Spelling;
import dev.ovsm.elf.Manifest;
import dev.ovsm.elf.SectionReader;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.EntryCall;
import dev.ovsm.runtime.transaction.Instruction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the programs that are deployed during a run. */
final class Deployments {
  private static final List<String> KEYS = List.of("file", "start");
  private static final String NONE = "none";

  private final Cast cast;
  private final Folder folder;
  private final Diagnostics found;

  Deployments(Cast cast, Folder folder, Diagnostics found) {
    this.cast = cast;
    this.folder = folder;
    this.found = found;
  }

  /** Gives the program of a step its place in the cast, so that all steps can name it. */
  void declare(Node step) {
    if (step instanceof Node.Members members) {
      for (Node.Member member : members.members()) {
        if (member.name().value().equals("deploy")
            && member.value() instanceof Node.Members deploy) {
          deploy.members().stream()
              .filter(one -> one.name().value().equals("file"))
              .flatMap(one -> program(one.value()).stream())
              .forEach(cast::join);
        }
      }
    }
  }

  /** What is wrong with a file is said here. */
  private Optional<RunnableProgram> program(Node file) {
    Optional<Node.Text> name = Keys.text(file, "file", found);
    Optional<byte[]> elf =
        name.flatMap(
            text -> folder.files().bytes(folder.file(text.value()), InputFile.MOST_PROGRAM, found));
    if (name.isEmpty() || elf.isEmpty()) {
      return Optional.empty();
    }
    Diagnostics damage = new Diagnostics();
    Manifest manifest = new SectionReader(elf.get()).manifest(damage).orElse(null);
    String place = folder.file(name.get().value());
    Path path = Path.of(place);
    String stem = String.valueOf(path.getFileName()).replaceFirst("\\.so$", "");
    String called = manifest == null ? stem : manifest.name();
    if (damage.hasErrors()) {
      found.addAll(damage.list());
      return Optional.empty();
    }
    if (cast.programs().stream().anyMatch(one -> one.name().equals(called))) {
      found.add(
          Keys.wrong(file, "a program named " + called + " takes part already")
              .withHelp("upgrade it, or compile this one with another name"));
      return Optional.empty();
    }
    Optional<Pubkey> id = ProgramId.of(null, path, called, found);
    return id.map(key -> new RunnableProgram(called, place, key, elf.get(), manifest));
  }

  Optional<Action> read(Node value) {
    Optional<Keys> keys = Keys.of(value, "a deployment", KEYS, found);
    Optional<Node.Text> file =
        keys.flatMap(k -> k.require("file")).flatMap(node -> Keys.text(node, "file", found));
    Optional<RunnableProgram> program =
        file.flatMap(
            text ->
                cast.programs().stream()
                    .filter(one -> one.file().equals(folder.file(text.value())))
                    .findFirst());
    if (keys.isEmpty() || program.isEmpty()) {
      return Optional.empty();
    }
    Optional<Node.Text> start = keys.get().text("start");
    Optional<Instruction> first =
        start.isPresent() ? named(program.get(), start.get()) : usual(program.get());
    return Optional.of(new Action.Deploy(value.span(), program.get(), first.orElse(null)));
  }

  private Optional<Instruction> named(RunnableProgram program, Node.Text entry) {
    if (entry.value().equals(NONE)) {
      return Optional.empty();
    }
    Diagnostics wrong = new Diagnostics();
    Optional<Instruction> call = Call.startup(program, entry.value(), wrong);
    if (call.isEmpty()) {
      Manifest manifest = program.manifest();
      List<String> entries =
          manifest == null
              ? List.of()
              : manifest.entries().stream().map(Manifest.Entry::name).toList();
      found.add(
          Keys.wrong(entry, program.name() + " cannot be started by " + entry.value())
              .withHelp(
                  Spelling.nearest(entry.value(), entries)
                      .map(near -> "did you mean " + near + "?")
                      .orElse("name an entry without parameters, or none")));
    }
    return call;
  }

  /** The entry that starts a program when a run begins, if it has one without parameters. */
  private Optional<Instruction> usual(RunnableProgram program) {
    return Optional.ofNullable(program.manifest())
        .flatMap(EntryCall::startup)
        .filter(entry -> entry.parameters().isEmpty())
        .flatMap(entry -> Call.startup(program, entry.name(), found));
  }
}
