package dev.ovsm.verifier.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Certificates as text, a claim a line; reading is bounded by the text's length. */
public final class CertificateText {
  /** The most bytes of a certificate. */
  public static final int MOST_BYTES = 4 * 1024 * 1024;

  private static final String TITLE = "ovsm certificate 1";
  private static final int LONGEST = 65_536;

  private final List<String> lines;
  private int at;

  private CertificateText(List<String> lines) {
    this.lines = lines;
  }

  /** The text of a certificate; the same certificate gives the same text. */
  public static String print(Certificate certificate) {
    StringBuilder out = new StringBuilder(TITLE + "\nsha256 " + certificate.sha256() + "\n");
    for (Certificate.Function function : certificate.functions()) {
      out.append("function ").append(function.pc());
      out.append(" units ").append(function.units()).append(" events ").append(function.events());
      out.append(function.isContained() ? " contained" : " open");
      out.append(" result ").append(range(function.result())).append('\n');
      function.arguments().forEach((location, range) -> line(out, " takes ", location, range));
      function.loops().forEach((pc, loop) -> print(out, pc, loop));
    }
    return out.append("end\n").toString();
  }

  private static void print(StringBuilder out, int pc, Certificate.Loop loop) {
    out.append(" loop ").append(pc).append(" rounds ").append(loop.rounds());
    out.append(" counter ").append(loop.counter()).append(" step ").append(loop.step());
    out.append('\n');
    loop.ranges().forEach((location, range) -> line(out, "  range ", location, range));
    for (Location kept : loop.kept()) {
      out.append("  keeps ").append(kept).append('\n');
    }
  }

  private static void line(StringBuilder out, String word, Location location, Interval range) {
    out.append(word).append(location).append(' ').append(range(range)).append('\n');
  }

  private static String range(Interval range) {
    return range.low() + " " + range.high();
  }

  /** The certificate that a text is; empty if it is none. */
  public static Optional<Certificate> parse(String text) {
    if (text.length() > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(new CertificateText(List.of(text.split("\n", -1))).certificate());
    } catch (Malformed malformed) {
      return Optional.empty();
    }
  }

  /** The text is no certificate. */
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private Certificate certificate() {
    if (!next().equals(TITLE)) {
      throw new Malformed();
    }
    String hash = words("sha256", 2)[1];
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new Malformed();
    }
    List<Certificate.Function> functions = new ArrayList<>();
    while (peek().startsWith("function ")) {
      functions.add(function());
    }
    if (!next().equals("end") || !next().isEmpty() || at != lines.size()) {
      throw new Malformed();
    }
    return new Certificate(hash, functions);
  }

  private Certificate.Function function() {
    String[] head = words("function", 10);
    expect(head[2].equals("units") && head[4].equals("events") && head[7].equals("result"));
    expect(head[6].equals("contained") || head[6].equals("open"));
    Map<Location, Interval> arguments = new TreeMap<>();
    while (peek().startsWith(" takes ")) {
      String[] words = words(" takes", 4);
      expect(arguments.put(location(words[1]), range(words, 2)) == null);
    }
    Map<Integer, Certificate.Loop> loops = new TreeMap<>();
    while (peek().startsWith(" loop ")) {
      int pc = (int) natural(words(" loop", 8)[1], LONGEST * 8L);
      at--;
      expect(loops.put(pc, loop()) == null);
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

  private Certificate.Loop loop() {
    String[] head = words(" loop", 8);
    expect(head[2].equals("rounds") && head[4].equals("counter") && head[6].equals("step"));
    Map<Location, Interval> ranges = new TreeMap<>();
    while (peek().startsWith("  range ")) {
      String[] words = words("  range", 4);
      expect(ranges.put(location(words[1]), range(words, 2)) == null);
    }
    Set<Location> kept = new TreeSet<>();
    while (peek().startsWith("  keeps ")) {
      expect(kept.add(location(words("  keeps", 2)[1])));
    }
    expect(kept.stream().noneMatch(ranges::containsKey));
    return new Certificate.Loop(
        natural(head[3], Long.MAX_VALUE), location(head[5]), number(head[7]), ranges, kept);
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
      throw new Malformed();
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
    try {
      return new Location(word.startsWith("f"), Math.toIntExact(number));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new Malformed();
    }
  }

  private static Interval range(String[] words, int from) {
    long low = number(words[from]);
    long high = number(words[from + 1]);
    expect(low <= high);
    return new Interval(low, high);
  }

  private static long natural(String word, long most) {
    long number = number(word);
    expect(number >= 0 && number <= most);
    return number;
  }

  private static long number(String word) {
    try {
      long number = Long.parseLong(word);
      // One way to write each number, so that a certificate has one text.
      expect(String.valueOf(number).equals(word));
      return number;
    } catch (NumberFormatException e) {
      throw new Malformed();
    }
  }
}
