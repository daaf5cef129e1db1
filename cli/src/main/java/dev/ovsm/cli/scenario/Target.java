package dev.ovsm.cli.scenario;

import org.jspecify.annotations.Nullable;

/**
 * What of an account is meant: a field of its data, or what every account has.
 *
 * @param field null unless it is a field
 */
record Target(Role role, Part part, @Nullable Field field) {
  /** Parts of an account, with the words for those that every account has. */
  enum Part {
    FIELD(""),
    LAMPORTS("lamports"),
    DATA("data"),
    LENGTH("length");

    private final String word;

    Part(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Whether it can be set to a number. */
  boolean isNumber() {
    return field == null ? part == Part.LAMPORTS : field.type().isNumber();
  }

  /** As it is written in a scenario. */
  String words() {
    return role.name() + "." + (field == null ? part.word() : field.name());
  }
}
