package dev.ovsm.ir.opt;

import dev.ovsm.ir.Block;
import dev.ovsm.ir.Function;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Terminator;
import dev.ovsm.ir.Terminator.Target;
import dev.ovsm.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts the bodies of functions in place of calls. */
final class Splice {
  private final Map<CallSite, Function> chosen;
  private final List<Block> blocks;
  private final Images images;

  private Splice(Function caller, Map<CallSite, Function> chosen) {
    this.chosen = chosen;
    this.blocks = new ArrayList<>(caller.blocks());
    this.images = new Images(caller);
  }

  /** Replaces the chosen calls of a function by the functions they call. */
  static Function run(Function caller, Map<CallSite, Function> chosen) {
    Splice splice = new Splice(caller, chosen);
    for (Block block : caller.blocks()) {
      splice.block(block);
    }
    Function draft = new Function(caller.name(), caller.result(), splice.blocks, caller.span());
    return Rebuild.ordered(draft, draft.blocks());
  }

  private void block(Block block) {
    int id = block.id();
    List<Value> parameters = block.parameters();
    List<Inst> insts = new ArrayList<>();
    for (int index = 0; index < block.insts().size(); index++) {
      Inst inst = block.insts().get(index);
      Function callee = chosen.get(new CallSite(block.id(), index));
      if (callee == null || !(inst instanceof Inst.Call call)) {
        insts.add(inst);
        continue;
      }
      int body = blocks.size();
      int rest = body + callee.blocks().size();
      Terminator enter = new Terminator.Jump(new Target(body, call.arguments()), call.span());
      blocks.set(id, new Block(id, parameters, insts, enter));
      copy(callee, body, rest, call.result());
      id = rest;
      Value result = call.result();
      parameters = result == null ? List.of() : List.of(result);
      insts = new ArrayList<>();
      blocks.add(new Block(rest, parameters, List.of(), block.terminator()));
    }
    blocks.set(id, new Block(id, parameters, insts, block.terminator()));
  }

  private void copy(Function callee, int body, int rest, @Nullable Value result) {
    @Nullable Value[] copies = new Value[new Images(callee).size()];
    UnaryOperator<Value> copied =
        value -> {
          Value known = copies[value.id()];
          if (known == null) {
            known = images.fresh(value.type());
            copies[value.id()] = known;
          }
          return known;
        };
    for (Block block : callee.blocks()) {
      List<Inst> insts = new ArrayList<>(block.insts().size());
      block.insts().forEach(inst -> insts.add(inst.map(copied, copied)));
      Terminator end = block.terminator();
      if (end instanceof Terminator.Return back) {
        Value value = back.value();
        List<Value> arguments =
            result == null || value == null ? List.of() : List.of(copied.apply(value));
        end = new Terminator.Jump(new Target(rest, arguments), back.span());
      } else {
        end =
            end.map(
                copied,
                target -> new Target(body + target.block(), target.map(copied).arguments()));
      }
      List<Value> parameters = block.parameters().stream().map(copied).toList();
      blocks.add(new Block(blocks.size(), parameters, insts, end));
    }
  }
}
