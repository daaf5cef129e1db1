package dev.ovsm.tests.architecture;

import java.util.List;
import java.util.stream.Stream;

/** A module by its package: the other rooms and the libraries that its code may use. */
record Room(String name, List<String> rooms, List<String> libraries) {

  /** The whole house; what is not said here is forbidden. */
  static final List<Room> ALL =
      List.of(
          room("diag"),
          room("sbpf").uses("diag"),
          room("grammar").with("org.antlr"),
          room("ir").uses("diag"),
          room("frontend").uses("diag", "grammar", "ir").with("org.antlr"),
          room("elf").uses("diag", "sbpf"),
          room("verifier").uses("diag", "ir", "sbpf", "elf"),
          room("backend").uses("diag", "ir", "verifier", "sbpf", "elf"),
          room("runtime")
              .uses("diag", "sbpf", "elf")
              .with("org.objectweb.asm", "org.bouncycastle", "org.apache.commons.compress"),
          room("cli")
              .uses(
                  "diag",
                  "sbpf",
                  "grammar",
                  "ir",
                  "frontend",
                  "elf",
                  "verifier",
                  "backend",
                  "runtime")
              .with(
                  "picocli",
                  "com.google.gson",
                  "com.sun.net.httpserver",
                  "org.jline",
                  "org.snakeyaml.engine",
                  "org.objectweb.asm"));

  private static Room room(String name) {
    return new Room(name, List.of(), List.of());
  }

  private Room uses(String... others) {
    return new Room(name, List.of(others), libraries);
  }

  private Room with(String... packages) {
    return new Room(name, rooms, List.of(packages));
  }

  /** This room's own package and those below it, in a house that stands in package {@code root}. */
  String packages(String root) {
    return root + "." + name + "..";
  }

  boolean holds(String root, String packageName) {
    String own = root + "." + name;
    return packageName.equals(own) || packageName.startsWith(own + ".");
  }

  /** Every package that code of this room may use, itself and the Java platform included. */
  String[] allowed(String root) {
    Stream<String> inside = Stream.concat(Stream.of(name), rooms.stream());
    return Stream.of(
            Stream.of("java..", "org.jspecify.annotations.."),
            inside.map(room -> root + "." + room + ".."),
            libraries.stream().map(library -> library + ".."))
        .flatMap(packages -> packages)
        .toArray(String[]::new);
  }

  @Override
  public String toString() {
    return name;
  }
}
