package dev.ovsm.cli.account;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An account of an instruction as the command line names it: a file or an address, and what the
 * instruction may do with it.
 */
public record AccountArgument(String place, boolean signer, boolean writable) {
  private static final String SIGNER = ":s";
  private static final String WRITABLE = ":w";

  /** Reads {@code FILE.json[:s][:w]}. */
  public static AccountArgument of(String text) {
    String place = text;
    boolean signer = false;
    boolean writable = false;
    while (place.endsWith(SIGNER) || place.endsWith(WRITABLE)) {
      signer |= place.endsWith(SIGNER);
      writable |= place.endsWith(WRITABLE);
      place = place.substring(0, place.length() - SIGNER.length());
    }
    return new AccountArgument(place, signer, writable);
  }

  /** The account named, an empty one if only an address is; else {@code found} says why. */
  public Optional<KeyedAccount> account(Diagnostics found) {
    Optional<Pubkey> address = Pubkey.parse(place);
    if (address.isPresent() && !isFile()) {
      return Optional.of(new KeyedAccount(address.get(), Account.EMPTY));
    }
    return AccountFile.read(place, found);
  }

  private boolean isFile() {
    try {
      return Files.exists(Path.of(place));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
