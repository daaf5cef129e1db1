package dev.ovsm.frontend.lower;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Failure;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks the accounts of the input up to the last one that is asked for, and keeps where their
 * records are in values.
 *
 * <p>A record is 88 bytes, the data, 10,240 bytes of room to grow, padding to 8 bytes and the rent
 * epoch; a duplicate is 8 bytes whose first is the place of the first occurrence, where others have
 * 255. The first account is never a duplicate.
 */
final class AccountWalk {
  /** Addresses are kept as this much less, so that the first one is that of the input. */
  private static final int BEFORE = 8;

  private static final int NO_DUPLICATE = 255;
  private static final int MOST_ACCOUNTS = 255;
  private static final int DATA_LENGTH = 80;
  private static final int BEHIND_DATA = 88 + 10_240 + 8 + 7;
  private static final int DUPLICATE_BYTES = 8;

  /** Keeps what a record with the longest data takes, in whole words, and shows that it is near. */
  private static final int WHOLE_WORDS = 0xfffff8;

  private final Emitter emitter;
  private final FunctionBuilder builder;
  private final List<Variable> records = new ArrayList<>();
  private final Variable cursor;
  private final Value count;

  /** Emits the walk over an input at the start of a function. */
  AccountWalk(Emitter emitter, Value input, InputUse use, Span span) {
    this.emitter = emitter;
    this.builder = emitter.at(span);
    this.cursor = builder.variable("cursor", Type.PTR);
    this.count = builder.load(Type.U64, input, 0);
    for (int i = 0; i < use.accounts(); i++) {
      Variable record = builder.variable("account-" + i, Type.PTR);
      builder.write(record, i == 0 ? input : builder.constant(Type.PTR, 0));
      records.add(record);
    }
    builder.write(cursor, input);
    int done = builder.block();
    for (int i = 0; i < use.accounts(); i++) {
      boolean goesOn = use.end() || i + 1 < use.accounts();
      account(i, goesOn, done);
    }
    builder.jump(done);
    builder.enter(done);
    if (use.end()) {
      rest(use.accounts());
    }
  }

  /** The account at a place, if there is one, and the cursor behind it if it goes on. */
  private void account(int place, boolean goesOn, int done) {
    if (place > 0 || goesOn) {
      int present = builder.block();
      builder.branch(
          builder.compare(Comparison.GT, count, builder.constant(Type.U64, place)), present, done);
      builder.enter(present);
    }
    Value record = builder.read(cursor);
    if (place == 0) {
      if (goesOn) {
        pass(record);
      }
      return;
    }
    int first = builder.block();
    int again = builder.block();
    int join = builder.block();
    Value marker = builder.load(Type.U8, record, BEFORE);
    builder.branch(isFirst(marker), first, again);
    builder.enter(first);
    builder.write(records.get(place), record);
    if (goesOn) {
      pass(record);
    }
    builder.jump(join);
    builder.enter(again);
    duplicate(place, marker, join);
    builder.enter(join);
  }

  private Value isFirst(Value marker) {
    return builder.compare(Comparison.EQ, marker, builder.constant(Type.U8, NO_DUPLICATE));
  }

  /** Moves the cursor behind a record that is not a duplicate. */
  private void pass(Value record) {
    Value length = builder.load(Type.U64, record, BEFORE + DATA_LENGTH);
    Value room =
        builder.binary(BinaryOp.ADD, Mode.WRAP, length, builder.constant(Type.U64, BEHIND_DATA));
    Value words = builder.constant(Type.U64, WHOLE_WORDS);
    Value padded = builder.binary(BinaryOp.AND, Mode.WRAP, room, words);
    builder.write(cursor, builder.binary(BinaryOp.ADD, Mode.WRAP, record, padded));
  }

  /** The record of the account that the marker says, one before the place. */
  private void duplicate(int place, Value marker, int join) {
    builder.write(cursor, builder.offset(builder.read(cursor), DUPLICATE_BYTES));
    int wrong = builder.block();
    List<Terminator.Case> cases = new ArrayList<>();
    List<Integer> arms = new ArrayList<>();
    for (int i = 0; i < place; i++) {
      int arm = builder.block();
      arms.add(arm);
      cases.add(new Terminator.Case(i, new Target(arm, List.of())));
    }
    builder.switchOn(marker, cases, new Target(wrong, List.of()));
    for (int i = 0; i < place; i++) {
      builder.enter(arms.get(i));
      builder.write(records.get(place), builder.read(records.get(i)));
      builder.jump(join);
    }
    builder.enter(wrong);
    builder.fail(Failure.MISSING_ACCOUNT);
  }

  /** Moves the cursor behind all accounts from a place on. */
  private void rest(int from) {
    Variable place = builder.variable("place", Type.U64);
    int more = builder.block();
    int few = builder.block();
    int header = builder.block();
    int body = builder.block();
    int done = builder.block();
    Value first = builder.constant(Type.U64, from);
    builder.branch(builder.compare(Comparison.GT, count, first), more, done);
    builder.enter(more);
    Value most = builder.constant(Type.U64, MOST_ACCOUNTS);
    int many = builder.block();
    builder.branch(builder.compare(Comparison.LE, count, most), few, many);
    builder.enter(many);
    builder.fail(Failure.MISSING_ACCOUNT);
    builder.enter(few);
    builder.write(place, first);
    builder.jump(header);
    builder.enter(header);
    builder.branch(builder.compare(Comparison.LT, builder.read(place), count), body, done);
    builder.enter(body);
    Value record = builder.read(cursor);
    int whole = builder.block();
    int again = builder.block();
    int join = builder.block();
    builder.branch(isFirst(builder.load(Type.U8, record, BEFORE)), whole, again);
    builder.enter(whole);
    pass(record);
    builder.jump(join);
    builder.enter(again);
    builder.write(cursor, builder.offset(record, DUPLICATE_BYTES));
    builder.jump(join);
    builder.enter(join);
    Value one = builder.constant(Type.U64, 1);
    builder.write(place, builder.binary(BinaryOp.ADD, Mode.CHECK, builder.read(place), one));
    builder.jump(header);
    builder.enter(done);
  }

  /** The record of the account at a place; fails where there is none. */
  Value record(int place, Span at) {
    emitter.at(at);
    Value index = builder.constant(Type.U64, place);
    emitter.require(builder.compare(Comparison.GT, count, index), Failure.MISSING_ACCOUNT, at);
    Value record = builder.offset(builder.read(records.get(place)), BEFORE);
    return builder.convert(Type.U64, Mode.EXACT, record);
  }

  /** A word that the context area would have. */
  Value word(int offset, Span at) {
    emitter.at(at);
    if (offset == 0) {
      Value most = builder.constant(Type.U64, MOST_ACCOUNTS);
      emitter.require(builder.compare(Comparison.LE, count, most), Failure.MISSING_ACCOUNT, at);
      return count;
    }
    Value end = builder.offset(builder.read(cursor), BEFORE);
    Value data = builder.offset(end, 8);
    if (offset == ContextArea.INSTRUCTION_DATA) {
      return builder.convert(Type.U64, Mode.EXACT, data);
    }
    Value length = builder.load(Type.U64, end, 0);
    if (offset == ContextArea.INSTRUCTION_LENGTH) {
      return length;
    }
    Value id = builder.binary(BinaryOp.ADD, Mode.WRAP, data, length);
    return builder.convert(Type.U64, Mode.EXACT, id);
  }
}
