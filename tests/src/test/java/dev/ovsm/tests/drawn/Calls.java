package dev.ovsm.tests.drawn;

import dev.ovsm.tests.realvm.Base58;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Draws what programs ask of others: transfers by the system program, calls of another program,
 * signed or not, addresses for seeds.
 */
final class Calls {
  private static final byte[] PROGRAM = new byte[32];
  private static final int LONGEST_SEED = 32;

  /** How a call ends in which somebody is said to sign who does not. */
  static final String UNAUTHORIZED = "{\"InstructionError\":[0,\"PrivilegeEscalation\"]}";

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

  /** Calls a program; what it set and returned is read again. */
  Term program(int depth) {
    Surroundings surroundings = draft.surroundings();
    int operation = draws.chance(4) ? Callee.FAIL : draws.below(3);
    boolean signs = operation == Callee.SET ? !draws.chance(10) : draws.chance(20);
    boolean seeded = signs && !draws.chance(5);
    Term value = expressions.of(Kind.Int.U64, depth);
    String data = "c" + draft.number();
    int foreign = surroundings.place(Surroundings.FOREIGN);
    String table =
        "[[%d 1 0] [%d 0 %d]]"
            .formatted(foreign, surroundings.place(Surroundings.VAULT), signs ? 1 : 0);
    String call =
        "%s %d %s 9 %s%s)"
            .formatted(
                seeded ? "(cpi-invoke-signed" : "(cpi-invoke",
                surroundings.place(Surroundings.CALLEE),
                data,
                table,
                seeded ? " [[\"vault\" 5] [seed 1]]" : "");
    String seed =
        "(define at (stack-allocate 32)) (define seed (stack-allocate 8))"
            + " (mem-store1 seed 0 (find-pda [[\"vault\" 5]] (address-of program-id) at)) ";
    String text =
        ("(let ((%s (stack-allocate 16))) (mem-store1 %s 0 %d) (mem-store %s 1 %s) %s%s"
                + " (log (mem-load (account-data-ptr %d) %d)))")
            .formatted(
                data,
                data,
                operation,
                data,
                value.text(),
                seeded ? seed : "",
                call,
                foreign,
                operation == Callee.SET ? 8 : 0);
    return draft.effect(
        seeded ? Construct.SIGNED_CALL : Construct.PROGRAM_CALL,
        text,
        machine -> {
          long word = value.integer(machine).longValue();
          if (signs && !seeded) {
            throw new Signal.Aborted(UNAUTHORIZED);
          }
          byte[] now = machine.state().data().get(Surroundings.FOREIGN);
          machine.setReturned(Callee.called(operation, word, now, signs, machine.logs()));
          long logged =
              ByteBuffer.wrap(now)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .getLong(operation == Callee.SET ? 8 : 0);
          machine.logs().add(Long.toUnsignedString(logged));
        });
  }

  /** What was returned last, by the program itself or by one that it called. */
  Term returned() {
    String at = "r" + draft.number();
    return draft.effect(
        Construct.RETURNED,
        ("(let ((%s (stack-allocate 48)))"
                + " (let ((n (syscall \"sol_get_return_data\" %s 8 (wrapping-add %s 8))))"
                + " (log n (if (>= n 8) (mem-load %s 0) 7u64))))")
            .formatted(at, at, at, at),
        machine -> {
          byte[] bytes = machine.returned();
          String word =
              bytes.length < Long.BYTES
                  ? "7"
                  : Long.toUnsignedString(
                      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
          machine.logs().add(bytes.length + " " + word);
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
