package dev.ovsm.tests.drawn;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Values as Borsh writes them. What is in a struct or an array lies as in memory, where an option
 * has room for its value whether there is one or not.
 */
final class Borsh {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] bytes() {
    return out.toByteArray();
  }

  Borsh raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Borsh put(Kind kind, Object value) {
    if (kind instanceof Kind.Int of) {
      number((BigInteger) value, of.bits() / 8);
    } else if (kind instanceof Kind.Enumeration table) {
      number((BigInteger) value, table.bytes());
    } else if (kind instanceof Kind.Option option) {
      out.write(value == Place.NULL ? 0 : 1);
      if (value != Place.NULL) {
        put(option.of(), value);
      }
    } else if (kind instanceof Kind.Plain plain) {
      put(plain, value);
    } else if (kind == Kind.Key.PUBKEY) {
      out.writeBytes(Kind.Key.in(value).bytes());
    } else if (kind instanceof Kind.Struct struct) {
      for (int i = 0; i < struct.fields().size(); i++) {
        store(struct.kinds().get(i), ((Place) value).cells().get(i));
      }
    } else if (kind instanceof Kind.Array array) {
      ((Place) value).cells().forEach(cell -> store(array.of(), cell));
    } else {
      Kind.Vec vec = (Kind.Vec) kind;
      number(BigInteger.valueOf(((Place) value).cells().size()), 4);
      ((Place) value).cells().forEach(cell -> store(vec.of(), cell));
    }
    return this;
  }

  private void store(Kind kind, Object value) {
    if (kind instanceof Kind.Option option) {
      out.write(value == Place.NULL ? 0 : 1);
      store(option.of(), value == Place.NULL ? Kind.zero(option.of()) : value);
    } else {
      put(kind, value);
    }
  }

  private void put(Kind.Plain kind, Object value) {
    switch (kind) {
      case BOOL -> out.write((Boolean) value ? 1 : 0);
      case F64 -> number(BigInteger.valueOf(Double.doubleToLongBits((Double) value)), 8);
      case DECIMAL -> number((BigInteger) value, 16);
      case STRING -> {
        byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
        number(BigInteger.valueOf(text.length), 4);
        out.writeBytes(text);
      }
    }
  }

  /** Little-endian, in two's complement. */
  private void number(BigInteger value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write(value.shiftRight(8 * i).intValue());
    }
  }
}
