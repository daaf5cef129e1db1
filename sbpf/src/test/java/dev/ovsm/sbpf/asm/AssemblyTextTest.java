package dev.ovsm.sbpf.asm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ovsm.diag.Diagnostics;
import dev.ovsm.diag.Source;
import dev.ovsm.diag.Span;
import dev.ovsm.sbpf.Family;
import dev.ovsm.sbpf.Insn;
import dev.ovsm.sbpf.Opcode;
import dev.ovsm.sbpf.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AssemblyTextTest {
  @ParameterizedTest
  @EnumSource
  void parsingAPrintedInstructionGivesItBack(Version version) {
    Random random = new Random(5);
    List<Assembly.Item> items = new ArrayList<>();
    for (Opcode op : Opcode.values()) {
      for (int i = 0; op.in(version) && i < 40; i++) {
        Insn insn = Form.written(version, randomInsn(op, random));
        assertThat(Form.isWritable(version, insn)).as("%s", insn).isTrue();
        items.add(new Assembly.Code(insn, null, Span.none()));
      }
    }
    String text = AssemblyPrinter.print(Assembly.of(version, items, List.of()));
    List<Insn> read = new ArrayList<>();
    for (Assembly.Item item : parse(text, new Diagnostics()).orElseThrow().items()) {
      read.add(((Assembly.Code) item).insn());
    }
    assertThat(read).isEqualTo(items.stream().map(one -> ((Assembly.Code) one).insn()).toList());
  }

  private static Insn randomInsn(Opcode op, Random random) {
    int off = (short) (random.nextBoolean() ? random.nextInt() : random.nextInt(5) - 2);
    long imm = random.nextBoolean() ? random.nextInt() : random.nextInt(5) - 2;
    if (op == Opcode.LDDW && random.nextBoolean()) {
      imm = random.nextLong();
    } else if (op.family() == Family.ENDIAN) {
      imm = 16L << random.nextInt(3);
    } else if (op.family() == Family.CALLX) {
      imm = random.nextInt(11);
    }
    int src = op.family() == Family.CALL ? 1 : random.nextInt(11);
    return new Insn(op, random.nextInt(11), src, off, imm);
  }

  @Test
  void anAlignmentBelongsToTheDataAfterIt() {
    List<Assembly.Data> data = new ArrayList<>();
    for (int align : new int[] {1, 8, 1, 4, 2}) {
      data.add(new Assembly.Data("d" + data.size(), new byte[] {1, 2, 3}, align, Span.none()));
    }
    String text = AssemblyPrinter.print(Assembly.of(Version.V0, List.of(), data));
    assertThat(parse(text, new Diagnostics()).orElseThrow().data())
        .extracting(Assembly.Data::align)
        .containsExactly(1, 8, 1, 4, 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"V0", "V3"})
  void parsingPrintedNamesSectionsAndPlacesGivesThemBack(Version version) {
    Source source = new Source("a \"b\"/λ.ovsm", "x\ny");
    Assembly code =
        new AssemblyBuilder(version)
            .label("entry->point?")
            .address(1, "text", 0, source.whole())
            .address(2, "text", -4, source.whole())
            .address(3, ".L1", 8, source.whole())
            .label(".L1")
            .jump(new Insn(Opcode.JNE64_IMM, 1, 0, 0, -1), ".L1", new Span(source, 2, 3))
            .jump(new Insn(Opcode.JA, 0, 0, 0, 0), "entry->point?", Span.none())
            .syscall("sol_log_", Span.none())
            .call("entry->point?", Span.none())
            .code(new Insn(Opcode.EXIT, 0, 0, 0, 0), Span.none())
            .data("text", "\"quoted\" \\ 💓\n\0\u0001tail".getBytes(UTF_8), 8)
            .data("no text", bytes(300), 1)
            .data("empty", new byte[0], 1)
            .build();
    List<Assembly.Section> sections =
        List.of(
            new Assembly.Section(".ovsm", bytes(100)),
            new Assembly.Section("zeros", new byte[1000]));
    assertReadsBack(
        new Assembly(
            version, "entry->point?", code.items(), code.data(), sections, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 33, 1000})
  void theBytesAroundCodeReadBack(int length) {
    List<Assembly.Item> code =
        List.of(new Assembly.Code(new Insn(Opcode.EXIT, 0, 0, 0, 0), null, Span.none()));
    Assembly.Image image = new Assembly.Image(bytes(length), new byte[length]);
    assertReadsBack(
        new Assembly(Version.V1, "entrypoint", code, List.of(), List.of(), Optional.of(image)));
  }

  @Test
  void blanksCaseAndCommentsDoNotMatter() {
    String text =
        """
        .sbpf v3            ; a comment; with a semicolon
        entrypoint: loop:  mov64 r1,+0x10
          ldxw r2 , [ r10 - 8 ]

        \tjeq32 r1,r2,loop
        ja + 1
        .slot 0xff
        syscall 0x207559bd
        exit""";
    Assembly assembly = parse(text, new Diagnostics()).orElseThrow();
    assertThat(AssemblyPrinter.print(assembly))
        .isEqualTo(
            """
            .sbpf v3

            .text
            entrypoint:
            loop:
                mov64 r1, 16
                ldxw r2, [r10-8]
                jeq32 r1, r2, loop
                ja +1
                .slot 0x00000000000000ff
                syscall sol_log_
                exit
            """);
  }

  private static void assertReadsBack(Assembly assembly) {
    String text = AssemblyPrinter.print(assembly);
    Diagnostics diagnostics = new Diagnostics();
    Optional<Assembly> read = parse(text, diagnostics);
    assertThat(diagnostics.list()).isEmpty();
    assertThat(read.orElseThrow())
        .usingRecursiveComparison()
        .ignoringFieldsOfTypes(Span.class)
        .isEqualTo(assembly);
    assertThat(AssemblyPrinter.print(read.orElseThrow())).isEqualTo(text);
  }

  private static Optional<Assembly> parse(String text, Diagnostics diagnostics) {
    return AssemblyParser.parse(new Source("test.s", text), null, diagnostics);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
