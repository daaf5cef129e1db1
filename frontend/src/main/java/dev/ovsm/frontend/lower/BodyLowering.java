package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.HirParts;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Lowers the body of one function: every expression to the words of its value. */
final class BodyLowering {
  private final Emitter emitter;
  private final ModuleLowering module;
  private final Storage storage;
  private final Control control;
  private final KnownPlaces places;
  private final Expansion expansion = new Expansion();
  private @Nullable AccountWalk walk;
  private @Nullable Value room;
  private BiConsumer<List<Value>, Span> leaves = (words, span) -> {};

  BodyLowering(Emitter emitter, ModuleLowering module) {
    this.emitter = emitter;
    this.module = module;
    this.storage = new Storage(emitter);
    this.places = new KnownPlaces(emitter, module);
    this.control = new Control(this, emitter);
  }

  Emitter emitter() {
    return emitter;
  }

  ModuleLowering module() {
    return module;
  }

  Storage storage() {
    return storage;
  }

  Control control() {
    return control;
  }

  KnownPlaces places() {
    return places;
  }

  /** Sets how this function returns the words of a value. */
  void leaves(BiConsumer<List<Value>, Span> how) {
    leaves = how;
  }

  /** Lets the body take its accounts from a walk over the input. */
  void accounts(AccountWalk found) {
    walk = found;
  }

  /** Gives the function room of its caller's for what it returns. */
  void room(@Nullable Value place) {
    room = place;
  }

  /** The only word of a value. */
  Value word(Hir hir) {
    List<Value> words = lower(hir);
    if (words.size() != 1) {
      // Control does not come back from it: any value will do.
      return emitter.constant(dev.ovsm.ir.Type.U64, 0, hir.span());
    }
    return words.get(0);
  }

  /** The value as a VM address. */
  Value address(Hir hir) {
    return emitter.convert(dev.ovsm.ir.Type.PTR, Mode.EXACT, word(hir), hir.span());
  }

  /** The words of an expression's value. */
  List<Value> lower(Hir hir) {
    Span span = hir.span();
    if (hir instanceof Hir.Constant constant) {
      return Numbers.constant(constant.value(), constant.type(), emitter, span);
    } else if (hir instanceof Hir.NegativeZero zero) {
      return Numbers.negativeZero(zero.type(), emitter, span);
    } else if (hir instanceof Hir.FractionConstant fraction) {
      return Numbers.fraction(fraction.value(), fraction.type(), emitter, span);
    } else if (hir instanceof Hir.TextConstant text) {
      return text(text.value(), span);
    } else if (hir instanceof Hir.BytesConstant constant) {
      byte[] bytes = new byte[constant.bytes().size()];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = constant.bytes().get(i);
      }
      return List.of(emitter.data(bytes, constant.align(), span));
    } else if (hir instanceof Hir.Nothing) {
      return List.of();
    } else if (hir instanceof Hir.Zeros zeros) {
      return zeros(zeros.type(), span);
    } else if (hir instanceof Hir.Read read) {
      emitter.at(span);
      return emitter.read(read.local());
    } else if (hir instanceof Hir.Write write) {
      emitter.write(write.local(), lower(write.value()));
      return List.of();
    } else if (hir instanceof Hir.Sequence sequence) {
      List<Value> last = List.of();
      for (Hir next : sequence.body()) {
        last = lower(next);
      }
      return last;
    } else if (hir instanceof Hir.If choice) {
      return control.choose(choice);
    } else if (hir instanceof Hir.Switch select) {
      return control.select(select);
    } else if (hir instanceof Hir.Loop loop) {
      return control.loop(loop);
    } else if (hir instanceof Hir.Jump jump) {
      return control.jump(jump);
    } else if (hir instanceof Hir.Return leave) {
      leaves.accept(lower(leave.value()), span);
      return List.of();
    } else if (hir instanceof Hir.Returned returned) {
      List<Value> words = lower(returned.value());
      return room == null
          ? words
          : storage.copied(
              returned.type(), words, emitter.shift(room, returned.offset(), span), span);
    } else if (hir instanceof Hir.Fail fail) {
      if (fail.code() instanceof Hir.Constant known && known.value().bitLength() < Long.SIZE) {
        emitter.fail(known.value().longValue(), span);
      } else {
        emitter.fail(word(fail.code()), span);
      }
      return List.of();
    } else if (hir instanceof Hir.Try attempt) {
      return control.attempt(attempt);
    } else if (hir instanceof Hir.Arithmetic arithmetic) {
      return new Numbers(this).arithmetic(arithmetic);
    } else if (hir instanceof Hir.Compare compare) {
      return List.of(new Numbers(this).compare(compare));
    } else if (hir instanceof Hir.Convert convert) {
      return new Numbers(this).convert(convert);
    } else if (hir instanceof Hir.Rename rename) {
      return new Composites(this).rename(rename);
    } else if (hir instanceof Hir.Load load
        && load.address() instanceof Hir.Context
        && walk != null) {
      return List.of(walk.word(load.offset(), span));
    } else if (hir instanceof Hir.Load load) {
      return storage.load(load.type(), address(load.address()), load.offset(), span);
    } else if (hir instanceof Hir.Store store) {
      Value address = address(store.address());
      storage.store(store.value().type(), lower(store.value()), address, store.offset(), span);
      return List.of();
    } else if (hir instanceof Hir.Shift shift) {
      return shift(shift);
    } else if (hir instanceof Hir.Copy copy) {
      Value target = address(copy.target());
      emitter.copy(target, address(copy.source()), copy.bytes(), span);
      return List.of();
    } else if (hir instanceof Hir.Zero zero) {
      Value target = address(zero.target());
      emitter.at(span).zero(target, zero.bytes());
      return List.of();
    } else if (hir instanceof Hir.Fresh fresh) {
      return storage.fresh(Type.resolved(fresh.type()), span);
    } else if (hir instanceof Hir.StackBytes bytes) {
      Value slot = emitter.slot(bytes.bytes(), bytes.align(), span);
      return List.of(emitter.convert(Words.of(bytes.type()).get(0), Mode.EXACT, slot, span));
    } else if (hir instanceof Hir.Call call) {
      return call(call);
    } else if (hir instanceof Hir.Syscall syscall) {
      return syscall(syscall);
    } else if (hir instanceof Hir.Discard discard) {
      discard(discard);
      return List.of();
    } else if (hir instanceof Hir.VectorOf vector) {
      return storage.vector(vector, this);
    } else if (hir instanceof Hir.Element element) {
      Value address = storage.element(element.array(), element.index(), this);
      return storage.load(element.type(), address, 0, span);
    } else if (hir instanceof Hir.Rest rest) {
      return List.of(storage.rest(rest, this));
    } else if (hir instanceof Hir.StoreElement store) {
      Value address = storage.element(store.array(), store.index(), this);
      storage.store(store.value().type(), lower(store.value()), address, 0, span);
      return List.of();
    } else if (hir instanceof Hir.Compose compose) {
      return new Composites(this).compose(compose);
    } else if (hir instanceof Hir.Part part) {
      return new Composites(this).part(part);
    } else if (hir instanceof Hir.Present present) {
      return Options.present(lower(present.value()), present.value().type(), emitter, span);
    } else if (hir instanceof Hir.Absent absent) {
      return Options.absent(absent.type(), emitter, span);
    } else if (hir instanceof Hir.IsPresent present) {
      return List.of(Options.isPresent(lower(present.option()), emitter, span));
    } else if (hir instanceof Hir.Unwrap unwrap) {
      return unwrap(unwrap);
    } else if (hir instanceof Hir.Log log) {
      new LogLowering(this).log(log);
      return List.of();
    } else if (hir instanceof Hir.Budget budget) {
      long known = module.entry(budget.entry()).budget();
      long units = known == 0 ? budget.usual() : known;
      return List.of(emitter.constant(dev.ovsm.ir.Type.U64, units, span));
    } else if (hir instanceof Hir.MapData map) {
      return List.of(places.mapAddress(map.map(), span));
    } else if (hir instanceof Hir.Context) {
      return List.of(emitter.constant(dev.ovsm.ir.Type.U64, ContextArea.ADDRESS, span));
    } else if (hir instanceof Hir.AccountAt account) {
      return List.of(places.fixedAccount(account.account(), span));
    } else if (hir instanceof Hir.TailCall call) {
      return tailCall(call);
    } else if (hir instanceof Hir.Format format) {
      return new LogLowering(this).format(format);
    } else if (hir instanceof Hir.Borsh borsh) {
      return new BorshWriter(this).write(borsh);
    } else if (hir instanceof Hir.Callback callback) {
      return new CallbackLowering(this).build(callback);
    }
    throw new IllegalStateException("cannot lower " + hir);
  }

  private List<Value> call(Hir.Call call) {
    if (walk == null) {
      return new CallLowering(this).call(call);
    }
    if (Expansion.isRecord(call.function())) {
      BigInteger place = expansion.number(call.arguments().get(0));
      return List.of(walk.record(Objects.requireNonNull(place).intValue(), call.span()));
    }
    if (!Expansion.applies(call.function())) {
      return new CallLowering(this).call(call);
    }
    List<List<Value>> arguments = call.arguments().stream().map(this::lower).toList();
    expansion.enter(call);
    for (int i = 0; i < arguments.size(); i++) {
      emitter.write(call.function().parameters().get(i), arguments.get(i));
    }
    initialise(call.function().body());
    return lower(call.function().body());
  }

  List<Value> text(String text, Span span) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Value address = emitter.data(bytes, 1, span);
    return List.of(address, emitter.constant(dev.ovsm.ir.Type.U64, bytes.length, span));
  }

  /** A value of zeros. */
  List<Value> zeros(Type type, Span span) {
    List<Value> zeros = new ArrayList<>();
    for (dev.ovsm.ir.Type word : Words.of(type)) {
      zeros.add(emitter.constant(word, 0, span));
    }
    return zeros;
  }

  private List<Value> shift(Hir.Shift shift) {
    Span span = shift.span();
    Value base = address(shift.address());
    Value moved = emitter.binary(BinaryOp.ADD, Mode.WRAP, base, word(shift.bytes()), span);
    return List.of(emitter.convert(Words.of(shift.type()).get(0), Mode.EXACT, moved, span));
  }

  private List<Value> syscall(Hir.Syscall syscall) {
    List<Value> words = new ArrayList<>();
    for (Hir argument : syscall.arguments()) {
      words.add(word(argument));
    }
    Value result = emitter.syscall(syscall.name(), words, syscall.span());
    return Words.of(syscall.type()).isEmpty() ? List.of() : List.of(result);
  }

  /** A code that nothing looks at stops the program where it reports a failure. */
  private void discard(Hir.Discard discard) {
    List<Value> words = lower(discard.value());
    Type type = Type.resolved(discard.value().type());
    if (type != Basic.CODE && type != Basic.ID) {
      return;
    }
    Span span = discard.span();
    Value zero = emitter.constant(dev.ovsm.ir.Type.U64, 0, span);
    Comparison good = type == Basic.CODE ? Comparison.EQ : Comparison.NE;
    emitter.require(emitter.compare(good, words.get(0), zero, span), Failure.INTRINSIC, span);
  }

  private List<Value> unwrap(Hir.Unwrap unwrap) {
    List<Value> words = lower(unwrap.option());
    if (words.isEmpty()) {
      return words;
    }
    Span span = unwrap.span();
    emitter.require(Options.isPresent(words, emitter, span), Failure.NULL, span);
    return Options.value(words, unwrap.type());
  }

  /** A tail call comes back only with an error code. */
  private List<Value> tailCall(Hir.TailCall call) {
    Span span = call.span();
    Value context = emitter.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS, span);
    Value array = emitter.constant(dev.ovsm.ir.Type.U64, call.array() & 0xffff_ffffL, span);
    Value index = word(call.index());
    return List.of(emitter.syscall("sol_tail_call", List.of(context, array, index), span));
  }

  /** Gives the locals that some path may read before it writes them a value of zeros. */
  void initialise(Hir code) {
    Set<Local> hoisted = new LinkedHashSet<>();
    HirParts.walk(
        code,
        node -> {
          if (node instanceof Hir.Write write && write.local().hoisted()) {
            hoisted.add(write.local());
          }
        });
    hoisted.forEach(local -> emitter.write(local, zeros(local.type(), local.span())));
  }
}
