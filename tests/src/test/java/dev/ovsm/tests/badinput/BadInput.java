package dev.ovsm.tests.badinput;

import java.util.List;
import java.util.stream.Stream;

/**
 * Kinds of bad input, and command lines that meet them; a word that begins with {@code @} is the
 * name of a file of {@link BadFiles}.
 */
enum BadInput {
  MISSING_FILE(4, everyCommandOn("@missing.so")),
  FOLDER(4, everyCommandOn("@folder")),
  DEVICE(4, everyCommandOn("/dev/null")),
  TOO_LARGE(4, "compile @large.ovsm -o @out", "run @huge.so", "exec @huge.so", "disasm @huge.so"),
  BINARY_SOURCE(3, "compile @good.so -o @out", "asm @good.so -o @out", "lint @bytes.ovsm"),
  OTHER_ENCODING(3, everySourceCommandOn("@latin.ovsm")),
  RANDOM_BYTES(3, everyCommandOn("@bytes.so")),
  EMPTY_FILE(3, everyCommandOn("@empty.so")),
  EMPTY_SOURCE(3, everySourceCommandOn("@empty.ovsm")),
  COMMENT_ONLY(3, everySourceCommandOn("@comment.ovsm")),
  UNBALANCED(3, everySourceCommandOn("@unbalanced.ovsm")),
  DEEP(3, everySourceCommandOn("@deep.ovsm")),
  DEEP_AND_OPEN(3, everySourceCommandOn("@deep_and_open.ovsm")),
  UNKNOWN_NAME(3, everySourceCommandOn("@unknown_name.ovsm")),
  WRONG_TYPE(3, everySourceCommandOn("@wrong_type.ovsm")),
  UNBOUNDED_LOOP(1, everySourceCommandOn("@unbounded_loop.ovsm")),
  UNBOUNDED_RECURSION(1, everySourceCommandOn("@unbounded_recursion.ovsm")),
  ONE_OF_SEVERAL_SOURCES(3, "compile @good.ovsm @unknown_name.ovsm -o @out"),
  SOURCE_AS_PROGRAM(3, everyProgramCommandOn("@good.ovsm")),
  TRUNCATED_ELF(
      3, everyProgramCommandOn("@truncated.so"), "run @truncated.so", "lint @truncated.so"),
  ELF_MAGIC_ONLY(3, everyProgramCommandOn("@magic.so"), "run @magic.so", "lint @magic.so"),
  ELF_OF_ANOTHER_MACHINE(3, everyProgramCommandOn("@machine.so"), "lint @machine.so"),
  ELF_OF_NO_VERSION(3, everyProgramCommandOn("@version.so"), "lint @version.so"),
  ELF_WITH_TOO_MANY_SECTIONS(3, everyProgramCommandOn("@sections.so"), "lint @sections.so"),
  ELF_WITH_TABLES_ELSEWHERE(3, everyProgramCommandOn("@tables.so"), "lint @tables.so"),
  ELF_WITH_AN_ENTRY_OUTSIDE(3, "exec @entry.so", "run @entry.so", "lint @entry.so"),
  ELF_WITH_BAD_CODE(3, "exec @code.so", "run @code.so", "lint @code.so"),
  ELF_WITH_A_BAD_MANIFEST(3, "run @manifest.so"),
  ELF_FOR_NO_CLUSTER(3, "exec @autonomous.so --as-deployed", "exec @newer.so --as-deployed"),
  BAD_ASSEMBLY(3, "asm @mnemonic.s -o @out", "asm @operand.s -o @out", "asm @label.s -o @out"),
  ASSEMBLY_WITHOUT_ENTRY(3, "asm @empty.ovsm -o @out"),
  ASSEMBLY_OF_ANOTHER_VERSION(3, "asm @version.s -o @out"),
  NO_OUTPUT(2, "asm @good.s"),
  FULL_DISK(
      4,
      "compile @good.ovsm -o /dev/full",
      "disasm @good.so -o /dev/full",
      "asm @good.s -o /dev/full"),
  OUTPUT_IS_A_FOLDER(
      4, "compile @good.ovsm -o @folder", "disasm @good.so -o @folder", "asm @good.s -o @folder"),
  OUTPUT_BELOW_A_FILE(
      4,
      "compile @good.ovsm -o @good.so/x",
      "disasm @good.so -o @good.so/x",
      "asm @good.s -o @good.so/x"),
  BAD_NUMBER(
      2,
      "run @good.so --slots -1",
      "run @good.so --slots ten",
      "run @good.so --slots 99999999999999999999",
      "run @good.so --slots 9223372036854775807",
      "run @good.so --start-slot -5",
      "run @good.so --slot-budget 0",
      "run @good.so --slots-per-epoch 0",
      "schedule @good.so --max-lateness -1",
      "run @good.so --threads 0",
      "run @good.so --threads 100000",
      "exec @good.so --budget -1",
      "exec @good.so --budget 1.5",
      "invoke @good.so --program-id 11111111111111111111111111111112 --slot -1",
      "invoke @good.so --program-id 11111111111111111111111111111112 --budget 1400001"),
  BAD_SEND(
      2,
      "run @counter.so --send now",
      "run @counter.so --send 5",
      "run @counter.so --send -5:increment:1",
      "run @counter.so --send 0:increment:1",
      "run @counter.so --send 9999999:increment:1",
      "run @counter.so --send 5:explode",
      "run @counter.so --send 5:increment",
      "run @counter.so --send 5:increment:1,2,3",
      "run @counter.so --send 5:increment:lots",
      "run @counter.so --send 5:increment:0xabc"),
  BAD_METRICS(
      2,
      "run @good.so --metrics nowhere",
      "run @good.so --metrics 127.0.0.1:65536",
      "run @good.so --metrics 127.0.0.1:",
      "run @good.so --metrics :-1"),
  NO_METRICS(4, "run @good.so --metrics 192.0.2.1:9464"),
  BAD_SNAPSHOT(
      3, "run --resume @bytes.so", "run --resume @empty.so", "run --resume @damaged.snapshot"),
  BAD_RECORDING(3, "replay @bytes.so", "replay @empty.so", "replay @damaged.rec"),
  NO_MAP(1, "map @good.snapshot explode"),
  BAD_FIT(
      2,
      "tasks @good.snapshot --fit now",
      "tasks @good.snapshot --fit 0@5",
      "tasks @good.snapshot --fit 5@1"),
  BAD_SAVED_RUN(3, "tasks @damaged.snapshot", "map @damaged.snapshot timer-map"),
  NO_SNAPSHOT(4, "run --resume @missing.snapshot", "run --resume @folder", "replay @missing.rec"),
  SNAPSHOT_AND_MORE(
      2,
      "run @good.so --resume @damaged.snapshot",
      "run --resume @damaged.snapshot --slot-budget 1000",
      "run @good.so --snapshot-every 0",
      "run @good.so --snapshot-every 5 --run-folder none"),
  BAD_ENTRY(2, "run @counter.so --init explode", "run @good.so --init explode"),
  BAD_ADDRESS(
      2,
      "run @good.so --program-id me",
      "invoke @good.so --program-id 0OIl",
      "invoke @good.so --program-id 11111111111111111111111111111112 --program me=@good.so",
      "invoke @good.so --program-id 11111111111111111111111111111112 --program @good.so"),
  BAD_HEX(
      2,
      "exec @good.so --input 0g",
      "exec @good.so --input 123",
      "invoke @good.so --program-id 11111111111111111111111111111112 --data xyz"),
  BAD_ACCOUNT(
      4,
      invokeWith("@missing.json:s:w"),
      invokeWith("@folder"),
      invokeWith("@text.json"),
      invokeWith("@nested.json"),
      invokeWith("@no_account.json:w"),
      invokeWith("@bad_owner.json"),
      invokeWith("@bad_data.json"),
      invokeWith("@bad_lamports.json"),
      invokeWith("@parsed.json")),
  BAD_CHOICE(
      2,
      "compile @good.ovsm --sbpf v9 -o @out",
      "compile @good.ovsm -O3 -o @out",
      "compile @good.ovsm -o @out --emit ir,asn",
      "exec @good.so --engine turbo",
      "lint @good.ovsm --format xml",
      "disasm @good.so --sections --cfg"),
  BAD_ARGUMENTS(
      2,
      "compile",
      "lint",
      "exec",
      "exec @good.so @good.so",
      "invoke @good.so",
      "compile @good.ovsm --ouptut @out",
      "compile @good.ovsm -o",
      "check --strict",
      "compile --sbpf v0 --emit=asm --verbsoe",
      "run @good.so --run-folder=",
      "complie @good.ovsm",
      "explain X9999",
      "disasm @good.so -o @out -o @out");

  private final int exitCode;
  private final List<String> commands;

  BadInput(int exitCode, Object... commands) {
    this.exitCode = exitCode;
    this.commands =
        Stream.of(commands)
            .flatMap(one -> one instanceof List<?> several ? several.stream() : Stream.of(one))
            .map(String::valueOf)
            .toList();
  }

  /** The exit code of each command. */
  int exitCode() {
    return exitCode;
  }

  /** Command lines without the tool's name. */
  List<String> commands() {
    return commands;
  }

  private static List<String> everySourceCommandOn(String file) {
    return List.of("compile " + file + " -o @out", "run " + file, "lint " + file);
  }

  private static List<String> everyProgramCommandOn(String file) {
    return List.of(
        "exec " + file,
        "invoke " + file + " --program-id 11111111111111111111111111111112",
        "disasm " + file + " -o @out");
  }

  private static List<String> everyCommandOn(String file) {
    return Stream.of(
            everySourceCommandOn(file),
            everyProgramCommandOn(file),
            List.of("asm " + file + " -o @out"))
        .flatMap(List::stream)
        .toList();
  }

  private static String invokeWith(String account) {
    return "invoke @good.so --program-id 11111111111111111111111111111112 --account " + account;
  }
}
