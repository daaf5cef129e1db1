package dev.ovsm.ir;

import java.util.List;

/**
 * A whole program: functions, read-only data and what the runtime must know of it. The function
 * named {@link #ENTRYPOINT} takes the address of the input region and returns the result code.
 */
public record Module(
    String name,
    List<Function> functions,
    List<Data> data,
    List<Entry> entries,
    List<MapDecl> maps,
    List<ProgramArray> arrays,
    List<Failing> errors) {
  public static final String ENTRYPOINT = "entrypoint";

  public Module {
    functions = List.copyOf(functions);
    data = List.copyOf(data);
    entries = List.copyOf(entries);
    maps = List.copyOf(maps);
    arrays = List.copyOf(arrays);
    errors = List.copyOf(errors);
  }

  /** The same program with other functions. */
  public Module withFunctions(List<Function> others) {
    return new Module(name, others, data, entries, maps, arrays, errors);
  }

  /** Read-only bytes; {@code align} is 1, 2, 4 or 8. */
  public record Data(byte[] bytes, int align) {}

  /**
   * A program array: element {@code i} selects the entry with discriminator {@code elements[i]}.
   */
  public record ProgramArray(String name, List<Long> elements) {
    public ProgramArray {
      elements = List.copyOf(elements);
    }
  }

  /** A result code that means a named error; the text, which may be empty, is for people. */
  public record Failing(String name, long code, String text) {}
}
