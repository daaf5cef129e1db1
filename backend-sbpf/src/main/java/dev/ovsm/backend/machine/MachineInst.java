package dev.ovsm.backend.machine;

import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine instruction over {@linkplain Location locations}, or a parallel move. */
public sealed interface MachineInst {
  /** No register. */
  int NONE = -1;

  Span span();

  /** One instruction of the machine; unused fields are 0. */
  record Code(Opcode op, int dst, int src, int off, long imm, @Nullable Link link, Span span)
      implements MachineInst {

    /** Whether this computes the address of a slot: {@code dst} is only written. */
    public boolean isSlotAddress() {
      return op == Opcode.ADD64_IMM && link instanceof Link.Slot;
    }

    public boolean isCall() {
      return op == Opcode.CALL;
    }

    /** Whether this only copies a register. */
    public boolean isCopy() {
      return op == Opcode.MOV64_REG;
    }

    /** Whether this may be done again anywhere instead of keeping its result. */
    public boolean isRepeatable() {
      return isSlotAddress()
          || op == Opcode.LDDW
          || op == Opcode.MOV64_IMM
          || op == Opcode.MOV32_IMM;
    }

    /** Whether {@code dst} is a register that is read. */
    public boolean readsDst() {
      return switch (op.family()) {
        case ALU32, ALU64 -> op.operation() != Operation.MOV && !isSlotAddress();
        case NEG, ENDIAN, STORE_IMM, STORE_REG, JUMP64, JUMP32 -> true;
        case LDDW, LOAD, JUMP, CALL, CALLX, EXIT -> false;
      };
    }

    /** Whether {@code src} is a register that is read. */
    public boolean readsSrc() {
      return op.usesRegister();
    }

    /** Whether {@code dst} is a register that is written. */
    public boolean writesDst() {
      return switch (op.family()) {
        case ALU32, ALU64, NEG, ENDIAN, LDDW, LOAD -> true;
        case STORE_IMM, STORE_REG, JUMP, JUMP64, JUMP32, CALL, CALLX, EXIT -> false;
      };
    }

    /** Whether this may end a block: a jump to one, or the end of the function. */
    public boolean endsBlock() {
      return link instanceof Link.Edge || op == Opcode.EXIT;
    }

    public Code with(int newDst, int newSrc) {
      return new Code(op, newDst, newSrc, off, imm, link, span);
    }

    /** The same as of another place in the source. */
    public Code at(Span place) {
      return new Code(op, dst, src, off, imm, link, place);
    }
  }

  /** Copies that happen at once: every source is read before a target is written. */
  record Moves(List<Move> moves, Span span) implements MachineInst {
    public Moves {
      moves = List.copyOf(moves);
    }
  }

  /** One copy of a {@link Moves}, between locations. */
  record Move(int dst, int src) {}
}
