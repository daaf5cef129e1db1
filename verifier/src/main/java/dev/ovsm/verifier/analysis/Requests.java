package dev.ovsm.verifier.analysis;

import dev.ovsm.sbpf.Argument;
import dev.ovsm.sbpf.Effect;
import dev.ovsm.sbpf.Syscall;
import dev.ovsm.verifier.domain.Word;
import dev.ovsm.verifier.graph.Area;
import dev.ovsm.verifier.graph.Node;
import dev.ovsm.verifier.graph.Op;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The calls that instances can make to watch, to subscribe or to schedule. */
final class Requests {
  private final Instance instance;
  private final Contents contents;
  private final Slots slots;

  private Requests(Instance instance, Area area) {
    this.instance = instance;
    this.contents = new Contents(instance, area);
    this.slots = new Slots(instance, contents);
  }

  static List<Request> of(Collection<Instance> instances, Area area) {
    List<Request> all = new ArrayList<>();
    for (Instance instance : instances) {
      Requests requests = new Requests(instance, area);
      for (Node node : instance.running()) {
        if (node.op() instanceof Op.Syscall call) {
          Syscall.of(call.hash())
              .filter(syscall -> syscall.effects().contains(Effect.REGISTERS))
              .ifPresent(syscall -> all.add(requests.request(node, syscall)));
        }
      }
    }
    return all;
  }

  private Request request(Node call, Syscall syscall) {
    List<Word> arguments = new ArrayList<>();
    for (int input : call.inputs()) {
      arguments.add(instance.ranges().in(input, call.block()));
    }
    List<Word> said = said(call, Request.layout(syscall, arguments));
    if (Request.isNamed(syscall, arguments)) {
      Word name = said.get(0);
      said.addAll(
          name.isConstant()
              ? said(call, Request.filter(name))
              : List.of(Word.unsigned(0, (1 << Short.SIZE) - 1)));
    }
    return new Request(
        syscall, arguments, fromNow(call, syscall), said, call.place(), instance.graph().name());
  }

  private Map<Integer, Word> fromNow(Node call, Syscall syscall) {
    Map<Integer, Word> all = new HashMap<>();
    for (int i = 0; i < Math.min(syscall.arguments().size(), call.inputs().length); i++) {
      if (syscall.arguments().get(i).kind() == Argument.Kind.SLOT) {
        Step step = slots.fromNow(call.input(i));
        if (step != null) {
          all.put(i, Word.signed(step.low(), step.high()));
        }
      }
    }
    return all;
  }

  private List<Word> said(Node call, Request.Layout layout) {
    List<Word> said = new ArrayList<>();
    long at = layout.from();
    for (int bytes : layout.widths()) {
      said.add(contents.of(call, call.input(layout.argument()), at, bytes));
      at += bytes;
    }
    return said;
  }
}
