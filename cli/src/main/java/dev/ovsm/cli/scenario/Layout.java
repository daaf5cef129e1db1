package dev.ovsm.cli.scenario;

import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of an account.
 *
 * @param owner the program that owns such accounts
 * @param template what a fresh account of it holds
 * @param stamps the fields that take the clock's time or the slot whenever the account is set
 */
record Layout(
    String name,
    Pubkey owner,
    byte[] template,
    Map<String, Field> fields,
    Map<String, Value.Now> stamps) {

  /** An account that holds nothing but lamports. */
  static final Layout WALLET =
      new Layout("wallet", ProgramIds.SYSTEM, new byte[0], Map.of(), Map.of());

  Optional<Field> field(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** The same fields, moved from {@code first} on by some bytes. */
  Layout shiftedFrom(int first, int by) {
    Map<String, Field> moved = new LinkedHashMap<>();
    fields.forEach(
        (key, f) ->
            moved.put(
                key,
                f.offset() < first
                    ? f
                    : new Field(f.name(), f.type(), f.offset() + by, f.decimals(), f.exponent())));
    return new Layout(name, owner, template, moved, stamps);
  }

  static Builder named(String name, String owner, int size) {
    return new Builder(name, Pubkey.of(owner), new byte[size]);
  }

  /** Puts a layout together. */
  static final class Builder {
    private final String name;
    private final Pubkey owner;
    private final byte[] template;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private Map<String, Value.Now> stamps = Map.of();

    Builder(String name, Pubkey owner, byte[] template) {
      this.name = name;
      this.owner = owner;
      this.template = Arrays.copyOf(template, template.length);
    }

    Builder constant(int offset, int... bytes) {
      for (int i = 0; i < bytes.length; i++) {
        template[offset + i] = (byte) bytes[i];
      }
      return this;
    }

    Builder has(FieldType type, String field, int offset) {
      fields.put(field, new Field(field, type, offset));
      return this;
    }

    /** A number with digits behind the point. */
    Builder decimal(FieldType type, String field, int offset, int decimals) {
      fields.put(field, new Field(field, type, offset, decimals, null));
      return this;
    }

    /** A number that another field scales by a power of ten. */
    Builder scaled(FieldType type, String field, int offset, String exponent) {
      fields.put(field, new Field(field, type, offset, 0, exponent));
      return this;
    }

    Builder published(String time, String slot) {
      stamps = Map.of(time, Value.Now.CLOCK, slot, Value.Now.SLOT);
      return this;
    }

    Layout build() {
      return new Layout(name, owner, template, fields, stamps);
    }
  }
}
