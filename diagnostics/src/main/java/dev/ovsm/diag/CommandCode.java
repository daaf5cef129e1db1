package dev.ovsm.diag;

/** Codes of the command line and its files. */
public enum CommandCode implements Code {
  USAGE(
      "C0001",
      Severity.ERROR,
      "wrong usage",
      """
      The command line does not fit the command. ovsm help COMMAND lists its arguments and flags.
      """),
  OUTPUT(
      "C0002",
      Severity.ERROR,
      "output cannot be written",
      """
      What the command had to say could not be written to the end: the disk is full, or the stream
      that standard output is connected to refuses it. Free some space or send the output elsewhere.
      """),
  MEMORY(
      "C0003",
      Severity.ERROR,
      "out of memory",
      """
      The Java virtual machine that runs the command has no memory left. Set OVSM_JAVA_OPTS=-Xmx4g
      to give it more, here four gigabytes.
      """),
  MISSING_FILE(
      "C0004",
      Severity.ERROR,
      "file not found",
      """
      There is nothing under this path. Paths are relative to the folder in which the command was
      started.
      """),
  NOT_A_FILE(
      "C0005",
      Severity.ERROR,
      "not a file",
      """
      The path leads to a folder or a device where the command needs a plain file. Name the file
      inside the folder.
      """),
  UNREADABLE(
      "C0006",
      Severity.ERROR,
      "file cannot be read",
      """
      The file is there but the system does not let the command read it to the end. Look at its
      permissions and at the disk.
      """),
  TOO_LARGE(
      "C0007",
      Severity.ERROR,
      "file too large",
      """
      The file is larger than anything the command could make use of: 4 MiB for a source, 10 MiB
      for a program, which is the most an account holds.
      """),
  NOT_TEXT(
      "C0008",
      Severity.ERROR,
      "not a text file",
      """
      A source is UTF-8 text. This file holds bytes that are not: it is a compiled program or an
      archive, or it was saved in another encoding, such as Latin-1. ovsm run, lint and disasm take
      a .so as it is.
      """),
  UNWRITABLE(
      "C0009",
      Severity.ERROR,
      "file cannot be written",
      """
      The result could not be written under this path, and what stood there before is unchanged.
      Look at the folder's permissions and at the space on the disk, or name another with -o.
      """),
  NOT_A_KEYPAIR(
      "C0010",
      Severity.ERROR,
      "not a keypair",
      """
      The file beside a program that ends in -keypair.json gives the program its address. It is a
      JSON list of 64 numbers from 0 to 255: the secret half, then the public half.
      """),
  NOT_AN_ACCOUNT(
      "C0011",
      Severity.ERROR,
      "not an account",
      """
      An account is read from what solana account ADDRESS --output json writes: an object with
      pubkey and account, and in the latter lamports, owner, executable and data as a pair of text
      and encoding, base64 or base58.
      """),
  INTERNAL(
      "C0070",
      Severity.ERROR,
      "internal error",
      """
      The tool met a situation it was not made for: that is a mistake in the tool, never in your
      program. Set OVSM_DEBUG=1 and run the command again to see where it happened, and report both.
      """);

  private final Meaning meaning;

  CommandCode(String id, Severity severity, String title, String explanation) {
    this.meaning = new Meaning(id, severity, title, explanation);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
