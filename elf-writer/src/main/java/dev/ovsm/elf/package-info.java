/** Solana ELF files: written from assembled text, read back, and loaded into programs. */
@NullMarked
package dev.ovsm.elf;

import org.jspecify.annotations.NullMarked;
