package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.account.Pubkey;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agenda beside a set that is sorted by the order that it promises. */
class AgendaTest {
  private static final Making MAKING = new Making(0, Origin.OUTSIDE, 0);

  private static final int OPERATIONS = 20_000;

  private final Registration registration =
      new Registration.Draft(new Owner(Pubkey.of(new byte[Pubkey.BYTES])), Kind.TIMER).numbered(1);
  private final Agenda agenda = new Agenda();
  private final NavigableSet<Trigger> expected = new TreeSet<>(Trigger.ORDER);
  private final List<Trigger> gone = new ArrayList<>();
  private long nextSeq = 1;

  /** The fewer slots, the more triggers share one; some come in order of creation, some do not. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 500})
  void whatWaitsIsInOrderWhateverComesAndGoes(int slots) {
    Random random = new Random(slots);
    for (int i = 0; i < OPERATIONS; i++) {
      if (expected.isEmpty() || random.nextInt(expected.size() < 300 ? 100 : 20) > 9) {
        add(come(random, slots));
      } else {
        leave(random);
      }
      Trigger any = random.nextBoolean() || gone.isEmpty() ? any(random) : pick(gone, random);
      assertThat(agenda.first(Wave.TIMERS)).isSameAs(expected.isEmpty() ? null : expected.first());
      assertThat(agenda.after(Wave.TIMERS, any)).isSameAs(expected.higher(any));
      assertThat(agenda.size()).isEqualTo(expected.size());
    }
    assertThat(agenda.list(Wave.TIMERS)).containsExactlyElementsOf(expected);
  }

  private Trigger come(Random random, int slots) {
    if (!gone.isEmpty() && random.nextInt(5) == 0) {
      return gone.remove(random.nextInt(gone.size()));
    }
    long due = random.nextInt(slots);
    Trigger trigger = new Trigger(registration, nextSeq++, due, due, Payload.NONE, MAKING);
    trigger.rank(random.nextInt(4) == 0 ? random.nextInt(4) : Terms.NORMAL_PRIORITY);
    return trigger;
  }

  private void add(Trigger trigger) {
    agenda.add(Wave.TIMERS, trigger);
    expected.add(trigger);
  }

  /** The first one, as when a callback runs, the last one, as when it is armed anew, or any. */
  private void leave(Random random) {
    Trigger trigger =
        switch (random.nextInt(3)) {
          case 0 -> expected.first();
          case 1 -> expected.last();
          default -> any(random);
        };
    expected.remove(trigger);
    assertThat(agenda.remove(trigger)).isEqualTo(Wave.TIMERS);
    gone.add(trigger);
  }

  private Trigger any(Random random) {
    return expected.isEmpty()
        ? new Trigger(registration, 1, 0, 0, Payload.NONE, MAKING)
        : pick(new ArrayList<>(expected), random);
  }

  private static Trigger pick(List<Trigger> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
