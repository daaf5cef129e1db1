package dev.ovsm.cli.call;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.RunCode;
import dev.ovsm.elf.Manifest;
import dev.ovsm.runtime.account.Pubkey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns what a user wrote for an entry's parameters into Borsh. */
final class Arguments {
  private Arguments() {}

  /**
   * The bytes of arguments separated by commas, or of {@code 0x} and hex digits as they are.
   *
   * @param place where the text stands
   * @return empty if they do not fit; {@code found} says why
   */
  static Optional<byte[]> encode(
      Manifest.Entry entry, String text, Place place, Diagnostics found) {
    if (text.startsWith("0x")) {
      return hex(text.substring(2), place, found);
    }
    return encode(entry, text.isEmpty() ? List.of() : List.of(text.split(",", -1)), place, found);
  }

  /**
   * The bytes of one text for each parameter.
   *
   * @param place where they stand
   * @return empty if they do not fit; {@code found} says why
   */
  static Optional<byte[]> encode(
      Manifest.Entry entry, List<String> words, Place place, Diagnostics found) {
    List<Manifest.Parameter> parameters = entry.parameters();
    if (words.size() != parameters.size()) {
      found.add(
          place
              .say(
                  RunCode.BAD_ARGUMENTS,
                  entry.name() + " takes " + count(parameters.size()) + ", not " + words.size())
              .withHelp(usage(entry)));
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < words.size(); i++) {
      Manifest.Parameter parameter = parameters.get(i);
      String word = words.get(i).trim();
      Optional<byte[]> bytes = one(parameter.type(), word);
      if (bytes.isEmpty()) {
        String type = parameter.type() + ", which " + parameter.name() + " is";
        found.add(place.say(RunCode.BAD_ARGUMENTS, word + " is no " + type).withHelp(usage(entry)));
        return Optional.empty();
      }
      out.writeBytes(bytes.get());
    }
    return Optional.of(out.toByteArray());
  }

  private static String count(int parameters) {
    return switch (parameters) {
      case 0 -> "no arguments";
      case 1 -> "1 argument";
      default -> parameters + " arguments";
    };
  }

  private static String usage(Manifest.Entry entry) {
    String all =
        entry.parameters().stream()
            .map(parameter -> parameter.name() + " (" + parameter.type() + ")")
            .collect(Collectors.joining(", "));
    return all.isEmpty()
        ? "write its name alone"
        : "write " + all + ", or 0x and the Borsh bytes in hex";
  }

  private static Optional<byte[]> hex(String digits, Place place, Diagnostics found) {
    try {
      return Optional.of(HexFormat.of().parseHex(digits));
    } catch (IllegalArgumentException e) {
      found.add(
          place
              .say(RunCode.BAD_ARGUMENTS, digits + " is not hex")
              .withHelp("write pairs of hex digits"));
      return Optional.empty();
    }
  }

  private static Optional<byte[]> one(String type, String word) {
    return switch (type) {
      case "bool" -> bool(word);
      case "pubkey" -> Pubkey.parse(word).map(Pubkey::bytes);
      case "string" -> Optional.of(sized(word.getBytes(StandardCharsets.UTF_8)));
      default ->
          type.matches("[ui](8|16|32|64|128)")
              ? integer(type.charAt(0) == 'i', Integer.parseInt(type.substring(1)), word)
              : Optional.empty();
    };
  }

  private static Optional<byte[]> bool(String word) {
    return switch (word) {
      case "true" -> Optional.of(new byte[] {1});
      case "false" -> Optional.of(new byte[] {0});
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> integer(boolean signed, int bits, String word) {
    BigInteger number;
    try {
      number = new BigInteger(word.replace("_", ""));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    boolean fits =
        signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    if (!fits) {
      return Optional.empty();
    }
    byte[] bytes = new byte[bits / Byte.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(Byte.SIZE * i).byteValue();
    }
    return Optional.of(bytes);
  }

  private static byte[] sized(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(bytes.length >>> shift);
    }
    out.writeBytes(bytes);
    return out.toByteArray();
  }
}
