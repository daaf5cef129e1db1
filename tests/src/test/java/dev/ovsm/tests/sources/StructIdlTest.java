package dev.ovsm.tests.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.ovsm.cli.idl.Idl;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.ir.Module;
import dev.ovsm.runtime.account.Pubkey;
import dev.ovsm.runtime.autonomous.Listener;
import dev.ovsm.runtime.autonomous.NamedKey;
import dev.ovsm.runtime.autonomous.Settings;
import dev.ovsm.runtime.autonomous.Simulation;
import dev.ovsm.runtime.transaction.Instruction;
import dev.ovsm.runtime.transaction.TransactionOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program says of its structs what its IDL says of them. */
class StructIdlTest {
  private static final String STRUCTS =
      """
      (define-struct inner-part (flag bool) (key pubkey) (price2x decimal))
      (define-struct ATAState (is-ready bool) (lastHTTPCode u16) (parts (array inner-part 2)))
      (define-struct Plain (itemCount u32) (rate_limit i64) (ratio f64) (wide u128) (small i8))
      (define-struct Rooms
        (maybe (option u64)) (maybe-part (option inner-part)) (some (vec u16 5)))
      (define-struct Rows (rows (array (array u8 3) 2)) (nested (option (vec inner-part 2))))
      (define-enum trade-side Buy Sell)
      (define-enum Fee (Low 1) (High 100))
      (define-struct Sides
        (side trade-side) (fee Fee) (both (array trade-side 2)) (maybe (option trade-side))
        (some (vec trade-side 3)) (rows (vec (array trade-side 2) 2)))
      (define-account holder
        (plain Plain) (rooms Rooms) (rows Rows) (state ATAState) (part inner-part) (sides Sides))
      """;
  private static final Pubkey PROGRAM = NamedKey.ofProgram("structs");

  @ParameterizedTest
  @ValueSource(strings = {"inner-part", "ATAState", "Plain", "Rooms", "Rows", "Sides"})
  void itIsWhatTheIdlHas(String struct) {
    String text = STRUCTS + "(log (struct-idl " + struct + "))";
    Source source = new Source("structs.ovsm", text);
    assertThat(said(source)).isIn(types(source));
  }

  /** Names that are not written alike would be found to differ. */
  @Test
  void anotherNameIsAnotherText() {
    Source source = new Source("structs.ovsm", STRUCTS + "(log (struct-idl inner-part))");
    JsonElement other = said(source);
    other.getAsJsonObject().addProperty("name", "Inner_Part");
    assertThat(other).isNotIn(types(source));
  }

  /** The types of a program's IDL, one after the other. */
  private static List<JsonElement> types(Source source) {
    Diagnostics found = new Diagnostics();
    Compiled phases = Compilation.phases(List.of(source), found);
    Module module = phases.module();
    assertThat(module).as("%s", found.list()).isNotNull();
    String idl = Idl.of(phases, module, PROGRAM).json();
    return JsonParser.parseString(idl).getAsJsonObject().getAsJsonArray("types").asList();
  }

  /** What the program logs. */
  private static JsonElement said(Source source) {
    Diagnostics found = new Diagnostics();
    byte[] elf =
        Compilation.of(List.of(source), Compilation.Target.DEFAULT, found)
            .elf()
            .orElseThrow(() -> new AssertionError(found.list().toString()));
    Simulation simulation = new Simulation(Settings.DEFAULT, Listener.NONE);
    assertThat(simulation.deploy(PROGRAM, elf)).isEmpty();
    TransactionOutcome outcome = simulation.send(new Instruction(PROGRAM, List.of(), new byte[0]));
    assertThat(outcome.error()).as("%s", outcome.logs()).isNull();
    String line = outcome.logs().get(1);
    return JsonParser.parseString(line.substring("Program log: ".length()));
  }
}
