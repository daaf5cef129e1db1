package dev.ovsm.tests.drawn;

import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.tests.machine.PlantedWorld;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Mistakes of the kind that one makes when a language is lowered, in our classes or in the library:
 * drawn programs that do not find them find nothing.
 */
public enum Slip {
  /** The arms of neighbouring numbers are exchanged. */
  EXCHANGED_ARMS(
      56,
      "dev.ovsm.frontend.lower.Control",
      "select",
      "dev/ovsm/ir/Type.canonical",
      "beside",
      "(J)J"),
  /** A closure finds its captured values in the wrong order. */
  EXCHANGED_CAPTURES(
      10,
      "dev.ovsm.frontend.type.Session",
      "body",
      "dev/ovsm/frontend/ast/Ast$Lambda.captures",
      "reversed",
      "(Ljava/util/List;)Ljava/util/List;"),
  /** What is to be done at the end is left out where nothing failed. */
  SKIPPED_FINALLY(
      56,
      "dev.ovsm.frontend.type.Attempts",
      "ended",
      "dev/ovsm/frontend/type/FunctionTyper.effect",
      "nothing",
      "(Ldev/ovsm/frontend/hir/Hir;)Ldev/ovsm/frontend/hir/Hir;"),
  /** The bytes that name an event come in the wrong order. */
  EXCHANGED_NAME_BYTES(
      3,
      "dev.ovsm.frontend.type.EventLog",
      "logged",
      "dev/ovsm/frontend/type/Discriminators.event",
      "swapped",
      "(J)J"),
  /** A bump that is found is one too low. */
  LOWER_BUMP(56, "(mem-load1 ,bump 0)))", "(wrapping-sub (mem-load1 ,bump 0) 1)))"),
  /** Rent is asked for one year. */
  SHORT_RENT(16, "(mem-load rent 0)) years)", "(mem-load rent 0)) 1)"),
  /** The last word of an account counts as behind its end. */
  EARLY_END(
      57,
      "(> offset (saturating-sub (account-data-len account) 8))",
      "(>= offset (saturating-sub (account-data-len account) 16))"),
  /** A parameter begins where the one before it has not ended. */
  EARLY_PARAMETER(
      19,
      "dev.ovsm.frontend.lower.ParameterLowering",
      "at",
      "dev/ovsm/frontend/hir/Sizes.of",
      "less",
      "(I)I"),
  /** What is updated in a map is not used by that. */
  STALE_USE(778, "(if is-lru (maps/use m number shape))", "(if false (maps/use m number shape))"),
  /** The newest of a stack is taken for the room behind it. */
  OLD_NEWEST(210, "(% (wrapping-sub count 1) (maps/most shape))", "(% count (maps/most shape))"),
  /** The low words of a sum carry nothing. */
  LOST_CARRY(333, "(+ (+ (rt-high a) (rt-high b)) carry)", "(+ (rt-high a) (rt-high b))"),
  /** A difference borrows nothing. */
  LOST_BORROW(
      17,
      "(wrapping-sub (rt-high a) (rt-high b) borrow)",
      "(wrapping-sub (rt-high a) (rt-high b))");

  private final long from;
  private final String first;
  private final String second;
  private final List<String> call;

  /** In a method, the result of a call goes through one of the methods below. */
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

  /** A search in the world that has the slip. */
  Callable<String> search(Class<? extends Callable<String>> type)
      throws ReflectiveOperationException {
    PlantedWorld world =
        call.isEmpty()
            ? PlantedWorld.ofLibrary(first, second)
            : new PlantedWorld(first, second, Through::new);
    return world.search(type);
  }

  /** The number of the arm beside. */
  public static long beside(long key) {
    return key ^ 1;
  }

  /** With its bytes in the other order. */
  public static long swapped(long word) {
    return Long.reverseBytes(word);
  }

  public static int less(int bytes) {
    return bytes - 1;
  }

  public static List<?> reversed(List<?> values) {
    List<Object> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);
    return reversed;
  }

  public static Hir nothing(Hir effect) {
    return new Hir.Nothing(Type.Basic.UNIT, effect.span());
  }

  private final class Through extends MethodVisitor {
    Through(MethodVisitor out) {
      super(Opcodes.ASM9, out);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      if (call.get(0).equals(owner + "." + name)) {
        String here = Slip.class.getName().replace('.', '/');
        super.visitMethodInsn(Opcodes.INVOKESTATIC, here, call.get(1), call.get(2), false);
      }
    }
  }
}
