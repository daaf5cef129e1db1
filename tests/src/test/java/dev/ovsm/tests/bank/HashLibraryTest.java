package dev.ovsm.tests.bank;

import static dev.ovsm.tests.bank.ExistingPrograms.op;
import static dev.ovsm.tests.bank.Ledger.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostic;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.sbpf.Version;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.RealVm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's hashes, by the bank as on the real VM, and as Java computes them. */
@ComparedWithRealVm(minimum = 60)
class HashLibraryTest {
  private static final Pubkey ALICE = key(1);

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void hashes(Version version, RealVm vm, Comparisons comparisons) {
    ExistingPrograms it = ExistingPrograms.of("library/", "hashes", version, vm, ALICE);
    Ledger ledger = it.ledger();
    Random random = new Random(7);
    for (int length : new int[] {0, 1, 31, 32, 55, 56, 63, 64, 65, 135, 136, 137, 240}) {
      byte[] text = new byte[length];
      random.nextBytes(text);
      String both = sha256(text) + " " + keccak256(text);
      it.send("whole, " + length, op(0, text));
      assertThat(ledger.lastLog()).contains("log: " + both);
      it.send("in two parts, " + length, op(1, text));
      assertThat(ledger.lastLog()).contains("log: " + both);
    }
    byte[] text = "transfer".getBytes(StandardCharsets.UTF_8);
    byte[] space = "global:".getBytes(StandardCharsets.UTF_8);
    it.send("parts of each form", op(2, text), "", ALICE);
    assertThat(ledger.lastLog())
        .contains("log: " + sha256(space, text, ALICE.bytes(), new byte[] {0, -1}))
        .contains(" " + keccak256(ALICE.bytes(), it.id().bytes()));
    it.send("hashes of hashes", op(3, text));
    Pubkey first = sha256(text);
    Pubkey root = first;
    Pubkey third = first;
    for (int i = 0; i < 8; i++) {
      third = i == 3 ? root : third;
      root = keccak256(root.bytes(), first.bytes());
    }
    assertThat(ledger.lastLog()).contains("log: " + root + " " + third + " " + first);
    it.send("beyond memory", op(4, text));
    assertThat(ledger.lastError()).isNotEqualTo("null");
    it.send("no room", op(5, text));
    assertThat(ledger.lastError()).contains("5012");
    ledger.compare(comparisons);
  }

  @ParameterizedTest
  @ValueSource(ints = {Optimizer.NONE, Optimizer.ALL})
  void costsAreBoundedWhereLengthsAre(int level) throws IOException {
    String proof = Files.readString(Path.of("library/merkle.ovsm"));
    assertThat(findings(proof, level)).isEmpty();
    String any = proof.replace("\"leaf\"", "[0x300000000 (mem-load (address-of proof) 0)]");
    assertThat(findings(any, level)).contains("what sol_sha256 takes is not known");
  }

  private static String findings(String text, int level) {
    Diagnostics found = new Diagnostics();
    Compilation.of(
        List.of(new Source("proof", text)), new Compilation.Target(Version.V3, level, true), found);
    return found.list().stream().map(Diagnostic::message).collect(Collectors.joining("\n"));
  }

  private static Pubkey sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Arrays.stream(parts).forEach(digest::update);
      return Pubkey.of(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Pubkey keccak256(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    Arrays.stream(parts).forEach(part -> digest.update(part, 0, part.length));
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return Pubkey.of(hash);
  }
}
