package dev.ovsm.frontend.lower;

import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.HirParts;
import dev.ovsm.frontend.hir.Instance;
import dev.ovsm.frontend.hir.Local;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which functions are put in the place of their calls because they look at the input, and which of
 * their parameters are known numbers there.
 */
final class Expansion {
  private static final String LIBRARY = "<stdlib/";
  private static final String RECORD = "rt-account-record";
  private static final int DEEPEST = 8;

  private final Map<Local, BigInteger> known = new HashMap<>();

  /** Whether a call is one for the record of the account at some place. */
  static boolean isRecord(Instance function) {
    return isLibrary(function) && function.name().equals(RECORD);
  }

  /** Whether a function looks at the input and leaves at its end alone. */
  static boolean applies(Instance function) {
    return !isRecord(function) && isPlain(function) && reaches(function, 0);
  }

  private static boolean isLibrary(Instance function) {
    return function.span().source().name().startsWith(LIBRARY);
  }

  /** Whether every path through a function leaves it at its end. */
  private static boolean isPlain(Instance function) {
    boolean[] plain = {true};
    HirParts.walk(function.body(), node -> plain[0] &= !(node instanceof Hir.Return));
    return plain[0];
  }

  /** Whether a function looks at the input, itself or through others. */
  static boolean reaches(Instance function, int depth) {
    if (depth > DEEPEST) {
      return true;
    }
    List<Instance> called = new ArrayList<>();
    boolean[] found = {false};
    HirParts.walk(
        function.body(),
        node -> {
          found[0] |= looks(node);
          if (node instanceof Hir.Call call) {
            called.add(call.function());
          }
        });
    return found[0] || called.stream().anyMatch(next -> reaches(next, depth + 1));
  }

  /** Whether an expression uses what the runtime notes of the input. */
  static boolean looks(Hir node) {
    return node instanceof Hir.Context
        || node instanceof Hir.MapData
        || node instanceof Hir.AccountAt
        || node instanceof Hir.Callback
        || node instanceof Hir.TailCall;
  }

  /** Notes which parameters of the function are known numbers in a call of it. */
  void enter(Hir.Call call) {
    List<Local> parameters = call.function().parameters();
    List<@Nullable BigInteger> numbers = new ArrayList<>();
    call.arguments().forEach(argument -> numbers.add(number(argument)));
    for (int i = 0; i < parameters.size(); i++) {
      BigInteger number = numbers.get(i);
      if (number == null || isWritten(parameters.get(i), call.function())) {
        known.remove(parameters.get(i));
      } else {
        known.put(parameters.get(i), number);
      }
    }
  }

  private static boolean isWritten(Local parameter, Instance function) {
    boolean[] written = {false};
    HirParts.walk(
        function.body(),
        node -> written[0] |= node instanceof Hir.Write write && write.local().equals(parameter));
    return written[0];
  }

  /** The number that an expression always is, or null. */
  @Nullable BigInteger number(Hir hir) {
    if (hir instanceof Hir.Constant constant) {
      return constant.value();
    } else if (hir instanceof Hir.Convert convert) {
      return number(convert.value());
    } else if (hir instanceof Hir.Rename rename) {
      return number(rename.value());
    }
    return hir instanceof Hir.Read read ? known.get(read.local()) : null;
  }
}
