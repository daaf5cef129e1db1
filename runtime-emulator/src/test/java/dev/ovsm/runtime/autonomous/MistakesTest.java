package dev.ovsm.runtime.autonomous;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every planted mistake shows in the lives that are compared with the model. */
public class MistakesTest {
  @ParameterizedTest
  @EnumSource
  void aPlantedMistakeShows(Mistake mistake) throws Exception {
    assertThat(mistake.search(Lives.class).call()).isNotEmpty();
  }

  /** Every slot counts its triggers, so that a loss is not first noticed by who misses one. */
  @Test
  void aTriggerThatIsLostIsNoticedInItsSlot() throws Exception {
    assertThat(Mistake.POP_BEFORE_ADMIT.search(Crowded.class).call())
        .isEqualTo("slot 105: 2 triggers made, 1 known");
  }

  @Test
  void aDoubleFeeShowsInTheEconomyToo() throws Exception {
    assertThat(mistakes(Mistake.DOUBLE_FEE)).contains("aRegistrationCosts");
  }

  private static String mistakes(Mistake mistake) throws Exception {
    return mistake.search(EconomyTests.class).call();
  }

  /** Compares lives until one differs; says how. */
  public static final class Lives implements Callable<String> {
    private static final int SEEDS = 6;
    private static final int SLOTS = 200;

    public Lives() {}

    @Override
    public String call() {
      String difference = null;
      for (long seed = 1; seed <= SEEDS && difference == null; seed++) {
        try {
          difference = new Play(seed, Play.coverage()).live(SLOTS);
        } catch (IllegalStateException | IndexOutOfBoundsException e) {
          difference = e.toString();
        }
      }
      return difference == null ? "" : difference;
    }
  }

  /** Has two timers in a slot that has room for one; says what is wrong with that. */
  public static final class Crowded implements Callable<String> {
    public Crowded() {}

    @Override
    public String call() {
      Stage stage = new Stage();
      for (int i = 0; i < 2; i++) {
        stage.send(Callbacks.timer(105, Callbacks.spinning(150_000), 301_000));
      }
      try {
        stage.steps(5);
        return "nothing";
      } catch (IllegalStateException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }

  /** Runs every test of the economy; says which fail. */
  public static final class EconomyTests implements Callable<String> {
    public EconomyTests() {}

    @Override
    public String call() throws ReflectiveOperationException {
      StringBuilder failed = new StringBuilder();
      for (Method method : EconomyTest.class.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          try {
            method.invoke(new EconomyTest());
          } catch (InvocationTargetException e) {
            failed.append(method.getName()).append(' ');
          }
        }
      }
      return failed.toString();
    }
  }
}
