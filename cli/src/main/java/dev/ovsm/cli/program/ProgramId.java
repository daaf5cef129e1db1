package dev.ovsm.cli.program;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.ovsm.cli.file.InputFile;
import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.NamedKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a program: the one asked for, else that of the keypair beside its file, else one
 * derived from its name.
 */
public final class ProgramId {
  private static final int MOST_KEYPAIR = 4_096;
  private static final int KEYPAIR_BYTES = 64;

  private ProgramId() {}

  /**
   * The address of the program in a file.
   *
   * @param given base 58, or null if none was asked for
   * @param program the program's file, beside which {@code STEM-keypair.json} may stand
   * @param name the program's name
   * @return empty if what was given is no address; {@code found} says why
   */
  public static Optional<Pubkey> of(
      @Nullable String given, Path program, String name, Diagnostics found) {
    if (given != null) {
      Optional<Pubkey> parsed = Pubkey.parse(given);
      if (parsed.isEmpty()) {
        found.add(
            Diagnostic.in("--program-id", CommandCode.USAGE, given + " is no address")
                .withHelp("an address is 32 bytes in base 58, 32 to 44 characters"));
      }
      return parsed;
    }
    String file = String.valueOf(program.getFileName());
    String stem = file.endsWith(".so") ? file.substring(0, file.length() - 3) : file;
    Path keypair = program.resolveSibling(stem + "-keypair.json");
    return Files.exists(keypair)
        ? fromKeypair(keypair.toString(), found)
        : Optional.of(NamedKey.ofProgram(name));
  }

  private static Optional<Pubkey> fromKeypair(String name, Diagnostics found) {
    Optional<byte[]> text = InputFile.bytes(name, MOST_KEYPAIR, found);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      int @Nullable [] numbers =
          new Gson().fromJson(new String(text.get(), StandardCharsets.UTF_8), int[].class);
      if (numbers != null && numbers.length == KEYPAIR_BYTES) {
        byte[] key = new byte[Pubkey.BYTES];
        boolean bytes = true;
        for (int i = 0; i < key.length; i++) {
          int number = numbers[KEYPAIR_BYTES - key.length + i];
          bytes &= number >= 0 && number <= 0xFF;
          key[i] = (byte) number;
        }
        if (bytes) {
          return Optional.of(Pubkey.of(key));
        }
      }
    } catch (JsonParseException e) {
      // Said below, like every other way not to be a keypair.
    }
    found.add(
        Diagnostic.in(name, CommandCode.NOT_A_KEYPAIR, name + " is not a keypair")
            .withHelp("move it away, or make one with: solana-keygen new -o " + name));
    return Optional.empty();
  }
}
