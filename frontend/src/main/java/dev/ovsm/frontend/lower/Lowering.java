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
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.work.Workers;
import java.util.ArrayList;
import java.util.List;

/** Lowers a typed program without errors to an IR module. */
public final class Lowering {
  /** More functions than these are worth the start of threads. */
  private static final int MANY = 100;

  private final Typed program;
  private final ModuleLowering module;
  private final List<FunctionBuilder> functions = new ArrayList<>();
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
        Workers.each(functions, functions.size() > MANY, FunctionBuilder::build),
        module.pool().all(),
        entries,
        program.maps().stream().map(MapInfo::declaration).toList(),
        arrays(),
        program.declared().errors().stream()
            .map(error -> new Module.Failing(error.name(), error.code(), error.text()))
            .toList());
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
  private FunctionBuilder entrypoint() {
    Span span = entries.isEmpty() ? Span.none() : entries.get(0).span();
    FunctionBuilder builder =
        new FunctionBuilder(
            Module.ENTRYPOINT, dev.ovsm.ir.Type.U64, List.of(dev.ovsm.ir.Type.PTR), span);
    Value input = builder.parameter(0);
    boolean needsTable = module.needs().usesContext() && module.inputUse().isEmpty();
    if (!program.bare() || needsTable) {
      String scan = module.use(module.library("rt-scan", List.of(Type.U64)));
      Value address = builder.convert(dev.ovsm.ir.Type.U64, Mode.EXACT, input);
      builder.callVoid(scan, List.of(address));
    }
    if (program.bare() && !entries.isEmpty()) {
      builder.ret(call(entries.get(0), input, builder));
    } else {
      dispatch(input, builder);
    }
    return builder;
  }

  private static Value call(Entry entry, Value input, FunctionBuilder builder) {
    builder.at(entry.span());
    return builder.call(dev.ovsm.ir.Type.U64, entry.function(), List.of(input));
  }

  private void dispatch(Value input, FunctionBuilder builder) {
    Value area = builder.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS);
    Value length = builder.load(dev.ovsm.ir.Type.U64, area, ContextArea.INSTRUCTION_LENGTH);
    Value eight = builder.constant(dev.ovsm.ir.Type.U64, 8);
    int selected = builder.block();
    int unknown = builder.block();
    builder.branch(builder.compare(Comparison.GE, length, eight), selected, unknown);
    builder.enter(selected);
    Value data = builder.load(dev.ovsm.ir.Type.PTR, area, ContextArea.INSTRUCTION_DATA);
    Value selector = builder.load(dev.ovsm.ir.Type.U64, data, 0);
    List<Terminator.Case> cases = new ArrayList<>();
    List<Integer> arms = new ArrayList<>();
    for (Entry entry : entries) {
      int arm = builder.block();
      arms.add(arm);
      Target target = new Target(arm, List.of());
      cases.add(new Terminator.Case(entry.discriminator(), target));
    }
    builder.switchOn(selector, cases, new Target(unknown, List.of()));
    for (int i = 0; i < entries.size(); i++) {
      builder.enter(arms.get(i));
      builder.ret(call(entries.get(i), input, builder));
    }
    builder.enter(unknown);
    builder.fail(Failure.UNKNOWN_INSTRUCTION);
  }
}
