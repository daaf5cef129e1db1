package dev.ovsm.frontend.hir;

import java.util.List;

/**
 * An account with an address that is known when the program is compiled.
 *
 * @param index its place among the program's fixed accounts, from 0
 */
public record AccountInfo(int index, List<Byte> address, boolean writable) {
  public AccountInfo {
    address = List.copyOf(address);
  }
}
