package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Letters are kept until too many of their program came after them, which is told. */
class DeadLettersTest {
  @Test
  void theOldestOfAProgramMakesRoomAndIsTold() {
    List<Long> dropped = new ArrayList<>();
    DeadLetters letters = new DeadLetters(letter -> dropped.add(letter.seq()));
    letters.add(letter(Stage.OTHER, 1));
    for (int seq = 2; seq < 2 + DeadLetters.MOST; seq++) {
      letters.add(letter(Stage.PUPPET, seq));
    }
    assertThat(dropped).isEmpty();
    letters.add(letter(Stage.PUPPET, 5_000));
    assertThat(dropped).containsExactly(2L);
    assertThat(letters.take(2)).isEmpty();
    assertThat(letters.take(1)).isPresent();
    assertThat(letters.all()).hasSize(DeadLetters.MOST);
  }

  private static DeadLetter letter(Pubkey program, long seq) {
    Registration registration =
        new Registration.Draft(new Owner(program), Kind.SCHEDULE).numbered(seq);
    return new DeadLetter(100, registration, seq, 100, 4, "why", 10, Payload.NONE);
  }
}
