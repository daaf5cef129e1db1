package dev.ovsm.backend.machine;

import dev.ovsm.diag.Span;

/** Bytes of the frame: of the program's own making, or where a register's number is kept. */
public record FrameSlot(int bytes, int align, Span span) {}
