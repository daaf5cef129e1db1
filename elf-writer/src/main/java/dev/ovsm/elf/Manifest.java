package dev.ovsm.elf;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime and clients must know of a program beyond its code: the section {@value
 * #SECTION} of a file, which is never loaded into memory.
 *
 * @param name the program's name, from which its default id is derived
 */
public record Manifest(
    String name,
    List<Entry> entries,
    List<MapSpec> maps,
    List<ArraySpec> arrays,
    List<Failing> errors) {
  /** The section's name. */
  public static final String SECTION = ".ovsm";

  public Manifest {
    entries = List.copyOf(entries);
    maps = List.copyOf(maps);
    arrays = List.copyOf(arrays);
    errors = List.copyOf(errors);
  }

  /** The manifest of a program of which nothing but the name is known. */
  public static Manifest of(String name) {
    return new Manifest(name, List.of(), List.of(), List.of(), List.of());
  }

  /** The bytes of the section; the same manifest gives the same bytes. */
  public byte[] encode() {
    return ManifestCodec.encode(this);
  }

  /** Reads a section; empty if it is damaged or of another format. Bounded by its size. */
  public static Optional<Manifest> decode(byte[] section) {
    return ManifestCodec.decode(section);
  }

  /** The entry that the first eight bytes of instruction data select. */
  public Optional<Entry> entry(long discriminator) {
    return entries.stream().filter(entry -> entry.discriminator == discriminator).findFirst();
  }

  public Optional<Entry> entry(String entryName) {
    return entries.stream().filter(entry -> entry.name.equals(entryName)).findFirst();
  }

  /**
   * One instruction of the program.
   *
   * @param discriminator the first eight bytes of its instruction data, little-endian
   * @param isPublic whether users may call a callback
   * @param budget declared compute units of a callback, 0 if none were declared
   */
  public record Entry(
      String name,
      long discriminator,
      EntryKind kind,
      boolean isPublic,
      long budget,
      List<Parameter> parameters,
      List<Account> accounts) {
    public Entry {
      parameters = List.copyOf(parameters);
      accounts = List.copyOf(accounts);
    }
  }

  /** What an entry is for. */
  public enum EntryKind {
    /** Called by users. */
    INSTRUCTION,
    /** Runs once per deployment. */
    STARTUP,
    /** Creates or grows the program's maps. */
    CREATE_MAPS,
    /** Called by the runtime. */
    CALLBACK
  }

  /** A Borsh parameter that follows the discriminator; the type is written as in the source. */
  public record Parameter(String name, String type) {}

  /**
   * An account that an entry takes.
   *
   * @param map the map that lives in it, or null
   * @param address the only account that fits, 32 bytes, or null if the caller chooses
   */
  public record Account(
      String name,
      boolean signer,
      boolean writable,
      @Nullable String map,
      byte @Nullable [] address) {}

  /**
   * A declared map.
   *
   * @param type the type byte of a map account's header, 1..10
   * @param keyBytes size of a key, 0 for queues, stacks and rings
   * @param valueBytes size of a value; for a ring the ring's size
   */
  public record MapSpec(
      String name,
      int type,
      long keyBytes,
      long valueBytes,
      long maxEntries,
      List<Handle> handles) {
    public MapSpec {
      handles = List.copyOf(handles);
    }
  }

  /** A handle of 16 bytes at an offset in a map's value; of a work queue, else of a timer. */
  public record Handle(long offset, boolean isWorkQueue) {}

  /** A program array: element i selects the entry with the i-th discriminator. */
  public record ArraySpec(String name, List<Long> elements) {
    public ArraySpec {
      elements = List.copyOf(elements);
    }
  }

  /** A result code that means a named error; the text, which may be empty, is for people. */
  public record Failing(String name, long code, String text) {}
}
