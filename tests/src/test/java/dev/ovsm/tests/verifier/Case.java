package dev.ovsm.tests.verifier;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.AssemblyFile;
import dev.ovsm.elf.ElfLoader;
import dev.ovsm.elf.LoaderConfig;
import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A small program and what is true of it, written by hand.
 *
 * @param pre how the runtime enters it: nothing for an instruction, {@code callback} for a
 *     callback; {@code account NAME} or {@code account NAME writable} for each account that it
 *     declares; {@code stranger} if it says nothing of itself
 * @param post claims that {@link Claim} reads
 * @param messages codes, or words, that the reasons have
 */
record Case(
    String file,
    String name,
    String version,
    List<String> pre,
    String code,
    List<String> post,
    List<String> messages) {

  /** Every case of a folder. */
  static List<Case> all(Path folder) throws IOException {
    List<Case> cases = new ArrayList<>();
    List<Path> files;
    try (var list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    Load load = new Load(LoadSettings.builder().setMaxAliasesForCollections(0).build());
    for (Path file : files) {
      for (Object document : load.loadAllFromString(Files.readString(file))) {
        Map<?, ?> map = (Map<?, ?>) document;
        cases.add(
            new Case(
                file.getFileName().toString(),
                String.valueOf(map.get("test-case")),
                map.containsKey("version") ? String.valueOf(map.get("version")) : "v0",
                words(map.get("pre")),
                String.valueOf(map.get("code")),
                words(map.get("post")),
                words(map.get("messages"))));
      }
    }
    return cases;
  }

  private static List<String> words(@Nullable Object list) {
    return ((List<?>) Objects.requireNonNull(list)).stream().map(String::valueOf).toList();
  }

  /** The program as the machine has it. */
  Program program() {
    String text = ".sbpf " + version + "\n.text\nentrypoint:\n" + code;
    Diagnostics found = new Diagnostics();
    byte[] elf =
        AssemblyFile.assemble(new Source(name, text), null, found)
            .orElseThrow(() -> new AssertionError(name + ": " + found.list()));
    Program program = ElfLoader.load(elf, LoaderConfig.autonomous()).program().orElseThrow();
    Validator.validate(program)
        .ifPresent(
            error -> {
              throw new AssertionError(name + ": " + error);
            });
    return program;
  }

  /** What the runtime knows of its entry. */
  Manifest manifest() {
    if (pre.isEmpty() || pre.contains("stranger")) {
      return Manifest.of(pre.isEmpty() ? name : "");
    }
    Manifest.EntryKind kind =
        pre.contains("callback") ? Manifest.EntryKind.CALLBACK : Manifest.EntryKind.INSTRUCTION;
    List<Manifest.Account> accounts =
        pre.stream().filter(word -> word.startsWith("account ")).map(Case::account).toList();
    Manifest.Entry entry =
        new Manifest.Entry("entrypoint", 0x5eed, kind, false, 0, List.of(), accounts);
    return new Manifest(name, List.of(entry), List.of(), List.of(), List.of());
  }

  private static Manifest.Account account(String words) {
    boolean writable = words.endsWith(" writable");
    String rest = words.substring("account ".length());
    String name = writable ? rest.substring(0, rest.length() - " writable".length()) : rest;
    return new Manifest.Account(name, false, writable, null, null);
  }

  @Override
  public String toString() {
    return file + ": " + name;
  }
}
