package dev.ovsm.backend;

import dev.ovsm.elf.Manifest;
import dev.ovsm.sbpf.asm.Assembly;

/** What the backend makes of a program: its code and data, and what the runtime must know of it. */
public record Output(Assembly assembly, Manifest manifest) {}
