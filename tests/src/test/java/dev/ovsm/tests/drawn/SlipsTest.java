package dev.ovsm.tests.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.runtime.PlantedWorld;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Drawn programs find every slip that is put into the compiler and its library. One world has them
 * all, of which one at a time is made: what takes long is to load it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlipsTest {
  private final AtomicReference<Optional<Slip>> made = new AtomicReference<>(Optional.empty());
  private final PlantedWorld world = Slip.world(made::get);

  @ParameterizedTest
  @EnumSource
  void drawnProgramsFindIt(Slip slip) throws Exception {
    made.set(Optional.of(slip));
    assertThat(found(slip.name())).contains("but it means");
  }

  @Test
  void nothingIsFoundWithoutOne() throws Exception {
    made.set(Optional.empty());
    assertThat(found("")).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private String found(String name) throws Exception {
    Callable<String> search = world.search(SlipSearch.class);
    ((Consumer<String>) search).accept(name);
    return search.call();
  }
}
