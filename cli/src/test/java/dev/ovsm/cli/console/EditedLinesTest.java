package dev.ovsm.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.eval.Session;
import dev.ovsm.diag.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody types on a terminal comes as whole forms, edited, recalled and completed. */
@Timeout(60)
class EditedLinesTest {
  private static final String UP = "\033OA";
  private static final String LEFT = "\033OD";
  private static final String END = "\004";

  @TempDir private Path folder;

  @Test
  void aFormTakesSeveralLines() throws IOException {
    assertThat(typed("(define (sq x)\r  (* x x))\r", "\"two\rlines\"\r", "7\r"))
        .containsExactly("(define (sq x)\n  (* x x))", "\"two\nlines\"", "7");
  }

  @Test
  void whatIsTypedCanBeChangedBeforeItIsSent() throws IOException {
    assertThat(typed("(+ 1 3)" + LEFT + "\b2\r")).containsExactly("(+ 1 2)");
  }

  @Test
  void earlierFormsAreRecalledWholeInThisSessionAndTheNext() throws IOException {
    assertThat(typed("(list\r  1)\r", UP + "\r", "(!= 1 2)\r"))
        .containsExactly("(list\n  1)", "(list\n  1)", "(!= 1 2)");
    assertThat(typed(UP + "\r", UP + UP + "\r")).containsExactly("(!= 1 2)", "(list\n  1)");
    assertThat(Files.readString(history())).contains("(!= 1 2)");
  }

  @Test
  void namesAndCommandsAreCompleted() throws IOException {
    assertThat(typed("(own-na\t 1)\r", ":ty\t 5\r")).containsExactly("(own-name  1)", ":type  5");
  }

  @Test
  void theEndEndsAll() throws IOException {
    assertThat(typed("1\r")).containsExactly("1");
  }

  private Path history() {
    return folder.resolve("history");
  }

  /** The lines that come of keys, after which the input ends. */
  private List<String> typed(String... keys) throws IOException {
    List<String> lines = new ArrayList<>();
    try (PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard, 1 << 16)) {
      Terminal terminal =
          TerminalBuilder.builder()
              .system(false)
              .type("xterm")
              .encoding(UTF_8)
              .size(Size.of(80, 24))
              .streams(in, new ByteArrayOutputStream())
              .build();
      // Keys that come before they are asked for are no business of the line discipline.
      terminal.enterRawMode();
      try (EditedLines edited =
          new EditedLines(
              terminal,
              Optional.of(history()),
              text -> Session.isUnfinished(new Source("input", text)),
              () -> List.of("own-name", "other", ":type"))) {
        assertThat(edited.isConversation()).isTrue();
        for (String next : keys) {
          keyboard.write(next.getBytes(UTF_8));
          keyboard.flush();
          edited.next(false).ifPresent(lines::add);
        }
        keyboard.write(END.getBytes(UTF_8));
        keyboard.flush();
        assertThat(edited.next(false)).isEmpty();
      }
    }
    return lines;
  }
}
