package dev.ovsm.tests.verifier;

import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Version;
import java.util.Random;

/** Where programs to be verified and executed come from. */
enum Draw {
  /** Loops at the edges of what can be bounded, in programs that say nothing of themselves. */
  LOOPS {
    @Override
    Program program(long seed, Version version) {
      return RandomLoops.draw(seed, version);
    }

    @Override
    Manifest manifest() {
      return Manifest.of("random");
    }

    @Override
    byte[] input(Random random, int size) {
      byte[] input = new byte[size];
      random.nextBytes(input);
      return input;
    }
  },
  /** Stores by addresses that nothing ties to a frame, in programs like our compiler's. */
  STORES {
    @Override
    Program program(long seed, Version version) {
      return new RandomStores(new Random(seed), version).program();
    }

    @Override
    Manifest manifest() {
      return RandomStores.MANIFEST;
    }

    @Override
    byte[] input(Random random, int size) {
      return RandomStores.input(random, size);
    }
  };

  /** The program of a seed. */
  abstract Program program(long seed, Version version);

  /** What all of them say of themselves. */
  abstract Manifest manifest();

  /** What one of them is run with. */
  abstract byte[] input(Random random, int size);
}
