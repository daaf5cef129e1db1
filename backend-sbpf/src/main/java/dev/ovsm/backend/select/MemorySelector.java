package dev.ovsm.backend.select;

import dev.ovsm.backend.machine.Location;
import dev.ovsm.backend.machine.Opcodes;
import dev.ovsm.ir.Inst;
import dev.ovsm.ir.Type;
import dev.ovsm.sbpf.Syscall;
import java.util.List;

/** Loads, stores, copies and zeros; large blocks are left to the runtime. */
final class MemorySelector {
  private static final String MEMMOVE = Syscall.SOL_MEMMOVE_.symbol();
  private static final String MEMSET = Syscall.SOL_MEMSET_.symbol();

  private final Emitter out;
  private final Values values;

  MemorySelector(Emitter out, Values values) {
    this.out = out;
    this.values = values;
  }

  void load(Inst.Load inst) {
    Type type = inst.result().type();
    int dst = values.home(inst.result());
    Values.Operand from = values.memory(inst.address(), inst.offset(), type.bytes());
    out.code(Opcodes.load(type.bytes()), dst, from.base(), from.offset(), 0, from.link());
    if (type.signed() || type == Type.BOOL) {
      out.cut(dst, type);
    }
  }

  void store(Inst.Store inst) {
    int bytes = inst.value().type().bytes();
    Values.Operand to = values.memory(inst.address(), inst.offset(), bytes);
    Long constant = values.constant(inst.value());
    if (constant != null && (bytes < 8 || Opcodes.fits(constant))) {
      storeImmediate(to, bytes, constant.intValue());
    } else {
      store(to, bytes, values.register(inst.value()));
    }
  }

  private void store(Values.Operand to, int bytes, int register) {
    out.code(Opcodes.store(bytes), to.base(), register, to.offset(), 0, to.link());
  }

  private void storeImmediate(Values.Operand to, int bytes, int value) {
    out.code(Opcodes.storeImmediate(bytes), to.base(), 0, to.offset(), value, to.link());
  }

  void copy(Inst.Copy inst) {
    if (!BlockMoves.isInline(inst)) {
      values.arguments(List.of(inst.target(), inst.source()));
      out.constant(Location.FIRST_ARGUMENT + 2, inst.bytes());
      out.host(MEMMOVE, 3);
      return;
    }
    Values.Operand to = values.memory(inst.target(), 0, inst.bytes());
    Values.Operand from = values.memory(inst.source(), 0, inst.bytes());
    for (BlockMoves.Piece piece : BlockMoves.pieces(inst.bytes())) {
      int register = out.fresh();
      Values.Operand at = from.plus(piece.offset());
      out.code(Opcodes.load(piece.bytes()), register, at.base(), at.offset(), 0, at.link());
      store(to.plus(piece.offset()), piece.bytes(), register);
    }
  }

  void zero(Inst.Zero inst) {
    if (!BlockMoves.isInline(inst)) {
      values.arguments(List.of(inst.target()));
      out.constant(Location.FIRST_ARGUMENT + 1, 0);
      out.constant(Location.FIRST_ARGUMENT + 2, inst.bytes());
      out.host(MEMSET, 3);
      return;
    }
    Values.Operand to = values.memory(inst.target(), 0, inst.bytes());
    for (BlockMoves.Piece piece : BlockMoves.pieces(inst.bytes())) {
      storeImmediate(to.plus(piece.offset()), piece.bytes(), 0);
    }
  }
}
