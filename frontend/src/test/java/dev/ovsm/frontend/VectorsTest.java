package dev.ovsm.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.eval.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Bounded vectors as parameters and in events: in Borsh they are as long as they are full. */
class VectorsTest {
  private static final Module PROGRAM =
      Examples.compileText(
          """
          (define-program take
            (lambda ((a : (vec u16 4)) (b : u8))
              (push! a 9)
              (log (length a) (get a 0) b)
              (sol-emit-event :event-id "TAKEN" :data {:all a :b b})))
          """);

  private static byte[] data(int count, int... numbers) {
    ByteBuffer data = ByteBuffer.allocate(8 + 4 + 2 * numbers.length + 1);
    data.order(ByteOrder.LITTLE_ENDIAN).put(Machine.select(PROGRAM, "take")).putInt(count);
    for (int number : numbers) {
      data.putShort((short) number);
    }
    return data.put((byte) 7).array();
  }

  @Test
  void areRead() {
    Machine machine = new Machine();
    machine.run(PROGRAM, data(2, 5, 6));
    assertThat(machine.logs).containsExactly("3 5 7");
    assertThat(machine.triggers.get(1)).containsExactly(3, 0, 0, 0, 5, 0, 6, 0, 9, 0, 7);
  }

  @Test
  void mayBeEmpty() {
    Machine machine = new Machine();
    machine.run(PROGRAM, data(0));
    assertThat(machine.logs).containsExactly("1 9 7");
  }

  @Test
  void areNotLongerThanTheirRoom() {
    Result bad = new Result.Failed(Failure.BAD_INSTRUCTION_DATA.code());
    assertThat(new Machine().run(PROGRAM, data(5, 1, 2, 3, 4, 5))).isEqualTo(bad);
    assertThat(new Machine().run(PROGRAM, data(3, 1, 2))).isEqualTo(bad);
    assertThat(new Machine().run(PROGRAM, data(-1, 1, 2))).isEqualTo(bad);
    assertThat(new Machine().run(PROGRAM, data(4, 1, 2, 3, 4)))
        .isEqualTo(new Result.Failed(Failure.OUT_OF_BOUNDS.code()));
  }
}
