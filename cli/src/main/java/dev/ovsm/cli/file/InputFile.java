package dev.ovsm.cli.file;

import dev.ovsm.diag.CommandCode;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A file given on the command line; what is wrong with it is a diagnostic that names it. */
public final class InputFile {
  /** The most bytes of a source. */
  public static final int MOST_SOURCE = 4 * 1024 * 1024;

  /** The most bytes of a program: what an account holds. */
  public static final int MOST_PROGRAM = 10 * 1024 * 1024;

  /** The most bytes of assembly text: more than the largest program becomes. */
  public static final int MOST_ASSEMBLY = 128 * 1024 * 1024;

  /** What a compiled program begins with. */
  private static final String ELF = "\u007FELF";

  private InputFile() {}

  /** The bytes of a file of at most {@code most} bytes; else empty, and {@code found} says why. */
  public static Optional<byte[]> bytes(String name, int most, Diagnostics found) {
    if (!isThere(name, found)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        found.add(
            Diagnostic.in(name, CommandCode.TOO_LARGE, name + " has more than " + most + " bytes")
                .withHelp("is this the right file?"));
        return Optional.empty();
      }
      return Optional.of(bytes);
    } catch (IOException e) {
      found.add(unreadable(name, e));
      return Optional.empty();
    }
  }

  /** Whether a plain file has this name; if not, {@code found} says so. */
  public static boolean isThere(String name, Diagnostics found) {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      found.add(missing(name));
      return false;
    }
    if (name.isEmpty() || !Files.exists(path)) {
      found.add(missing(name));
      return false;
    }
    if (!Files.isRegularFile(path)) {
      String what = Files.isDirectory(path) ? "is a folder" : "is not a plain file";
      found.add(
          Diagnostic.in(name, CommandCode.NOT_A_FILE, name + " " + what).withHelp("name a file"));
      return false;
    }
    return true;
  }

  /** A file's name without its folder and its ending. */
  public static String stem(String file) {
    String name = String.valueOf(Path.of(file).getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Says that the system does not let a file be read. */
  public static Diagnostic unreadable(String name, Exception why) {
    return Diagnostic.in(name, CommandCode.UNREADABLE, "cannot read " + name)
        .withNote(why instanceof IOException io ? reason(io) : "no such path")
        .withHelp("look at the file's permissions");
  }

  /** A source file as text; else empty, and {@code found} says why. */
  public static Optional<Source> source(String name, Diagnostics found) {
    return bytes(name, MOST_SOURCE, found).flatMap(bytes -> source(name, bytes, found));
  }

  /** Bytes already read, as the text of a source. */
  public static Optional<Source> source(String name, byte[] bytes, Diagnostics found) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(in, text, true);
    String read = text.flip().toString();
    boolean isPlain = read.indexOf('\0') < 0 && !read.startsWith(ELF);
    if (!end.isError() && isPlain) {
      return Optional.of(new Source(name, read));
    }
    found.add(
        isPlain && isText(bytes)
            ? misspelt(name, read, bytes[in.position()])
            : Diagnostic.in(name, CommandCode.NOT_TEXT, name + " is not UTF-8 text")
                .withHelp(
                    read.startsWith(ELF)
                        ? "this is a compiled program: ovsm disasm shows what it holds"
                        : "is this the right file?"));
    return Optional.empty();
  }

  /** A text up to a byte that no character begins with, or that breaks one off. */
  private static Diagnostic misspelt(String name, String before, byte first) {
    Source shown = new Source(name, before + '\uFFFD');
    Span place = new Span(shown, before.length(), before.length() + 1);
    String number = String.format(Locale.ROOT, "0x%02x", first & 0xff);
    return Diagnostic.at(
            place, CommandCode.NOT_TEXT, "the byte " + number + " is no character of UTF-8")
        .withHelp("save the file as UTF-8");
  }

  /** Whether bytes have no more control characters than a text of any encoding has. */
  private static boolean isText(byte[] bytes) {
    for (byte one : bytes) {
      if (one >= 0 && one < ' ' && "\n\r\t\f".indexOf(one) < 0) {
        return false;
      }
    }
    return true;
  }

  private static Diagnostic missing(String name) {
    return name.isEmpty()
        ? Diagnostic.in("an empty word", CommandCode.MISSING_FILE, "this is no name of a file")
            .withHelp("name a file")
        : Diagnostic.in(name, CommandCode.MISSING_FILE, "there is no file " + name)
            .withHelp("look at the path, which is relative to the current folder");
  }

  /** What the system says, in words. */
  static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof NoSuchFileException) {
      return "there is no " + message;
    }
    if (e instanceof AccessDeniedException) {
      return "the system does not permit it: " + message;
    }
    if (e instanceof FileAlreadyExistsException) {
      return "this is no folder: " + message;
    }
    return message;
  }
}
