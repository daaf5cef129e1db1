package dev.ovsm.cli.failure;

import com.google.gson.JsonObject;
import dev.ovsm.sbpf.asm.LineEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a failure.
 *
 * @param place where in the source it comes from, or null if the program's file does not say
 * @param code the number that its program returned, or null if it did not end by itself
 * @param name the name that the program gave the error; empty if it gave none
 * @param text what it means; empty if nobody said
 */
public record Told(@Nullable LineEntry place, @Nullable Long code, String name, String text) {
  /** The file, line and column. */
  public Optional<String> where() {
    return Optional.ofNullable(place).map(LineEntry::place);
  }

  /** The name or number and the meaning. */
  public Optional<String> what() {
    if (code == null || (name.isEmpty() && text.isEmpty())) {
      return Optional.empty();
    }
    String number = Long.toUnsignedString(code);
    String title = name.isEmpty() ? number : name + " (" + number + ")";
    return Optional.of(text.isEmpty() ? title : title + ", " + text);
  }

  /** All of it in a line, such as {@code main.ovsm:7:3: TooSmall (6005), the amount is small}. */
  public String words() {
    return where()
        .map(at -> what().map(error -> at + ": " + error).orElse(at))
        .or(this::what)
        .orElse("");
  }

  /** The same for programs; what is not known is null. */
  public JsonObject json() {
    JsonObject object = new JsonObject();
    object.addProperty("file", place == null ? null : place.file());
    object.addProperty("line", place == null ? null : place.line());
    object.addProperty("column", place == null ? null : place.column());
    object.addProperty("code", code == null ? null : Long.toUnsignedString(code));
    object.addProperty("name", name.isEmpty() ? null : name);
    object.addProperty("text", text.isEmpty() ? null : text);
    return object;
  }
}
