package dev.ovsm.tests.anchor;

import static dev.ovsm.tests.anchor.Deployment.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.ovsm.tests.realvm.Account;
import dev.ovsm.tests.realvm.ComparedWithRealVm;
import dev.ovsm.tests.realvm.Comparisons;
import dev.ovsm.tests.realvm.Outcome;
import dev.ovsm.tests.realvm.RealVm;
import dev.ovsm.tests.realvm.TransactionRequest;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Anchor's own client codes instructions and accounts through the IDL that the compiler writes, and
 * the real VM runs them.
 */
@ComparedWithRealVm(minimum = 60)
final class AnchorTest {
  private static final String STALL = key(1);
  private static final String OWNER = key(2);
  private static final String BUYER = key(3);
  private static final int STALL_BYTES = 8 + 32 + 1 + 12 + 1 + 16 + 8 + 9 + 8 + 6;
  private static final String OPEN =
      "{side: {sell: {}}, price: {amount: '250', exponent: -2},"
          + " label: [1, 2, 3, 4, 5, 6, 7, 255], firstStep: 65535}";

  private static AnchorClient anchor;
  private static Deployment.Build build;

  @BeforeAll
  static void start() {
    anchor = AnchorClient.start();
    build = Deployment.Build.of("anchor/market.ovsm");
  }

  @AfterAll
  static void stop() {
    anchor.close();
  }

  private static Deployment market(RealVm vm) {
    Deployment market = Deployment.of(build, vm, anchor);
    market.put(Account.of(STALL, 5_000_000, market.id(), new byte[STALL_BYTES]));
    market.put(Account.of(OWNER, 5_000_000, Account.SYSTEM_PROGRAM, new byte[0]));
    market.put(Account.of(BUYER, 5_000_000, Account.SYSTEM_PROGRAM, new byte[0]));
    return market;
  }

  private static Deployment openMarket(RealVm vm) {
    Deployment market = market(vm);
    assertThat(market.call("openStall", OPEN, accounts("owner", OWNER)).errorText())
        .isEqualTo("null");
    return market;
  }

  private static Map<String, String> accounts(String role, String key) {
    return Map.of("stall", STALL, role, key);
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static String trade(String amount, String limit, String weights, String note) {
    return String.format(
        "{amount: '%s', limit: %s, note: '%s', memo: 'AAEC/w==', delta: '-9000000000',"
            + " weights: %s, keep: true}",
        amount, limit, note, weights);
  }

  @Test
  void whatAnInstructionCarriesIsInTheAccount(RealVm vm, Comparisons comparisons) {
    Deployment market = openMarket(vm);
    JsonObject stall = market.decoded("stall", STALL);
    comparisons.equal("owner", OWNER, stall.get("owner").getAsString());
    comparisons.equal("enum", json("{sell: {}}"), stall.get("side"));
    comparisons.equal("struct", json("{amount: '250', exponent: -2}"), stall.get("price"));
    comparisons.equal("bool", true, stall.get("open").getAsBoolean());
    comparisons.equal("array", "[1,2,3,4,5,6,7,255]", stall.get("label").toString());
    comparisons.equal("element", "[65535,0,0]", stall.get("steps").toString());

    Outcome traded = market.call("trade", trade("40", "'40'", "[1, 65535]", "für 💓"), buyer());
    comparisons.equal("trade", "null", traded.errorText());
    comparisons.equal(
        "string, bytes, vector",
        true,
        traded.logs().contains("Program log: note=für 💓 memo=4 sum=65536"));
    stall = market.decoded("stall", STALL);
    comparisons.equal("u128", "10000", stall.get("total").getAsString());
    comparisons.equal("i64", "-9000000000", stall.get("balance").getAsString());
    comparisons.equal("option in memory", json("{present: true, value: '40'}"), stall.get("last"));
    comparisons.equal(
        "close", "null", market.call("closeStall", "{}", accounts("owner", OWNER)).errorText());
    comparisons.equal("closed", false, market.decoded("stall", STALL).get("open").getAsBoolean());
  }

  private static Map<String, String> buyer() {
    return accounts("buyer", BUYER);
  }

  /** What is written beside definitions, clients show beside what they make of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "instructions open_stall               | Opens a stall.",
        "instructions open_stall accounts stall| Room for a stall.",
        "instructions close_stall              | Closes a stall for good.",
        "types Stall                           | A stall and all that it;has traded.",
        "types Stall type.fields owner         | Who may close it.",
        "types Side                            | What the stall does.",
        "types Traded                          | Somebody traded.",
        "types Traded type.fields amount       | How many \"pieces\"."
      })
  void documentationIsInTheIdl(String path, String docs, RealVm vm) {
    JsonElement at = market(vm).idl();
    for (String step : path.split(" ", -1)) {
      if (at.isJsonArray()) {
        at =
            at.getAsJsonArray().asList().stream()
                .filter(one -> one.getAsJsonObject().get("name").getAsString().equals(step))
                .findFirst()
                .orElseThrow();
      } else {
        for (String key : step.split("\\.", -1)) {
          at = at.getAsJsonObject().get(key);
        }
      }
    }
    assertThat(at.getAsJsonObject().getAsJsonArray("docs").asList())
        .extracting(JsonElement::getAsString)
        .containsExactly(docs.split(";", -1));
  }

  /** Anchor's parser finds the program's events in the real VM's log, and reads their fields. */
  @Test
  void whatAnEventCarriesIsInTheLog(RealVm vm, Comparisons comparisons) {
    Deployment market = openMarket(vm);
    Outcome traded = market.call("trade", trade("40", "'40'", "[1, 65535]", "für 💓"), buyer());
    comparisons.equal(
        "event",
        json(
            "{name: 'traded', data: {buyer: '"
                + BUYER
                + "', amount: '40', side: {sell: {}},"
                + " note: 'für 💓'}}"),
        market.events(traded).get(0));
    comparisons.equal("events", 1, market.events(traded).size());
    Outcome refused = market.call("trade", trade("41", "'40'", "[]", ""), buyer());
    comparisons.equal("none", 0, market.events(refused).size());
  }

  @Test
  void anAccountThatTheClientEncodesIsTheProgramsOwn(RealVm vm, Comparisons comparisons) {
    Deployment market = openMarket(vm);
    market.call("trade", trade("7", "null", "[]", ""), buyer());
    JsonObject stall = market.decoded("stall", STALL);
    byte[] encoded = market.encoded("stall", stall);
    comparisons.equal("encoded", market.now(STALL).data(), Arrays.copyOf(encoded, STALL_BYTES));
    stall.addProperty("total", "340282366920938463463374607431768211455");
    market.put(
        Account.of(
            STALL,
            5_000_000,
            market.id(),
            Arrays.copyOf(market.encoded("stall", stall), STALL_BYTES)));
    Outcome over = market.call("trade", trade("1", "null", "[]", ""), buyer());
    comparisons.equal("overflow", "Overflow: arithmetic overflow", market.error(over));
  }

  @Test
  void failuresHaveTheNamesOfTheProgram(RealVm vm, Comparisons comparisons) {
    Deployment market = openMarket(vm);
    Outcome notMine = market.call("closeStall", "{}", accounts("owner", BUYER));
    comparisons.equal(
        "not the owner",
        "NotTheOwner: Only the owner of the stall may do that",
        market.error(notMine));
    market.call("closeStall", "{}", accounts("owner", OWNER));
    Outcome closed = market.call("trade", trade("1", "null", "[]", ""), buyer());
    comparisons.equal("closed", "Closed: The stall is closed", market.error(closed));
    Outcome again = market.call("openStall", OPEN, accounts("owner", OWNER));
    comparisons.equal(
        "opened twice",
        "{\"InstructionError\":[0,\"AccountAlreadyInitialized\"]}",
        again.errorText());
  }

  /** The vector has room for four; what the data lacks or has too much of is refused as a whole. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2, 3, 4]    | null",
        "[1, 2, 3, 4, 5] | 5006",
      })
  void aVectorHasRoomForSoMany(String weights, String error, RealVm vm, Comparisons comparisons) {
    Deployment market = openMarket(vm);
    Outcome outcome = market.call("trade", trade("1", "null", weights, ""), buyer());
    String expected =
        error.equals("null") ? error : "{\"InstructionError\":[0,{\"Custom\":" + error + "}]}";
    comparisons.equal(weights, expected, outcome.errorText());
  }

  @Test
  void dataThatIsCutShortIsRefused(RealVm vm, Comparisons comparisons) {
    Deployment market = openMarket(vm);
    TransactionRequest.Instruction whole =
        market.instruction("trade", trade("1", "'2'", "[1, 2]", "ab"), buyer());
    for (int length = 8; length < whole.data().length; length++) {
      Outcome cut =
          market.send(
              new TransactionRequest.Instruction(
                  whole.program(), whole.accounts(), Arrays.copyOf(whole.data(), length)));
      comparisons.equal(
          length + " bytes",
          "BadInstructionData: instruction data does not fit the entry's parameters",
          market.error(cut));
    }
    comparisons.equal("whole", "null", market.send(whole).errorText());
  }

  @Test
  void theClientRefusesWhatDoesNotFit(RealVm vm) {
    Deployment market = market(vm);
    String large = OPEN.replace("65535", "65536");
    assertThatThrownBy(() -> market.call("openStall", large, accounts("owner", OWNER)))
        .isInstanceOf(AnchorClient.Refused.class);
    String stranger = OPEN.replace("sell", "rent");
    assertThatThrownBy(() -> market.call("openStall", stranger, accounts("owner", OWNER)))
        .isInstanceOf(AnchorClient.Refused.class);
    assertThatThrownBy(() -> market.call("openStall", OPEN, Map.of("stall", STALL)))
        .isInstanceOf(AnchorClient.Refused.class);
  }

  /** All in one run of tsc, which takes most of its time to start. */
  @Test
  void theClientsTypesCatchMistakes(RealVm vm) {
    String use =
        """
        import { BN, type Program, web3 } from "@coral-xyz/anchor";
        import { instructions, type Market, type Stall } from "./client.js";

        export async function use(program: Program<Market>, key: web3.PublicKey) {
          const args = { %s, limit: %s, note: "", memo: Buffer.of(1), delta: new BN(0) };
          const call = instructions.trade(
            program, { ...args, weights: [1], keep: true }, { stall: key, buyer: key });
          const stall: Stall = await program.account.stall.fetch(key);
          return [await call.rpc(), stall.total.toString()];
        }
        """;
    Deployment market = Deployment.of(build, vm, anchor);
    JsonObject files = new JsonObject();
    files.addProperty("client.ts", market.client());
    files.addProperty("right.ts", use.formatted("amount: new BN(1)", "null"));
    files.addProperty("given.ts", use.formatted("amount: new BN(1)", "new BN(2)"));
    files.addProperty("number.ts", use.formatted("amount: 1", "null"));
    files.addProperty("text.ts", use.formatted("amount: new BN(1)", "'much'"));
    files.addProperty("name.ts", use.formatted("amunt: new BN(1)", "null"));
    JsonObject request = new JsonObject();
    request.add("files", files);
    String output = market.ask("check", request).getAsJsonObject().get("output").getAsString();
    assertThat(output.lines().filter(line -> line.contains(": error ")))
        .extracting(line -> line.replaceAll("\\(.*: error (\\w+):.*", " $1"))
        .containsExactlyInAnyOrder("name.ts TS2345", "number.ts TS2345", "text.ts TS2345");
  }
}
