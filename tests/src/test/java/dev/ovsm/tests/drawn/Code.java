package dev.ovsm.tests.drawn;

import dev.ovsm.backend.Unverified;
import dev.ovsm.cli.program.Compilation;
import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.elf.ElfWriter;
import dev.ovsm.frontend.Compiled;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.opt.Optimizer;
import dev.ovsm.sbpf.Version;
import dev.ovsm.sbpf.asm.Assembler;
import dev.ovsm.sbpf.asm.Assembly;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A source compiled in every way.
 *
 * @param refusal why there is no code; empty if there is
 * @param modules the IR of each level of optimisation
 * @param files machine code of each level
 * @param maps what the accounts of its maps hold at first
 */
record Code(String refusal, List<Module> modules, List<byte[]> files, List<byte[]> maps) {
  /** A program as it is lowered, with what the accounts of its maps hold at first. */
  record Lowered(Module module, List<byte[]> maps) {}

  /** The best level by the whole compiler, with its verifier; the others without. */
  static Code proved(String text, Version version) {
    Diagnostics found = new Diagnostics();
    Compilation made =
        Compilation.of(sources(text), new Compilation.Target(version, Optimizer.ALL, false), found);
    if (made.elf().isEmpty()) {
      return refused(found.list().toString());
    }
    if (made.code().orElseThrow().level() != Optimizer.ALL) {
      return refused("the best code is not proved");
    }
    Code code = of(Objects.requireNonNull(lowered(made.phases())), Optimizer.CLEAN, version);
    if (!code.refusal.isEmpty()) {
      return code;
    }
    code.modules.add(made.code().orElseThrow().verified().module());
    code.files.add(made.elf().orElseThrow());
    return code;
  }

  /** All levels without the verifier. */
  static Code unproved(String text, Version version) {
    Diagnostics found = new Diagnostics();
    Lowered lowered = lowered(Compilation.phases(sources(text), found));
    return lowered == null ? refused(found.list().toString()) : of(lowered, Optimizer.ALL, version);
  }

  /** Its IR as it is lowered, or null if it is no program. */
  static @Nullable Lowered lowered(String text) {
    return lowered(Compilation.phases(sources(text), new Diagnostics()));
  }

  private static @Nullable Lowered lowered(Compiled phases) {
    Module module = phases.module();
    Typed typed = phases.typed();
    return module == null || typed == null
        ? null
        : new Lowered(module, typed.maps().stream().map(Code::empty).toList());
  }

  /** A map's account before anything is in it: its header, as {@code maps.ovsm} has it. */
  private static byte[] empty(MapInfo map) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(map.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("OMAP".getBytes(StandardCharsets.US_ASCII)).putInt(map.id());
    bytes.put((byte) map.kind().number()).put((byte) 1).putShort((short) 0);
    bytes.putInt(map.declaration().keyBytes());
    bytes.putInt(map.declaration().valueBytes()).putInt(map.declaration().maxEntries());
    return bytes.array();
  }

  private static List<Source> sources(String text) {
    return List.of(new Source("drawn", text));
  }

  private static Code refused(String why) {
    return new Code(why, List.of(), List.of(), List.of());
  }

  private static Code of(Lowered lowered, int best, Version version) {
    Module module = lowered.module();
    List<Module> modules = new ArrayList<>();
    List<byte[]> files = new ArrayList<>();
    Diagnostics found = new Diagnostics();
    for (int level = Optimizer.NONE; level <= best; level++) {
      Module optimized = Optimizer.optimize(module, level);
      modules.add(level == Optimizer.NONE ? module : optimized);
      files.add(file(optimized, version, found));
    }
    if (found.hasErrors()) {
      return refused(found.list().toString());
    }
    return new Code("", modules, files, lowered.maps());
  }

  private static byte[] file(Module module, Version version, Diagnostics found) {
    Assembly assembly = Unverified.assembly(module, version, found);
    return ElfWriter.write(
        Assembler.assemble(assembly, found)
            .orElseThrow(() -> new IllegalStateException(found.list().toString())),
        List.of());
  }
}
