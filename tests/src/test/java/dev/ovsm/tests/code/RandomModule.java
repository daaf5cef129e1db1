package dev.ovsm.tests.code;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed module made up from a seed: it ends, reads only memory that it may, writes a slot
 * before it reads it, and logs what it computed.
 */
final class RandomModule {
  /** Where the data of the only account lie in the input. */
  static final int INPUT_START = 96;

  /** The bytes of data from there on, which the program may read and write. */
  static final int INPUT_BYTES = 512;

  private static final int MOST_FUNCTIONS = 4;

  private RandomModule() {}

  /** The shape of a function that later ones may call. */
  record Signature(String name, @Nullable Type result, List<Type> parameters) {}

  static Module of(long seed) {
    Random random = new Random(seed);
    List<Function> functions = new ArrayList<>();
    List<Signature> callable = new ArrayList<>();
    int count = random.nextInt(MOST_FUNCTIONS);
    int data = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Signature signature = signature(random, "f" + i);
      functions.add(new RandomFunction(random, signature, List.copyOf(callable), data).build());
      callable.add(signature);
    }
    Signature entry = new Signature(Module.ENTRYPOINT, Type.U64, List.of(Type.PTR));
    functions.add(new RandomFunction(random, entry, callable, data).build());
    return of(functions, data(random, data));
  }

  /** Functions as a module of which one is the entrypoint. */
  static Module of(List<Function> functions, List<Module.Data> data) {
    Entry root =
        new Entry(
            "main",
            0,
            Entry.Kind.INSTRUCTION,
            Module.ENTRYPOINT,
            true,
            0,
            List.of(),
            List.of(),
            Span.none());
    return new Module("random", functions, data, List.of(root), List.of(), List.of(), List.of());
  }

  private static Signature signature(Random random, String name) {
    List<Type> parameters = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      parameters.add(type(random));
    }
    Type result = random.nextInt(5) == 0 ? null : type(random);
    return new Signature(name, result, parameters);
  }

  private static Type type(Random random) {
    return RandomValues.TYPES.get(random.nextInt(RandomValues.TYPES.size()));
  }

  private static List<Module.Data> data(Random random, int count) {
    List<Module.Data> data = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[RandomFunction.SLOT_BYTES];
      random.nextBytes(bytes);
      if (i > 0 && random.nextBoolean()) {
        // the same but for one byte: what begins or ends like it is not it
        bytes = data.get(i - 1).bytes().clone();
        bytes[random.nextInt(bytes.length)]++;
      }
      data.add(new Module.Data(bytes, 1 << random.nextInt(4)));
    }
    return data;
  }

  /** Zeros, then data with many small numbers, so that loops and shifts see them. */
  static byte[] input(long seed) {
    Random random = new Random(~seed);
    byte[] input = new byte[INPUT_START + INPUT_BYTES];
    for (int i = INPUT_START; i < input.length; i++) {
      input[i] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) random.nextInt(4);
            case 2 -> -1;
            default -> (byte) random.nextInt();
          };
    }
    return input;
  }
}
