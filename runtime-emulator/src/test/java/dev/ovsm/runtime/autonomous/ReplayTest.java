package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.bank.Blame;
import dev.ovsm.runtime.jit.Jit;
import dev.ovsm.runtime.transaction.TransactionError;
import dev.ovsm.runtime.vm.Interpreter;
import dev.ovsm.sbpf.Sha256;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded life can be lived again, and any difference shows. */
class ReplayTest {
  private static final int SLOTS = 120;
  private static final int HASH_BYTES = 32;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aRecordedLifeComesOutTheSameOnBothEngines(long seed) {
    byte[] recording = record(seed);
    assertThat(Replay.run(recording, new Interpreter(), Listener.NONE, simulation -> {}).problem())
        .isEmpty();
    assertThat(Replay.run(recording, new Jit(), Listener.NONE, simulation -> {}).outcome())
        .isEqualTo(Replay.Outcome.SAME);
  }

  /** What failed is executed again for it, which must use no id and cost no fee. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void itMakesNoDifferenceToAskWhatIsToBlame(long seed) {
    Inquirer inquirer = new Inquirer();
    assertThat(Replay.run(record(seed), new Interpreter(), inquirer, simulation -> {}).problem())
        .isEmpty();
    assertThat(inquirer.blames).isGreaterThan(20);
  }

  @Test
  void whatDiffersIsFoundInItsSlot() {
    byte[] recording = record(1);
    // a slot's digest stands behind its tag
    int finish = find(recording, InputTag.FINISH, 5);
    recording[finish + 1] ^= 1;
    sign(recording);
    Replay.Result result =
        Replay.run(recording, new Interpreter(), Listener.NONE, simulation -> {});
    assertThat(result.outcome()).isEqualTo(Replay.Outcome.DIFFERENT);
    assertThat(result.problem()).matches("slot 1\\d\\d came out differently");
  }

  @Test
  void aDamagedRecordingIsRefused() {
    byte[] recording = record(2);
    for (int length = 0; length < recording.length; length += 9_973) {
      byte[] part = Arrays.copyOf(recording, length);
      assertThat(Replay.run(part, new Interpreter(), Listener.NONE, simulation -> {}).outcome())
          .isEqualTo(Replay.Outcome.DAMAGED);
    }
    recording[recording.length / 2] ^= 1;
    assertThat(Replay.run(recording, new Interpreter(), Listener.NONE, simulation -> {}).problem())
        .isEqualTo("it does not have its checksum");
  }

  private static final class Inquirer implements Listener {
    private int blames;

    @Override
    public boolean wantsBlame() {
      return true;
    }

    @Override
    public void blamed(long slot, Optional<Blame> blame, TransactionError error) {
      blames += blame.isPresent() ? 1 : 0;
    }
  }

  private static byte[] record(long seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Play play = new Play(seed, Play.coverage()).recording(new Recorder(out));
    assertThat(play.live(SLOTS)).isNull();
    play.end();
    return out.toByteArray();
  }

  /** Where a tag stands that ends a slot in which nothing was put in. */
  private static int find(byte[] recording, InputTag tag, int which) {
    int left = which;
    for (int at = recording.length - HASH_BYTES; at > 0; at--) {
      boolean here = recording[at] == tag.number() && recording[at - 1] == InputTag.ENTER.number();
      if (here && --left == 0) {
        return at;
      }
    }
    throw new AssertionError("no such input");
  }

  private static void sign(byte[] recording) {
    int end = recording.length - HASH_BYTES;
    MessageDigest digest = Sha256.digest();
    digest.update(recording, 0, end);
    System.arraycopy(digest.digest(), 0, recording, end, HASH_BYTES);
  }
}
