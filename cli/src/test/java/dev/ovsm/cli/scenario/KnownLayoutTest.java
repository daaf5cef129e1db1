package dev.ovsm.cli.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.sbpf.Sha256;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Well-known accounts are laid out as their programs declare them, one field behind another. */
class KnownLayoutTest {
  /**
   * The structures of the programs in order of declaration: a field that scenarios name, or the
   * bytes of those that they do not; Borsh and packed, but for Pyth's older account, which is C.
   */
  private static final Map<KnownLayout, String> DECLARED =
      Map.of(
          KnownLayout.WALLET,
          "",
          KnownLayout.SPL_TOKEN,
          "pubkey mint, pubkey owner, u64 amount, u32 delegate_tag, pubkey delegate, u8 state,"
              + " 4, 8, u64 delegated_amount, 4, 32",
          KnownLayout.SPL_MINT,
          "u32 mint_authority_tag, pubkey mint_authority, u64 supply, u8 decimals, 1, 4, 32",
          KnownLayout.PYTH_PRICE_UPDATE_V2,
          "8, pubkey write_authority, 1, bytes32 feed, i64 price, u64 conf, i32 expo,"
              + " i64 publish_time, i64 prev_publish_time, i64 ema_price, u64 ema_conf,"
              + " u64 posted_slot, 1",
          // magic to price type; numbers of components; slots; averages; products; the one before
          KnownLayout.PYTH_LEGACY,
          "4, 4, 4, 4, 4, i32 expo, 4, 4, 8, 8, 24, 24, i64 publish_time, 1, 1, 1, 1, 4, 32, 32,"
              + " 8, 8, 8, 8, i64 price, u64 conf, u32 status, 4, u64 posted_slot, "
              + "96, ".repeat(31)
              + "96",
          // submissions to minimal sample; last update, table, reserve; the result; the rest
          KnownLayout.SWITCHBOARD_PULL_FEED,
          "8, 2048, 32, 32, 32, 8, 8, 8, 4, 32, 1, 1, 1, 1, i64 last_update_timestamp, 8, 32,"
              + " i128 value, i128 std_dev, 16, 16, 16, 16, u8 num_samples, 1, 6, u64 slot, 8, 8,"
              + " u32 max_staleness, 12, 512, 32, 256",
          KnownLayout.WHIRLPOOL,
          "8, 32, 1, u16 tick_spacing, 2, u16 fee_rate, 2, u128 liquidity, u128 sqrt_price,"
              + " i32 tick, 8, 8, pubkey mint_a, pubkey vault_a, 16, pubkey mint_b,"
              + " pubkey vault_b, 16, 8, 128, 128, 128",
          KnownLayout.SOLEND_OBLIGATION,
          "1, u64 slot, 1, pubkey market, pubkey owner, u128 deposited_value,"
              + " u128 borrowed_value, u128 allowed_borrow, u128 unhealthy_borrow, 64, 1, 1, 1096");

  @ParameterizedTest
  @EnumSource
  void fieldsStandWhereTheirProgramsPutThem(KnownLayout known) {
    StringBuilder standing = new StringBuilder();
    int at = 0;
    for (Field field : known.layout().fields().values()) {
      standing.append(describe(field.offset(), field));
    }
    StringBuilder declared = new StringBuilder();
    for (String part : Objects.requireNonNull(DECLARED.get(known)).split(", ", -1)) {
      String[] words = part.split(" ", -1);
      if (words.length == 2) {
        FieldType type = FieldType.valueOf(words[0].toUpperCase(Locale.ROOT));
        declared.append(describe(at, new Field(words[1], type, at)));
        at += type.bytes();
      } else if (!part.isEmpty()) {
        at += Integer.parseInt(part);
      }
    }
    assertThat(standing.toString()).isEqualTo(declared.toString());
    assertThat(known.layout().template().length).isEqualTo(at);
  }

  private static String describe(int at, Field field) {
    return at + " " + field.type() + " " + field.name() + "\n";
  }

  /** Anchor marks an account with the hash of its name. */
  @Test
  void accountsOfAnchorHaveTheirDiscriminators() {
    Map<KnownLayout, String> names =
        Map.of(
            KnownLayout.PYTH_PRICE_UPDATE_V2, "PriceUpdateV2",
            KnownLayout.SWITCHBOARD_PULL_FEED, "PullFeedAccountData",
            KnownLayout.WHIRLPOOL, "Whirlpool");
    assertThat(
            names.keySet().stream()
                .collect(
                    Collectors.toMap(known -> known, known -> first(known.layout().template()))))
        .isEqualTo(
            names.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        one -> first(Sha256.of(("account:" + one.getValue()).getBytes(UTF_8))))));
  }

  private static String first(byte[] bytes) {
    return Arrays.toString(Arrays.copyOf(bytes, 8));
  }
}
