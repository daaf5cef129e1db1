package dev.ovsm.tests.drawn;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws reads and writes of accounts and of the instruction data. */
final class AccountUses {
  private final Draft draft;
  private final Draws draws;
  private final Expressions expressions;

  AccountUses(Draft draft, Expressions expressions) {
    this.draft = draft;
    this.draws = draft.draws();
    this.expressions = expressions;
  }

  /** One that the program owns. */
  private int account() {
    return draws.below(draft.surroundings().owned());
  }

  /** One that is no program. */
  private int any() {
    return draws.below(draft.surroundings().owned() + Surroundings.WALLETS);
  }

  /** How an account is written: as its place, or as the entry names it. */
  private String named(int account) {
    return draft.roles().stream()
        .filter(role -> role.place() == account)
        .map(Draft.Role::name)
        .findFirst()
        .filter(name -> draws.below(2) == 1)
        .orElse(Integer.toString(account));
  }

  private static BigInteger unsigned(byte[] bytes, int at, int count) {
    BigInteger value = BigInteger.ZERO;
    for (int i = count - 1; i >= 0; i--) {
      value = value.shiftLeft(8).or(BigInteger.valueOf(bytes[at + i] & 0xff));
    }
    return value;
  }

  private static String suffix(int bytes) {
    return bytes == 8 ? "" : Integer.toString(bytes);
  }

  /** A word of the instruction data or of an account, or a fact about one. */
  Term read() {
    int bytes = 1 << draws.below(4);
    switch (draws.below(6)) {
      case 0, 1 -> {
        int at = draft.surroundings().from() + (draws.below(Surroundings.INPUT_BYTES - 8) & ~7);
        return draft.term(
            Construct.INPUT,
            Kind.Int.U64,
            "(mem-load%s (instruction-data-ptr) %s)".formatted(suffix(bytes), at),
            machine -> unsigned(machine.state().of().input(), at, bytes));
      }
      case 2 -> {
        int account = account();
        int at = draws.below(Surroundings.DATA_BYTES - 8);
        return draft.term(
            Construct.ACCOUNT_LOAD,
            Kind.Int.U64,
            "(mem-load%s (account-data-ptr %s) %s)".formatted(suffix(bytes), named(account), at),
            machine -> unsigned(machine.state().dataOf(account), at, bytes));
      }
      case 3 -> {
        return fact();
      }
      case 4 -> {
        return word();
      }
      default -> {
        return sysvar();
      }
    }
  }

  /** A word that fails where the data end. */
  private Term word() {
    int account = account();
    int at = draws.below(Surroundings.DATA_BYTES + (draws.chance(10) ? 8 : -8));
    return draft.term(
        Construct.ZEROCOPY,
        Kind.Int.U64,
        "(zerocopy-load " + named(account) + " " + at + ")",
        machine -> {
          byte[] data = machine.state().dataOf(account);
          if (at + 8 > data.length) {
            throw new Signal.Failure(Shape.TOO_SMALL);
          }
          return unsigned(data, at, 8);
        });
  }

  private Term sysvar() {
    return switch (draws.below(5)) {
      case 0 -> clock("(get-slot)", Surroundings.SLOT);
      case 1 -> clock("(clock-epoch)", Surroundings.EPOCH);
      case 2 -> clock("(u64 (clock-unix-timestamp))", Surroundings.TIME);
      case 3 -> clock("(u64 (get-clock-timestamp))", Surroundings.TIME);
      default -> {
        Draft.Variable bytes = number();
        yield draft.term(
            Construct.RENT,
            Kind.Int.U64,
            "(rent-minimum-balance " + (bytes == null ? "0" : bytes.name()) + ")",
            machine -> {
              BigInteger length = bytes == null ? BigInteger.ZERO : machine.integer(bytes.id());
              BigInteger total = length.add(BigInteger.valueOf(128));
              Integers.fitting(Kind.Int.U64, total, 5000);
              return Integers.fitting(
                  Kind.Int.U64, total.multiply(BigInteger.valueOf(2 * 3_480)), 5000);
            });
      }
    };
  }

  private Draft.@Nullable Variable number() {
    List<Draft.Variable> numbers =
        draft.variables().stream().filter(each -> each.kind().equals(Kind.Int.U64)).toList();
    return numbers.isEmpty() ? null : draws.from(numbers);
  }

  private Term clock(String text, long value) {
    return draft.term(Construct.CLOCK, Kind.Int.U64, text, machine -> BigInteger.valueOf(value));
  }

  private Term fact() {
    int account = any();
    return switch (draws.below(5)) {
      case 0 ->
          draft.term(
              Construct.ACCOUNT_FACT,
              Kind.Int.U64,
              "(account-data-len " + named(account) + ")",
              machine -> BigInteger.valueOf(machine.state().dataOf(account).length));
      case 1 ->
          draft.term(
              Construct.ACCOUNT_FACT,
              Kind.Int.U64,
              "(account-lamports " + named(account) + ")",
              machine -> BigInteger.valueOf(machine.state().lamportsOf(account)));
      case 2 ->
          draft.term(
              Construct.ACCOUNT_FACT,
              Kind.Int.U64,
              "(account-is-signer " + named(account) + ")",
              machine -> machine.state().signs(account) ? BigInteger.ONE : BigInteger.ZERO);
      case 3 ->
          draft.term(
              Construct.ACCOUNT_FACT,
              Kind.Int.U64,
              "(num-accounts)",
              machine -> BigInteger.valueOf(machine.state().of().order().size()));
      default -> {
        int other = any();
        yield draft.term(
            Construct.ACCOUNT_FACT,
            Kind.Int.U64,
            "(u64 (= (account-pubkey %s) (account-pubkey %s)))"
                .formatted(named(account), named(other)),
            machine ->
                machine.state().of().order().get(account)
                        == (int) machine.state().of().order().get(other)
                    ? BigInteger.ONE
                    : BigInteger.ZERO);
      }
    };
  }

  /** Writes to an account, moves lamports, or sets what is returned. */
  Term change(int depth) {
    return switch (draws.below(6)) {
      case 4 -> move(depth);
      case 5 -> returned(depth);
      default -> store(depth);
    };
  }

  private Term store(int depth) {
    int account = account();
    int bytes = 1 << draws.below(4);
    int at = draws.below(Surroundings.DATA_BYTES - 8);
    Term value = expressions.of(Kind.Int.U64, depth);
    return draft.effect(
        Construct.ACCOUNT_STORE,
        "(mem-store%s (account-data-ptr %s) %s (bit-and %s %s))"
            .formatted(suffix(bytes), named(account), at, value.text(), "0x" + "ff".repeat(bytes)),
        machine -> {
          long word = value.integer(machine).longValue();
          byte[] data = machine.state().dataOf(account);
          for (int i = 0; i < bytes; i++) {
            data[at + i] = (byte) (word >> (8 * i));
          }
        });
  }

  private Term move(int depth) {
    int from = account();
    int to = account();
    Term value = expressions.of(Kind.Int.U64, depth);
    String amount = "a" + draft.number();
    return draft.effect(
        Construct.LAMPORTS,
        ("(let ((%s (%% %s 1000))) (set-lamports %s (- (account-lamports %s) %s))"
                + " (set-lamports %s (+ (account-lamports %s) %s)))")
            .formatted(amount, value.text(), from, from, amount, to, to, amount),
        machine -> {
          long moved = value.integer(machine).mod(BigInteger.valueOf(1000)).longValue();
          machine.state().setLamports(from, machine.state().lamportsOf(from) - moved);
          machine.state().setLamports(to, machine.state().lamportsOf(to) + moved);
        });
  }

  /** Returns some of the instruction data. */
  private Term returned(int depth) {
    Term value = expressions.of(Kind.Int.U64, depth);
    int at = draws.below(8);
    String name = "n" + draft.number();
    return draft.effect(
        Construct.RETURN_DATA,
        ("(let ((%s (%% %s 32))) (syscall \"sol_set_return_data\"" + " %s %s))")
            .formatted(name, value.text(), draft.surroundings().inputAt(at), name),
        machine -> {
          int length = value.integer(machine).mod(BigInteger.valueOf(32)).intValue();
          byte[] bytes = new byte[length];
          Surroundings of = machine.state().of();
          System.arraycopy(of.input(), of.from() + at, bytes, 0, length);
          machine.setReturned(bytes);
        });
  }
}
