package dev.ovsm.runtime.autonomous;

import dev.ovsm.runtime.account.Account;
import dev.ovsm.runtime.account.Pubkey;
import org.junit.jupiter.api.BeforeEach;

/** A stage with an account that others watch. */
abstract class OracleStage {
  static final Pubkey ORACLE = NamedKey.of("oracle");
  static final int EQ = 0;
  static final int GT = 2;
  static final int CHANGE_ABS = 6;
  static final int CHANGE_PCT = 7;
  static final long ALL = -1;

  final Stage stage = new Stage();

  @BeforeEach
  void putTheOracle() {
    stage.simulation.put(ORACLE, Account.of(5_000_000, new byte[32], Stage.OTHER));
  }

  final long watch(byte[] criteria) {
    Script script = new Script();
    Callbacks.watch(script, ORACLE.bytes(), criteria, Callbacks.recording());
    return stage.send(script).get(0);
  }

  final long watchKind(int type) {
    Script script = new Script();
    Callbacks.watchKind(script, ORACLE.bytes(), type, Callbacks.recording());
    return stage.send(script).get(0);
  }

  final void price(long value) {
    stage.write(ORACLE, 8, value);
  }

  final long told(int offset) {
    return stage.word(Stage.PUPPET, Callbacks.CONTEXT + offset);
  }
}
