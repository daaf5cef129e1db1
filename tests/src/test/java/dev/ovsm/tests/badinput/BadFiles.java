package dev.ovsm.tests.badinput;

import dev.ovsm.cli.Main;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.sbpf.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with files that are wrong in one way each, and good ones beside them. */
final class BadFiles {
  private static final String OWNER = "11111111111111111111111111111111";

  private final Path folder;

  private BadFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the files. */
  static void write(Path folder) throws IOException {
    BadFiles files = new BadFiles(folder);
    Files.createDirectory(folder.resolve("folder"));
    files.sources();
    files.assembly();
    files.programs();
    files.accounts();
    files.runs();
  }

  /** A snapshot and a recording of one run, of which the second half is missing. */
  private void runs() throws IOException {
    Path runs = folder.resolve("runs");
    String[] run = {
      "run",
      Path.of("..", "examples", "heartbeat.ovsm").toString(),
      "--slots",
      "3",
      "--snapshot-every",
      "3",
      "--record",
      folder.resolve("damaged.rec").toString(),
      "--run-folder",
      runs.toString()
    };
    Main.run(List.of(run), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    Files.move(runs.resolve("1").resolve("3.snapshot"), folder.resolve("good.snapshot"));
    Files.copy(folder.resolve("good.snapshot"), folder.resolve("damaged.snapshot"));
    for (String name : List.of("damaged.rec", "damaged.snapshot")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length / 2));
    }
  }

  /** The contents of all files, to see whether one has changed, come or gone. */
  static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        contents.put(
            folder.relativize(path).toString(),
            Files.isRegularFile(path)
                ? Files.size(path) + " bytes, " + Arrays.hashCode(Files.readAllBytes(path))
                : "folder");
      }
    }
    return contents;
  }

  private void sources() throws IOException {
    text("good.ovsm", "(log :answer 42)\n42\n");
    text("empty.ovsm", "");
    text("comment.ovsm", "; nothing yet\n#| nor\nhere |#\n");
    bytes("latin.ovsm", "; prix\n(log \"caf\u00e9\")\n".getBytes(StandardCharsets.ISO_8859_1));
    text("unbalanced.ovsm", "(define x 1)\n(log :x (+ x 1)\n");
    text("deep.ovsm", "(".repeat(100_000) + ")".repeat(100_000));
    text("deep_and_open.ovsm", "(".repeat(100_000));
    text("unknown_name.ovsm", "(log :x (twice 2))\n");
    text("wrong_type.ovsm", "(defun half ((x : u64)) -> u64 (/ x 2))\n(half \"four\")\n");
    text("unbounded_loop.ovsm", "(define i 0)\n(while true\n  (log :i i))\n");
    text(
        "unbounded_recursion.ovsm",
        "(defun down ((n : u64)) -> u64\n  (log :n n)\n  (down (+ n 1)))\n(down 1)\n");
    sparse("large.ovsm", (4 << 20) + 1);
    random("bytes.ovsm");
  }

  private void assembly() throws IOException {
    text("good.s", "entrypoint:\n  mov64 r0, 0\n  exit\n");
    text("mnemonic.s", "entrypoint:\n  mov46 r0, 0\n  exit\n");
    text("operand.s", "entrypoint:\n  mov64 r11, 0\n  exit\n");
    text("label.s", "entrypoint:\n  ja entrypiont\n");
    text("version.s", ".sbpf v1\nentrypoint:\n  exit\n");
  }

  private void programs() throws IOException {
    byte[] good = compiled(Files.readString(folder.resolve("good.ovsm")), "good.ovsm");
    bytes("good.so", good);
    Path example = Path.of("..", "examples", "heartbeat.ovsm");
    String heartbeat = Files.readString(example);
    bytes("autonomous.so", compiled(heartbeat, "heartbeat.ovsm"));
    Compilation.Target newer = new Compilation.Target(Version.V3, 0, false);
    bytes("newer.so", compiled(heartbeat, "heartbeat.ovsm", newer));
    String counter = Files.readString(Path.of("..", "examples", "counter.ovsm"));
    bytes("counter.so", compiled(counter, "counter.ovsm"));
    random("bytes.so");
    bytes("empty.so", new byte[0]);
    sparse("huge.so", (10 << 20) + 1);
    bytes("truncated.so", Arrays.copyOf(good, good.length * 2 / 3));
    bytes("magic.so", Arrays.copyOf(good, 4));
    changed("machine.so", good, 18, "3e00");
    changed("version.so", good, 48, "63000000");
    changed("sections.so", good, 60, "ffff");
    changed("tables.so", good, 40, "f0ffffffffffff7f");
    changed("entry.so", good, 24, "0000ffff00000000");
    ByteBuffer view = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    changed("code.so", good, (int) view.getLong(24), "ff");
    int manifest = new String(good, StandardCharsets.ISO_8859_1).indexOf("\2\4\0\0\0good");
    changed("manifest.so", good, manifest, "63");
  }

  private void accounts() throws IOException {
    text("text.json", "lamports: 5");
    text("nested.json", "[".repeat(100_000));
    text("no_account.json", "{\"pubkey\": \"" + OWNER + "\"}");
    account("bad_owner.json", "5", "\"0OIl\"", "[\"\", \"base64\"]");
    account("bad_data.json", "5", "\"" + OWNER + "\"", "[\"a===\", \"base64\"]");
    account("bad_lamports.json", "-5", "\"" + OWNER + "\"", "[\"\", \"base64\"]");
    account("parsed.json", "5", "\"" + OWNER + "\"", "{\"program\": \"spl-token\"}");
  }

  private void account(String name, String lamports, String owner, String data) throws IOException {
    text(
        name,
        "{\"pubkey\": \"%s\", \"account\": {\"lamports\": %s, \"owner\": %s, \"data\": %s,"
                .formatted(OWNER, lamports, owner, data)
            + " \"executable\": false}}\n");
  }

  private static byte[] compiled(String text, String name) {
    return compiled(text, name, Compilation.Target.DEFAULT);
  }

  private static byte[] compiled(String text, String name, Compilation.Target target) {
    Diagnostics diagnostics = new Diagnostics();
    return Compilation.of(List.of(new Source(name, text)), target, diagnostics)
        .elf()
        .orElseThrow(() -> new AssertionError(diagnostics.list().toString()));
  }

  private void changed(String name, byte[] elf, int at, String hex) throws IOException {
    byte[] changed = elf.clone();
    byte[] patch = HexFormat.of().parseHex(hex);
    System.arraycopy(patch, 0, changed, at, patch.length);
    bytes(name, changed);
  }

  private void random(String name) throws IOException {
    byte[] bytes = new byte[1_000];
    new Random(1).nextBytes(bytes);
    bytes(name, bytes);
  }

  private void sparse(String name, long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(length);
    }
  }

  private void text(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void bytes(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }
}
