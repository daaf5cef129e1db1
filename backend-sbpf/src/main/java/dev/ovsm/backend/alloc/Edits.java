package dev.ovsm.backend.alloc;

import dev.ovsm.backend.machine.MachineInst;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes to the instructions of a block, by the indices that they have before. */
final class Edits {
  private final Map<Integer, List<MachineInst>> before = new HashMap<>();
  private final Map<Integer, List<MachineInst>> after = new HashMap<>();
  private final Map<Integer, Map<Integer, Integer>> names = new HashMap<>();
  private final Set<Integer> removed = new HashSet<>();

  void before(int at, MachineInst inst) {
    before.computeIfAbsent(at, i -> new ArrayList<>()).add(inst);
  }

  void after(int at, MachineInst inst) {
    after.computeIfAbsent(at, i -> new ArrayList<>()).add(inst);
  }

  void rename(int at, int location, int other) {
    names.computeIfAbsent(at, i -> new HashMap<>()).put(location, other);
  }

  void remove(int at) {
    removed.add(at);
  }

  List<MachineInst> apply(List<MachineInst> insts) {
    List<MachineInst> edited = new ArrayList<>(insts.size() + before.size() + after.size());
    for (int at = 0; at < insts.size(); at++) {
      edited.addAll(before.getOrDefault(at, List.of()));
      if (!removed.contains(at)) {
        Map<Integer, Integer> here = names.get(at);
        MachineInst inst = insts.get(at);
        edited.add(
            here == null ? inst : Renaming.rename(inst, name -> here.getOrDefault(name, name)));
      }
      edited.addAll(after.getOrDefault(at, List.of()));
    }
    return edited;
  }
}
