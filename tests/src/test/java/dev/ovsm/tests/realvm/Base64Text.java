package dev.ovsm.tests.realvm;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes as base64 text. */
final class Base64Text extends TypeAdapter<byte[]> {
  @Override
  public void write(JsonWriter out, byte @Nullable [] value) throws IOException {
    if (value == null) {
      out.nullValue();
    } else {
      out.value(Base64.getEncoder().encodeToString(value));
    }
  }

  @Override
  public byte @Nullable [] read(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return null;
    }
    return Base64.getDecoder().decode(in.nextString());
  }
}
