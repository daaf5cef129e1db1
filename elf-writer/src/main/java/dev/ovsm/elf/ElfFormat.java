package dev.ovsm.elf;

/** The numbers of the ELF format that matter here, under the names of its specification. */
final class ElfFormat {
  static final int EHDR_BYTES = 64;
  static final int PHDR_BYTES = 56;
  static final int SHDR_BYTES = 64;
  static final int SYM_BYTES = 24;
  static final int REL_BYTES = 16;
  static final int DYN_BYTES = 16;

  static final int ET_DYN = 3;
  static final int EM_BPF = 247;
  static final int EM_SBPF = 263;

  static final int PT_LOAD = 1;
  static final int PT_DYNAMIC = 2;
  static final int PF_X = 1;
  static final int PF_W = 2;
  static final int PF_R = 4;

  static final int SHT_NULL = 0;
  static final int SHT_PROGBITS = 1;
  static final int SHT_SYMTAB = 2;
  static final int SHT_STRTAB = 3;
  static final int SHT_DYNAMIC = 6;
  static final int SHT_NOBITS = 8;
  static final int SHT_REL = 9;
  static final int SHT_DYNSYM = 11;
  static final int SHF_WRITE = 1;
  static final int SHF_ALLOC = 2;
  static final int SHF_EXECINSTR = 4;

  static final int DT_NULL = 0;
  static final int DT_STRTAB = 5;
  static final int DT_SYMTAB = 6;
  static final int DT_REL = 17;
  static final int DT_RELSZ = 18;
  static final int DT_RELENT = 19;

  static final int STT_FUNC = 2;
  static final int GLOBAL_NOTYPE = 0x10;
  static final int GLOBAL_FUNC = 0x12;

  static final int R_BPF_64_64 = 1;
  static final int R_BPF_64_RELATIVE = 8;
  static final int R_BPF_64_32 = 10;

  private ElfFormat() {}
}
