package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.util.ArrayList;
import java.util.List;

/** Loads and stores values of any type that can lie in memory. */
final class Storage {
  private final Emitter emitter;

  Storage(Emitter emitter) {
    this.emitter = emitter;
  }

  /** The words of the value stored at an address; structs and their kin stay where they are. */
  List<Value> load(Type type, Value address, int offset, Span span) {
    Type known = Type.resolved(type);
    if (Words.isAddress(known)) {
      return List.of(emitter.shift(address, offset, span));
    }
    if (known instanceof Type.Option option) {
      return option(option, address, offset, span);
    }
    List<Value> words = new ArrayList<>();
    if (known instanceof Type.Fields fields) {
      int at = offset;
      for (Type.Field field : fields.fields()) {
        words.addAll(load(field.type(), address, at, span));
        at += Sizes.of(field.type());
      }
      return words;
    }
    int at = offset;
    for (dev.ovsm.ir.Type word : Words.of(known)) {
      words.add(emitter.load(word, address, at, span));
      at += word.bytes();
    }
    return words;
  }

  private List<Value> option(Type.Option option, Value address, int offset, Span span) {
    Value flag = emitter.load(dev.ovsm.ir.Type.BOOL, address, offset, span);
    List<Value> words = load(option.of(), address, offset + 1, span);
    if (!Words.isAddress(Type.resolved(option.of()))) {
      List<Value> all = new ArrayList<>(List.of(flag));
      all.addAll(words);
      return all;
    }
    Value nothing = emitter.constant(dev.ovsm.ir.Type.PTR, 0, span);
    return List.of(emitter.at(span).select(flag, words.get(0), nothing));
  }

  void store(Type type, List<Value> words, Value address, int offset, Span span) {
    Type known = Type.resolved(type);
    if (words.isEmpty()) {
      return;
    }
    if (Words.isAddress(known)) {
      Value target = emitter.shift(address, offset, span);
      emitter.copy(target, words.get(0), Sizes.of(known), span);
      return;
    }
    if (known instanceof Type.Option option && Words.isAddress(Type.resolved(option.of()))) {
      storeOptionalAddress(option, words.get(0), address, offset, span);
      return;
    }
    if (known instanceof Type.Option option && !Words.isAddress(Type.resolved(option.of()))) {
      emitter.store(address, offset, words.get(0), span);
      store(option.of(), words.subList(1, words.size()), address, offset + 1, span);
      return;
    }
    if (known instanceof Type.Fields fields) {
      int at = offset;
      int from = 0;
      for (Type.Field field : fields.fields()) {
        int count = Words.of(field.type()).size();
        store(field.type(), words.subList(from, from + count), address, at, span);
        from += count;
        at += Sizes.of(field.type());
      }
      return;
    }
    int at = offset;
    for (Value word : words) {
      emitter.store(address, at, word, span);
      at += word.type().bytes();
    }
  }

  private void storeOptionalAddress(
      Type.Option option, Value word, Value address, int offset, Span span) {
    Value flag = Options.isPresent(List.of(word), emitter, span);
    emitter.store(address, offset, flag, span);
    FunctionBuilder builder = emitter.at(span);
    int present = builder.block();
    int after = builder.block();
    builder.branch(flag, present, after);
    builder.enter(present);
    store(option.of(), List.of(word), address, offset + 1, span);
    builder.jump(after);
    builder.enter(after);
  }

  /** The words of a value with everything that they are addresses of copied to {@code room}. */
  List<Value> copied(Type type, List<Value> words, Value room, Span span) {
    Type known = Type.resolved(type);
    if (Escapes.bytes(known) == 0 || words.isEmpty()) {
      return words;
    }
    List<Type> parts =
        known instanceof Type.Fields fields
            ? fields.fields().stream().map(Type.Field::type).toList()
            : known instanceof Type.Closure closure
                ? closure.captures()
                : known instanceof Type.Choice choice ? choice.parts() : List.of();
    if (!parts.isEmpty()) {
      List<Value> all = new ArrayList<>();
      int offset = 0;
      int from = 0;
      for (Type part : parts) {
        int count = Words.of(part).size();
        Value place = emitter.shift(room, offset, span);
        all.addAll(copied(part, words.subList(from, from + count), place, span));
        from += count;
        offset += Escapes.bytes(part);
      }
      return all;
    }
    if (known instanceof Type.Option option && !Words.isAddress(Type.resolved(option.of()))) {
      List<Value> all = new ArrayList<>(List.of(words.get(0)));
      all.addAll(copied(option.of(), words.subList(1, words.size()), room, span));
      return all;
    }
    Type place = known instanceof Type.Option option ? Type.resolved(option.of()) : known;
    return List.of(copied(words.get(0), Sizes.of(place), room, span));
  }

  /** A copy of what is at an address, if that is not 0. */
  private Value copied(Value address, int bytes, Value room, Span span) {
    FunctionBuilder builder = emitter.at(span);
    Variable result = builder.variable("returned", dev.ovsm.ir.Type.PTR);
    int present = builder.block();
    int after = builder.block();
    builder.write(result, address);
    builder.branch(Options.isPresent(List.of(address), emitter, span), present, after);
    builder.enter(present);
    emitter.copy(room, address, bytes, span);
    builder.write(result, room);
    builder.jump(after);
    builder.enter(after);
    return builder.read(result);
  }

  /** A value of zeros in the frame; the room of a vector without elements is left as it is. */
  List<Value> fresh(Type type, Span span) {
    Value slot = emitter.slot(Sizes.of(type), 8, span);
    if (type instanceof Type.Vec) {
      emitter.store(slot, 0, emitter.constant(dev.ovsm.ir.Type.U32, 0, span), span);
    } else {
      emitter.at(span).zero(slot, Sizes.of(type));
    }
    return List.of(slot);
  }

  /** A vector literal: its elements one after another in the frame. */
  List<Value> vector(Hir.VectorOf vector, BodyLowering body) {
    int stride = stride(vector.type());
    int at = header(vector.type());
    Type type = Type.resolved(vector.type());
    int size = type instanceof Type.Vec ? Sizes.of(type) : stride * vector.items().size();
    Value slot = emitter.slot(size, 8, vector.span());
    if (at > 0) {
      Value count = emitter.constant(dev.ovsm.ir.Type.U32, vector.items().size(), vector.span());
      emitter.store(slot, 0, count, vector.span());
    }
    for (Hir item : vector.items()) {
      store(item.type(), body.lower(item), slot, at, item.span());
      at += stride;
    }
    return List.of(slot);
  }

  Value element(Hir array, Hir index, BodyLowering body) {
    Span span = array.span();
    Value base = body.address(array);
    Value position = body.word(index);
    Value size = emitter.constant(dev.ovsm.ir.Type.U64, stride(array.type()), span);
    Value distance = emitter.binary(BinaryOp.MUL, Mode.WRAP, position, size, span);
    Value address = emitter.binary(BinaryOp.ADD, Mode.WRAP, base, distance, span);
    int header = header(array.type());
    return header == 0 ? address : emitter.shift(address, header, span);
  }

  /** The address of the element that the rest of an array begins with. */
  Value rest(Hir.Rest rest, BodyLowering body) {
    long distance = (long) rest.from() * stride(rest.array().type());
    return emitter.shift(body.address(rest.array()), distance, rest.span());
  }

  private static int stride(Type type) {
    Type known = Type.resolved(type);
    return known instanceof Type.Array array
        ? Sizes.of(array.of())
        : known instanceof Type.Vec vec ? Sizes.of(vec.of()) : 0;
  }

  /** The bytes before the first element. */
  private static int header(Type type) {
    return Type.resolved(type) instanceof Type.Vec ? Type.Vec.HEADER : 0;
  }
}
