package dev.ovsm.tests.rings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program that uses a ring, and what it means.
 *
 * @param size how many bytes the ring has
 * @param input the instruction data
 * @param logs what it says
 */
record RingProgram(String text, int size, byte[] input, List<String> logs) {
  private static final int ROOM = 64;
  private static final List<String> TEXTS = List.of("a", "ring", "two words", "é💓 and more of it");
  private static final List<String> TYPES = List.of("u8", "u16", "u32", "u64");

  static RingProgram of(long seed) {
    return new Drawing(seed).program();
  }

  /** Another program with the same meaning. */
  RingProgram withText(String other) {
    return new RingProgram(other, size, input, logs);
  }

  /** A program as it is drawn, with what it does meanwhile. */
  private static final class Drawing {
    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> logs = new ArrayList<>();
    private final List<Consumer<Records>> meaning = new ArrayList<>();
    private final int fields;
    private final byte[] input = new byte[8];
    private int names;
    private int last;

    Drawing(long seed) {
      random = new SplittableRandom(seed);
      random.nextBytes(input);
      fields = 1 + random.nextInt(TYPES.size());
    }

    RingProgram program() {
      int size = 64 + random.nextInt(80);
      text.append("(define-map ring :type RINGBUF :size ").append(size).append(")\n");
      text.append("(define-struct Record");
      TYPES
          .subList(0, fields)
          .forEach(type -> text.append(" (f").append(type).append(' ').append(type).append(')'));
      text.append(")\n(define word (mem-load (instruction-data-ptr) 0))\n");
      text.append("(define out (stack-allocate ").append(ROOM).append("))\n");
      for (int i = 4 + random.nextInt(12); i > 0; i--) {
        statement();
      }
      Records records = new Records(size);
      meaning.forEach(each -> each.accept(records));
      return new RingProgram(text.append("0\n").toString(), size, input, logs);
    }

    private void statement() {
      switch (random.nextInt(6)) {
        case 0 -> said();
        case 1, 2 -> reserved();
        case 3, 4 -> popped();
        default -> put();
      }
      if (random.nextInt(5) == 0) {
        text.append("(log (sol-async-last-error))\n");
        meaning.add(records -> logs.add(Integer.toString(last)));
      }
    }

    private long word() {
      return ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private void note(int code) {
      last = code == 0 ? last : code;
      logs.add(Integer.toString(code));
    }

    /** Some records, of which each field is a part of the input, and a number. */
    private void put() {
      int times = 1 + random.nextInt(3);
      int added = random.nextInt(100);
      String counter = "i" + ++names;
      text.append(
          "(dotimes (%s %du64) (log (sol-ringbuf-output ring (Record".formatted(counter, times));
      for (String type : TYPES.subList(0, fields)) {
        text.append(
            " :f%s (wrapping-%s (wrapping-add word (+ %s %d)))"
                .formatted(type, type, counter, added));
      }
      text.append("))))\n");
      meaning.add(
          records -> {
            for (int i = 0; i < times; i++) {
              note(records.push(record(word() + i + added)));
            }
          });
    }

    private byte[] record(long value) {
      ByteBuffer bytes = ByteBuffer.allocate((1 << fields) - 1).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < fields; i++) {
        for (int at = 0; at < 1 << i; at++) {
          bytes.put((byte) (value >>> (8 * at)));
        }
      }
      return bytes.array();
    }

    private void said() {
      String said = TEXTS.get(random.nextInt(TEXTS.size()));
      String call = random.nextBoolean() ? "sol-ringbuf-output" : "sol-ring-buffer-push";
      text.append("(log (%s ring \"%s\"))\n".formatted(call, said));
      meaning.add(records -> note(records.push(said.getBytes(StandardCharsets.UTF_8))));
    }

    /** A reservation that is submitted or given up, while something else is done or not. */
    private void reserved() {
      int length = 1 + random.nextInt(random.nextInt(6) == 0 ? 160 : 40);
      boolean submits = random.nextInt(3) != 0;
      String record = "r" + ++names;
      int written = random.nextInt(length);
      text.append("(define %s (sol-ringbuf-reserve ring %d))\n".formatted(record, length));
      text.append("(log (!= %s 0))\n".formatted(record));
      text.append(
          "(when (!= %s 0) (mem-store1 %s %d (bit-and word 255))\n"
              .formatted(record, record, written));
      List<Consumer<Records>> outer = new ArrayList<>(meaning);
      meaning.clear();
      if (random.nextBoolean()) {
        popped();
      } else if (random.nextBoolean()) {
        said();
      }
      List<Consumer<Records>> inner = List.copyOf(meaning);
      meaning.clear();
      meaning.addAll(outer);
      text.append("(log (sol-ringbuf-%s %s)))\n".formatted(submits ? "submit" : "discard", record));
      meaning.add(
          records -> {
            int refusal = records.refusal(length);
            last = refusal == 0 ? last : refusal;
            logs.add(Boolean.toString(refusal == 0));
            if (refusal == 0) {
              finish(records, records.reserve(length), inner, submits, written);
            }
          });
    }

    private void finish(
        Records records,
        Records.Entry entry,
        List<Consumer<Records>> inner,
        boolean submits,
        int written) {
      inner.forEach(each -> each.accept(records));
      if (submits) {
        byte[] data = new byte[entry.length()];
        data[written] = input[0];
        entry.submit(data);
      } else {
        entry.drop();
      }
      note(0);
    }

    /** Takes the oldest record if it is short enough, and logs its ends. */
    private void popped() {
      int most = random.nextInt(5) == 0 ? random.nextInt(16) : ROOM;
      String length = "n" + ++names;
      text.append("(define %s (sol-ring-buffer-pop ring out %d))\n".formatted(length, most));
      text.append("(log %s)\n".formatted(length));
      text.append(
          "(when (and (> %s 0) (<= %s %d)) (log (mem-load1 out 0) (mem-load1 (+ out (- %s 1)) 0)))\n"
              .formatted(length, length, most, length));
      meaning.add(records -> taken(records.pop(most), most));
    }

    private void taken(byte @Nullable [] record, int most) {
      logs.add(Integer.toString(record == null ? 0 : record.length));
      if (record != null && record.length <= most) {
        logs.add((record[0] & 255) + " " + (record[record.length - 1] & 255));
      }
    }
  }
}
