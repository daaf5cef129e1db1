package dev.ovsm.runtime.jit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes a function as static methods of a class: one that is called, and if that would be too
 * large, one for each of its parts.
 *
 * <p>The parts leave registers in fields and return a position to go on at: the number of a part
 * and of one of its entries, or -1 when the function has returned.
 */
final class FunctionEmitter {
  private static final String INVOCATION = Type.getDescriptor(Invocation.class);
  private static final String PART = "(" + INVOCATION + "II)I";
  private static final int ENTRY_BITS = 16;
  private static final int RETURNED = -1;

  /** How many other methods a method chooses from, so that it stays small. */
  private static final int CHOICES = 100;

  private final ClassVisitor classVisitor;
  private final String className;
  private final Compilation compilation;
  private final Liveness liveness;
  private final Predicate<Function> inClass;
  private final ConstantBudget constants = new ConstantBudget();

  /**
   * Writes to a class.
   *
   * @param inClass which functions are in that class
   */
  FunctionEmitter(
      ClassVisitor classVisitor,
      String className,
      Compilation compilation,
      Predicate<Function> inClass) {
    this.classVisitor = classVisitor;
    this.className = className;
    this.compilation = compilation;
    this.liveness = compilation.liveness();
    this.inClass = inClass;
  }

  /** Writes the methods of a function. */
  void emit(Function function, Limits limits) {
    Loops loops = Loops.of(compilation, function);
    List<Part> parts = Part.cut(compilation, function, loops, limits);
    if (parts.size() == 1) {
      whole(function, loops);
    } else {
      Map<Integer, Integer> positions = positions(parts);
      parts.forEach(part -> part(function, part, loops.within(part.blocks()), positions));
      conductor(function, parts, positions);
    }
  }

  /** Begins a method with the given parameters. */
  MethodCode method(String name, String descriptor, Locals locals) {
    return new MethodCode(
        classVisitor.visitMethod(Opcodes.ACC_STATIC, name, descriptor, null, null),
        locals,
        constants);
  }

  /** Calls the method of a function; its arguments are on the stack. */
  void callMethod(MethodCode code, Function function) {
    int registers = Integer.bitCount(liveness.needed(function));
    code.callStatic(
        className, name(function), "(" + INVOCATION + "JI" + "J".repeat(registers) + ")J");
  }

  private static String name(Function function) {
    return "f" + function.entry().first();
  }

  private MethodCode functionMethod(Function function, Locals locals) {
    int registers = Integer.bitCount(liveness.needed(function));
    return method(name(function), "(" + INVOCATION + "JI" + "J".repeat(registers) + ")J", locals);
  }

  private Locals parameters(Function function) {
    Locals locals = new Locals();
    locals.addInvocation();
    locals.addMeter();
    locals.addDepth();
    locals.addRegisters(liveness.needed(function));
    return locals;
  }

  private void whole(Function function, Loops loops) {
    Locals locals = parameters(function);
    Needs needs = Needs.of(compilation, function, function.blocks());
    locals.addNeeds(needs);
    locals.addNear(loops.loads(), loops.stores());
    MethodCode code = functionMethod(function, locals);
    code.setUp(needs, liveness.needed(function), compilation);
    code.setUpNear(loops);
    BodyEmitter body = new BodyEmitter(code, compilation, function, loops, new InWhole());
    if (function.blocks().get(0).index() != function.entry().index()) {
      code.goTo(body.labelOf(function.entry()));
    }
    body.emit(function.blocks());
    code.end();
  }

  private void part(Function function, Part part, Loops loops, Map<Integer, Integer> positions) {
    Locals locals = new Locals();
    locals.addInvocation();
    locals.addDepth();
    locals.addPosition();
    locals.addMeter();
    Needs needs = Needs.of(compilation, function, part.blocks());
    locals.addNeeds(needs);
    locals.addNear(loops.loads(), loops.stores());
    MethodCode code = method(partName(function, part.index()), PART, locals);
    code.invocation();
    code.field(Opcodes.GETFIELD, "remaining", "J");
    code.setMeter();
    code.setUp(needs, 0, compilation);
    code.setUpNear(loops);
    BodyEmitter body = new BodyEmitter(code, compilation, function, loops, new InPart(positions));
    List<Label> labels = new ArrayList<>();
    part.entries().forEach(entry -> labels.add(new Label()));
    code.variable(Opcodes.ILOAD, locals.position());
    code.intConstant(0xFFFF);
    code.op(Opcodes.IAND);
    code.choose(labels);
    for (int i = 0; i < labels.size(); i++) {
      Block entry = part.entries().get(i);
      code.label(labels.get(i));
      code.reload(liveness.liveIn(function, entry));
      code.goTo(body.labelOf(entry));
    }
    body.emit(part.blocks());
    code.end();
  }

  /** The method that is called for a function in parts; it calls the parts in turn. */
  private void conductor(Function function, List<Part> parts, Map<Integer, Integer> positions) {
    List<String> names = new ArrayList<>();
    parts.forEach(part -> names.add(partName(function, part.index())));
    int perChoice = 1;
    List<String> choices = names;
    if (names.size() > CHOICES) {
      perChoice = CHOICES;
      choices = new ArrayList<>();
      for (int from = 0; from < names.size(); from += CHOICES) {
        int to = Math.min(from + CHOICES, names.size());
        String name = name(function) + "g" + from;
        chooser(name, names.subList(from, to), from);
        choices.add(name);
      }
    }
    Locals locals = parameters(function);
    locals.addPosition();
    MethodCode code = functionMethod(function, locals);
    code.intConstant(position(positions, function.entry()));
    code.variable(Opcodes.ISTORE, locals.position());
    code.spill(liveness.needed(function));
    code.invocation();
    code.meter();
    code.field(Opcodes.PUTFIELD, "remaining", "J");
    Label loop = new Label();
    code.label(loop);
    choose(code, choices, 0, perChoice);
    code.op(Opcodes.DUP);
    code.variable(Opcodes.ISTORE, locals.position());
    code.jump(Opcodes.IFGE, loop);
    code.invocation();
    code.field(Opcodes.GETFIELD, "remaining", "J");
    code.op(Opcodes.LRETURN);
    code.end();
  }

  /** A method like a part's that calls one of some parts. */
  private void chooser(String name, List<String> parts, int first) {
    Locals locals = new Locals();
    locals.addInvocation();
    locals.addDepth();
    locals.addPosition();
    MethodCode code = method(name, PART, locals);
    choose(code, parts, first, 1);
    code.op(Opcodes.IRETURN);
    code.end();
  }

  /** Calls one of some methods by the position, and leaves the next position on the stack. */
  private void choose(MethodCode code, List<String> methods, int first, int perChoice) {
    List<Label> labels = new ArrayList<>();
    methods.forEach(any -> labels.add(new Label()));
    code.variable(Opcodes.ILOAD, code.locals().position());
    code.intConstant(ENTRY_BITS);
    code.op(Opcodes.ISHR);
    code.intConstant(first);
    code.op(Opcodes.ISUB);
    code.intConstant(perChoice);
    code.op(Opcodes.IDIV);
    code.choose(labels);
    Label chosen = new Label();
    for (int i = 0; i < labels.size(); i++) {
      code.label(labels.get(i));
      code.invocation();
      code.depth();
      code.variable(Opcodes.ILOAD, code.locals().position());
      code.callStatic(className, methods.get(i), PART);
      code.goTo(chosen);
    }
    code.labelWithInt(chosen);
  }

  private static String partName(Function function, int part) {
    return name(function) + "p" + part;
  }

  /** Where the entries of all parts are found: by block, the number of the part and the entry. */
  private static Map<Integer, Integer> positions(List<Part> parts) {
    Map<Integer, Integer> positions = new HashMap<>();
    for (Part part : parts) {
      for (int entry = 0; entry < part.entries().size(); entry++) {
        positions.put(part.entries().get(entry).index(), part.index() << ENTRY_BITS | entry);
      }
    }
    return positions;
  }

  private static int position(Map<Integer, Integer> positions, Block block) {
    return Objects.requireNonNull(positions.get(block.index()));
  }

  private void call(MethodCode code, Function callee) {
    int needed = liveness.needed(callee);
    if (inClass.test(callee)) {
      code.invocation();
      code.meter();
      code.innerDepth();
      code.registers(needed);
      callMethod(code, callee);
    } else {
      code.spill(needed);
      code.invocation();
      code.intConstant(callee.index());
      code.meter();
      code.innerDepth();
      code.callInvocation("call", "(IJI)J");
    }
  }

  private final class InWhole implements BodyEmitter.Surroundings {
    @Override
    public void leave(MethodCode code) {
      code.meter();
      code.op(Opcodes.LRETURN);
    }

    @Override
    public void goOn(MethodCode code, Block block) {
      throw new IllegalStateException("a whole function has no other blocks");
    }

    @Override
    public void call(MethodCode code, Function callee) {
      FunctionEmitter.this.call(code, callee);
    }
  }

  private final class InPart implements BodyEmitter.Surroundings {
    private final Map<Integer, Integer> positions;

    InPart(Map<Integer, Integer> positions) {
      this.positions = positions;
    }

    @Override
    public void leave(MethodCode code) {
      leaveWith(code, RETURNED);
    }

    @Override
    public void goOn(MethodCode code, Block block) {
      leaveWith(code, position(positions, block));
    }

    @Override
    public void call(MethodCode code, Function callee) {
      FunctionEmitter.this.call(code, callee);
    }

    private static void leaveWith(MethodCode code, int position) {
      code.invocation();
      code.meter();
      code.field(Opcodes.PUTFIELD, "remaining", "J");
      code.intConstant(position);
      code.op(Opcodes.IRETURN);
    }
  }
}
