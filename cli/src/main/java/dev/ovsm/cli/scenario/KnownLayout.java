package dev.ovsm.cli.scenario;

import static dev.ovsm.cli.scenario.FieldType.BYTES32;
import static dev.ovsm.cli.scenario.FieldType.I128;
import static dev.ovsm.cli.scenario.FieldType.I32;
import static dev.ovsm.cli.scenario.FieldType.I64;
import static dev.ovsm.cli.scenario.FieldType.PUBKEY;
import static dev.ovsm.cli.scenario.FieldType.U128;
import static dev.ovsm.cli.scenario.FieldType.U16;
import static dev.ovsm.cli.scenario.FieldType.U32;
import static dev.ovsm.cli.scenario.FieldType.U64;
import static dev.ovsm.cli.scenario.FieldType.U8;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The accounts of well-known programs. */
enum KnownLayout {
  WALLET(Layout.WALLET),

  /** A balance of tokens. */
  SPL_TOKEN(
      Layout.named("spl-token", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", 165)
          .constant(108, 1)
          .has(PUBKEY, "mint", 0)
          .has(PUBKEY, "owner", 32)
          .has(U64, "amount", 64)
          .has(U32, "delegate_tag", 72)
          .has(PUBKEY, "delegate", 76)
          .has(U8, "state", 108)
          .has(U64, "delegated_amount", 121)
          .build()),

  /** A kind of token. */
  SPL_MINT(
      Layout.named("spl-mint", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", 82)
          .constant(45, 1)
          .has(U32, "mint_authority_tag", 0)
          .has(PUBKEY, "mint_authority", 4)
          .has(U64, "supply", 36)
          .has(U8, "decimals", 44)
          .build()),

  /** A price that Pyth's receiver holds, fully verified: one byte for how it was verified. */
  PYTH_PRICE_UPDATE_V2(
      Layout.named("pyth-price-update-v2", "rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ", 134)
          .constant(0, 0x22, 0xf1, 0x23, 0x63, 0x9d, 0x7e, 0xf4, 0xcd)
          .constant(40, 1)
          .constant(89, 0xf8, 0xff, 0xff, 0xff)
          .has(PUBKEY, "write_authority", 8)
          .has(BYTES32, "feed", 41)
          .scaled(I64, "price", 73, "expo")
          .scaled(U64, "conf", 81, "expo")
          .has(I32, "expo", 89)
          .has(I64, "publish_time", 93)
          .has(I64, "prev_publish_time", 101)
          .scaled(I64, "ema_price", 109, "expo")
          .scaled(U64, "ema_conf", 117, "expo")
          .has(U64, "posted_slot", 125)
          .published("publish_time", "posted_slot")
          .build()),

  /** A price of Pyth's older oracle. */
  PYTH_LEGACY(
      Layout.named("pyth-legacy", "FsJ3A3u2vn5cTVofAjvy6y5kwABJAqYWpe4975bi2epH", 3_312)
          .constant(0, 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 0, 0, 3, 0, 0, 0)
          .constant(20, 0xf8, 0xff, 0xff, 0xff)
          .constant(224, 1)
          .has(I32, "expo", 20)
          .has(I64, "publish_time", 96)
          .scaled(I64, "price", 208, "expo")
          .scaled(U64, "conf", 216, "expo")
          .has(U32, "status", 224)
          .has(U64, "posted_slot", 232)
          .published("publish_time", "posted_slot")
          .build()),

  /** The result of a Switchboard feed. */
  SWITCHBOARD_PULL_FEED(
      Layout.named("switchboard-pull-feed", "SBondMDrcV3K4kxZR1HNVT7osZxAHVHgYXL5Ze1oMUv", 3_208)
          .constant(0, 0xc4, 0x1b, 0x6c, 0xc4, 0x0a, 0xd7, 0xdb, 0x28)
          .has(I64, "last_update_timestamp", 2_216)
          .decimal(I128, "value", 2_264, 18)
          .decimal(I128, "std_dev", 2_280, 18)
          .has(U8, "num_samples", 2_360)
          .has(U64, "slot", 2_368)
          .has(U32, "max_staleness", 2_392)
          .published("last_update_timestamp", "slot")
          .build()),

  /** A pool of Orca. */
  WHIRLPOOL(
      Layout.named("whirlpool", "whirLbMiicVdio4qvUfM5KAg6Ct8VwpYzGff3uctyCc", 653)
          .constant(0, 0x3f, 0x95, 0xd1, 0x0c, 0xe1, 0x80, 0x63, 0x09)
          .has(U16, "tick_spacing", 41)
          .has(U16, "fee_rate", 45)
          .has(U128, "liquidity", 49)
          .has(U128, "sqrt_price", 65)
          .has(I32, "tick", 81)
          .has(PUBKEY, "mint_a", 101)
          .has(PUBKEY, "vault_a", 133)
          .has(PUBKEY, "mint_b", 181)
          .has(PUBKEY, "vault_b", 213)
          .build()),

  /** What somebody owes at Solend. */
  SOLEND_OBLIGATION(
      Layout.named("solend-obligation", "So1endDq2YkqhipRh3WViPa8hdiSpxWy6z3Z6tMCpAo", 1_300)
          .constant(0, 1)
          .has(U64, "slot", 1)
          .has(PUBKEY, "market", 10)
          .has(PUBKEY, "owner", 42)
          .decimal(U128, "deposited_value", 74, 18)
          .decimal(U128, "borrowed_value", 90, 18)
          .decimal(U128, "allowed_borrow", 106, 18)
          .decimal(U128, "unhealthy_borrow", 122, 18)
          .build());

  private static final int PYTH_FEED = 41;

  private final Layout layout;

  KnownLayout(Layout layout) {
    this.layout = layout;
  }

  Layout layout() {
    return layout;
  }

  /** A Pyth price that only some guardians signed: their number takes a byte of its own. */
  static Layout partial() {
    Layout partial = PYTH_PRICE_UPDATE_V2.layout.shiftedFrom(PYTH_FEED, 1);
    byte[] template = new byte[partial.template().length];
    System.arraycopy(partial.template(), 0, template, 0, PYTH_FEED - 1);
    System.arraycopy(
        partial.template(), PYTH_FEED, template, PYTH_FEED + 1, template.length - PYTH_FEED - 1);
    template[PYTH_FEED] = 5;
    return new Layout(
        partial.name(), partial.owner(), template, partial.fields(), partial.stamps());
  }

  static Optional<KnownLayout> of(String name) {
    return Stream.of(values()).filter(known -> known.layout.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return Stream.of(values()).map(known -> known.layout.name()).toList();
  }
}
