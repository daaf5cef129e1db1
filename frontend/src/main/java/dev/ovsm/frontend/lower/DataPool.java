package dev.ovsm.frontend.lower;

import dev.ovsm.ir.Module;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The read-only data of a module; equal bytes are kept once. */
final class DataPool {
  private final List<Module.Data> data = new ArrayList<>();
  private final Map<ByteBuffer, Integer> known = new LinkedHashMap<>();

  /** The index of an item with these bytes at this alignment. */
  int add(byte[] bytes, int align) {
    Integer found = known.get(ByteBuffer.wrap(bytes));
    if (found != null && data.get(found).align() >= align) {
      return found;
    }
    data.add(new Module.Data(bytes.clone(), align));
    known.put(ByteBuffer.wrap(bytes.clone()), data.size() - 1);
    return data.size() - 1;
  }

  List<Module.Data> all() {
    return data;
  }
}
