package dev.ovsm.tests.drawn;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Draws hashes of texts, bytes and data of accounts: words of them, and whether two are equal. */
final class Hashes {
  private static final int BYTES = 32;
  private static final String IMPORT = "(import hash)";

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Hashes(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** A call of a hash, and the hash. */
  private record Hash(String text, At at) {}

  /** Some bytes on a machine. */
  private interface At {
    byte[] in(Machine machine);
  }

  /** A part of what is hashed: found now, and read when all are found. */
  private record Part(String text, Finding finding) {}

  /** Finds where a part lies. */
  private interface Finding {
    At in(Machine machine);
  }

  static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] keccak256(byte[] text) {
    KeccakDigest digest = new KeccakDigest(8 * BYTES);
    digest.update(text, 0, text.length);
    byte[] hash = new byte[BYTES];
    digest.doFinal(hash, 0);
    return hash;
  }

  /** Eight bytes of a hash as a number. */
  Term word(int depth) {
    Hash hash = hash(depth);
    int from = draws.below(BYTES - Long.BYTES + 1);
    return draft.term(
        Construct.HASH,
        Kind.Int.U64,
        "(mem-load (address-of %s) %d)".formatted(hash.text, from),
        machine -> {
          ByteBuffer bytes = ByteBuffer.wrap(hash.at.in(machine)).order(ByteOrder.LITTLE_ENDIAN);
          return Kind.Int.U64.wrapped(BigInteger.valueOf(bytes.getLong(from)));
        });
  }

  Term equality(int depth) {
    Hash left = hash(depth);
    Hash right = draws.below(2) == 0 ? left : hash(depth);
    return draft.term(
        Construct.HASH,
        Kind.Plain.BOOL,
        "(= %s %s)".formatted(left.text, right.text),
        machine -> {
          byte[] first = left.at.in(machine);
          return Arrays.equals(first, right.at.in(machine));
        });
  }

  private Hash hash(int depth) {
    draft.need(IMPORT);
    boolean keccak = draws.below(2) == 1;
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder(keccak ? "(keccak256" : "(sha256");
    for (int i = 1 + draws.below(3); i > 0; i--) {
      Part part = part(depth);
      parts.add(part);
      text.append(' ').append(part.text);
    }
    return new Hash(
        text.append(')').toString(),
        machine -> {
          List<At> found = parts.stream().map(part -> part.finding.in(machine)).toList();
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          found.forEach(one -> all.writeBytes(one.in(machine)));
          return keccak ? keccak256(all.toByteArray()) : sha256(all.toByteArray());
        });
  }

  private Part part(int depth) {
    switch (draws.below(4)) {
      case 1 -> {
        byte[] bytes = new byte[draws.below(5)];
        StringBuilder text = new StringBuilder("(the bytes [");
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) draws.below(256);
          text.append(i > 0 ? " " : "").append(bytes[i] & 255);
        }
        return new Part(text.append("])").toString(), machine -> running -> bytes);
      }
      case 2 -> {
        int account = draws.below(draft.surroundings().owned());
        int length = draws.below(Surroundings.DATA_BYTES + 1);
        return new Part(
            "[(account-data-ptr %d) %d]".formatted(account, length),
            machine -> running -> Arrays.copyOf(running.state().dataOf(account), length));
      }
      default -> {
        Term text = expressions.of(Kind.Plain.STRING, depth);
        return new Part(
            text.text(),
            machine -> {
              byte[] bytes = ((String) text.in(machine)).getBytes(StandardCharsets.UTF_8);
              return running -> bytes;
            });
      }
    }
  }
}
