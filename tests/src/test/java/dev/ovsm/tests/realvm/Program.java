package dev.ovsm.tests.realvm;

import org.jspecify.annotations.Nullable;

/** A program to load: its id (the oracle has one for those that do not care), ELF and loader. */
public record Program(@Nullable String id, byte[] elf, Loader loader) {
  /** The id of a program whose request names none. */
  public static final String ANY_ID = "J6UnDBpacT9KHuHQMaXTcUFzmBDvQ5hTNEd1kALa2Hbr";

  /** A program under {@link #ANY_ID} and the upgradeable loader. */
  public static Program of(byte[] elf) {
    return new Program(null, elf, Loader.UPGRADEABLE);
  }
}
