package dev.ovsm.tests.sources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Damages good sources: characters, words and whole forms go, come twice or change places. */
final class SourceMutator {
  private static final Pattern WORD = Pattern.compile("[^\\s()\\[\\]{}]+");
  private static final String SIGNS = "()[]{}`',@;\"#:|&";
  private static final List<String> MORE_WORDS =
      List.of(
          "pubkey",
          "bytes",
          "(array u8 4)",
          "(vec u64 3)",
          "(option u64)",
          "f64",
          "1.5",
          "-0.0",
          "340282366920938463463374607431768211455",
          "try",
          "catch",
          "&rest",
          "&key",
          "&optional",
          "defmacro",
          "`(a ,b ,@c)",
          "'x");

  private final List<String> sources;
  private final List<String> words;
  private final RandomGenerator random;

  SourceMutator(List<String> sources, RandomGenerator random) {
    this.sources = sources;
    this.random = random;
    List<String> all = new ArrayList<>(MORE_WORDS);
    sources.stream()
        .flatMap(source -> Arrays.stream(source.split("[\\s()\\[\\]{}]+")))
        .filter(word -> !word.isEmpty())
        .distinct()
        .sorted()
        .forEach(all::add);
    this.words = all;
  }

  /** Every source in OVSM under the folders, in the order of their paths. */
  static List<String> corpus(List<Path> folders) {
    List<String> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".ovsm")).sorted().toList()) {
          found.add(Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  /** A source with one to four damages. */
  String next() {
    String text = sources.get(random.nextInt(sources.size()));
    int damages = 1 + random.nextInt(4);
    for (int i = 0; i < damages; i++) {
      text = damaged(text);
    }
    return text;
  }

  private String damaged(String text) {
    if (text.isEmpty()) {
      return "(";
    }
    int at = random.nextInt(text.length());
    return switch (random.nextInt(8)) {
      case 0 -> {
        int end = Math.min(text.length(), at + 1 + random.nextInt(8));
        yield text.substring(0, at) + text.substring(end);
      }
      case 1 -> {
        char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
        yield text.substring(0, at) + sign + text.substring(at);
      }
      case 2, 3, 4, 5 -> otherWord(text);
      case 6 -> otherForm(text);
      default -> goneOrTwice(text);
    };
  }

  private String otherWord(String text) {
    List<int[]> found = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      found.add(new int[] {matcher.start(), matcher.end()});
    }
    if (found.isEmpty()) {
      return text;
    }
    int[] place = found.get(random.nextInt(found.size()));
    String word = words.get(random.nextInt(words.size()));
    return text.substring(0, place[0]) + word + text.substring(place[1]);
  }

  private String otherForm(String text) {
    String other = sources.get(random.nextInt(sources.size()));
    Optional<int[]> to = form(text);
    Optional<int[]> from = form(other);
    if (to.isEmpty() || from.isEmpty()) {
      return text;
    }
    String form = other.substring(from.get()[0], from.get()[1]);
    return text.substring(0, to.get()[0]) + form + text.substring(to.get()[1]);
  }

  private String goneOrTwice(String text) {
    Optional<int[]> place = form(text);
    if (place.isEmpty()) {
      return text;
    }
    int start = place.get()[0];
    int end = place.get()[1];
    return random.nextBoolean()
        ? text.substring(0, start) + text.substring(end)
        : text.substring(0, end) + " " + text.substring(start);
  }

  /** Where some form in parentheses starts and ends. */
  private Optional<int[]> form(String text) {
    int[] opens = text.chars().filter(c -> c == '(').toArray();
    if (opens.length == 0) {
      return Optional.empty();
    }
    int start = -1;
    for (int skipped = random.nextInt(opens.length); skipped >= 0; skipped--) {
      start = text.indexOf('(', start + 1);
    }
    int depth = 0;
    for (int i = start; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return Optional.of(new int[] {start, i + 1});
      }
    }
    return Optional.empty();
  }
}
