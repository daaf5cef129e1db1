package dev.ovsm.tests.drawn;

import dev.ovsm.tests.realvm.Base58;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Draws what programs ask of others: transfers by the system program, addresses for seeds. */
final class Calls {
  private static final byte[] PROGRAM = new byte[32];
  private static final int LONGEST_SEED = 32;

  static {
    Arrays.fill(PROGRAM, (byte) 7);
  }

  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  Calls(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** From the wallet that signs to one of both; more than it has ends the program. */
  Term transfer(int depth) {
    Surroundings surroundings = draft.surroundings();
    int from = surroundings.wallet(0);
    int to = surroundings.wallet(draws.below(5) == 4 ? 0 : 1);
    Term value = expressions.of(Kind.Int.U64, depth);
    BigInteger limit = BigInteger.valueOf(draws.chance(6) ? 1L << 40 : 1000);
    return draft.effect(
        Construct.TRANSFER,
        "(system-transfer %s %s (%% %s %s))".formatted(from, to, value.text(), limit),
        machine -> {
          BigInteger amount = value.integer(machine).mod(limit);
          Surroundings.State state = machine.state();
          if (amount.compareTo(BigInteger.valueOf(state.lamportsOf(from))) > 0) {
            throw new Signal.Aborted(Shape.end(1));
          }
          // The program that is called begins without return data, and leaves none.
          machine.setReturned(new byte[0]);
          state.setLamports(from, state.lamportsOf(from) - amount.longValue());
          state.setLamports(to, state.lamportsOf(to) + amount.longValue());
        });
  }

  /** Finds or makes an address for a word and some of the instruction data, and logs it. */
  Term address(int depth) {
    String word = draws.from(List.of("", "a", "vault", "é"));
    Term number = expressions.of(Kind.Int.U64, depth);
    String target = "p" + draft.number();
    String length = "p" + draft.number();
    boolean finds = draws.below(3) != 2;
    int bytes = word.getBytes(StandardCharsets.UTF_8).length;
    String seeds =
        "[[\"%s\" %d] [%s %s]]".formatted(word, bytes, draft.surroundings().inputAt(0), length);
    String program = "(address-of #pubkey\"" + Base58.encode(PROGRAM) + "\")";
    String text =
        ("(let ((%s (stack-allocate 32)) (%s (%% %s %d))) (log (%s %s %s %s))"
                + (finds ? " (log (the pubkey %s)))" : ")"))
            .formatted(
                target,
                length,
                number.text(),
                LONGEST_SEED + 1,
                finds ? "find-pda" : "create-pda",
                seeds,
                program,
                target,
                target);
    return draft.effect(
        Construct.DERIVED_ADDRESS,
        text,
        machine -> {
          int count = number.integer(machine).mod(BigInteger.valueOf(LONGEST_SEED + 1)).intValue();
          Surroundings of = machine.state().of();
          List<byte[]> parts =
              List.of(
                  word.getBytes(StandardCharsets.UTF_8),
                  Arrays.copyOfRange(of.input(), of.from(), of.from() + count));
          if (finds) {
            DerivedAddress found = DerivedAddress.find(parts, PROGRAM);
            machine.logs().add(Integer.toString(found.bump()));
            machine.logs().add(Base58.encode(found.bytes()));
          } else {
            machine.logs().add(DerivedAddress.create(parts, PROGRAM) == null ? "1" : "0");
          }
        });
  }
}
