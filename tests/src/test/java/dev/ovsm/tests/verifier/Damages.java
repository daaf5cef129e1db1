package dev.ovsm.tests.verifier;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways to damage a certificate. */
final class Damages {
  private static final String NOWHERE = "function 7 units 0 events 0 contained result 0 0\n";

  private Damages() {}

  /** What each makes of the text of a certificate, by its name. */
  static Map<String, String> of(String text) {
    Map<String, String> damaged = new LinkedHashMap<>();
    damaged.put("another title", text.replace("certificate 1", "certificate 2"));
    damaged.put("no end", text.replace("end\n", ""));
    damaged.put("more after the end", text + "end\n");
    damaged.put("another file", text.replaceFirst("sha256 .", "sha256 " + other(text)));
    damaged.put("a short hash", text.replaceFirst("(sha256 .{63}).", "$1"));
    damaged.put("a blank line", text.replaceFirst("\n", "\n\n"));
    damaged.put("carriage returns", text.replace("\n", "\r\n"));
    damaged.put("upper case", text.replace("function", "FUNCTION"));
    damaged.put("no entrypoint", text.replaceFirst("(?s)function 0 .*end\n", "end\n"));
    damaged.put(
        "the entrypoint alone", text.replaceFirst("(?s)(sha256 .{64}\n).*(function 0 )", "$1$2"));
    damaged.put(
        "a promise of the frame", text.replaceFirst("(function \\d+ .*\n)", "$1 takes f-8 0 0\n"));
    damaged.put("callers first", swapped(text));
    damaged.put("the entrypoint twice", text.replaceFirst("(?s)(function 0 .*)end\n", "$1$1end\n"));
    damaged.put("a function elsewhere", text.replaceFirst("function 0 ", "function 1 "));
    damaged.put(
        "a function beyond the code", text.replaceFirst("function \\d+", "function 500000"));
    damaged.put("a function below the code", text.replaceFirst("function \\d+", "function -1"));
    damaged.put("plus signs", text.replaceFirst("units ", "units +"));
    damaged.put("leading zeros", text.replaceFirst("units ", "units 0"));
    damaged.put("units below zero", text.replaceFirst("units \\d+", "units -1"));
    damaged.put("an endless number", text.replaceFirst("units \\d+", "units " + "9".repeat(400)));
    damaged.put("two spaces", text.replaceFirst(" units", "  units"));
    damaged.put("a word more", text.replaceFirst(" contained", " contained too"));
    damaged.put(
        "a range upside down", text.replaceFirst("range (\\S+) (\\d+) (\\d+)", "range $1 $3 -1"));
    damaged.put("register ten", text.replaceFirst("keeps r\\d", "keeps r10"));
    damaged.put("a place above the frame", text.replaceFirst("keeps r\\d", "keeps f8"));
    damaged.put("a place between words", text.replaceFirst("keeps r\\d", "keeps f-9"));
    damaged.put("a place below the frame", text.replaceFirst("keeps r\\d", "keeps f-4104"));
    damaged.put("a place twice", text.replaceFirst("(  keeps r\\d\n)", "$1$1"));
    damaged.put("a step of nothing", text.replaceFirst("step -?\\d+", "step 0"));
    damaged.put("a step backwards", text.replaceFirst("step (\\d+)", "step -$1"));
    damaged.put("a step too large", text.replaceFirst("step (\\d+)", "step 1$1"));
    damaged.put(
        "steps as large as can be", text.replaceFirst("step -?\\d+", "step " + Long.MAX_VALUE));
    damaged.put("the smallest step", text.replaceFirst("step -?\\d+", "step " + Long.MIN_VALUE));
    damaged.put("a counter that is no range", text.replaceFirst("counter \\S+", "counter r9"));
    damaged.put("a counter in the frame", text.replaceFirst("counter \\S+", "counter f-8"));
    damaged.put("no result but zero", text.replaceFirst("result -?\\d+ -?\\d+", "result 0 0"));
    damaged.put(
        "a promise of the runtime",
        text.replaceFirst(" takes r1 (\\d+) \\d+(\n(?: loop|end|function 0))", " takes r1 0 0$2"));
    damaged.put("nothing at all", "");
    damaged.put("the title alone", "ovsm certificate 1\n");
    damaged.put("no hash", text.replaceFirst("sha256 .*\n", ""));
    damaged.put(
        "an upper-case hash", text.replaceFirst("sha256 .{64}", "sha256 " + "A".repeat(64)));
    damaged.put("cut off in the middle", text.substring(0, text.length() / 2));
    damaged.put("a space at the end of a line", text.replaceFirst("\n end|end\n", "end \n"));
    damaged.put("tabs for spaces", text.replaceFirst("units ", "units\t"));
    damaged.put("hexadecimal numbers", text.replaceFirst("units (\\d+)", "units 0x$1"));
    damaged.put("a number with a fraction", text.replaceFirst("units (\\d+)", "units $1.0"));
    damaged.put("digits of another script", text.replaceFirst("units \\d+", "units \u0661\u0662"));
    damaged.put("no units", text.replaceFirst("units \\d+ ", ""));
    damaged.put("events before units", text.replaceFirst("(units \\d+) (events \\d+)", "$2 $1"));
    damaged.put("events below zero", text.replaceFirst("events \\d+", "events -1"));
    damaged.put("an unknown word", text.replaceFirst("end\n", "trust me\nend\n"));
    damaged.put("neither open nor contained", text.replaceFirst(" (open|contained)", " closed"));
    damaged.put("an unknown kind of place", text.replaceFirst("keeps r", "keeps x"));
    damaged.put("rounds below zero", text.replaceFirst("rounds \\d+", "rounds -1"));
    damaged.put("a loop twice", text.replaceFirst("( loop .*\n(?:  .*\n)*)", "$1$1"));
    damaged.put("loops without ranges", text.replaceAll("  range .*\n", ""));
    damaged.put(
        "a place both kept and in a range",
        text.replaceFirst("(  range (\\S+) .*\n)((?:  range .*\n)*)", "$1$3  keeps $2\n"));
    damaged.put(
        "a function of nowhere first", text.replaceFirst("function ", NOWHERE + "function "));
    damaged.put("a counter that halves", text.replaceFirst("step [1-9]\\d*", "step 0"));
    each(damaged, text, "units (\\d+)", "fewer units");
    each(damaged, text, "rounds (\\d+)", "fewer rounds");
    lines(damaged, text, " loop .*\n(?:  .*\n)*", "", "without a loop");
    lines(damaged, text, " open ", " contained ", "contained");
    moved(damaged, text, " loop (\\d+)", "a loop elsewhere");
    narrowed(damaged, text);
    return damaged;
  }

  private static char other(String text) {
    return text.charAt(text.indexOf("sha256 ") + 7) == '0' ? '1' : '0';
  }

  private static String swapped(String text) {
    Matcher parts = Pattern.compile("(?s)(.*?)(function .*?)(function .*)(end\n)").matcher(text);
    return parts.matches() ? parts.group(1) + parts.group(3) + parts.group(2) + "end\n" : text;
  }

  /** Takes one off each number that a pattern finds. */
  private static void each(Map<String, String> damaged, String text, String pattern, String name) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    for (int i = 1; found.find(); i++) {
      long less = Long.parseLong(found.group(1)) - 1;
      damaged.put(
          name + " " + i, text.substring(0, found.start(1)) + less + text.substring(found.end(1)));
    }
  }

  private static void moved(Map<String, String> damaged, String text, String pattern, String name) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    for (int i = 1; found.find(); i++) {
      long more = Long.parseLong(found.group(1)) + 1;
      damaged.put(
          name + " " + i, text.substring(0, found.start(1)) + more + text.substring(found.end(1)));
    }
  }

  private static void narrowed(Map<String, String> damaged, String text) {
    Matcher found = Pattern.compile("  range \\S+ -?\\d+ (\\d+)").matcher(text);
    for (int i = 1; found.find(); i++) {
      long less = Long.parseLong(found.group(1)) - 1;
      damaged.put(
          "a narrower range " + i,
          text.substring(0, found.start(1)) + less + text.substring(found.end(1)));
    }
  }

  private static void lines(
      Map<String, String> damaged, String text, String pattern, String by, String name) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    for (int i = 1; found.find(); i++) {
      damaged.put(
          name + " " + i, text.substring(0, found.start()) + by + text.substring(found.end()));
    }
  }
}
