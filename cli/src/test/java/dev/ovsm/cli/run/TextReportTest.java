package dev.ovsm.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextReportTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "149, 59s",
    "150, 1m00s",
    "8999, 59m59s",
    "9000, 1h00m",
    "215999, 23h59m",
    "216000, 1d00h",
    "1000000, 4d15h"
  })
  void timeIsInTheTwoLargestUnits(long slots, String text) {
    assertThat(TextReport.chainTime(slots)).isEqualTo(text);
  }
}
