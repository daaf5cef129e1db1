package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.EntryInfo;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Sizes;
import dev.ovsm.ir.Value;
import java.util.Iterator;
import java.util.List;

/**
 * Builds the instruction that calls an entry back, as bincode has it: program id, account metas,
 * data. The data is the entry's discriminator and the captured values.
 */
final class CallbackLowering {
  private static final int KEY = 32;
  private static final int META = KEY + 2;
  private static final int WORD = 8;
  private final BodyLowering body;
  private final Emitter emitter;

  CallbackLowering(BodyLowering body) {
    this.body = body;
    this.emitter = body.emitter();
  }

  /** The address and the length of the instruction, or of its data. */
  List<Value> build(Hir.Callback callback) {
    EntryInfo entry = body.module().entry(callback.entry());
    int data = WORD;
    for (Hir capture : callback.captures()) {
      data += Sizes.of(capture.type());
    }
    return callback.isData() ? data(callback, entry, data) : whole(callback, entry, data);
  }

  private List<Value> data(Hir.Callback callback, EntryInfo entry, int size) {
    Value buffer = emitter.slot(size, 8, callback.span());
    selection(callback, entry, buffer, 0);
    return List.of(buffer, emitter.constant(dev.ovsm.ir.Type.U64, size, callback.span()));
  }

  private List<Value> whole(Hir.Callback callback, EntryInfo entry, int data) {
    Span span = callback.span();
    List<Need> accounts = body.module().needs().of(entry.name());
    int size = KEY + WORD + META * accounts.size() + WORD + data;
    Value buffer = emitter.slot(size, 8, span);
    Value area = emitter.constant(dev.ovsm.ir.Type.PTR, ContextArea.ADDRESS, span);
    Value program = emitter.load(dev.ovsm.ir.Type.PTR, area, ContextArea.PROGRAM_ID, span);
    emitter.copy(buffer, program, KEY, span);
    number(buffer, KEY, accounts.size(), span);
    int at = KEY + WORD;
    Iterator<Hir> given = callback.accounts().iterator();
    for (Need need : accounts) {
      boolean isGiven = need.map() == null && need.address() == null && given.hasNext();
      if (isGiven) {
        passed(body.address(given.next()), buffer, at, span);
      } else {
        known(need, buffer, at, span);
      }
      at += META;
    }
    number(buffer, at, data, span);
    selection(callback, entry, buffer, at + WORD);
    return List.of(buffer, emitter.constant(dev.ovsm.ir.Type.U64, size, span));
  }

  /** Writes what selects the entry, and the captured values behind it. */
  private void selection(Hir.Callback callback, EntryInfo entry, Value buffer, int from) {
    Span span = callback.span();
    number(buffer, from, entry.discriminator(), span);
    int at = from + WORD;
    for (Hir capture : callback.captures()) {
      body.storage().store(capture.type(), body.lower(capture), buffer, at, span);
      at += Sizes.of(capture.type());
    }
  }

  /** A meta of an account of the current instruction: as writable as it is here. */
  private void passed(Value record, Value buffer, int at, Span span) {
    Value target = emitter.shift(buffer, at, span);
    emitter.copy(target, emitter.shift(record, Need.KEY, span), KEY, span);
    byteAt(buffer, at + KEY, 0, span);
    Value writable = emitter.load(dev.ovsm.ir.Type.U8, record, Need.WRITABLE, span);
    emitter.store(buffer, at + KEY + 1, writable, span);
  }

  private void known(Need need, Value buffer, int at, Span span) {
    Value target = emitter.shift(buffer, at, span);
    emitter.copy(target, key(need, span), KEY, span);
    byteAt(buffer, at + KEY, 0, span);
    byteAt(buffer, at + KEY + 1, need.writable() ? 1 : 0, span);
  }

  /** The address of the key of an account that the callback needs. */
  private Value key(Need need, Span span) {
    if (need.map() != null) {
      Value data = body.address(new Hir.MapData(need.map(), span));
      return emitter.shift(data, Need.KEY_BEFORE_DATA, span);
    }
    byte[] address = need.address();
    return emitter.data(address == null ? new byte[KEY] : address, 8, span);
  }

  private void number(Value buffer, int offset, long value, Span span) {
    emitter.store(buffer, offset, emitter.constant(dev.ovsm.ir.Type.U64, value, span), span);
  }

  private void byteAt(Value buffer, int offset, long value, Span span) {
    emitter.store(buffer, offset, emitter.constant(dev.ovsm.ir.Type.U8, value, span), span);
  }
}
