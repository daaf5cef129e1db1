package dev.ovsm.frontend.idl;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of a program as its IDL has them, in the cases of Rust, and as JavaScript does. */
public final class IdlName {
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
  private static final Pattern ACRONYM = Pattern.compile("([A-Z])([A-Z][a-z])");
  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]*");
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9]+");
  private static final Pattern EDGES = Pattern.compile("^_+|_+$");
  private static final Pattern LETTER_AFTER_DIGITS = Pattern.compile("[0-9]+[a-z]");
  private static final Pattern START = Pattern.compile("_([a-z0-9])");

  private IdlName() {}

  /** {@code heartbeat-init} and {@code heartbeatInit} as {@code heartbeat_init}. */
  public static String snake(String name) {
    String words = ACRONYM.matcher(name).replaceAll("$1_$2");
    String humps = HUMP.matcher(words).replaceAll("$1_$2");
    String plain = FOREIGN.matcher(humps).replaceAll("_").toLowerCase(Locale.ROOT);
    String trimmed = EDGES.matcher(plain).replaceAll("");
    boolean isName = !trimmed.isEmpty() && !Character.isDigit(trimmed.charAt(0));
    return isName ? trimmed : "n" + trimmed;
  }

  /** {@code wrong-authority} as {@code WrongAuthority}; what looks like a type stays as it is. */
  public static String pascal(String name) {
    if (TYPE.matcher(name).matches()) {
      return name;
    }
    String camel = camel(name);
    return camel.substring(0, 1).toUpperCase(Locale.ROOT) + camel.substring(1);
  }

  /** {@code heartbeat-init} as {@code heartbeatInit}; a letter after digits is a capital. */
  public static String camel(String name) {
    String joined =
        START.matcher(snake(name)).replaceAll(hit -> hit.group(1).toUpperCase(Locale.ROOT));
    return LETTER_AFTER_DIGITS
        .matcher(joined)
        .replaceAll(hit -> hit.group().toUpperCase(Locale.ROOT));
  }

  /** The struct that an option of this type is in memory: a flag, and room for a value. */
  public static String option(String of) {
    return "Optional" + of;
  }

  /** The struct that a vector of this type is in memory: a length, and all its room. */
  public static String vector(int most, String of) {
    return "UpTo" + most + of;
  }

  /** An array as a part of another name. */
  public static String array(String of, int length) {
    return of + "X" + length;
  }
}
