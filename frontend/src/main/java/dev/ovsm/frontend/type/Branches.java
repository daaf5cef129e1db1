package dev.ovsm.frontend.type;

import dev.ovsm.diag.Span;
import dev.ovsm.frontend.hir.Hir;
import dev.ovsm.frontend.hir.Type;
import dev.ovsm.frontend.hir.Type.Basic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings the values of branches, one of which is taken, to one type. */
final class Branches {
  private final Context context;
  private final Agreement agreement;
  private final String what;

  /**
   * @param what branches are called in a report
   */
  Branches(Context context, Agreement agreement, String what) {
    this.context = context;
    this.agreement = agreement;
    this.what = what;
  }

  /** The type that all branches agree on; each is changed in place to have it. */
  Type join(List<Hir> branches, Span span) {
    Type joined = Basic.NEVER;
    boolean nothing = false;
    boolean optional = false;
    for (Hir branch : branches) {
      Type type = Type.resolved(branch.type());
      nothing |= type == Basic.UNIT;
      optional |= type instanceof Type.Option;
    }
    if (nothing && hasValue(branches)) {
      // Where there is no value, there is none: null.
      branches.replaceAll(this::orNull);
      nothing = false;
      optional = true;
    }
    if (nothing) {
      branches.replaceAll(
          branch -> FunctionTyper.discards(branch) ? new Hir.Discard(branch, span) : branch);
      return Basic.UNIT;
    }
    boolean codes =
        branches.stream()
            .map(branch -> Type.resolved(branch.type()))
            .allMatch(type -> type == Basic.CODE || type == Basic.NEVER);
    if (codes) {
      return Basic.CODE;
    }
    if (optional) {
      branches.replaceAll(this::wrapped);
    }
    Optional<Type> choice = choice(branches);
    if (choice.isPresent()) {
      return choice.get();
    }
    if (areRecordsOfFunctions(branches)) {
      return records(branches, span);
    }
    Hir first = null;
    for (int i = 0; i < branches.size(); i++) {
      Hir branch = agreement.decay(branches.get(i));
      branches.set(i, branch);
      Type type = Type.resolved(branch.type());
      if (type == Basic.NEVER || type == Basic.BROKEN) {
        continue;
      }
      if (first == null) {
        first = branch;
        joined = type;
      } else if (agreement.same(first, branch, span, what).isEmpty()) {
        return Basic.BROKEN;
      }
    }
    return joined;
  }

  /** Whether a branch has a value, and none has a code, which is checked where it is not used. */
  private static boolean hasValue(List<Hir> branches) {
    boolean found = false;
    for (Hir branch : branches) {
      Type type = Type.resolved(branch.type());
      if (type == Basic.CODE || type == Basic.ID) {
        return false;
      }
      found |= type != Basic.BROKEN && FunctionTyper.discards(branch);
    }
    return found;
  }

  private Hir orNull(Hir branch) {
    if (Type.resolved(branch.type()) != Basic.UNIT) {
      return branch;
    }
    Span span = branch.span();
    Hir absent = new Hir.Absent(new Type.Option(context.var(Type.Freedom.ANY, span)), span);
    return branch instanceof Hir.Nothing ? absent : new Hir.Sequence(List.of(branch, absent), span);
  }

  /** The choice among functions that branches are; each is changed in place to be one of it. */
  private Optional<Type> choice(List<Hir> branches) {
    List<Type> types =
        branches.stream()
            .map(branch -> Type.resolved(branch.type()))
            .filter(type -> !Choices.isSilent(type))
            .toList();
    Choices choices = new Choices(context);
    Optional<Type.Choice> all = choices.of(types);
    all.ifPresent(
        choice ->
            branches.replaceAll(
                branch ->
                    Choices.isSilent(Type.resolved(branch.type()))
                        ? branch
                        : choices.as(branch, choice).orElseThrow()));
    return all.map(choice -> choice);
  }

  /** Whether branches are written as records with the same names, some of them of functions. */
  private static boolean areRecordsOfFunctions(List<Hir> branches) {
    boolean functions = false;
    for (Hir branch : branches) {
      if (!(branch instanceof Hir.Compose)
          || !(Type.resolved(branch.type()) instanceof Type.Fields record)
          || !names(record).equals(names(branches.get(0)))) {
        return false;
      }
      functions |=
          record.fields().stream()
              .anyMatch(field -> Agreement.isFunction(Type.resolved(field.type())));
    }
    return functions && branches.size() > 1;
  }

  private static List<String> names(Hir value) {
    return Type.resolved(value.type()) instanceof Type.Fields record ? names(record) : List.of();
  }

  private static List<String> names(Type.Fields record) {
    return record.fields().stream().map(Type.Field::name).toList();
  }

  /** The type of a record whose fields hold those of any branch. */
  private Type records(List<Hir> branches, Span span) {
    List<String> names = names(branches.get(0));
    List<List<Hir>> parts = new ArrayList<>();
    List<Type.Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<Hir> each = new ArrayList<>();
      for (Hir branch : branches) {
        each.add(((Hir.Compose) branch).parts().get(i));
      }
      fields.add(new Type.Field(names.get(i), join(each, span)));
      parts.add(each);
    }
    Type.Fields type = new Type.Fields(fields);
    for (int i = 0; i < branches.size(); i++) {
      int branch = i;
      List<Hir> own = parts.stream().map(each -> each.get(branch)).toList();
      branches.set(i, new Hir.Compose(own, type, branches.get(i).span()));
    }
    return type;
  }

  private Hir wrapped(Hir branch) {
    Hir plain = agreement.decay(branch);
    Type type = Type.resolved(plain.type());
    boolean already = type instanceof Type.Option || type == Basic.NEVER || type == Basic.BROKEN;
    return already ? plain : new Hir.Present(plain, new Type.Option(type), plain.span());
  }
}
