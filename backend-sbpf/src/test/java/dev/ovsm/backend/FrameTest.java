package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import org.junit.jupiter.api.Test;

/** Which slots share their bytes of the frame. */
class FrameTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void slotsThatAreUsedOneAfterTheOtherShareTheirBytes() {
    code(twice("load u8 [%1]"));
    assertThat(diagnostics.list()).isEmpty();
  }

  @Test
  void aSlotThatIsReadAgainKeepsItsBytes() {
    code(twice("load u8 [%2]").replace("return %7", "%8 = load u8 [%1]\nreturn %7"));
    assertThat(diagnostics.list()).hasSize(1);
  }

  @Test
  void aSlotWhoseAddressIsStoredKeepsItsBytes() {
    code(twice("load u8 [%1]").replace("zero 3000 %1", "store ptr [%0], %1\nzero 3000 %1"));
    assertThat(diagnostics.list()).hasSize(1);
  }

  @Test
  void aSlotThatACalleeKeepsKeepsItsBytes() {
    String keeps = "fn take(%0: ptr, %1: ptr) { b0: store ptr [%1], %0 return }";
    String reads = "fn take(%0: ptr, %1: ptr) { b0: %2 = load u8 [%0] store u8 [%1], %2 return }";
    String handsOn = "fn give(%0: ptr, %1: ptr) { b0: call take(%0, %1) return }";
    String calls = twice("load u8 [%1]").replace("zero 3000 %1", "call give(%1, %0)");
    code(calls + handsOn + reads);
    assertThat(diagnostics.list()).isEmpty();
    code(calls + handsOn + keeps);
    assertThat(diagnostics.list()).hasSize(1);
  }

  @Test
  void aSlotWhoseAddressACalleeReturnsIsInUseWhileThatIs() {
    String returns =
        "fn next(%0: ptr) -> ptr { b0: %1 = const u64 8 %2 = add.wrap ptr %0, %1 return %2 }";
    String asks = twice("load u8 [%1]").replace("zero 3000 %1", "%10 = call ptr next(%1)");
    code(asks + returns);
    assertThat(diagnostics.list()).isEmpty();
    code(asks.replace("return %7", "%8 = load u8 [%10]\nreturn %7") + returns);
    assertThat(diagnostics.list()).hasSize(1);
    code(asks.replace("zero 3000 %2", "store ptr [%0], %10\nzero 3000 %2") + returns);
    assertThat(diagnostics.list()).hasSize(2);
  }

  @Test
  void slotsThatTheTurnsOfALoopUseKeepTheirBytes() {
    code(
        """
        fn entrypoint(%0: ptr) -> u64 {
        b0:
          %1 = slot 3000 align 8
          %2 = slot 3000 align 8
          jump b1
        b1:
          zero 3000 %1
          jump b2
        b2:
          zero 3000 %2
          %3 = load bool [%0]
          branch %3, b1, b3
        b3:
          %4 = const u64 0
          return %4
        }
        """);
    assertThat(diagnostics.list()).hasSize(1);
  }

  /** Uses one large slot, of which something is read in the end, then another one. */
  private static String twice(String read) {
    return """
        fn entrypoint(%0: ptr) -> u64 {
        b0:
          %1 = slot 3000 align 8
          %2 = slot 3000 align 8
          zero 3000 %1
          %3 = load u64 [%0]
          %4 = add.wrap ptr %1, %3
          store u8 [%4], %9
          %5 = READ
          store u8 [%0], %5
          zero 3000 %2
          %6 = load u64 [%2]
          %7 = load u64 [%2 + 8]
          store u64 [%0], %6
          return %7
        }
        """
        .replace("b0:\n", "b0:\n  %9 = const u8 1\n")
        .replace("READ", read);
  }

  private void code(String text) {
    Listing.of(text, diagnostics);
  }
}
