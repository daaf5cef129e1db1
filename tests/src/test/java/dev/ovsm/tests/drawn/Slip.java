package dev.ovsm.tests.drawn;

import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.runtime.PlantedWorld;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes of the kind that one makes when a language is lowered, in our classes or in the library:
 * drawn programs that do not find them find nothing.
 */
public enum Slip {
  /** The arms of neighbouring numbers are exchanged. */
  EXCHANGED_ARMS(
      14,
      "dev.ovsm.frontend.lower.Control",
      "select",
      "dev/ovsm/ir/Type.canonical",
      "beside",
      "(J)J"),
  /** A closure finds its captured values in the wrong order. */
  EXCHANGED_CAPTURES(
      17,
      "dev.ovsm.frontend.type.Session",
      "body",
      "dev/ovsm/frontend/ast/Ast$Lambda.captures",
      "reversed",
      "(Ljava/util/List;)Ljava/util/List;"),
  /** What is to be done at the end is left out where nothing failed. */
  SKIPPED_FINALLY(
      17,
      "dev.ovsm.frontend.type.Attempts",
      "ended",
      "dev/ovsm/frontend/type/FunctionTyper.effect",
      "nothing",
      "(Ldev/ovsm/frontend/hir/Hir;)Ldev/ovsm/frontend/hir/Hir;"),
  /** The bytes that name an event come in the wrong order. */
  EXCHANGED_NAME_BYTES(
      32,
      "dev.ovsm.frontend.type.EventLog",
      "logged",
      "dev/ovsm/frontend/type/Discriminators.event",
      "swapped",
      "(J)J"),
  /** A bump that is found is one too low. */
  LOWER_BUMP(5, "(mem-load1 ,bump 0)))", "(wrapping-sub (mem-load1 ,bump 0) 1)))"),
  /** Rent is asked for one year. */
  SHORT_RENT(51, "(mem-load rent 0)) years)", "(mem-load rent 0)) 1)"),
  /** The last word of an account counts as behind its end. */
  EARLY_END(
      38,
      "(> offset (saturating-sub (account-data-len account) 8))",
      "(>= offset (saturating-sub (account-data-len account) 16))"),
  /** A parameter begins where the one before it has not ended. */
  EARLY_PARAMETER(
      31,
      "dev.ovsm.frontend.lower.ParameterLowering",
      "at",
      "dev/ovsm/frontend/hir/Sizes.of",
      "less",
      "(I)I"),
  /** What is updated in a map is not used by that. */
  STALE_USE(1180, "(if is-lru (maps/use m number shape))", "(if false (maps/use m number shape))"),
  /** The newest of a stack is taken for the room behind it. */
  OLD_NEWEST(1306, "(% (wrapping-sub count 1) (maps/most shape))", "(% count (maps/most shape))"),
  /** The low words of a sum carry nothing. */
  LOST_CARRY(391, "(+ (+ (rt-high a) (rt-high b)) carry)", "(+ (rt-high a) (rt-high b))"),
  /** A difference borrows nothing. */
  LOST_BORROW(
      35,
      "(wrapping-sub (rt-high a) (rt-high b) borrow)",
      "(wrapping-sub (rt-high a) (rt-high b))"),
  /** The parts of a hash are joined in another order. */
  EXCHANGED_PARTS(20, "(append (list part) more)", "(append more (list part))"),
  /** A square that does not fit is not kept at the end of its type. */
  WRAPPED_SQUARE(
      1542,
      "(set! square (saturating-mul square square))",
      "(set! square (wrapping-mul square square))"),
  /** The magnitude of the least number is that number, where it should be the greatest. */
  WRAPPED_MAGNITUDE(6078, "(if (< x 0) (saturating-neg x) x)", "(if (< x 0) (wrapping-neg x) x)"),
  /** Quotients of large decimals are computed as those of small ones. */
  SHORT_DIVIDEND(
      20632, "(if (< (rt-high p) 0x100000000000)", "(if (< (rt-high p) 0x8000000000000000)"),
  /** What is rounded up is cut off. */
  CUT_QUOTIENT(1266, "(if (= (* quotient wide) product) quotient (+ quotient 1))", "quotient"),
  /** The last element is taken for the first. */
  FIRST_FOR_LAST(14, "(get xs (- (length xs) 1))", "(get xs 0)"),
  /** Texts are the same where one is the beginning of the other. */
  SAME_BEGINNING(321, "(if (!= (length a) (length b)) (return false))", ""),
  /** Of keys that have several words, one word is compared. */
  SHORT_KEYS(
      425,
      "(for (i (range 0 (maps/words shape)))\n    (define at",
      "(for (i (range 0 1))\n    (define at"),
  /** Public keys are the same where their ends are. */
  SAME_END(64, "(and (= (mem-load x 0) (mem-load y 0))", "(or (= (mem-load x 24) (mem-load y 24))"),
  /** A length in the instruction data is taken to be true, however few there are behind it. */
  BELIEVED_LENGTH(
      158,
      "dev.ovsm.frontend.lower.BorshReader",
      "take",
      "dev/ovsm/frontend/lower/Emitter.require",
      "left",
      Descriptors.CHECK);

  private static final AtomicReference<String> MADE = new AtomicReference<>("");

  private final long from;
  private final String first;
  private final String second;
  private final List<String> call;

  /**
   * In a method, the result of a call goes through one of the methods below, or the call itself if
   * it has none.
   */
  Slip(
      long from,
      String className,
      String methodName,
      String called,
      String through,
      String descriptor) {
    this.from = from;
    this.first = className;
    this.second = methodName;
    this.call = List.of(called, through, descriptor);
  }

  /** In the library, a text is another. */
  Slip(long from, String text, String other) {
    this.from = from;
    this.first = text;
    this.second = other;
    this.call = List.of();
  }

  /** A program that finds it as long as programs are drawn as they are now. */
  long from() {
    return from;
  }

  /**
   * A world in which each slip can be made.
   *
   * @param made tells which one is made in the library
   */
  static PlantedWorld world(Supplier<Optional<Slip>> made) {
    List<PlantedWorld.Plant> plants = new ArrayList<>();
    for (Slip slip : values()) {
      if (!slip.call.isEmpty()) {
        plants.add(new PlantedWorld.Plant(slip.first, slip.second, slip::planted));
      }
    }
    return new PlantedWorld(
        plants, source -> made.get().map(slip -> slip.said(source)).orElse(source));
  }

  private MethodVisitor planted(MethodVisitor out) {
    return new Through(out);
  }

  private String said(String source) {
    return call.isEmpty() ? source.replace(first, second) : source;
  }

  /** From now on the slip of this name is made in the classes of this world, or none. */
  static void make(String name) {
    MADE.set(name);
  }

  private boolean isMade() {
    return name().equals(MADE.get());
  }

  /** The number of the arm beside. */
  public static long beside(long key) {
    return EXCHANGED_ARMS.isMade() ? key ^ 1 : key;
  }

  /** With its bytes in the other order. */
  public static long swapped(long word) {
    return EXCHANGED_NAME_BYTES.isMade() ? Long.reverseBytes(word) : word;
  }

  public static int less(int bytes) {
    return EARLY_PARAMETER.isMade() ? bytes - 1 : bytes;
  }

  public static List<?> reversed(List<?> values) {
    List<Object> reversed = new ArrayList<>(values);
    if (EXCHANGED_CAPTURES.isMade()) {
      Collections.reverse(reversed);
    }
    return reversed;
  }

  public static Hir nothing(Hir effect) {
    return SKIPPED_FINALLY.isMade() ? new Hir.Nothing(Type.Basic.UNIT, effect.span()) : effect;
  }

  public static void left(Object emitter, Object condition, Object failure, Object span)
      throws ReflectiveOperationException {
    if (!BELIEVED_LENGTH.isMade()) {
      require(emitter, condition, failure, span);
    }
  }

  /** The call that the check was, whose class only its package sees. */
  private static void require(Object emitter, Object... arguments)
      throws ReflectiveOperationException {
    for (Method method : emitter.getClass().getDeclaredMethods()) {
      if (method.getName().equals("require") && fits(method, arguments)) {
        method.setAccessible(true);
        method.invoke(emitter, arguments);
        return;
      }
    }
    throw new NoSuchMethodException("require");
  }

  private static boolean fits(Method method, Object... arguments) {
    Class<?>[] types = method.getParameterTypes();
    boolean fit = types.length == arguments.length;
    for (int i = 0; fit && i < types.length; i++) {
      fit = types[i].isInstance(arguments[i]);
    }
    return fit;
  }

  private final class Through extends MethodVisitor {
    Through(MethodVisitor out) {
      super(Opcodes.ASM9, out);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean isCalled = call.get(0).equals(owner + "." + name);
      boolean hasResult = !descriptor.endsWith(")V");
      if (!isCalled || hasResult) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      }
      if (isCalled) {
        String here = Slip.class.getName().replace('.', '/');
        super.visitMethodInsn(Opcodes.INVOKESTATIC, here, call.get(1), call.get(2), false);
      }
    }
  }

  /** Of what stands for a call that has no result. */
  private static final class Descriptors {
    private static final String CHECK = "(" + "Ljava/lang/Object;".repeat(4) + ")V";
  }
}
