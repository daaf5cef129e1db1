package dev.ovsm.elf;

import static dev.ovsm.elf.View.saturatingSum;

import dev.ovsm.elf.ElfError.Kind;
import dev.ovsm.sbpf.MemoryMap;
import dev.ovsm.sbpf.Murmur3;
import dev.ovsm.sbpf.Slot;
import dev.ovsm.sbpf.Utf8Sequence;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Applies the dynamic relocations of a file to its image, quirks included.
 *
 * <p>A relocation's place is taken as an offset in the file, and addresses below the program's
 * region are moved into it.
 */
final class Relocator {
  /** Where in a slot the immediate lies. */
  private static final int IMMEDIATE = 4;

  private final ParsedElf elf;
  private final View image;
  private final SectionHeader text;
  private final FunctionRegistry functions;
  private final LoaderConfig config;

  Relocator(
      ParsedElf elf,
      View image,
      SectionHeader text,
      FunctionRegistry functions,
      LoaderConfig config) {
    this.elf = elf;
    this.image = image;
    this.text = text;
    this.functions = functions;
    this.config = config;
  }

  void relocate() throws Refusal {
    for (int i = 0; i < elf.relocationCount(); i++) {
      long offset = elf.relocationOffset(i);
      long info = elf.relocationInfo(i);
      long symbol = info >>> 32;
      switch ((int) info) {
        case ElfFormat.R_BPF_64_64 -> relocateSymbolAddress(offset, symbol);
        case ElfFormat.R_BPF_64_RELATIVE -> relocateAddress(offset);
        case ElfFormat.R_BPF_64_32 -> relocateCall(offset, symbol);
        default ->
            throw new Refusal(
                Kind.UNKNOWN_RELOCATION,
                "Relocation failed, unknown type " + Integer.toUnsignedString((int) info));
      }
    }
  }

  /** A {@code lddw} of a symbol's address; its immediate is added. */
  private void relocateSymbolAddress(long offset, long symbol) throws Refusal {
    long low = saturatingSum(offset, IMMEDIATE);
    long addend = readU32(low);
    long address = inRegion(saturatingSum(elf.symbol(symbol).value(), addend));
    writeU32(low, address);
    writeU32(saturatingSum(low, Slot.BYTES), address >>> 32);
  }

  /** An address without a symbol: in code both halves of a {@code lddw}, in data eight bytes. */
  private void relocateAddress(long offset) throws Refusal {
    long low = saturatingSum(offset, IMMEDIATE);
    boolean inCode =
        Long.compareUnsigned(offset, text.fileStart()) >= 0
            && Long.compareUnsigned(offset, text.fileEnd()) < 0;
    if (!inCode) {
      long address = MemoryMap.REGION + readU32(low);
      if (!image.holdsBytes(offset, Long.BYTES)) {
        throw Refusal.outOfBounds();
      }
      image.putU64(offset, address);
      return;
    }
    long high = saturatingSum(saturatingSum(offset, Slot.BYTES), IMMEDIATE);
    long address = readU32(low) | (readU32(high) << 32);
    if (address == 0) {
      throw new Refusal(
          Kind.INVALID_VIRTUAL_ADDRESS,
          "Relocation failed, invalid referenced virtual address 0x0");
    }
    writeU32(low, inRegion(address));
    writeU32(high, inRegion(address) >>> 32);
  }

  /** A call by name: of a function of the program if the symbol is defined, else of a syscall. */
  private void relocateCall(long offset, long index) throws Refusal {
    Symbol symbol = elf.symbol(index);
    String name = name(symbol.name());
    int key;
    if (symbol.isFunction() && symbol.value() != 0) {
      if (!text.holdsAddress(symbol.value())) {
        throw Refusal.outOfBounds();
      }
      key = functions.register(name, (int) ((symbol.value() - text.address()) / Slot.BYTES));
    } else {
      byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
      key = Murmur3.hash(bytes);
      if (config.rejectBrokenElfs() && !config.syscalls().contains(key)) {
        throw new Refusal(
            Kind.UNRESOLVED_SYMBOL,
            String.format(
                Locale.ROOT,
                "Unresolved symbol (%s) at instruction #%s (ELF file offset 0x%x)",
                Utf8Sequence.lossyText(bytes, 0, bytes.length),
                Long.toUnsignedString(Long.divideUnsigned(offset, Slot.BYTES)),
                offset));
      }
    }
    writeU32(saturatingSum(offset, IMMEDIATE), key);
  }

  private String name(long offset) throws Refusal {
    try {
      return elf.symbolName(offset);
    } catch (Refusal unreadable) {
      throw Refusal.unknownSymbol(offset);
    }
  }

  private static long inRegion(long address) {
    return Long.compareUnsigned(address, MemoryMap.REGION) < 0
        ? address + MemoryMap.REGION
        : address;
  }

  private long readU32(long at) throws Refusal {
    if (!image.holdsBytes(at, Integer.BYTES)) {
      throw Refusal.outOfBounds();
    }
    return image.u32(at);
  }

  private void writeU32(long at, long value) throws Refusal {
    if (!image.holdsBytes(at, Integer.BYTES)) {
      throw Refusal.outOfBounds();
    }
    image.putU32(at, value);
  }
}
