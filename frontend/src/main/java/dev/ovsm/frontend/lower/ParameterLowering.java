package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.EntryInfo.Payload;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.TailArguments;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Entry;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import java.util.List;

/**
 * Gives an entry's parameters their values: captures and the parameters of instructions from the
 * instruction data, those of callbacks from the trigger's payload, those of the callee of a tail
 * call from where its caller left them.
 */
final class ParameterLowering {
  private static final int DISCRIMINATOR = 8;
  private static final int TRIGGER_HEADER = 48;
  private static final int CHANGE_BYTES = 21;
  private static final int EVENT_BYTES = 1_024;
  private final BodyLowering body;
  private final Emitter emitter;

  ParameterLowering(BodyLowering body) {
    this.body = body;
    this.emitter = body.emitter();
  }

  void bind(EntryInfo entry) {
    Span span = entry.span();
    List<Local> all = entry.function().parameters();
    List<Local> own = all.subList(entry.captures(), all.size());
    FunctionBuilder builder = emitter.at(span);
    if (!entry.isChained()) {
      fresh(entry, all, own);
      return;
    }
    Value area = context(span);
    Value flag = builder.load(Type.U64, area, TailArguments.FLAG);
    int chained = builder.block();
    int fresh = builder.block();
    int join = builder.block();
    builder.branch(
        builder.compare(Comparison.NE, flag, builder.constant(Type.U64, 0)), chained, fresh);
    builder.enter(chained);
    int offset = TailArguments.START;
    for (Local parameter : own) {
      emitter.write(parameter, body.storage().load(parameter.type(), area, offset, span));
      offset += TailArguments.room(parameter.type());
    }
    emitter.at(span).jump(join);
    builder.enter(fresh);
    fresh(entry, all, own);
    emitter.at(span).jump(join);
    builder.enter(join);
  }

  private void fresh(EntryInfo entry, List<Local> all, List<Local> own) {
    boolean isCallback = entry.kind() == Entry.Kind.CALLBACK;
    boolean guarded = isCallback && !entry.isPublic();
    if (entry.payload() == Payload.NONE) {
      if (guarded) {
        trigger(0, entry.span());
      }
      instructionData(all, entry.span());
      return;
    }
    instructionData(all.subList(0, entry.captures()), entry.span());
    payload(entry, own);
  }

  private Value context(Span span) {
    return emitter.constant(Type.PTR, ContextArea.ADDRESS, span);
  }

  /** Reads parameters behind the discriminator; all of fixed size are checked for at once. */
  private void instructionData(List<Local> parameters, Span span) {
    if (parameters.isEmpty()) {
      return;
    }
    Value area = context(span);
    Value data = emitter.load(Type.PTR, area, ContextArea.INSTRUCTION_DATA, span);
    Value length = emitter.load(Type.U64, area, ContextArea.INSTRUCTION_LENGTH, span);
    boolean fixed = parameters.stream().allMatch(p -> BorshWriter.isFixed(p.type()));
    if (!fixed) {
      Value start = emitter.shift(data, DISCRIMINATOR, span);
      Value from = emitter.convert(Type.U64, Mode.EXACT, data, span);
      Value end = emitter.binary(BinaryOp.ADD, Mode.WRAP, from, length, span);
      decode(parameters, start, end);
      return;
    }
    int size = parameters.stream().mapToInt(p -> Sizes.of(p.type())).sum();
    Value needed = emitter.constant(Type.U64, DISCRIMINATOR + size, span);
    Value enough = emitter.compare(Comparison.GE, length, needed, span);
    emitter.require(enough, Failure.BAD_INSTRUCTION_DATA, span);
    at(parameters, data, DISCRIMINATOR);
  }

  private void at(List<Local> parameters, Value address, int from) {
    int offset = from;
    for (Local parameter : parameters) {
      Span span = parameter.span();
      if (dev.ovsm.frontend.hir.Type.resolved(parameter.type()) == Basic.BOOL) {
        BorshReader.requireTruth(emitter, address, offset, Failure.BAD_INSTRUCTION_DATA, span);
      }
      List<Value> words = body.storage().load(parameter.type(), address, offset, span);
      emitter.write(parameter, words);
      offset += Sizes.of(parameter.type());
    }
  }

  private void decode(List<Local> parameters, Value start, Value end) {
    Span first = parameters.get(0).span();
    BorshReader reader = new BorshReader(body, start, end, Failure.BAD_INSTRUCTION_DATA, first);
    for (Local parameter : parameters) {
      emitter.write(parameter, reader.read(parameter.type(), parameter.span()));
    }
  }

  /** Fails unless the runtime called; gives the length of the whole trigger context. */
  private Value trigger(int bytes, Span span) {
    Value buffer = bytes == 0 ? emitter.constant(Type.U64, 0, span) : emitter.slot(bytes, 8, span);
    return trigger(buffer, bytes, span);
  }

  private Value trigger(Value buffer, int bytes, Span span) {
    Value offset = emitter.constant(Type.U64, bytes == 0 ? 0 : TRIGGER_HEADER, span);
    Value room = emitter.constant(Type.U64, bytes, span);
    Value length = emitter.syscall("sol_get_trigger_context", List.of(buffer, offset, room), span);
    Value zero = emitter.constant(Type.U64, 0, span);
    emitter.require(
        emitter.compare(Comparison.NE, length, zero, span), Failure.NOT_A_TRIGGER, span);
    return length;
  }

  private void payload(EntryInfo entry, List<Local> own) {
    Span span = entry.span();
    int bytes = entry.payload() == Payload.CHANGE ? CHANGE_BYTES : EVENT_BYTES;
    Value buffer = emitter.slot(bytes, 8, span);
    Value length = trigger(buffer, bytes, span);
    Value header = emitter.constant(Type.U64, TRIGGER_HEADER, span);
    Value payload = emitter.binary(BinaryOp.SUB, Mode.WRAP, length, header, span);
    if (entry.payload() == Payload.CHANGE) {
      Value needed = emitter.constant(Type.U64, CHANGE_BYTES, span);
      Value enough = emitter.compare(Comparison.GE, payload, needed, span);
      emitter.require(enough, Failure.BAD_INSTRUCTION_DATA, span);
      at(own, buffer, 0);
      return;
    }
    Value most = emitter.constant(Type.U64, EVENT_BYTES, span);
    Value fits = emitter.compare(Comparison.LE, payload, most, span);
    emitter.require(fits, Failure.BAD_INSTRUCTION_DATA, span);
    Value from = emitter.convert(Type.U64, Mode.EXACT, buffer, span);
    decode(own, buffer, emitter.binary(BinaryOp.ADD, Mode.WRAP, from, payload, span));
  }
}
