package dev.ovsm.diag;

/** Codes of object files, assembly and machine code. */
public enum ObjectCode implements Code {
  NOT_AN_ELF(
      "E0001",
      Severity.ERROR,
      "not a program",
      """
      The file is not a 64-bit little-endian ELF file for sBPF. Compile a source with
      ovsm compile, or name the .so that it wrote.
      """),
  BAD_IR(
      "E0002",
      Severity.ERROR,
      "text IR that does not parse",
      """
      The text of the intermediate representation does not have the form that the compiler prints.
      Print an example with ovsm compile --emit ir and compare. Reading stops at the first place
      that does not fit.
      """),
  NOT_LOADABLE(
      "E0003",
      Severity.ERROR,
      "the loader refuses the file",
      """
      The file is an ELF file, but Solana's loader would refuse it; the message is the loader's
      reason. Files that a compiler wrote load; one that was cut short in a transfer, edited, or
      linked for another machine may not.
      """),
  NOT_VALID(
      "E0004",
      Severity.ERROR,
      "the code breaks a rule of the machine",
      """
      Before a program may run, the chain checks each instruction: that it exists, that jumps stay
      in the code, that r10 is not written, and so on. The message names the rule and the slot of
      the instruction.
      """),
  SYNTAX(
      "E0005",
      Severity.ERROR,
      "not a line of assembly",
      """
      A line of assembly holds a label and a colon, a directive that begins with a dot, an
      instruction, or nothing, and may end in a comment that begins with a semicolon:

          loop:  add64 r1, -1      ; count down
                 jne r1, 0, loop
      """),
  UNKNOWN_MNEMONIC(
      "E0006",
      Severity.ERROR,
      "unknown instruction",
      """
      No version of sBPF has an instruction of this name. Arithmetic carries its width in its name
      (add32, add64), loads and stores their size (ldxb, ldxh, ldxw, ldxdw), comparisons of 32 bits
      end in 32. docs/opcodes.md lists them all.
      """),
  BAD_OPERAND(
      "E0007",
      Severity.ERROR,
      "wrong operands",
      """
      The instruction takes other operands than these. Registers are r0 to r10, memory is written
      [r1+8], a constant is decimal or begins with 0x. The message shows the form that fits.
      """),
  OUT_OF_RANGE(
      "E0008",
      Severity.ERROR,
      "number out of range",
      """
      The number does not fit the field that encodes it: an immediate has 32 bits with a sign, an
      offset and the distance of a jump 16. Load a larger constant with lddw, add a large offset to
      the register first, and go further than 32,767 slots with a jump to a jump.
      """),
  NOT_IN_VERSION(
      "E0009",
      Severity.ERROR,
      "instruction of another version",
      """
      The instruction exists, but not in the version of sBPF that the file is for: 32-bit
      comparisons come with v3; lddw, le, neg, mul, div and mod are missing in v2.
      """),
  DUPLICATE_LABEL(
      "E0010",
      Severity.ERROR,
      "label defined twice",
      """
      A label names one place in a whole file, also one that begins with a dot, and also of
      read-only data. Rename one of the two.
      """),
  UNKNOWN_LABEL(
      "E0011",
      Severity.ERROR,
      "unknown label",
      """
      Nothing in the file has this label. Functions of the machine are called with syscall, not
      with call; data can have its address taken but cannot be gone to.
      """),
  NO_ENTRYPOINT(
      "E0012",
      Severity.ERROR,
      "no entrypoint",
      """
      Execution begins at the label entrypoint, or at the one named by .entry, and there is no
      such label before an instruction.
      """),
  BAD_DIRECTIVE(
      "E0013",
      Severity.ERROR,
      "wrong directive",
      """
      A line that begins with a dot and is no label is an order to the assembler: .sbpf, .entry,
      .rodata, .text, .section, .raw, .align, .string, .hex, .zero, .slot, .file, .loc. This one
      is none of them, stands where it cannot, or lacks what belongs to it.
      """),
  UNKNOWN_SYSCALL(
      "E0014",
      Severity.WARNING,
      "unknown syscall",
      """
      No machine that is known offers a function of this name, so a call that is reached faults.
      docs/syscalls.md lists those of Solana and of the autonomous runtime.
      """),
  UNSUPPORTED_VERSION(
      "E0015",
      Severity.ERROR,
      "files of this version are not written",
      """
      Files are written for sBPF v0, which nearly every deployed program uses, and v3, the newest.
      Other versions can be read, disassembled and run, and assembled again byte for byte.
      """),
  BAD_SECTION(
      "E0016",
      Severity.ERROR,
      "unreadable program information",
      """
      The section .ovsm or .ovsm.lines of the file cannot be read. It was written by another release
      or damaged. The code itself may be whole; compile the program again.
      """),
  FRAME_OVERFLOW(
      "E0017",
      Severity.ERROR,
      "stack frame too large",
      """
      A function's frame has 4,096 bytes for its buffers and for the numbers that do not fit the
      registers. Code that is compiled into a function counts with it. Make buffers smaller, keep
      large values in an account or on the heap, or move parts into functions of their own.
      """);

  private final Meaning meaning;

  ObjectCode(String id, Severity severity, String title, String explanation) {
    this.meaning = new Meaning(id, severity, title, explanation);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
