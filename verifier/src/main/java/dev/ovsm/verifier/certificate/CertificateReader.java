package dev.ovsm.verifier.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads certificates, a claim a line, bounded by the text's length. */
public final class CertificateReader {
  /** The most bytes of a certificate. */
  public static final int MOST_BYTES = 4 * 1024 * 1024;

  /** The first line. */
  public static final String TITLE = "ovsm certificate 1";

  private static final int LONGEST = 65_536;

  private final List<String> lines;
  private int at;

  private CertificateReader(List<String> lines) {
    this.lines = lines;
  }

  /** The certificate that a text is; empty if it is none. */
  public static Optional<Certificate> parse(String text) {
    if (text.length() > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CertificateReader(List.of(text.split("\n", -1))).certificate());
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private Certificate certificate() {
    expect(next().equals(TITLE));
    String hash = words("sha256", 2)[1];
    expect(hash.matches("[0-9a-f]{64}"));
    List<Certificate.Function> functions = new ArrayList<>();
    while (peek().startsWith("function ")) {
      functions.add(function());
    }
    expect(next().equals("end") && next().isEmpty() && at == lines.size());
    return new Certificate(hash, functions);
  }

  private Certificate.Function function() {
    String[] head = words("function", 10);
    expect(head[2].equals("units") && head[4].equals("events") && head[7].equals("result"));
    expect(head[6].equals("contained") || head[6].equals("open"));
    Map<Location, Interval> arguments = ranges(" takes");
    Map<Integer, Certificate.Loop> loops = new TreeMap<>();
    while (peek().startsWith(" loop ")) {
      String[] words = words(" loop", 8);
      expect(loops.put((int) natural(words[1], LONGEST * 8L), loop(words)) == null);
    }
    return new Certificate.Function(
        (int) natural(head[1], LONGEST * 8L),
        natural(head[3], Long.MAX_VALUE),
        natural(head[5], Long.MAX_VALUE),
        head[6].equals("contained"),
        arguments,
        range(head, 8),
        loops);
  }

  private Certificate.Loop loop(String[] head) {
    expect(head[2].equals("rounds") && head[4].equals("counter") && head[6].equals("step"));
    Map<Location, Interval> ranges = ranges("  range");
    Set<Location> kept = new TreeSet<>();
    while (peek().startsWith("  keeps ")) {
      expect(kept.add(location(words("  keeps", 2)[1])));
    }
    expect(kept.stream().noneMatch(ranges::containsKey));
    return new Certificate.Loop(
        natural(head[3], Long.MAX_VALUE), location(head[5]), number(head[7]), ranges, kept);
  }

  private Map<Location, Interval> ranges(String first) {
    Map<Location, Interval> ranges = new TreeMap<>();
    while (peek().startsWith(first + " ")) {
      String[] words = words(first, 4);
      expect(ranges.put(location(words[1]), range(words, 2)) == null);
    }
    return ranges;
  }

  private String peek() {
    return at < lines.size() ? lines.get(at) : "";
  }

  private String next() {
    expect(at < lines.size());
    return lines.get(at++);
  }

  private static void expect(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("this is no certificate");
    }
  }

  /** The words of the next line, which begins with {@code first} and has so many. */
  private String[] words(String first, int count) {
    String line = next();
    expect(line.startsWith(first + " ") && line.length() < LONGEST);
    String[] words = line.substring(first.length() - first.strip().length()).split(" ", -1);
    expect(words.length == count && words[0].equals(first.strip()));
    return words;
  }

  private static Location location(String word) {
    expect(word.startsWith("r") || word.startsWith("f"));
    long number = number(word.substring(1));
    expect(number >= -LONGEST && number <= LONGEST);
    return new Location(word.startsWith("f"), (int) number);
  }

  private static Interval range(String[] words, int from) {
    return new Interval(number(words[from]), number(words[from + 1]));
  }

  private static long natural(String word, long most) {
    long number = number(word);
    expect(number >= 0 && number <= most);
    return number;
  }

  private static long number(String word) {
    long number = Long.parseLong(word);
    // One way to write each number, so that a certificate has one text.
    expect(String.valueOf(number).equals(word));
    return number;
  }
}
