package dev.ovsm.elf;

import dev.ovsm.elf.Manifest.Account;
import dev.ovsm.elf.Manifest.ArraySpec;
import dev.ovsm.elf.Manifest.Entry;
import dev.ovsm.elf.Manifest.EntryKind;
import dev.ovsm.elf.Manifest.Failing;
import dev.ovsm.elf.Manifest.Handle;
import dev.ovsm.elf.Manifest.MapSpec;
import dev.ovsm.elf.Manifest.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The bytes of a {@link Manifest}: a format number, then its fields in Borsh, in the order of the
 * records.
 */
final class ManifestCodec {
  private static final int FORMAT = 2;
  private static final int ADDRESS_BYTES = 32;

  private ManifestCodec() {}

  static byte[] encode(Manifest manifest) {
    ByteWriter out = new ByteWriter().u8(FORMAT).string(manifest.name());
    list(out, manifest.entries(), ManifestCodec::entry);
    list(out, manifest.maps(), ManifestCodec::map);
    list(out, manifest.arrays(), ManifestCodec::array);
    list(out, manifest.errors(), ManifestCodec::failing);
    return out.toByteArray();
  }

  static Optional<Manifest> decode(byte[] section) {
    ByteReader in = new ByteReader(section);
    if (in.u8() != FORMAT) {
      return Optional.empty();
    }
    Manifest manifest =
        new Manifest(
            in.string(),
            list(in, ManifestCodec::entry),
            list(in, ManifestCodec::map),
            list(in, ManifestCodec::array),
            list(in, ManifestCodec::failing));
    return in.isComplete() ? Optional.of(manifest) : Optional.empty();
  }

  private static void entry(ByteWriter out, Entry entry) {
    out.string(entry.name()).u64(entry.discriminator()).u8(number(entry.kind()));
    out.bool(entry.isPublic()).u64(entry.budget());
    list(out, entry.parameters(), (to, one) -> to.string(one.name()).string(one.type()));
    list(out, entry.accounts(), ManifestCodec::account);
  }

  private static Entry entry(ByteReader in) {
    return new Entry(
        in.string(),
        in.u64(),
        kind(in),
        in.bool(),
        in.u64(),
        list(in, from -> new Parameter(from.string(), from.string())),
        list(in, ManifestCodec::account));
  }

  private static void account(ByteWriter out, Account account) {
    out.string(account.name()).bool(account.signer()).bool(account.writable());
    out.bool(account.map() != null);
    if (account.map() != null) {
      out.string(account.map());
    }
    out.bool(account.address() != null);
    if (account.address() != null) {
      out.raw(account.address());
    }
  }

  private static Account account(ByteReader in) {
    return new Account(
        in.string(),
        in.bool(),
        in.bool(),
        in.bool() ? in.string() : null,
        in.bool() ? in.raw(ADDRESS_BYTES) : null);
  }

  private static void map(ByteWriter out, MapSpec map) {
    out.string(map.name()).u8(map.type()).u32(map.keyBytes()).u32(map.valueBytes());
    out.u32(map.maxEntries());
    list(out, map.handles(), (to, one) -> to.u32(one.offset()).bool(one.isWorkQueue()));
  }

  private static MapSpec map(ByteReader in) {
    return new MapSpec(
        in.string(),
        in.u8(),
        in.u32(),
        in.u32(),
        in.u32(),
        list(in, from -> new Handle(from.u32(), from.bool())));
  }

  private static void array(ByteWriter out, ArraySpec array) {
    out.string(array.name());
    list(out, array.elements(), ByteWriter::u64);
  }

  private static ArraySpec array(ByteReader in) {
    return new ArraySpec(in.string(), list(in, ByteReader::u64));
  }

  private static void failing(ByteWriter out, Failing error) {
    out.string(error.name()).u64(error.code()).string(error.text());
  }

  private static Failing failing(ByteReader in) {
    return new Failing(in.string(), in.u64(), in.string());
  }

  private static int number(EntryKind kind) {
    return switch (kind) {
      case INSTRUCTION -> 0;
      case STARTUP -> 1;
      case CREATE_MAPS -> 2;
      case CALLBACK -> 3;
    };
  }

  private static EntryKind kind(ByteReader in) {
    int number = in.u8();
    for (EntryKind kind : EntryKind.values()) {
      if (number(kind) == number) {
        return kind;
      }
    }
    in.fail();
    return EntryKind.INSTRUCTION;
  }

  private static <T> void list(ByteWriter out, List<T> items, BiConsumer<ByteWriter, T> writeItem) {
    out.u32(items.size());
    items.forEach(item -> writeItem.accept(out, item));
  }

  /** Reads a list; what cannot be read ends it, and the reader says so. */
  private static <T> List<T> list(ByteReader in, Function<ByteReader, T> readItem) {
    List<T> items = new ArrayList<>();
    long declared = in.u32();
    for (long i = 0; i < declared && !in.failed(); i++) {
      items.add(readItem.apply(in));
    }
    return items;
  }
}
