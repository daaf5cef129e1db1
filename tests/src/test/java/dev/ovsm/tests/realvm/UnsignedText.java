package dev.ovsm.tests.realvm;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Unsigned 64-bit numbers as decimal text, since a JSON number does not hold them all. */
final class UnsignedText extends TypeAdapter<Long> {
  @Override
  public void write(JsonWriter out, Long value) throws IOException {
    out.value(Long.toUnsignedString(value));
  }

  @Override
  public Long read(JsonReader in) throws IOException {
    return Long.parseUnsignedLong(in.nextString());
  }
}
