package dev.ovsm.elf;

import dev.ovsm.elf.ElfError.Kind;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Program;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Utf8Sequence;
import dev.ovsm.sbpf.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Loads files of version 0 to 2: finds code and read-only data by section, gives functions their
 * keys and applies relocations to a copy of the file.
 */
final class LenientLoader {
  private final ParsedElf elf;
  private final Version version;
  private final LoaderConfig config;
  private final View file;
  private final View image;
  private final FunctionRegistry functions;

  private LenientLoader(ParsedElf elf, View file, Version version, LoaderConfig config) {
    this.elf = elf;
    this.file = file;
    this.version = version;
    this.config = config;
    this.image = new View(file.bytes().clone());
    this.functions = new FunctionRegistry(config.syscalls());
  }

  static Program load(View file, Version version, LoaderConfig config) throws Refusal {
    return new LenientLoader(ParsedElf.parse(file), file, version, config).load();
  }

  private Program load() throws Refusal {
    checkHeader();
    checkSectionNames();
    checkSectionBounds();
    SectionHeader text = elf.sections().get(textSection());
    long entry = file.u64(24);
    if (!text.holdsAddress(entry)) {
      throw new Refusal(Kind.ENTRYPOINT_OUT_OF_BOUNDS, "Entrypoint out of bounds");
    }
    long textAddress = View.saturatingSum(text.address(), MemoryMap.REGION);
    if ((config.rejectBrokenElfs() && text.address() != text.offset())
        || Long.compareUnsigned(textAddress, MemoryMap.STACK) > 0) {
      throw Refusal.outOfBounds();
    }
    registerRelativeCalls(text);
    new Relocator(elf, image, text, functions, config).relocate();
    long offset = entry - text.address();
    if (offset % Slot.BYTES != 0) {
      throw new Refusal(Kind.INVALID_ENTRYPOINT, "Invalid entrypoint");
    }
    int entryPc = (int) (offset / Slot.BYTES);
    functions.registerEntrypoint(entryPc);
    ReadOnlyImage readOnly = ReadOnlyImage.of(elf, image, config);
    int codeStart = (int) (textAddress - readOnly.address());
    int codeBytes = (int) (text.fileEnd() - text.fileStart());
    // where another read-only section overlaps the code, its bytes are executed
    byte[] code = Arrays.copyOfRange(readOnly.bytes(), codeStart, codeStart + codeBytes);
    return new Program(
        version,
        code,
        textAddress,
        entryPc,
        functions.functions(),
        readOnly.bytes(),
        readOnly.address(),
        List.of());
  }

  private void checkHeader() throws Refusal {
    if (file.u8(7) != 0) {
      throw new Refusal(Kind.WRONG_ABI, "Incompatible ELF: wrong ABI");
    }
    if (file.u16(18) != ElfFormat.EM_BPF && file.u16(18) != ElfFormat.EM_SBPF) {
      throw new Refusal(Kind.WRONG_MACHINE, "Incompatible ELF: wrong machine");
    }
    if (file.u16(16) != ElfFormat.ET_DYN) {
      throw new Refusal(Kind.WRONG_TYPE, "Incompatible ELF: wrong type");
    }
  }

  private void checkSectionNames() throws Refusal {
    textSection();
    for (int i = 0; i < elf.sections().size(); i++) {
      String name = elf.name(i);
      boolean isWritableData =
          elf.sections().get(i).isWritable()
              && name.startsWith(".data")
              && !name.startsWith(".data.rel");
      if (name.startsWith(".bss") || isWritableData) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        throw new Refusal(
            Kind.WRITABLE_SECTION_NOT_SUPPORTED,
            "Found writable section ("
                + Utf8Sequence.lossyText(bytes, 0, bytes.length)
                + ") in ELF, read-write data not supported");
      }
    }
  }

  private void checkSectionBounds() throws Refusal {
    for (SectionHeader section : elf.sections()) {
      if (!file.holds(section.offset(), View.sum(section.offset(), section.size()))) {
        throw Refusal.outOfBounds();
      }
    }
  }

  /** The index of the one section that holds the code. */
  private int textSection() throws Refusal {
    int found = -1;
    for (int i = 0; i < elf.sections().size(); i++) {
      if (elf.name(i).equals(".text")) {
        if (found >= 0) {
          throw notOneTextSection();
        }
        found = i;
      }
    }
    if (found < 0) {
      throw notOneTextSection();
    }
    return found;
  }

  private static Refusal notOneTextSection() {
    return new Refusal(
        Kind.NOT_ONE_TEXT_SECTION,
        "Multiple or no text sections, consider removing llc option: -function-sections");
  }

  /** Registers the target of each relative call and puts its key in place of the distance. */
  private void registerRelativeCalls(SectionHeader text) throws Refusal {
    long start = text.fileStart();
    int slots = (int) ((text.fileEnd() - start) / Slot.BYTES);
    int call = Opcode.CALL.code(version);
    for (int pc = 0; pc < slots; pc++) {
      long slot = image.u64(start + (long) pc * Slot.BYTES);
      int distance = Slot.imm(slot);
      if (Slot.code(slot) != call || distance == -1) {
        continue;
      }
      long target = pc + 1L + distance;
      if (target < 0 || target >= slots) {
        throw new Refusal(
            Kind.RELATIVE_JUMP_OUT_OF_BOUNDS, "Relative jump out of bounds at instruction #" + pc);
      }
      int key = functions.register("", (int) target);
      image.putU32(start + (long) pc * Slot.BYTES + 4, key);
    }
  }
}
