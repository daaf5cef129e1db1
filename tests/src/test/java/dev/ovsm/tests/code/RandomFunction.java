package dev.ovsm.tests.code;

import dev.ovsm.diag.Span;
import dev.ovsm.ir.BinaryOp;
import dev.ovsm.ir.Comparison;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Mode;
import dev.ovsm.ir.Module;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Type;
import dev.ovsm.ir.Value;
import dev.ovsm.ir.build.FunctionBuilder;
import dev.ovsm.ir.build.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up one function: variables, and statements nested in branches and counted loops. */
final class RandomFunction {
  static final int SLOT_BYTES = 96;
  private static final int DEEPEST = 3;

  private final Random random;
  private final RandomModule.Signature signature;
  private final List<RandomModule.Signature> callable;
  private final FunctionBuilder out;
  private final List<Variable> variables = new ArrayList<>();
  private final RandomValues values;
  private final RandomMemory memory;
  private final boolean isEntry;
  private int statements;

  RandomFunction(
      Random random,
      RandomModule.Signature signature,
      List<RandomModule.Signature> callable,
      int data) {
    this.random = random;
    this.signature = signature;
    this.callable = callable;
    this.out =
        new FunctionBuilder(
            signature.name(), signature.result(), signature.parameters(), Span.none());
    this.values = new RandomValues(random, out, variables);
    this.isEntry = signature.name().equals(Module.ENTRYPOINT);
    this.memory = new RandomMemory(random, out, variables, values, isEntry, data);
    this.statements = isEntry ? 30 : 12;
  }

  Function build() {
    for (int i = 0; i < signature.parameters().size(); i++) {
      if (signature.parameters().get(i) != Type.PTR) {
        declare(out.parameter(i));
      }
    }
    for (int i = 2 + random.nextInt(12); i > 0; i--) {
      Type type = values.type();
      declare(
          isEntry && random.nextBoolean()
              ? out.load(
                  type,
                  out.parameter(0),
                  RandomModule.INPUT_START + random.nextInt(RandomModule.INPUT_BYTES - 8))
              : values.constant(type));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      memory.slot();
    }
    block(0);
    memory.held(new Random(statements * 31L + variables.size()));
    if (isEntry) {
      for (int i = 0; i < variables.size(); i += 5) {
        memory.log(variables.subList(i, Math.min(i + 5, variables.size())));
      }
    }
    if (random.nextInt(3) == 0) {
      sameFailures();
    }
    Type result = signature.result();
    boolean succeeds = isEntry && random.nextInt(4) != 0;
    Value end = result == null || succeeds ? null : values.operand(result);
    out.ret(succeeds ? out.constant(Type.U64, 0) : end);
    return out.build();
  }

  private void declare(Value value) {
    Variable variable = out.variable("v" + variables.size(), value.type());
    out.write(variable, value);
    variables.add(variable);
  }

  private void block(int depth) {
    for (int i = 1 + random.nextInt(6); i > 0 && statements > 0; i--) {
      statements--;
      statement(depth);
    }
  }

  private void statement(int depth) {
    int choice = random.nextInt(depth < DEEPEST ? 20 : 14);
    if (choice < 7) {
      values.assign();
    } else if (choice == 7) {
      exchange();
    } else if (choice == 8) {
      switch (random.nextInt(5)) {
        case 0 -> memory.both();
        case 1, 2 -> memory.access();
        default -> memory.overwrite();
      }
    } else if (choice == 9) {
      memory.input();
    } else if (choice == 10) {
      call();
    } else if (choice == 11) {
      memory.readData();
    } else if (choice == 12 && random.nextInt(4) == 0) {
      memory.log(variables.subList(0, 1));
    } else if (choice == 13) {
      failure();
    } else if (choice < 17) {
      branch(depth);
    } else if (choice < 19) {
      loop(depth);
    } else {
      select(depth);
    }
  }

  /** Rotates variables of one type, so that block arguments form circles. */
  private void exchange() {
    Variable first = values.any();
    List<Variable> same =
        variables.stream().filter(variable -> variable.type() == first.type()).toList();
    List<Value> read = new ArrayList<>();
    same.forEach(variable -> read.add(out.read(variable)));
    for (int i = 0; i < same.size(); i++) {
      out.write(same.get(i), read.get((i + 1) % read.size()));
    }
  }

  private void call() {
    if (callable.isEmpty()) {
      values.assign();
      return;
    }
    RandomModule.Signature callee = callable.get(random.nextInt(callable.size()));
    List<Value> arguments = new ArrayList<>();
    callee.parameters().forEach(type -> arguments.add(values.operand(type)));
    Type result = callee.result();
    if (result == null) {
      out.callVoid(callee.name(), arguments);
      return;
    }
    Value value = out.call(result, callee.name(), arguments);
    variables.stream()
        .filter(variable -> variable.type() == result)
        .findFirst()
        .ifPresent(variable -> out.write(variable, value));
  }

  private void failure() {
    if (random.nextInt(4) != 0) {
      values.assign();
      return;
    }
    int fails = out.block();
    int goes = out.block();
    Value rare = values.operand(Type.U16);
    out.branch(out.compare(Comparison.EQ, rare, values.constant(Type.U16)), fails, goes);
    out.enter(fails);
    out.fail(random.nextBoolean() ? out.constant(Type.U64, 6000) : values.operand(Type.U64));
    out.enter(goes);
  }

  /** Failures that are the same but for what they say. */
  private void sameFailures() {
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      int fails = out.block();
      int goes = out.block();
      List<Value> told = new ArrayList<>(List.of(values.operand(Type.U64)));
      out.branch(values.condition(), fails, goes);
      out.enter(fails);
      while (told.size() < 5) {
        told.add(out.constant(Type.U64, 0));
      }
      out.syscallVoid("sol_log_64_", told);
      out.fail(out.constant(Type.U64, 6000));
      out.enter(goes);
    }
  }

  private void branch(int depth) {
    int then = out.block();
    int otherwise = out.block();
    int join = out.block();
    out.branch(values.condition(), then, otherwise);
    out.enter(then);
    block(depth + 1);
    out.jump(join);
    out.enter(otherwise);
    if (random.nextBoolean()) {
      block(depth + 1);
    }
    out.jump(join);
    out.enter(join);
  }

  private void loop(int depth) {
    Variable counter = out.variable("i", Type.U32);
    Value limit =
        out.binary(
            BinaryOp.AND,
            Mode.WRAP,
            values.operand(Type.U32),
            out.constant(Type.U32, (1L << (1 + random.nextInt(3))) - 1));
    out.write(counter, out.constant(Type.U32, 0));
    int header = out.block();
    int body = out.block();
    int exit = out.block();
    out.jump(header);
    out.enter(header);
    out.branch(out.compare(Comparison.LT, out.read(counter), limit), body, exit);
    out.enter(body);
    if (random.nextBoolean()) {
      memory.step(out.read(counter));
    }
    block(depth + 1);
    Value one = out.constant(Type.U32, 1);
    out.write(counter, out.binary(BinaryOp.ADD, Mode.CHECK, out.read(counter), one));
    if (random.nextInt(3) == 0) {
      int next = out.block();
      out.branch(values.condition(), exit, next);
      out.enter(next);
    }
    out.jump(header);
    out.enter(exit);
  }

  private void select(int depth) {
    Type type = values.type();
    Value value = values.operand(type);
    int join = out.block();
    List<Terminator.Case> cases = new ArrayList<>();
    List<Integer> blocks = new ArrayList<>();
    for (int i = random.nextInt(9); i >= 0; i--) {
      long constant = values.number(type);
      if (cases.stream().noneMatch(each -> each.constant() == constant)) {
        int block = out.block();
        blocks.add(block);
        cases.add(new Terminator.Case(constant, new Terminator.Target(block, List.of())));
      }
    }
    int otherwise = out.block();
    blocks.add(otherwise);
    out.switchOn(value, cases, new Terminator.Target(otherwise, List.of()));
    for (int block : blocks) {
      out.enter(block);
      if (random.nextInt(3) == 0) {
        block(depth + 1);
      } else {
        values.assign();
      }
      out.jump(join);
    }
    out.enter(join);
  }
}
