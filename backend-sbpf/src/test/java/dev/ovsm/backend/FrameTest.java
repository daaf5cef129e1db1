package dev.ovsm.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import java.util.List;
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
  void aSlotWhoseAddressIsInASlotIsInUseAsLongAsThatIsFollowed() {
    String logs = "%11 = const u64 1\nsyscall sol_log_data(%10, %11)\n";
    code(twiceHeld(logs + "zero 3000 %2"));
    assertThat(diagnostics.list()).isEmpty();
    code(twiceHeld("zero 3000 %2\n" + logs));
    assertThat(diagnostics.list()).hasSize(1);
  }

  @Test
  void aSlotWhoseAddressIsReadFromASlotIsInUseWhileItIsReached() {
    code(twiceHeld("%11 = load ptr [%10]\n%12 = load u8 [%11]\nzero 3000 %2"));
    assertThat(diagnostics.list()).isEmpty();
    code(twiceHeld("%11 = load ptr [%10]\nzero 3000 %2\n%12 = load u8 [%11]\nstore u8 [%0], %12"));
    assertThat(diagnostics.list()).hasSize(1);
    code(twiceHeld("%11 = load ptr [%10]\nstore ptr [%0], %11\nzero 3000 %2"));
    assertThat(diagnostics.list()).hasSize(2);
  }

  @Test
  void aSlotWhoseAddressIsInASlotThatAnotherHoldsIsFollowedThroughBoth() {
    String held = "%13 = slot 8 align 8\nstore ptr [%13], %10\n";
    String reads = held + "%11 = load ptr [%13]\n%12 = load ptr [%11]\n%14 = load u8 [%12]\n";
    code(twiceHeld(reads + "store u8 [%0], %14\nzero 3000 %2"));
    assertThat(diagnostics.list()).isEmpty();
    code(twiceHeld(reads + "zero 3000 %2\nstore u8 [%12], %9"));
    assertThat(diagnostics.list()).hasSize(1);
    String logs = "%15 = const u64 1\nsyscall sol_log_data(%13, %15)\n";
    code(twiceHeld(held + logs + "zero 3000 %2"));
    assertThat(diagnostics.list()).hasSize(2);
  }

  @Test
  void aSlotWhoseAddressIsInASlotThatSomebodyElseGetsKeepsItsBytes() {
    List<String> ways =
        List.of(
            "call take(%10)",
            "store ptr [%0], %10",
            "copy 16 %0, %10",
            "%11 = const u64 16\nsyscall sol_memcpy_(%0, %10, %11)",
            "%11 = const u64 16\nsyscall sol_set_return_data(%10, %11)",
            "store ptr [%10], %10\nzero 3000 %1");
    String takes = "fn take(%0: ptr) { b0: %1 = load u8 [%0] store u8 [%0], %1 return }";
    for (int i = 0; i < ways.size(); i++) {
      code(twiceHeld(ways.get(i) + "\nzero 3000 %2") + takes);
      assertThat(diagnostics.list()).as(ways.get(i)).hasSize(i + 1);
    }
  }

  @Test
  void aSlotWhoseAddressIsStoredBeyondASlotKeepsItsBytes() {
    code(twiceHeld("store ptr [%10 + 9], %1\nzero 3000 %2"));
    assertThat(diagnostics.list()).hasSize(1);
  }

  @Test
  void aCalleeThatLogsWhatItIsGivenKeepsNothing() {
    String logs =
        """
        fn take(%0: ptr) {
        b0:
          %1 = slot 16 align 8
          store ptr [%1], %0
          %2 = const u64 3000
          store u64 [%1 + 8], %2
          %3 = const u64 1
          syscall sol_log_data(%1, %3)
          return
        }
        """;
    String calls = twice("load u8 [%1]").replace("zero 3000 %1", "call take(%1)");
    code(calls + logs);
    assertThat(diagnostics.list()).isEmpty();
    code(calls + logs.replace("[%1], %0", "[%0], %0"));
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

  @Test
  void slotsThatBeginInEachTurnOfALoopShareTheirBytes() {
    code(turns("%9 = const u64 1", "%9"));
    assertThat(diagnostics.list()).isEmpty();
    code(turns("%9 = const u64 1", "%7").replace("return", "%7 = load u64 [%1]\nreturn"));
    assertThat(diagnostics.list()).hasSize(1);
  }

  @Test
  void aSlotWhoseAddressGoesOnToTheNextTurnKeepsItsBytesUntilItBeginsAgain() {
    code(turns("%9 = load u64 [%8]", "%9"));
    assertThat(diagnostics.list()).hasSize(1);
  }

  /** Begins two large slots in each turn of a loop, which is given the first one of the last. */
  private static String turns(String first, String result) {
    return """
    fn entrypoint(%0: ptr) -> u64 {
    b0:
      jump b1(%0)
    b1(%8: ptr):
      FIRST
      %1 = slot 3000 align 8
      zero 3000 %1
      %3 = load u64 [%1]
      store u64 [%0], %3
      jump b2
    b2:
      %2 = slot 3000 align 8
      zero 3000 %2
      %4 = load u64 [%2]
      store u64 [%0], %4
      %6 = load bool [%0]
      branch %6, b1(%1), b3
    b3:
      return RESULT
    }
    """
        .replace("FIRST", first)
        .replace("RESULT", result);
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

  /** Puts the address of a large slot into a small one, and uses both as {@code then} says. */
  private static String twiceHeld(String then) {
    return twice("load u8 [%1]")
        .replace("zero 3000 %1", "zero 3000 %1\n%10 = slot 16 align 8\nstore ptr [%10], %1")
        .replace("zero 3000 %2", then);
  }

  private void code(String text) {
    Listing.of(text, diagnostics);
  }
}
