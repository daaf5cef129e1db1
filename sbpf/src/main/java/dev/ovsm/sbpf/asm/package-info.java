/** Assembly: its records, its text, and its way to code bytes. */
@NullMarked
package dev.ovsm.sbpf.asm;

import org.jspecify.annotations.NullMarked;
