package dev.ovsm.tests.invoke;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.Main;
import dev.ovsm.cli.account.KeyedAccount;
import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.ProgramIds;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.account.SysvarIds;
import dev.ovsm.tests.realvm.HandElf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands on the command line and in the files, {@code ovsm invoke} ends soon, with an exit
 * code that is documented and without a stack trace; {@code -Dcases=N} draws more.
 */
class BadInputTest {
  private static final int CASES = Integer.getInteger("cases", 1500);
  private static final long MOST_MILLIS = 20_000;
  private static final List<Integer> DOCUMENTED = List.of(0, 1, 2, 3, 4);
  private static final List<String> ODD_WORDS =
      List.of(
          "",
          "-1",
          "0",
          "1",
          "18446744073709551615",
          "9223372036854775807",
          "99999999999999999999999",
          "0x",
          "0x0",
          "zz",
          ":s",
          ":w:s:w",
          "=",
          "a=b=c",
          "--",
          "--json",
          "/",
          "/dev/null",
          "\u0000",
          "ä\uD800",
          "@nothing",
          "interpreter",
          "jit",
          "%n%s",
          "1".repeat(44),
          "f".repeat(100_001),
          "ff".repeat(60_000));

  @TempDir Path folder;

  private final Random random = new Random(Long.getLong("seed", 0));
  private final Map<Integer, Integer> codes = new TreeMap<>();

  @Test
  void endsWithADocumentedCode() throws IOException {
    Path program = folder.resolve("program.so");
    Path account = folder.resolve("account.json");
    for (int i = 0; i < CASES; i++) {
      byte[] elf = elf();
      Files.write(program, random.nextInt(3) == 0 ? damaged(elf) : elf);
      String json = new KeyedAccount(key(), state()).json().toString();
      Files.write(account, random.nextInt(3) == 0 ? damagedText(json) : json.getBytes(UTF_8));
      run(words(program.toString(), account.toString()));
    }
    System.out.println("exit codes: " + codes);
    assertThat(codes.keySet()).as("seen").containsExactlyElementsOf(DOCUMENTED);
  }

  @Test
  void filesThatAreNone() throws IOException {
    Path program = Files.write(folder.resolve("program.so"), elf());
    String id = "Prog111111111111111111111111111111111111111";
    for (String name : List.of(folder.toString(), "/dev/zero", "/dev/null", "no such file")) {
      assertThat(run(List.of("invoke", name, "--program-id", id))).isIn(3, 4);
      List<String> words =
          List.of("invoke", program.toString(), "--program-id", id, "--account", name);
      assertThat(run(words)).isEqualTo(4);
    }
  }

  private int run(List<String> words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    long begin = System.nanoTime();
    int code = Main.run(words, out, err);
    assertThat((System.nanoTime() - begin) / 1_000_000)
        .as("ms of %s", words)
        .isLessThan(MOST_MILLIS);
    assertThat(code).as("%s: %s", words, err.toString(UTF_8)).isIn(DOCUMENTED);
    assertThat(err.toString(UTF_8)).as("%s", words).doesNotContain("Exception", "\tat ");
    codes.merge(code, 1, Integer::sum);
    return code;
  }

  private List<String> words(String program, String account) {
    List<String> words = new ArrayList<>(List.of("invoke", program, "--program-id"));
    words.add(place(0).toString());
    words.addAll(List.of("--data", "00".repeat(random.nextInt(300))));
    for (int i = random.nextInt(5); i > 0; i--) {
      String place = random.nextInt(3) == 0 ? key().toString() : account;
      String flags = List.of("", ":s", ":w", ":s:w").get(random.nextInt(4));
      words.addAll(List.of("--account", place + flags));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      words.addAll(List.of("--program", place(i) + "=" + program));
    }
    words.addAll(List.of("--slot", Long.toString(random.nextLong() >>> random.nextInt(64))));
    words.addAll(List.of("--budget", Integer.toString(random.nextInt(1_400_001))));
    words.addAll(List.of("--engine", random.nextBoolean() ? "jit" : "interpreter"));
    if (random.nextBoolean()) {
      words.add("--json");
    }
    if (random.nextInt(3) == 0) {
      for (int i = 1 + random.nextInt(2); i > 0; i--) {
        damage(words);
      }
    }
    return words;
  }

  /** Keeps the command and damages what follows it. */
  private void damage(List<String> words) {
    int at = 1 + random.nextInt(words.size() - 1);
    String odd = ODD_WORDS.get(random.nextInt(ODD_WORDS.size()));
    switch (random.nextInt(5)) {
      case 0 -> words.remove(at);
      case 1 -> words.add(at, odd);
      case 2 -> words.add(words.get(at));
      case 3 -> words.set(at, words.get(at) + odd);
      default -> words.set(at, odd);
    }
  }

  /** The address of a program: one of its own, or now and then any. */
  private Pubkey place(int number) {
    byte[] bytes = new byte[Pubkey.BYTES];
    Arrays.fill(bytes, (byte) (0x40 + number));
    return random.nextInt(12) == 0 ? key() : Pubkey.of(bytes);
  }

  /** Addresses that mean something to the machine, and others. */
  private Pubkey key() {
    List<Pubkey> known =
        List.of(
            ProgramIds.SYSTEM,
            ProgramIds.LOADER_V3,
            ProgramIds.COMPUTE_BUDGET,
            ProgramIds.ED25519_PRECOMPILE,
            ProgramIds.NATIVE_LOADER,
            SysvarIds.CLOCK,
            SysvarIds.INSTRUCTIONS,
            SysvarIds.RECENT_BLOCKHASHES);
    if (random.nextInt(4) == 0) {
      return known.get(random.nextInt(known.size()));
    }
    byte[] bytes = new byte[Pubkey.BYTES];
    Arrays.fill(bytes, (byte) random.nextInt(6));
    return Pubkey.of(bytes);
  }

  private Account state() {
    byte[] data = new byte[random.nextInt(3) * random.nextInt(200)];
    random.nextBytes(data);
    long lamports = random.nextInt(4) == 0 ? random.nextLong() : 5_000_000;
    return new Account(lamports, data, key(), random.nextInt(4) == 0, random.nextLong());
  }

  /** A program of instructions drawn from those that are often valid. */
  private byte[] elf() {
    int[] operations = {
      0xb7, 0x07, 0x79, 0x7b, 0x61, 0x63, 0x71, 0x73, 0x55, 0x15, 0x05, 0xbf, 0x2f
    };
    HandElf code = new HandElf();
    int length = 1 + random.nextInt(20);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(5) == 0) {
        code.syscall(
            List.of("sol_log_data", "sol_memcpy_", "sol_invoke_signed_c", "sol_set_return_data")
                .get(random.nextInt(4)));
      } else {
        int operation = operations[random.nextInt(operations.length)];
        int offset = operation < 0x60 && operation % 16 == 5 ? -random.nextInt(i + 1) : 0;
        code.put(operation, random.nextInt(6), 1, offset, random.nextInt(100));
      }
    }
    code.put(0xb7, 0, 0, 0, 0).exit();
    return random.nextBoolean() ? code.v3(new byte[8]) : code.v0(new byte[0]);
  }

  private byte[] damaged(byte[] bytes) {
    byte[] changed =
        Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
    for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] =
          (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
    }
    return changed;
  }

  private byte[] damagedText(String text) {
    List<String> odd =
        List.of("null", "{}", "[]", "\"", "1e999999999", "-5", "{", "[[[[", "\\u0000", "true");
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length());
      int end = Math.min(changed.length(), at + random.nextInt(12));
      changed.replace(at, end, odd.get(random.nextInt(odd.size())));
    }
    return random.nextInt(8) == 0
        ? damaged(text.getBytes(UTF_8))
        : changed.toString().getBytes(ISO_8859_1);
  }
}
