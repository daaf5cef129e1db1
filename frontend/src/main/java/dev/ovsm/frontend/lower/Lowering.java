package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.MapInfo;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Typed;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Lowers a typed program without errors to an IR module. */
public final class Lowering {
  private final Typed program;
  private final ModuleLowering module;
  private final List<Function> functions = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();

  private Lowering(Typed program) {
    this.program = program;
    this.module = new ModuleLowering(program);
  }

  /** The module, with an entry that creates the maps if there are any. */
  public static Module lower(Typed program) {
    return new Lowering(program).run();
  }

  private Module run() {
    List<MapInfo> accounts = program.maps().stream().filter(MapInfo::isAccount).toList();
    for (EntryInfo entry : program.entries()) {
      functions.add(new EntryLowering(module).lower(entry));
      entries.add(manifest(entry));
    }
    if (!accounts.isEmpty()) {
      Span span = accounts.get(0).declaration().span();
      functions.add(MapCreation.lower(module, accounts, span));
      entries.add(
          new Entry(
              MapCreation.NAME,
              program.createMaps(),
              Entry.Kind.CREATE_MAPS,
              MapCreation.NAME,
              true,
              0,
              List.of(),
              MapCreation.accounts(accounts),
              span));
    }
    functions.add(0, entrypoint());
    functions.addAll(module.rest());
    return new Module(
        program.name(),
        functions,
        module.pool().all(),
        entries,
        program.maps().stream().map(MapInfo::declaration).toList(),
        arrays());
  }

  private List<Module.ProgramArray> arrays() {
    List<Module.ProgramArray> arrays = new ArrayList<>();
    for (Typed.ArrayInfo array : program.arrays()) {
      List<Long> elements =
          array.elements().stream().map(name -> module.entry(name).discriminator()).toList();
      arrays.add(new Module.ProgramArray(array.name(), elements));
    }
    return arrays;
  }

  private Entry manifest(EntryInfo entry) {
    List<Entry.Parameter> parameters = new ArrayList<>();
    for (Local parameter : entry.function().parameters()) {
      String type = Type.resolved(parameter.type()).word();
      parameters.add(new Entry.Parameter(parameter.name(), type));
    }
    List<Entry.Account> accounts = new ArrayList<>();
    for (Need need : module.needs().of(entry.name())) {
      MapInfo map = need.map();
      accounts.add(
          new Entry.Account(
              need.name(),
              need.signer(),
              need.writable(),
              map == null ? null : map.name(),
              need.address()));
    }
    return new Entry(
        entry.name(),
        entry.discriminator(),
        entry.kind(),
        entry.name(),
        entry.isPublic(),
        entry.budget(),
        parameters,
        accounts,
        entry.span());
  }

  /** Where the VM starts: finds the instruction data and calls the entry that it selects. */
  private Function entrypoint() {
    Emitter emitter = new Emitter(module.pool());
    Value input = emitter.parameter(dev.ovsm.ir.Type.PTR);
    Span span = program.entries().isEmpty() ? Span.none() : program.entries().get(0).span();
    boolean looks = !program.bare() || module.needs().usesContext();
    if (looks) {
      String scan = module.use(module.runtime("rt-scan", List.of(Type.U64)));
      Value address =
          emitter.convert(dev.ovsm.ir.Type.U64, dev.ovsm.ir.Mode.EXACT, input, span);
      emitter.emit(new Inst.Call(null, scan, List.of(address), span));
    }
    if (program.bare() && !entries.isEmpty()) {
      call(entries.get(0), input, emitter, span);
    } else {
      dispatch(input, emitter, span);
    }
    return emitter.finish(Module.ENTRYPOINT, dev.ovsm.ir.Type.U64, span);
  }

  private void call(Entry entry, Value input, Emitter emitter, Span span) {
    Value code = emitter.value(dev.ovsm.ir.Type.U64);
    emitter.emit(new Inst.Call(code, entry.function(), List.of(input), span));
    emitter.leave(code, span);
  }

  private void dispatch(Value input, Emitter emitter, Span span) {
    Value area = emitter.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS, span);
    Value length =
        emitter.load(dev.ovsm.ir.Type.U64, area, ContextArea.INSTRUCTION_LENGTH, span);
    Value eight = emitter.constant(dev.ovsm.ir.Type.U64, 8, span);
    emitter.require(
        emitter.compare(Comparison.GE, length, eight, span), Failure.UNKNOWN_INSTRUCTION, span);
    Value data =
        emitter.load(dev.ovsm.ir.Type.PTR, area, ContextArea.INSTRUCTION_DATA, span);
    Value selector = emitter.load(dev.ovsm.ir.Type.U64, data, 0, span);
    List<Long> keys = new ArrayList<>();
    List<Emitter.Draft> arms = new ArrayList<>();
    for (Entry entry : entries) {
      keys.add(entry.discriminator());
      arms.add(emitter.block());
    }
    Emitter.Draft unknown = emitter.block();
    emitter.select(selector, keys, arms, unknown, span);
    for (int i = 0; i < entries.size(); i++) {
      emitter.start(arms.get(i));
      call(entries.get(i), input, emitter, entries.get(i).span());
    }
    emitter.start(unknown);
    Value code =
        emitter.constant(dev.ovsm.ir.Type.U64, Failure.UNKNOWN_INSTRUCTION.code(), span);
    emitter.fail(code, span);
  }
}
