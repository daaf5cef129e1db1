package dev.ovsm.cli.call;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that takes part in a run.
 *
 * @param name from its manifest, else from its file
 * @param file for people
 * @param manifest null if the file has none
 */
public record RunnableProgram(
    String name, String file, Pubkey id, byte[] elf, @Nullable Manifest manifest) {
  /** The errors that the program names; none if it says nothing of itself. */
  public List<Manifest.Failing> errors() {
    return manifest == null ? List.of() : manifest.errors();
  }
}
