package dev.ovsm.tests.reference;

import dev.ovsm.runtime.autonomous.AsyncCode;
import dev.ovsm.runtime.autonomous.Fate;
import dev.ovsm.runtime.autonomous.Kind;
import dev.ovsm.runtime.autonomous.OverduePolicy;
import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Syscall;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints the header with which C programs use the autonomous runtime, from the tool's tables. */
final class CHeader {
  private static final int WIDTH = 96;

  private static final String TYPES =
      """

      /* A handle in a value of a map; all zeros until it is initialised, and never written by hand. */
      typedef struct { uint64_t id; uint64_t generation; } SolTimer;
      typedef SolTimer SolWorkQueue;

      /* What a watcher of sol_watch_account looks at. */
      typedef struct {
        uint8_t field; /* 0 data, 1 lamports, 2 owner */
        uint8_t op;    /* 0 ==, 1 !=, 2 >, 3 >=, 4 <, 5 <=, 6 moved by, 7 moved by basis points */
        uint16_t zero;
        uint32_t offset;
        uint64_t mask;
        uint64_t threshold;
        uint64_t zeros;
      } SolWatchCriteria;

      /* A callback of the program itself: its instruction data and its budget. */
      typedef struct { const uint8_t *data; uint64_t length; uint64_t budget; } SolCallback;

      /* A callback as a bincode instruction. */
      typedef struct { const uint8_t *instruction; uint64_t length; } SolInstructionBytes;

      /* What sol_query_subscriptions writes for each registration. */
      typedef struct {
        uint64_t id;
        uint8_t kind;
        uint8_t state; /* 0 uninitialized, 1 initialized, 2 armed, 3 fired, 4 cancelled */
        uint16_t failures;
        uint32_t missed;
        uint64_t next_slot;
        uint64_t budget;
        uint64_t fired;
        uint64_t last_seq;
        uint64_t last_slot;
        uint64_t last_units;
      } SolSubscription;

      /* What sol_get_trigger_context gives, before the payload. */
      typedef struct {
        uint8_t kind;
        uint8_t policy;
        uint16_t attempt;
        uint32_t missed;
        uint64_t registration;
        uint64_t seq;
        uint64_t nominal_slot;
        uint64_t actual_slot;
        uint64_t payload_length;
      } SolTriggerContext;

      /* A loop over numbers. */
      typedef struct { int64_t current; int64_t end; uint64_t state; } SolIterator;
      """;

  private CHeader() {}

  static String text() {
    StringBuilder out = new StringBuilder();
    out.append("/* ovsm.h: the autonomous runtime for programs in C.\n");
    out.append(" *\n * Printed from the tables of the tool; a test keeps it so. */\n");
    out.append("#ifndef OVSM_H\n#define OVSM_H\n\n#include <stdint.h>\n\n");
    out.append("#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
    out.append(TYPES);
    out.append("\n/* Codes: what calls return, and what sol_async_last_error gives. */\n");
    Stream.of(AsyncCode.values()).forEach(c -> define(out, "ASYNC", c.name(), c.number()));
    out.append("\n/* Kinds of registration. */\n");
    Stream.of(Kind.values()).forEach(k -> define(out, "KIND", k.name(), k.number()));
    out.append("\n/* What a periodic registration does with late ticks. */\n");
    Stream.of(OverduePolicy.values()).forEach(p -> define(out, "OVERDUE", p.name(), p.number()));
    out.append("\n/* What became of a trigger. */\n");
    Stream.of(Fate.values()).forEach(f -> define(out, "FATE", f.name(), f.number()));
    Stream.of(Syscall.values()).filter(Syscall::autonomous).forEach(s -> declare(out, s));
    out.append("\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n");
    return out.toString();
  }

  private static void define(StringBuilder out, String family, String name, int number) {
    out.append("#define SOL_" + family + "_" + name + " " + number + "\n");
  }

  private static void declare(StringBuilder out, Syscall syscall) {
    out.append("\n/* ").append(wrapped(syscall.doc()));
    out.append("\n * Gives: ").append(syscall.result().word().replace("—", "nothing"));
    out.append(". */\n");
    String arguments =
        syscall.arguments().stream().map(CHeader::argument).collect(Collectors.joining(", "));
    String declaration =
        "uint64_t " + syscall.symbol() + "(" + (arguments.isEmpty() ? "void" : arguments) + ");";
    out.append(declaration.length() <= WIDTH ? declaration : broken(declaration)).append('\n');
  }

  private static String wrapped(String text) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (String word : text.strip().split("\\s+", -1)) {
      if (column + word.length() > WIDTH - 6) {
        out.append("\n * ");
        column = 0;
      } else if (column > 0) {
        out.append(' ');
      }
      out.append(word);
      column += word.length() + 1;
    }
    return out.toString();
  }

  /** Breaks a declaration behind the comma that is the last to fit. */
  private static String broken(String declaration) {
    int at = declaration.lastIndexOf(", ", WIDTH);
    return declaration.substring(0, at + 1) + "\n    " + declaration.substring(at + 2);
  }

  private static String argument(Argument argument) {
    String name = name(argument.name());
    return switch (argument.kind()) {
      case TIMER -> "SolTimer *" + name;
      case WORK_QUEUE -> "SolWorkQueue *" + name;
      case READ, FOLLOW -> "const void *" + name;
      case WRITE, UPDATE, RECORD, CONTEXT -> "void *" + name;
      case SCALAR, ZERO, LENGTH, COUNT, SLOT, BUDGET, MAP, ID, TIMER_OR_ID -> "uint64_t " + name;
    };
  }

  private static String name(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }
}
