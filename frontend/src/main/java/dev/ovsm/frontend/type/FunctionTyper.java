package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.ast.Ast;
import dev.ovsm.frontend.ast.Operation;
import dev.ovsm.frontend.ast.Variable;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Local;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import dev.ovsm.frontend.hir.Type.Freedom;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Mode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Types the body of one function instance from top to bottom: what a variable is follows from what
 * it is bound to, and only literals wait for their uses.
 */
final class FunctionTyper {
  private final Session session;
  private final Context context;
  private final Type result;
  private final Map<Variable, Local> locals = new LinkedHashMap<>();
  private final Agreement agreement;
  private final Calls calls;
  private final Rounds rounds;
  private @Nullable Reassigned reassigned;
  private @Nullable Hir previous;
  private boolean exits;

  FunctionTyper(Session session, Type result) {
    this.session = session;
    this.context = session.context();
    this.result = result;
    this.agreement = new Agreement(session);
    this.calls = new Calls(session, this);
    this.rounds = new Rounds(this);
  }

  Session session() {
    return session;
  }

  Context context() {
    return context;
  }

  /** The loops around what is being typed. */
  Rounds rounds() {
    return rounds;
  }

  /** Types the code of a function, which all that it assigns is part of. */
  void in(Ast whole) {
    reassigned = new Reassigned(this, whole);
  }

  /** Says that what the code returns is the program's exit code. */
  void exits() {
    exits = true;
  }

  Agreement agreement() {
    return agreement;
  }

  /** Binds a variable of the source to a typed local. */
  void bind(Variable variable, Local local) {
    locals.put(context.program().canonical(variable), local);
  }

  Optional<Local> local(Variable variable) {
    return Optional.ofNullable(locals.get(context.program().canonical(variable)));
  }

  /** Every variable bound so far, by name; of several with one name the last. */
  Map<String, Local> visible() {
    Map<String, Local> all = new LinkedHashMap<>();
    locals.forEach((variable, local) -> all.put(variable.name(), local));
    return all;
  }

  /** An expression whose value is used. */
  Hir value(Ast ast) {
    return type(ast, true);
  }

  /** An expression whose value is not used: an error code in it is checked. */
  Hir effect(Ast ast) {
    Hir typed = type(ast, false);
    return discards(typed) ? new Hir.Discard(typed, typed.span()) : typed;
  }

  static boolean discards(Hir typed) {
    Type type = Type.resolved(typed.type());
    return type != Basic.UNIT && type != Basic.NEVER;
  }

  private Hir type(Ast ast, boolean used) {
    if (ast instanceof Ast.Whole whole) {
      return whole(whole);
    } else if (ast instanceof Ast.Fraction fraction) {
      Type.Var var = context.fraction(fraction.value(), fraction.span());
      return new Hir.FractionConstant(fraction.value(), var, fraction.span());
    } else if (ast instanceof Ast.Text text) {
      return new Hir.TextConstant(text.value(), text.span());
    } else if (ast instanceof Ast.Bool bool) {
      BigInteger value = bool.value() ? BigInteger.ONE : BigInteger.ZERO;
      return new Hir.Constant(value, Basic.BOOL, bool.span());
    } else if (ast instanceof Ast.Null) {
      return new Hir.Absent(new Type.Option(context.var(Freedom.ANY, ast.span())), ast.span());
    } else if (ast instanceof Ast.PublicKey key) {
      return new Hir.BytesConstant(key.bytes(), 8, Basic.PUBKEY, key.span());
    } else if (ast instanceof Ast.Key key) {
      return agreement.misplacedKeyword(key);
    } else if (ast instanceof Ast.Use use) {
      return use(use);
    } else if (ast instanceof Ast.Global global) {
      return calls.global(global);
    } else if (ast instanceof Ast.Primitive primitive) {
      return calls.primitiveValue(primitive);
    } else if (ast instanceof Ast.Define define) {
      return define(define);
    } else if (ast instanceof Ast.Assign assign) {
      return assign(assign);
    } else if (ast instanceof Ast.Do body) {
      return sequence(body, used);
    } else if (ast instanceof Ast.If choice) {
      return new Conditions(this).choose(choice, used);
    } else if (ast instanceof Ast.Logic logic) {
      return new Conditions(this).logic(logic);
    } else if (ast instanceof Ast.Case select) {
      return new Selection(session, this).type(select, used);
    } else if (ast instanceof Ast.TypeCase select) {
      return new TypeSelection(this, session).type(select, used);
    } else if (ast instanceof Ast.MapEach each) {
      return new MapLoops(session, this).each(each);
    } else if (ast instanceof Ast.MakeLike make) {
      return new Collections(this).like(make);
    } else if (ast instanceof Ast.While loop) {
      return rounds.repeat(loop);
    } else if (ast instanceof Ast.Count count) {
      return new Counting(this).count(count);
    } else if (ast instanceof Ast.Each each) {
      return new Counting(this).each(each);
    } else if (ast instanceof Ast.Break || ast instanceof Ast.Continue) {
      return rounds.jump(ast instanceof Ast.Break, ast.span());
    } else if (ast instanceof Ast.Return leave) {
      return leave(leave);
    } else if (ast instanceof Ast.Lambda lambda) {
      return lambda(lambda);
    } else if (ast instanceof Ast.Apply apply) {
      return calls.apply(apply, used);
    } else if (ast instanceof Ast.Vector vector) {
      return new Collections(this).vector(vector);
    } else if (ast instanceof Ast.Fields fields) {
      return fields(fields);
    } else if (ast instanceof Ast.The the) {
      Type wanted = session.types().read(the.type());
      return agreement.as(value(the.value()), wanted, the.type().span());
    } else if (ast instanceof Ast.Make make) {
      return new Collections(this).fresh(session.types().read(make.type()), make.span());
    } else if (ast instanceof Ast.Finally last) {
      return new Attempts(this).ended(last, used);
    } else if (ast instanceof Ast.Try attempt) {
      return new Attempts(this).attempt(attempt, used);
    } else if (ast instanceof Ast.Catch caught) {
      return new Throws(session, this).caught(caught, used);
    } else if (ast instanceof Ast.Throw thrown) {
      return new Throws(session, this).thrown(thrown);
    } else if (ast instanceof Ast.Range range) {
      return new Ranges(this).range(range);
    }
    return new Hir.Nothing(Basic.BROKEN, ast.span());
  }

  private Hir whole(Ast.Whole whole) {
    if (whole.suffix() == null) {
      return context.literal(whole.value(), whole.span());
    }
    Type type = session.types().number(whole.suffix());
    return context.constant(whole.value(), type, whole.span());
  }

  private Hir use(Ast.Use use) {
    Optional<Local> local = local(use.variable());
    Ast.Lambda recursive = context.program().recursive().get(use.variable());
    if (local.isEmpty() && recursive != null) {
      return lambda(recursive);
    }
    if (local.isEmpty()) {
      // Its definition was broken, or it stands in a branch that was not typed.
      return new Hir.Nothing(Basic.BROKEN, use.span());
    }
    return new Hir.Read(local.get(), use.span());
  }

  private Hir define(Ast.Define define) {
    Variable variable = define.variable();
    Hir value =
        define.value() instanceof Ast.Make make
            ? new Collections(this).made(variable, make, reassigned)
            : agreement.decay(value(define.value()));
    if (variable.type() != null) {
      Type wanted = session.types().read(variable.type());
      value = agreement.coerce(value, wanted, variable.name() + " is", variable.type().span());
    }
    Optional<Local> earlier = local(variable);
    session
        .mapPlaces()
        .define(context.program().canonical(variable), define.value(), earlier.isEmpty());
    if (earlier.isPresent()) {
      Local known = earlier.get();
      value = agreement.coerce(value, known.type(), "defined before", known.span());
      return new Hir.Write(known, value, define.span());
    }
    value = reassigned == null ? value : reassigned.widened(variable, value);
    boolean hoisted = context.program().isHoisted(variable);
    Local local =
        hoisted
            ? context.hoisted(variable.name(), value.type(), variable.span())
            : context.local(variable.name(), value.type(), variable.span());
    bind(variable, local);
    return new Hir.Write(local, value, define.span());
  }

  private Hir assign(Ast.Assign assign) {
    if (assign.place() instanceof Ast.Use use) {
      Optional<Local> local = local(use.variable());
      session.mapPlaces().forget(context.program().canonical(use.variable()));
      Hir value = agreement.decay(value(assign.value()));
      if (local.isEmpty()) {
        return new Hir.Nothing(Basic.BROKEN, assign.span());
      }
      Hir fitting =
          agreement.coerce(value, local.get().type(), "bound here as", local.get().span());
      return new Hir.Write(local.get(), fitting, assign.span());
    }
    return new Places(this, session).assign(assign);
  }

  private Hir sequence(Ast.Do body, boolean used) {
    List<Hir> all = new ArrayList<>();
    int last = body.body().size() - 1;
    for (int i = 0; i <= last; i++) {
      Ast next = body.body().get(i);
      if (i < last && isTailCall(body.body().get(i + 1))) {
        all.add(remembered(next));
      } else {
        all.add(i == last && used ? value(next) : effect(next));
      }
    }
    return new Hir.Sequence(all, body.span());
  }

  private static boolean isTailCall(Ast ast) {
    return ast instanceof Ast.Apply apply
        && apply.function() instanceof Ast.Primitive primitive
        && primitive.builtin() == Operation.TAIL_CALL;
  }

  /** The form before a tail call, whose value the callee may get. */
  private Hir remembered(Ast ast) {
    Hir typed = value(ast);
    if (typed instanceof Hir.Write write) {
      previous = new Hir.Read(write.local(), ast.span());
      return typed;
    }
    if (!discards(typed) || Type.resolved(typed.type()) == Basic.CODE) {
      previous = null;
      return effect(ast);
    }
    Hir plain = agreement.decay(typed);
    Local local = context.local("value", plain.type(), ast.span());
    previous = new Hir.Read(local, ast.span());
    return new Hir.Write(local, plain, ast.span());
  }

  /** The value of the form before the one being typed, if a tail call wants it. */
  Optional<Hir> previous() {
    return Optional.ofNullable(previous);
  }

  /** A value as a {@code u64}: a number of another type keeps its bits. */
  Optional<Hir> word(Ast ast) {
    return agreement
        .number(value(ast))
        .map(number -> Agreement.convert(number, Type.U64, Mode.WRAP, number.span()));
  }

  /** A truth value: numbers but 0 and present options are true. */
  Hir condition(Ast ast) {
    return agreement.truth(value(ast));
  }

  private Hir leave(Ast.Return leave) {
    Hir value =
        leave.value() == null ? new Hir.Nothing(Basic.UNIT, leave.span()) : value(leave.value());
    Type known = Type.resolved(result);
    if (known == Basic.UNIT) {
      Hir discarded = discards(value) ? new Hir.Discard(value, value.span()) : value;
      Hir nothing = new Hir.Nothing(Basic.UNIT, leave.span());
      return new Hir.Sequence(
          List.of(discarded, new Hir.Return(nothing, leave.span())), leave.span());
    }
    Hir plain = exits ? new Conditions(this).code(value) : agreement.decay(value);
    Hir fitting = agreement.coerce(plain, result, "returned", leave.span());
    return new Hir.Return(fitting, leave.span());
  }

  private Hir lambda(Ast.Lambda lambda) {
    List<Hir> captured = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    for (Variable variable : lambda.captures()) {
      Hir read = use(new Ast.Use(variable, lambda.span()));
      captured.add(read);
      types.add(read.type());
    }
    return new Hir.Compose(captured, new Type.Closure(lambda, types), lambda.span());
  }

  private Hir fields(Ast.Fields record) {
    List<Hir> values = new ArrayList<>();
    List<Type.Field> fields = new ArrayList<>();
    for (Ast.Field field : record.fields()) {
      Hir value = agreement.decay(value(field.value()));
      values.add(value);
      fields.add(new Type.Field(field.name(), value.type()));
    }
    return new Hir.Compose(values, new Type.Fields(fields), record.span());
  }

  /** {@code !condition}. */
  static Hir not(Hir condition, Span span) {
    Hir no = new Hir.Constant(BigInteger.ZERO, Basic.BOOL, span);
    return new Hir.Compare(Comparison.EQ, condition, no, span);
  }
}
