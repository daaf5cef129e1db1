package dev.ovsm.runtime.autonomous;

import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import java.util.List;

/**
 * A program array, seen from outside.
 *
 * @param entries the name of each element's entry; empty where there is none
 */
public record ArrayListing(Pubkey owner, List<String> entries) {
  public ArrayListing {
    entries = List.copyOf(entries);
  }

  static ArrayListing of(Pubkey owner, Manifest manifest, Manifest.ArraySpec array) {
    return new ArrayListing(
        owner,
        array.elements().stream()
            .map(one -> manifest.entry(one).map(Manifest.Entry::name).orElse(""))
            .toList());
  }
}
